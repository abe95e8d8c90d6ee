// Keys for lists: / search, j k move, o or Enter open, x select, ? help. Never while somebody types.
const typing = (target) => target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll(".dt-row")].filter((row) => row.offsetParent);

function current() {
  return document.querySelector(".dt-row.is-here");
}

function move(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current());
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))];
  current()?.classList.remove("is-here");
  next.classList.add("is-here");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector(".dt-link, [data-row-check]")?.focus({ preventScroll: true });
}

function help() {
  document.getElementById("keys")?.showModal();
}

function search() {
  const input = document.querySelector("[data-table-search]") ?? document.querySelector("[data-quick-search]");
  input?.focus();
  input?.select();
  return Boolean(input);
}

const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  x: () => current()?.querySelector("[data-row-check]")?.click(),
  o: () => current()?.querySelector(".dt-link")?.click(),
  "?": help,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && event.target.matches?.("[data-table-search], [data-quick-search]")) {
    event.target.blur();
    return;
  }
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    for (const button of document.querySelectorAll(".dt-bulk.is-on [data-bulk-clear]")) button.click();
    return;
  }
  if (event.key === "/" && search()) {
    event.preventDefault();
    return;
  }
  if (event.key === "Enter" && event.target === document.body && current()) {
    ACTS.o();
    return;
  }
  if (ACTS[event.key]) {
    event.preventDefault();
    ACTS[event.key]();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-help]")) help();
});
