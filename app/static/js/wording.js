// Wording: a press puts a variable where the cursor is, and the preview follows what is typed.
const text = document.querySelector("[data-wording]");
const form = text?.form;
const preview = form?.querySelector("[data-preview]");
let last = text;
let wait = 0;

form?.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea, input[type=text], input:not([type])")) last = event.target;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button || !last) return;
  last.setRangeText(button.dataset.insert, last.selectionStart, last.selectionEnd, "end");
  last.focus();
  last.dispatchEvent(new Event("input", { bubbles: true }));
});

form?.addEventListener("input", () => {
  window.clearTimeout(wait);
  wait = window.setTimeout(() => { if (preview) form.requestSubmit(preview); }, 700);
});

document.querySelector("[data-submit]")?.addEventListener("change", (event) => event.target.form.requestSubmit());
