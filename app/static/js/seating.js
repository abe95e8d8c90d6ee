// People are dragged to other chairs, or carried there by the keyboard: arrows go from chair to chair, Enter picks up
// and puts down, L locks. Every act is a form of the page; here it is only sent without leaving the page.

const root = () => document.querySelector("[data-seating]");
const form = () => document.getElementById("seat-form");
let carried = null; // {guest, name, from}
let pressed = null; // where a pointer went down

function say(key, name) {
  const line = document.querySelector("[data-seating-said]");
  if (line) line.textContent = (form().dataset[key] ?? "").replace("{name}", name ?? "");
}

// Send a form and show what the server answers: the page as it is now, or the sentence of a broken rule.
async function send(url, fields, chair) {
  const answer = await fetch(url, { method: "POST", body: fields, headers: { Accept: "application/json" } });
  if (!answer.ok) {
    const said = await answer.json().catch(() => ({ text: "" }));
    document.dispatchEvent(new CustomEvent("flash:say", { detail: { text: said.text, tone: "danger" } }));
    return false;
  }
  show(await answer.text(), answer.url, chair);
  return true;
}

function show(html, url, chair) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-seating]");
  if (!fresh) return location.assign(url);
  const scroll = document.querySelector(".seat-scroll");
  const at = scroll ? [scroll.scrollLeft, scroll.scrollTop] : [0, 0];
  const here = document.activeElement?.closest?.(".hall [data-chair]")?.dataset.chair;
  root().replaceWith(fresh);
  const again = document.querySelector(".seat-scroll");
  if (again) [again.scrollLeft, again.scrollTop] = at;
  history.replaceState(history.state, "", url);
  ready();
  const to = here ?? chair;
  if (to) svgChair(to)?.focus({ preventScroll: true });
}

const svgChair = (name) => document.querySelector(`.hall [data-chair="${name}"]`);

function put(guest, name, chair) {
  const [table, number] = chair.split(":");
  const fields = new FormData(form());
  fields.set("guest", guest);
  fields.set("table", table);
  fields.set("number", number);
  return send(form().action, fields, chair).then((done) => { if (done) say("sayPut", name); });
}

// --- pointer

function over(event) {
  const found = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-chair]");
  for (const each of document.querySelectorAll(".is-target")) if (each !== found) each.classList.remove("is-target");
  found?.classList.add("is-target");
  return found;
}

function drag(event) {
  if (!pressed) return;
  if (!pressed.ghost) {
    if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < 5) return;
    pressed.ghost = document.createElement("div");
    pressed.ghost.className = "seat-ghost";
    pressed.ghost.textContent = pressed.name;
    document.body.append(pressed.ghost);
  }
  event.preventDefault();
  pressed.ghost.style.left = `${event.clientX}px`;
  pressed.ghost.style.top = `${event.clientY}px`;
  over(event);
}

function drop(event) {
  if (!pressed) return;
  const { ghost, guest, name, from } = pressed;
  pressed = null;
  if (!ghost) return;
  ghost.remove();
  const chair = over(event)?.dataset.chair;
  for (const each of document.querySelectorAll(".is-target")) each.classList.remove("is-target");
  if (chair && chair !== from) put(guest, name, chair);
}

document.addEventListener("pointerdown", (event) => {
  const held = event.target.closest?.("[data-may-edit] [data-guest]");
  if (!held || event.button !== 0 || event.target.closest("button, a, input, select")) return;
  const { guest, name, chair } = held.dataset;
  pressed = { guest, name, from: chair, x: event.clientX, y: event.clientY };
  if (event.pointerType === "mouse") event.preventDefault();
  held.focus?.({ preventScroll: true });
});
document.addEventListener("pointermove", drag);
document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", () => { pressed?.ghost?.remove(); pressed = null; });

// --- keyboard

const TURNS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The nearest chair in the direction of the arrow; what lies aside counts double.
function next(chair, [across, along]) {
  const middle = (each) => { const box = each.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
  const [x, y] = middle(chair);
  let best = null;
  let least = Infinity;
  for (const each of document.querySelectorAll(".hall .chair")) {
    if (each === chair) continue;
    const [dx, dy] = [middle(each)[0] - x, middle(each)[1] - y];
    const ahead = dx * across + dy * along;
    if (ahead < 2) continue;
    const way = ahead + 2 * Math.abs(dx * along + dy * across);
    if (way < least) [best, least] = [each, way];
  }
  return best;
}

function pick(chair) {
  carried = { guest: chair.dataset.guest, name: chair.dataset.name, from: chair.dataset.chair };
  chair.classList.add("is-carried");
  say("sayPicked", carried.name);
}

function leave() {
  for (const each of document.querySelectorAll(".is-carried")) each.classList.remove("is-carried");
  carried = null;
}

function press(chair) {
  if (!carried) {
    if (chair.dataset.guest) pick(chair);
    return;
  }
  const { guest, name, from } = carried;
  leave();
  if (chair.dataset.chair !== from) put(guest, name, chair.dataset.chair);
}

function lock(chair) {
  const fields = new FormData(form());
  fields.set("guest", chair.dataset.guest);
  fields.delete("table");
  fields.set("on", chair.classList.contains("is-locked") ? "0" : "1");
  fields.set("next", location.pathname + location.search);
  send(form().dataset.keepUrl, fields, chair.dataset.chair);
}

document.addEventListener("keydown", (event) => {
  const chair = event.target.closest?.(".hall .chair");
  if (!chair || !root()?.hasAttribute("data-may-edit") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (TURNS[event.key]) {
    const found = next(chair, TURNS[event.key]);
    if (found) roam(found, true);
  } else if (event.key === "Enter" || event.key === " ") press(chair);
  else if (event.key === "Escape" && carried) { leave(); say("sayLeft"); }
  else if (event.key.toLowerCase() === "l" && chair.dataset.guest) lock(chair);
  else return;
  event.preventDefault();
  event.stopPropagation();
});

// One chair at a time is in the order of Tab; the arrows go on from there.
function roam(chair, focus) {
  for (const each of document.querySelectorAll('.hall .chair[tabindex="0"]')) each.setAttribute("tabindex", "-1");
  chair.setAttribute("tabindex", "0");
  if (focus) chair.focus();
}

document.addEventListener("focusin", (event) => {
  const chair = event.target.closest?.(".hall .chair");
  if (chair && chair.getAttribute("tabindex") !== "0") roam(chair, false);
});

// A table is opened beside the hall without leaving the page.
document.addEventListener("click", async (event) => {
  const table = event.target.closest?.("[data-seating] [data-table]");
  if (!table || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(table.href);
  show(await answer.text(), answer.url, null);
  document.querySelector(`[data-table="${table.dataset.table}"]`)?.focus();
});

function ready() {
  const first = document.querySelector("[data-may-edit] .hall .chair[data-guest]") ?? document.querySelector("[data-may-edit] .hall .chair");
  first?.setAttribute("tabindex", "0");
}
ready();
