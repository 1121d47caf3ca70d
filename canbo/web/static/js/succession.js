// While the search runs the page says so; the button pressed is sent before the buttons go grey.
for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value === "lay") return;
    form.querySelector(".busy").hidden = false;
    setTimeout(() => form.querySelectorAll("button").forEach((button) => (button.disabled = true)));
  });
}
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-busy] .busy").forEach((line) => (line.hidden = true));
  document.querySelectorAll("form[data-busy] button").forEach((button) => (button.disabled = false));
});
