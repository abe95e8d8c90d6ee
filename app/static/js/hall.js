// Things in the hall plan are dragged, or moved by the arrow keys, in steps of 10 cm. Each move is a form that the
// server answers with the page as it is then: faults and versions are never worked out here.

const STEP = 10;
const FAR = 50;
const WAIT = 500; // after the last arrow key
const WIDE = matchMedia("(min-width: 768px)");
const main = () => document.querySelector("[data-hall-main]");
const form = () => document.getElementById("move-form");
let held = null; // {item, x, y, startX, startY, scale, moved}
let waiting = null; // {item, x, y, timer}

const round = (value) => Math.round(value / STEP) * STEP;

function shift(item, x, y) {
  item.setAttribute("transform", `translate(${x - Number(item.dataset.x)} ${y - Number(item.dataset.y)})`);
}

async function send(item, x, y, focus) {
  const fields = new FormData(form());
  fields.set("x", x);
  fields.set("y", y);
  fields.set("version", item.dataset.version);
  const answer = await fetch(item.dataset.move, { method: "POST", body: fields, headers: { Accept: "application/json" } });
  if (!answer.ok) {
    const said = await answer.json().catch(() => ({ text: "" }));
    document.dispatchEvent(new CustomEvent("flash:say", { detail: { text: said.text } }));
    return show(await (await fetch(location.href)).text(), location.href, item.dataset.item, focus);
  }
  show(await answer.text(), answer.url, item.dataset.item, focus);
}

function show(html, url, id, focus) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-hall-main]");
  if (!fresh) return location.assign(url);
  const scroll = document.querySelector(".seat-scroll");
  const at = scroll ? [scroll.scrollLeft, scroll.scrollTop] : [0, 0];
  const here = document.activeElement?.closest("[data-item]")?.dataset.item;
  if (here && here !== id) [id, focus] = [here, true]; // somebody has gone on to another thing meanwhile
  main().replaceWith(fresh);
  if (waiting) {
    waiting.item = document.querySelector(`[data-item="${waiting.item.dataset.item}"]`);
    if (waiting.item) shift(waiting.item, waiting.x, waiting.y);
    else { clearTimeout(waiting.timer); waiting = null; }
  }
  const again = document.querySelector(".seat-scroll");
  if (again) [again.scrollLeft, again.scrollTop] = at;
  history.replaceState(history.state, "", url);
  ready();
  if (focus) document.querySelector(`[data-item="${id}"] .hall-pick`)?.focus({ preventScroll: true });
}

document.addEventListener("pointerdown", (event) => {
  const item = event.target.closest?.("[data-movable] [data-item]");
  if (!item || event.button !== 0) return;
  const plan = item.closest("svg");
  held = {
    item, x: Number(item.dataset.x), y: Number(item.dataset.y), startX: event.clientX, startY: event.clientY,
    scale: plan.viewBox.baseVal.width / plan.getBoundingClientRect().width, moved: false,
  };
  event.preventDefault();
});
document.addEventListener("pointermove", (event) => {
  if (!held) return;
  const [dx, dy] = [(event.clientX - held.startX) * held.scale, (event.clientY - held.startY) * held.scale];
  if (!held.moved && Math.hypot(dx, dy) < STEP) return;
  held.moved = true;
  held.item.classList.add("is-moving");
  held.toX = round(held.x + dx);
  held.toY = round(held.y + dy);
  shift(held.item, held.toX, held.toY);
});
document.addEventListener("pointerup", () => {
  if (!held) return;
  const { item, moved, toX, toY } = held;
  held = null;
  if (moved) send(item, toX, toY, true);
  else item.querySelector(".hall-pick")?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
});
document.addEventListener("pointercancel", () => { if (held) shift(held.item, held.x, held.y); held = null; });
document.addEventListener("dragstart", (event) => { if (event.target.closest?.("[data-movable]")) event.preventDefault(); });

// A click on a thing opens its form beside the plan.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("[data-hall-main] .hall-pick");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (event.isTrusted && event.detail > 0 && main().hasAttribute("data-movable")) return; // the pointer has said it already
  const href = link.getAttribute("href");
  const answer = await fetch(href);
  show(await answer.text(), answer.url, link.closest("[data-item]").dataset.item, true);
});

const TURNS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

document.addEventListener("keydown", (event) => {
  const item = event.target.closest?.("[data-movable] [data-item]");
  const turn = TURNS[event.key];
  if (!item || !turn || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  const by = event.shiftKey ? FAR : STEP;
  if (waiting?.item !== item) flush();
  waiting ??= { item, x: Number(item.dataset.x), y: Number(item.dataset.y) };
  waiting.x += turn[0] * by;
  waiting.y += turn[1] * by;
  shift(item, waiting.x, waiting.y);
  clearTimeout(waiting.timer);
  waiting.timer = setTimeout(flush, WAIT);
});

function flush() {
  if (!waiting) return;
  const { item, x, y, timer } = waiting;
  clearTimeout(timer);
  waiting = null;
  send(item, x, y, document.activeElement?.closest("[data-item]") === item);
}
addEventListener("pagehide", flush);

// On a phone the plan is only looked at.
function ready() {
  main()?.toggleAttribute("data-movable", WIDE.matches && form() !== null);
}
WIDE.addEventListener("change", ready);
ready();
