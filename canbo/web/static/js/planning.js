// Long lists of ticks narrowed as one types; without a script they stay whole.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

for (const set of document.querySelectorAll("[data-filter]")) {
  const box = set.querySelector("[data-filter-box]");
  box.hidden = false;
  const lines = [...set.querySelectorAll("label.tick")];
  box.querySelector("input").addEventListener("input", (event) => {
    const words = plain(event.target.value).split(/\s+/).filter(Boolean);
    for (const line of lines) {
      const found = words.every((word) => plain(line.textContent).includes(word));
      line.hidden = !found;
      for (let fold = line.closest("details"); found && words.length && fold; fold = fold.parentElement.closest("details")) fold.open = true;
    }
  });
  box.querySelector("input").addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

// People are offered as one types their name; those ticked stay. Without a script the button “Tìm” does the same.
const form = document.querySelector("form[data-people]");
async function offer(input, place) {
  const text = input.value.trim();
  if (!text) return;
  const answer = await fetch(`${form.dataset.people}?${new URLSearchParams({ q: text, dv: form.dataset.unit })}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || input.value.trim() !== text) return;
  const { people } = await answer.json();
  const kept = [...place.querySelectorAll("label")].filter((line) => line.querySelector("input").checked);
  const held = new Set(kept.map((line) => line.querySelector("input").value));
  place.replaceChildren(...kept, ...people.filter(({ key }) => !held.has(String(key))).map(({ key, name }) => {
    const line = Object.assign(document.createElement("label"), { className: "tick" });
    line.append(Object.assign(document.createElement("input"), { type: "checkbox", name: "nguoi", value: key }), ` ${name}`);
    return line;
  }));
}
if (form) {
  const [input, place] = [form.querySelector("[name=tim]"), form.querySelector("[data-found]")];
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => offer(input, place), 180);
  });
}
