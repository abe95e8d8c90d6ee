// The board: people and duties are dragged, or carried by keys, onto places; lists of people are searched as one types.
const CARRY = "[data-carry]";
const ONTO = "[data-onto]";
const board = () => document.querySelector("[data-board]");
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

// -- what may go where

// A person takes a place, free or filled; a duty goes to a free place, to another person of the same shift, or off the
// plan; an open place goes to a person of its shift.
function takes(target, carried) {
  const { onto } = target.dataset;
  if (target === carried || carried.contains(target) || target.contains(carried) && onto !== "bench") return false;
  switch (carried.dataset.carry) {
    case "person":
      return onto === "place" || (target.matches("[data-carry=duty]") && target.dataset.person !== carried.dataset.id);
    case "duty":
      if (onto === "bench" || onto === "place") return true;
      return onto === "person" && target.dataset.shift === carried.dataset.shift && target.dataset.person !== carried.dataset.person;
    case "place":
      return onto === "person" && target.dataset.shift === carried.dataset.shift;
    default:
      return false;
  }
}

function targets(carried) {
  const all = [...board().querySelectorAll(`${ONTO}, [data-carry=duty]`)];
  return all.filter((target) => target.offsetParent && takes(target, carried));
}

// Whether the person would be in two places at once: the shift shares time with one in which they are on duty already.
function clashes(target, carried) {
  if (target.dataset.deputy === "1" || !target.dataset.overlaps) return false;
  const busy = new Set((carried.dataset.busy ?? "").split(" ").filter(Boolean));
  if (carried.dataset.carry === "duty") busy.delete(carried.dataset.shift);
  return target.dataset.overlaps.split(" ").some((shift) => busy.has(shift));
}

function mark(carried) {
  carried.classList.add("is-carried");
  board().classList.toggle("is-carrying-duty", carried.dataset.carry === "duty");
  for (const target of targets(carried)) {
    target.classList.add("can-take");
    target.classList.toggle("is-clash", clashes(target, carried));
  }
}

function unmark() {
  board()?.classList.remove("is-carrying-duty");
  for (const name of ["is-carried", "can-take", "is-clash", "is-over", "is-aimed"]) {
    document.querySelectorAll(`.${name}`).forEach((element) => element.classList.remove(name));
  }
}

// -- putting down

// Where the server is asked, and with what.
function order(carried, target) {
  const { assign, duty, remove } = board().dataset;
  const ofDuty = (id, act) => `${duty.replace("/0", `/${id}`)}/${act}`;
  const place = ({ role, shift, slot, deputy }) => ({ role_id: role, shift_id: shift, slot, deputy });
  const { carry, id } = carried.dataset;
  if (target.dataset.onto === "bench") return [remove, { ids: id }];
  if (carry === "person" && target.dataset.onto === "place") return [assign, { ...place(target.dataset), person_id: id }];
  if (carry === "person") return [ofDuty(target.dataset.id, "hand-over"), { person_id: id }];
  if (carry === "place") return [assign, { ...place(carried.dataset), person_id: target.dataset.person }];
  if (target.dataset.onto === "place") return [ofDuty(id, "move"), place(target.dataset)];
  return [ofDuty(id, "hand-over"), { person_id: target.dataset.person }];
}

function described(target) {
  return target.dataset.label ?? target.textContent.trim().replace(/\s+/g, " ");
}

async function put(carried, target) {
  const root = board();
  const [url, values] = order(carried, target);
  const kept = { place: carried.dataset, list: document.querySelector("[data-bench-list]")?.scrollTop ?? 0, search: document.querySelector("[data-bench-search]")?.value ?? "" };
  const words = fill(root.dataset.saidDown, { name: carried.dataset.name, place: described(target) });
  unmark();
  root.setAttribute("aria-busy", "true");
  let went = false; // a refusal leaves the board as it is, and is told by the flash
  document.addEventListener("htmx:afterRequest", (event) => { went = event.detail.successful; }, { once: true });
  await window.htmx.ajax("POST", url, {
    source: root, target: "#staff", swap: "outerHTML", select: "#staff", values: { ...values, next: root.dataset.next },
  });
  board()?.removeAttribute("aria-busy");
  restore(kept);
  if (went) say(words);
}

// The board is drawn anew: whoever works down a list of people goes on where they were.
function restore({ place, list, search }) {
  const input = document.querySelector("[data-bench-search]");
  if (input && search) {
    input.value = search;
    narrow(input);
  }
  const bench = document.querySelector("[data-bench-list]");
  if (bench) bench.scrollTop = list;
  const again = document.getElementById(place.carry === "person" ? `p${place.id}` : `d${place.id}`);
  (again ?? board()?.querySelector(CARRY))?.focus({ preventScroll: true });
}

function say(words) {
  const line = document.querySelector("[data-board-said]");
  if (!line) return;
  line.textContent = "";
  // A screen reader speaks a change, so the line is emptied first.
  setTimeout(() => { line.textContent = words; }, 30);
}

// -- by mouse

let dragged = null;
document.addEventListener("dragstart", (event) => {
  const carried = event.target.closest?.(CARRY);
  if (!carried || !board()?.dataset.assign) return;
  dragged = carried;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", carried.dataset.name);
  setTimeout(() => dragged && mark(dragged), 0);
});

function under(event) {
  if (!dragged) return null;
  const target = event.target.closest?.(`${ONTO}, [data-carry=duty]`);
  if (target && takes(target, dragged)) return target;
  const around = target?.parentElement?.closest(ONTO);
  return around && takes(around, dragged) ? around : null;
}

