// News of the queue: half a minute apart, while somebody has the page in front. Nothing that is shown, typed or ticked
// is replaced: what came since is said above the list, and comes into it when asked for.
const PAUSE_MS = 30_000;
const LONGEST_MS = 600_000;
const region = document.querySelector("[data-news]");
let tag = "";
let pause = PAUSE_MS;
let timer = 0;
let asked = 0;

const later = () => {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(look, pause);
};

function look() {
  asked = performance.now();
  htmx.ajax("GET", region.dataset.news, { source: region, target: region, swap: "innerHTML" });
}

if (region && window.htmx) {
  region.addEventListener("htmx:configRequest", (event) => {
    if (tag) event.detail.headers["If-None-Match"] = tag;
  });
  // An error says nothing about the queue: it never takes the place of the page, and the next look waits longer.
  region.addEventListener("htmx:beforeOnLoad", (event) => {
    const answer = event.detail.xhr;
    const failed = answer.status >= 400 || answer.getResponseHeader("HX-Redirect") !== null;
    pause = failed ? Math.min(pause * 2, LONGEST_MS) : PAUSE_MS;
    if (failed) event.preventDefault();
    else tag = answer.getResponseHeader("ETag") ?? tag;
  });
  region.addEventListener("htmx:sendError", () => { pause = Math.min(pause * 2, LONGEST_MS); });
  region.addEventListener("htmx:afterRequest", later);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && performance.now() - asked > pause) look();
    else later();
  });
  later();
}

// What was ticked stays ticked when the list is read again.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-show-news]");
  const rows = document.getElementById("rows");
  if (!link || !rows) return;
  event.preventDefault();
  const ticked = [...rows.querySelectorAll(":checked")].map((box) => box.value);
  try {
    const answer = await fetch(link.href, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("rows");
    if (!answer.ok || fresh === null) throw new Error(answer.statusText);
    rows.replaceChildren(...fresh.childNodes);
    document.querySelector(".tabs").replaceChildren(...page.querySelector(".tabs").childNodes);
    for (const box of rows.querySelectorAll("[type=checkbox]")) box.checked = ticked.includes(box.value);
    region.dataset.news = page.querySelector("[data-news]").dataset.news;
    region.replaceChildren(...page.querySelector("[data-news]").childNodes);
    tag = "";
    rows.querySelector("[data-row-link]").focus();
  } catch {
    location.assign(link.href);
  }
});
