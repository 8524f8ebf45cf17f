// Copying takes one click; without this, the text can be selected with one.
for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) continue; // not offered where it would not work: plain HTTP, on another machine
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copies);
    button.firstChild.textContent = button.dataset.copied;
  });
}
