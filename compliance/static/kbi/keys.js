// Shortcuts for those who live here: "/" searches, "g" and a letter goes somewhere, "?" lists them all. In a list of
// rows "j" and "k" go down and up, "x" ticks; a page marks with data-key what else one letter does, for the row that
// has the focus or for the whole page. They can be switched off (WCAG 2.1.4); the choice stays in this browser.
const OFF = "shortcuts-off";
const SECOND_KEY_MS = 1500;
const STEPS = { j: 1, k: -1 };
const dialog = document.getElementById("keys");
let first = "";
let firstAt = 0;

const typing = (target) => target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]") !== null;
const on = () => localStorage.getItem(OFF) === null;
const open = () => { if (!dialog.open) dialog.showModal(); };
const row = () => document.activeElement.closest("[data-row]");

// Moving is focusing: the row's own link has the focus, so that Enter opens it and a screen reader says it.
function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const here = rows.indexOf(row());
  const next = here < 0 ? rows[by > 0 ? 0 : rows.length - 1] : rows[here + by];
  next?.querySelector("[data-row-link]").focus();
  next?.scrollIntoView({ block: "nearest" });
}

// Where rows are listed, a letter is about the row that has the focus; without one it goes to the first row. Says
// whether the letter meant anything: what does not is left to the browser.
function act(key) {
  const listed = document.querySelector("[data-row]") !== null;
  const scope = listed ? row() : document;
  const found = scope?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (found) found.click();
  else if (listed && !scope && document.querySelector(`[data-row] [data-key="${CSS.escape(key)}"]`)) step(1);
  else return false;
  return true;
}

function press(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || dialog.open) return;
  if (!on()) return;
  const both = performance.now() - firstAt < SECOND_KEY_MS ? `${first} ${event.key}` : "";
  const link = [...document.querySelectorAll("[data-keys]")].find((one) => one.dataset.keys === both);
  const search = document.querySelector("[data-search]");
  first = event.key;
  firstAt = performance.now();
  if (link) link.click();
  else if (event.key === "?") open();
  else if (event.key === "/" && search) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key in STEPS) step(STEPS[event.key]);
  else if (/^[a-z]$/.test(event.key) && act(event.key)) event.preventDefault();
}

if (dialog) {
  document.addEventListener("keydown", press);
  for (const opener of document.querySelectorAll("[data-opens=keys]")) {
    opener.hidden = false;
    opener.addEventListener("click", open);
  }
  const box = dialog.querySelector("[data-keys-on]");
  box.checked = on();
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
}
