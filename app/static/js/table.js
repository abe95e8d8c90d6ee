// Lists: search while typing (but not into the middle of a Chinese input), selection, bulk bar, column choice.
const COLUMN_DAYS = 400;

function submitSearch(input) {
  const form = input.form;
  if (!form || input.value.trim() === (input.dataset.last ?? input.defaultValue).trim()) return;
  input.dataset.last = input.value;
  form.requestSubmit();
}

const timers = new WeakMap();
function later(input) {
  clearTimeout(timers.get(input));
  timers.set(input, setTimeout(() => submitSearch(input), 260));
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-table-search]") && !event.isComposing) later(event.target);
});
document.addEventListener("compositionend", (event) => {
  if (event.target.matches("[data-table-search]")) later(event.target);
});

// -- selection

const checks = (section) => [...section.querySelectorAll("[data-row-check]")];

function tell(section) {
  const all = checks(section);
  const chosen = all.filter((box) => box.checked).length;
  const bar = section.querySelector("[data-bulk]");
  const head = section.querySelector("[data-check-all]");
  if (head) {
    head.checked = chosen > 0 && chosen === all.length;
    head.indeterminate = chosen > 0 && chosen < all.length;
  }
  if (!bar) return;
  bar.classList.toggle("is-on", chosen > 0);
  const count = bar.querySelector("[data-bulk-count]");
  if (count) count.textContent = chosen === 1 ? count.dataset.one : count.dataset.many.replace("{n}", chosen);
}

function clear(section) {
  const had = checks(section).some((box) => box.checked);
  checks(section).forEach((box) => { box.checked = false; });
  tell(section);
  return had;
}

let lastBox = null;
document.addEventListener("click", (event) => {
  const box = event.target;
  if (box.matches?.("[data-row-check]")) {
    const section = box.closest("[data-table]");
    if (event.shiftKey && lastBox && section.contains(lastBox)) {
      const all = checks(section);
      const [from, to] = [all.indexOf(lastBox), all.indexOf(box)].sort((a, b) => a - b);
      all.slice(from, to + 1).forEach((each) => { each.checked = box.checked; });
    }
    lastBox = box;
    tell(section);
  } else if (box.matches?.("[data-check-all]")) {
    const section = box.closest("[data-table]");
    checks(section).forEach((each) => { each.checked = box.checked; });
    tell(section);
  } else if (box.closest?.("[data-bulk-clear]")) {
    clear(box.closest("[data-table]"));
  }
  const wiped = box.closest?.("[data-table-clear]");
  if (wiped) {
    const input = wiped.closest("[data-table]").querySelector("[data-table-search]");
    if (input) { input.value = ""; input.dataset.last = ""; }
  }
});

// -- columns

document.addEventListener("change", (event) => {
  const list = event.target.closest("[data-columns]");
  if (!list) return;
  const shown = [...list.querySelectorAll("input:checked")].map((box) => box.value);
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `cols_${list.dataset.columns}=${shown.join(".")}; path=/; max-age=${COLUMN_DAYS * 86400}; samesite=lax${secure}`;
  reload(list.closest("[data-table]"));
});

function reload(section) {
  const region = section.querySelector(".dt-region");
  const url = location.pathname + location.search;
  if (!window.htmx) location.reload();
  else window.htmx.ajax("GET", url, { source: region, target: `#${region.id}`, select: `#${region.id}`, swap: "outerHTML" });
}

document.addEventListener("list:reload", () => document.querySelectorAll("[data-table]").forEach(reload));

// -- after a swap: say the count, keep an open menu open

let reopen = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const menu = event.detail.target?.querySelector?.("details[data-menu][open]");
  const summary = menu?.querySelector("summary")?.textContent.trim();
  reopen = menu?.id ? { id: menu.id } : menu?.querySelector("[data-columns]") ? { columns: true } : null;
  if (reopen) reopen.summary = summary;
});

document.addEventListener("htmx:afterSwap", (event) => {
  const region = document.getElementById(event.detail.target?.id ?? "");
  const section = region?.closest?.("[data-table]");
  if (!section) return;
  const said = section.querySelector("[data-table-said]");
  const count = section.querySelector("[data-table-count]");
  if (said) said.textContent = count?.textContent.trim() ?? section.querySelector(".empty-title")?.textContent ?? "";
  if (reopen) {
    const menu = reopen.id ? document.getElementById(reopen.id) : section.querySelector("[data-columns]")?.closest("details");
    if (menu) menu.open = true;
    reopen = null;
  }
  tell(section);
});

document.querySelectorAll("[data-table]").forEach(tell);
