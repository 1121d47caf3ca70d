// A file dropped on the page stands in the form's own file input; without script one picks it.
for (const place of document.querySelectorAll("[data-drop]")) {
  const input = place.querySelector("input[type=file]");
  place.querySelector(".drop-hint").hidden = false;
  const lit = (on) => place.classList.toggle("over", on);
  place.addEventListener("dragover", (event) => { event.preventDefault(); lit(true); });
  place.addEventListener("dragleave", () => lit(false));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    lit(false);
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
    }
  });
}

// Progress of a list that is being read or written: the bar moves by itself, and the page opens when the work is done.
const bar = document.querySelector("[data-poll]");
if (bar) {
  const look = async () => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = found.querySelector("[data-poll]");
      if (!now) { location.reload(); return; }
      bar.value = now.value;
      bar.max = now.max;
      const words = found.querySelector("[data-poll-text]").textContent;
      const shown = document.querySelector("[data-poll-text]");
      if (shown.textContent !== words) shown.textContent = words;
    } catch { /* the server restarts: try again */ }
    setTimeout(look, 1000);
  };
  setTimeout(look, 700);
}
