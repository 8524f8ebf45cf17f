// Saving as one goes (htmx sends; the server decides). What goes wrong never takes the page away: what was typed stays.
const form = document.querySelector("form[data-autosave]");
const saved = document.getElementById("saved");
let underWay = 0;
let waiting = null;
let lost = false;

const tell = (words, isLost) => {
  lost = isLost;
  saved.textContent = words;
  saved.toggleAttribute("data-lost", isLost);
};

// Signing in again makes the form's token worthless: a fresh one is asked for before anything is sent.
const refresh = async (button) => {
  try {
    const answer = await fetch(form.action, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("form[data-autosave] [name=csrfmiddlewaretoken]");
    if (token === null) return tell(form.dataset.signedOut, true);
    form.querySelector("[name=csrfmiddlewaretoken]").value = token.value;
    lost = false;
    return form.requestSubmit(button);
  } catch {
    return tell(form.dataset.autosave, true);
  }
};

if (form && saved) {
  const ours = (event) => event.detail.elt === form;
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (!ours(event)) return;
    underWay += 1;
    tell(form.dataset.saving, false);
  });
  // Before htmx would follow a redirect to the sign-in page, or put an error in the place of the form.
  form.addEventListener("htmx:beforeOnLoad", (event) => {
    const answer = event.detail.xhr;
    const out = answer.getResponseHeader("HX-Redirect") !== null;
    if (!out && answer.status < 400) return;
    event.preventDefault();
    tell(out || answer.status === 403 ? form.dataset.signedOut : form.dataset.autosave, true);
  });
  for (const fault of ["htmx:sendError", "htmx:timeout"]) {
    form.addEventListener(fault, () => tell(form.dataset.autosave, true));
  }
  form.addEventListener("htmx:afterRequest", (event) => {
    if (!ours(event)) return;
    underWay -= 1;
    if (underWay > 0 || waiting === null) return;
    const button = waiting;
    waiting = null;
    form.requestSubmit(button);
  });
  // A button pressed while a save is under way waits for it: else one would be one's own faster colleague.
  form.addEventListener("submit", (event) => {
    if (underWay > 0) waiting = event.submitter;
    else if (lost) refresh(event.submitter);
    else return;
    event.preventDefault();
  });
}

// The article that is being written is in sight, where the text has a column of its own.
const show = () => {
  const sheet = document.querySelector("details.protocol");
  const article = sheet?.querySelector("[aria-current]");
  if (article && sheet.scrollHeight > sheet.clientHeight) sheet.scrollTop = article.offsetTop - sheet.offsetTop;
};
show();
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.detail.target.id === "protocol") show();
});
