// Asks once before something is lost. The question names what; without script the button simply acts.
const dialog = document.getElementById("confirm");
let waiting = null;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-confirm]");
  if (!button || !dialog || button.dataset.agreed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting = button;
  document.getElementById("confirm-text").textContent = button.dataset.confirm;
  const label = button.dataset.confirmGo || button.textContent.trim();
  const go = document.getElementById("confirm-go");
  go.textContent = label;
  go.className = button.matches(".btn-danger, .is-danger") ? "btn btn-loss" : "btn btn-primary";
  document.getElementById("confirm-title").textContent = label;
  dialog.showModal();
}, true);

document.getElementById("confirm-go")?.addEventListener("click", () => {
  const button = waiting;
  dialog.close();
  if (!button) return;
  button.dataset.agreed = "1";
  button.click();
  delete button.dataset.agreed;
});

dialog?.addEventListener("close", () => {
  const button = waiting;
  waiting = null;
  button?.focus();
});
