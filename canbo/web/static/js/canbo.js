// Small comforts; every page works without them.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Ctrl+K goes to the search box. No single letters: Vietnamese input composes them.
document.addEventListener("keydown", (event) => {
  const box = document.getElementById("tim-chung");
  if (box && event.ctrlKey && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

// An open panel of the band closes on Escape and on a click elsewhere.
const panels = document.querySelectorAll(".band-user, .menu-fold details");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const panel of panels) {
    if (panel.open && panel.contains(document.activeElement)) panel.querySelector("summary").focus();
    panel.open = false;
  }
});
document.addEventListener("click", (event) => {
  for (const panel of panels) if (!panel.contains(event.target)) panel.open = false;
});

// A running job: ask again until it is over, then show its result.
async function poll(box) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-poll]");
  if (!fresh) {
    location.reload();
    return;
  }
  for (const name of ["progress", "[role=status]"]) {
    const [old, now] = [box.querySelector(name), fresh.querySelector(name)];
    if (old && now && old.outerHTML !== now.outerHTML) old.replaceWith(now);
  }
  setTimeout(() => poll(box).catch(() => setTimeout(() => location.reload(), 5000)), 1000);
}
const waiting = document.querySelector("[data-poll]");
if (waiting) setTimeout(() => poll(waiting).catch(() => setTimeout(() => location.reload(), 5000)), 700);

// A table wider than the screen is scrolled with the arrow keys: it takes the focus only while there is something to scroll.
function reachable(box) {
  const wide = box.scrollWidth > box.clientWidth + 1;
  if (wide && !box.hasAttribute("tabindex")) {
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Bảng rộng, cuộn ngang để xem hết");
  } else if (!wide && box.getAttribute("aria-label")?.startsWith("Bảng rộng")) {
    for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
  }
}
const widths = new ResizeObserver((entries) => entries.forEach((entry) => reachable(entry.target)));
for (const box of document.querySelectorAll(".scroll")) {
  reachable(box);
  widths.observe(box);
}

// Past the menu. The address stays as it is: a form sent from it would come back to the top of the content.
for (const link of document.querySelectorAll("a.skip")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector(link.hash).focus();
  });
}

// After a form came back the focus stands at the first wrong field, else at what the program says, else – for who works
// by keyboard – at the control just used, so that a second press needs no walk from the top.
const CONTROL = "input:not([type=hidden], :disabled), select, textarea";
const KEPT = "used";
let keyed = false;
addEventListener("keydown", () => { keyed = true; }, true);
addEventListener("pointerdown", () => { keyed = false; }, true);
const marks = (e) => JSON.stringify([location.pathname, e.tagName, e.id, e.name, e.matches("button, [type=checkbox]") ? e.value : "", e.textContent]);

document.addEventListener("submit", () => {
  const used = document.activeElement;
  sessionStorage.removeItem(KEPT);
  if (keyed && used.closest("main")) sessionStorage.setItem(KEPT, marks(used));
});

function wrongField() {
  const first = document.querySelector("main [aria-invalid=true], main :has(> .field-error)");
  return first?.matches(CONTROL) ? first : first?.querySelector(CONTROL);
}

function lastUsed() {
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  return kept && [...document.querySelectorAll(`main :is(button, ${CONTROL})`)].find((e) => e.tabIndex >= 0 && marks(e) === kept);
}

const used = lastUsed();
const told = document.querySelector("main > .alert, main .alert[role=alert]");
const place = wrongField() ?? told ?? used;
// An address that names a place has been gone to already; where that place is not on the page, a refusal is.
if (place && (!location.hash || place.matches("[role=alert]"))) {
  for (let fold = place.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
  if (place === told) place.tabIndex = -1;
  place.focus();
}