document.addEventListener("dragover", (event) => {
  const target = under(event);
  if (!target) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
  document.querySelectorAll(".is-over").forEach((element) => element !== target && element.classList.remove("is-over"));
  target.classList.add("is-over");
});

document.addEventListener("dragleave", (event) => {
  const target = event.target.closest?.(".is-over");
  if (target && !target.contains(event.relatedTarget)) target.classList.remove("is-over");
});

document.addEventListener("drop", (event) => {
  const target = under(event);
  if (!target) return;
  event.preventDefault();
  const carried = dragged;
  dragged = null;
  put(carried, target);
});

document.addEventListener("dragend", () => {
  if (!dragged) return;
  dragged = null;
  unmark();
});

// -- by keys

let carrying = null; // {carried, all, at}

function pickUp(carried) {
  const all = targets(carried);
  if (!all.length) {
    say(board().dataset.saidNone);
    return;
  }
  mark(carried);
  carrying = { carried, all, at: -1 };
  say(fill(board().dataset.saidUp, { name: carried.dataset.name }));
}

function aim(at) {
  const { all, carried } = carrying;
  all[carrying.at]?.classList.remove("is-aimed");
  carrying.at = at;
  const target = all[at];
  target.classList.add("is-aimed");
  target.scrollIntoView({ block: "nearest", inline: "nearest" });
  const words = fill(board().dataset.saidAt, { place: described(target), number: at + 1, all: all.length });
  say(clashes(target, carried) ? `${words} ${board().dataset.saidBusy}` : words);
}

// The next target in a direction: up and down stay in the column where that is possible, left and right in the row.
function next(key) {
  const { all, at } = carrying;
  if (at < 0) return Math.max(0, all.findIndex((target) => target.dataset.onto === "place")); // what is free comes first
  const box = (element) => element.getBoundingClientRect();
  const here = box(all[at]);
  const middle = (rect) => [(rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2];
  const [x, y] = middle(here);
  const ahead = { ArrowDown: (r) => r.top >= here.bottom - 1, ArrowUp: (r) => r.bottom <= here.top + 1, ArrowRight: (r) => r.left >= here.right - 1, ArrowLeft: (r) => r.right <= here.left + 1 }[key];
  const upright = key === "ArrowDown" || key === "ArrowUp";
  let best = at;
  let least = Infinity;
  all.forEach((target, index) => {
    const rect = box(target);
    if (index === at || !ahead(rect)) return;
    const [toX, toY] = middle(rect);
    const [along, aside] = upright ? [Math.abs(toY - y), Math.abs(toX - x)] : [Math.abs(toX - x), Math.abs(toY - y)];
    const distance = along + aside * 4;
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}

function giveUp() {
  const { carried } = carrying;
  carrying = null;
  unmark();
  carried.focus({ preventScroll: true });
  say(board().dataset.saidOff);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (carrying) {
    if (!carrying.carried.isConnected) carrying = null;
    else if (event.key === "Escape" || event.key === "Tab") { event.preventDefault(); giveUp(); return; }
    else if (event.key.startsWith("Arrow")) { event.preventDefault(); aim(next(event.key)); return; }
    else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (carrying.at < 0) return;
      const { carried, all, at } = carrying;
      carrying = null;
      put(carried, all[at]);
      return;
    }
    return;
  }
  const carried = event.target.closest?.(CARRY);
  if (event.key !== " " || !carried || !board()?.dataset.assign) return;
  event.preventDefault();
  pickUp(carried);
});
// Space would press the person's button when it is let go.
document.addEventListener("keyup", (event) => {
  if (event.key === " " && event.target.closest?.(CARRY)) event.preventDefault();
});
// A tablet does not drag: there a tap on somebody of the bench picks them up, and a tap on a place puts them down.
document.addEventListener("click", (event) => {
  if (!event.detail || !board()?.dataset.assign) return;
  if (carrying) {
    const target = carrying.all.find((each) => each.contains(event.target));
    event.preventDefault();
    event.stopPropagation();
    if (!target) return giveUp();
    const { carried } = carrying;
    carrying = null;
    return put(carried, target);
  }
  const person = event.target.closest("[data-carry=person]");
  if (person) pickUp(person);
}, true);

// -- searching people

function fits(key, typed) {
  const text = key.toLowerCase();
  return typed.toLowerCase().split(/\s+/).filter(Boolean).every((term) => (/^[a-z]+$/.test(term) ? text.includes(` ${term}`) || text.startsWith(term) : text.includes(term)));
}

function narrow(input) {
  const typed = input.value.trim();
  const isBench = input.matches("[data-bench-search]");
  const rows = isBench ? document.querySelectorAll("[data-bench-list] > li") : input.closest("form").querySelectorAll(".pick[data-key]");
  let shown = 0;
  for (const row of rows) {
    row.hidden = Boolean(typed) && !fits(row.dataset.key, typed);
    shown += row.hidden ? 0 : 1;
  }
  const none = isBench ? document.querySelector("[data-bench-none]") : input.closest("form").querySelector("[data-pick-none]");
  if (none) none.hidden = shown > 0;
  const rest = isBench ? null : input.closest("form").querySelector("[data-pick-rest]");
  if (rest) rest.open = Boolean(typed);
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-bench-search], [data-pick-search]") && !event.isComposing) narrow(event.target);
});
document.addEventListener("compositionend", (event) => {
  if (event.target.matches("[data-bench-search], [data-pick-search]")) narrow(event.target);
});
document.addEventListener("keydown", (event) => {
  // Enter in the search of the pick page would choose the first person unseen.
  if (event.key === "Enter" && event.target.matches?.("[data-pick-search]")) event.preventDefault();
});
