// A row opens beside its list. The link stays a link: on a phone, or with a modifier key, it opens as a page.
const panel = document.getElementById("panel");
const body = document.getElementById("panel-body");
let opener = null;

const wide = () => window.matchMedia("(min-width: 768px)").matches;

function mark(link) {
  document.querySelectorAll(".dt-row.is-here").forEach((row) => row.classList.remove("is-here"));
  const row = link.closest(".dt-row");
  row?.classList.add("is-here");
  row?.scrollIntoView({ block: "nearest" });
}

async function load(link) {
  opener = link;
  mark(link);
  panel.querySelector("[data-panel-full]").href = link.href;
  body.setAttribute("aria-busy", "true");
  await window.htmx.ajax("GET", link.href, { source: body, target: "#panel-body", swap: "innerHTML" });
  body.removeAttribute("aria-busy");
  body.scrollTop = 0;
  const title = body.querySelector("h1, h2");
  if (title) panel.setAttribute("aria-label", title.textContent.trim());
}

function open(link) {
  if (!panel || !window.htmx || !wide()) {
    location.href = link.href;
    return;
  }
  if (!panel.open) panel.showModal();
  load(link);
}

function step(by) {
  const rows = [...document.querySelectorAll(".dt-row a[data-panel]")];
  const at = rows.findIndex((link) => link.href === opener?.href);
  const next = rows[at + by];
  if (next) load(next);
}

document.addEventListener("click", (event) => {
  if (!panel || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const mover = event.target.closest("[data-panel-step]");
  if (mover) {
    step(Number(mover.dataset.panelStep));
    return;
  }
  let link = event.target.closest("a[data-panel]");
  if (!link) {
    if (event.target.closest("a, button, input, select, textarea, label, summary, dialog")) return;
    if (String(window.getSelection())) return;
    const row = event.target.closest(".dt-row[data-opens]");
    link = row?.querySelector(".dt-link");
    if (!link) return;
    if (!link.hasAttribute("data-panel")) {
      location.href = link.href;
      return;
    }
  }
  if (!wide()) {
    if (event.target !== link && !link.contains(event.target)) location.href = link.href;
    return;
  }
  event.preventDefault();
  open(link);
});

panel?.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select")) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    event.stopPropagation();
    step(event.key === "j" ? 1 : -1);
  }
});

panel?.addEventListener("close", () => {
  body.replaceChildren();
  opener?.focus({ preventScroll: true });
});

// A view may answer with its fragment or with the whole page; of a page only the content is shown.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "panel-body" || !event.detail.serverResponse.includes('id="main"')) return;
  const page = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
  event.detail.serverResponse = page.getElementById("main").innerHTML;
});

// What is changed in the panel changes the list: a row that was edited is fetched again when it closes.
document.addEventListener("htmx:afterRequest", (event) => {
  const { verb } = event.detail.requestConfig ?? {};
  if (panel?.open && verb && verb !== "get" && event.detail.successful) panel.dataset.changed = "1";
});
panel?.addEventListener("close", () => {
  if (panel.dataset.changed) {
    delete panel.dataset.changed;
    document.dispatchEvent(new CustomEvent("list:reload"));
  }
});
