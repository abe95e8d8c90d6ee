// Forms: one press sends once, leaving with unsaved changes asks first, errors are read first, files can be dropped.
const changed = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.guard) changed.add(form);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || event.submitter?.formTarget) return; // shown in a frame beside the form: nothing is saved yet
  changed.delete(form);
  if (!form.matches("[data-once]") || form.matches("[hx-post], [hx-put], [hx-get]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  const button = event.submitter ?? form.querySelector("button[type=submit], button:not([type])");
  button?.classList.add("is-busy");
  button?.setAttribute("aria-busy", "true");
});

// Coming back by the browser's button shows the page as it was left: ready to be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelectorAll(".is-busy").forEach((button) => { button.classList.remove("is-busy"); button.removeAttribute("aria-busy"); });
  }
});

window.addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});

function readErrors(root) {
  const sum = root.querySelector?.("[data-error-summary]");
  sum?.focus();
}
readErrors(document);
document.addEventListener("htmx:afterSwap", (event) => readErrors(event.detail.target ?? document));

document.addEventListener("click", (event) => {
  const reveal = event.target.closest("[data-reveal]");
  if (reveal) {
    const input = document.getElementById(reveal.dataset.reveal);
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    reveal.setAttribute("aria-pressed", String(!shown));
    return;
  }
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  if (link) {
    event.preventDefault();
    const field = document.getElementById(link.hash.slice(1));
    const target = field?.matches("input, select, textarea") ? field : field?.querySelector("input, select, textarea");
    target?.focus();
  }
});

// -- files

function named(zone) {
  const input = zone.querySelector("input[type=file]");
  const name = zone.querySelector("[data-drop-name]");
  const files = [...(input?.files ?? [])].map((file) => file.name);
  zone.classList.toggle("is-filled", files.length > 0);
  if (name && files.length) name.textContent = files.join(", ");
}

document.addEventListener("change", (event) => {
  const zone = event.target.closest("[data-drop]");
  if (zone) named(zone);
});
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.("[data-drop]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.add("is-over");
  });
}
document.addEventListener("dragleave", (event) => event.target.closest?.("[data-drop]")?.classList.remove("is-over"));
document.addEventListener("drop", (event) => {
  const zone = event.target.closest?.("[data-drop]");
  if (!zone) return;
  event.preventDefault();
  zone.classList.remove("is-over");
  const input = zone.querySelector("input[type=file]");
  if (!input || !event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
