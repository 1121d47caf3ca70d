// Suggestions while typing; the server finds the one meant without them too.
const form = document.querySelector("form[data-suggest]");
const wait = 180;

async function fill(input) {
  const text = input.value.trim();
  if (!text) return;
  const query = new URLSearchParams({ loai: input.dataset.pick, q: text });
  const answer = await fetch(`${form.dataset.suggest}?${query}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || input.value.trim() !== text) return;
  const { options } = await answer.json();
  input.list.replaceChildren(...options.map((label) => Object.assign(document.createElement("option"), { value: label })));
}

for (const input of form ? form.querySelectorAll("input[data-pick]") : []) {
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => fill(input), wait);
  });
}
