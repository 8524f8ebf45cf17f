// Shortcuts for those who live here: "/" searches, "g" and a letter goes somewhere, "?" lists them all.
// They can be switched off (WCAG 2.1.4); the choice stays in this browser.
const OFF = "shortcuts-off";
const SECOND_KEY_MS = 1500;
const dialog = document.getElementById("keys");
let first = "";
let firstAt = 0;

const typing = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;
const on = () => localStorage.getItem(OFF) === null;
const open = () => { if (!dialog.open) dialog.showModal(); };

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
  }
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
