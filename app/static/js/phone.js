// The phone's page: scan or search, one card, one tap. Every act is kept on the phone first and sent afterwards.
import { readCode } from "./phone_code.js";
import * as store from "./phone_store.js";
import { shrunk } from "./phone_picture.js";
import { Trouble, ask, send } from "./phone_send.js";
import { boxCard, boxRow, itemCard, laidOver, piece, place, row, said, say, under, words } from "./phone_paint.js";

const EVERY_MS = 20_000; // while something waits; else a third as often
const TOLD_MS = 8000;
const MOST_ROWS = 60;

const $ = (id) => document.getElementById(id);
const card = $("ph-card");
const find = $("ph-find");
const field = document.querySelector("[data-search]");
const cameraButton = document.querySelector("[data-camera-switch]");
let kept = null;
let acts = [];
let data = null;
let shown = "open";
let opened = null; // {item} or {box}
let scanned = false; // it came by the camera: afterwards the camera is on again
let line = "";
let tellTimer = 0;

const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// -- what is known

async function look() {
  acts = await store.acts();
  data = kept && laidOver(kept, acts);
  paint();
}

async function fetchData() {
  const fresh = await ask(`${say.base}data.json?mark=${kept?.mark ?? ""}`);
  kept = fresh.same ? { ...kept, at: fresh.at } : fresh;
  await store.remember("data", kept).catch(() => {});
}

// -- writing down

async function write(...list) {
  const now = Date.now();
  const made = list.map((act, at) => ({
    client_id: newId(), quantity: 0, place: "", note: "", box: "", happened_at: now + at, user: Number(say.me), who: say.name ?? "",
    name: data.items.get(act.material_id)?.name ?? "", ...act,
  }));
  try {
    await store.keep(made);
  } catch {
    tell(words("sayFull"), true);
    return false;
  }
  navigator.vibrate?.(40);
  tell(words("sayWritten", { what: under(made[0].name, ...made.slice(0, 1).map(said)) + (made.length > 1 ? ` (${made.length})` : "") }));
  await look();
  pump();
  return true;
}

async function photo(item, file, panel) {
  const bytes = await shrunk(file).catch(() => file.arrayBuffer());
  const note = panel?.querySelector("[data-note]")?.value.trim() ?? "";
  const list = [{ kind: "photo", material_id: item.id, photo: bytes, note }];
  if (panel) list.unshift({ kind: "damaged", material_id: item.id, quantity: number(panel, 1), note });
  if (await write(...list)) after();
}

// -- sending

let busy = false;
let again = false;
async function pump() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  const wasOff = line === "off";
  try {
    const sent = acts.some((act) => !act.refused) ? (await send(say.base)).sent : 0;
    await fetchData();
    setLine("on");
    if (wasOff && sent) tell(words("saySent"));
  } catch (error) {
    setLine(error instanceof Trouble ? error.kind : "fault");
  }
  busy = false;
  await look();
  if (again) {
    again = false;
    pump();
  }
}

function setLine(state) {
  line = state;
  const off = state === "off" || !navigator.onLine;
  $("ph-line").textContent = $("ph-line").dataset[off ? "offline" : "online"];
  $("ph-line").classList.toggle("is-off", off);
}

// -- the page

function tell(text, isBad = false) {
  clearTimeout(tellTimer);
  $("ph-told").textContent = text;
  $("ph-told").classList.toggle("is-bad", isBad);
  tellTimer = setTimeout(() => { $("ph-told").textContent = ""; }, TOLD_MS);
}

function paintQueue() {
  const box = $("ph-queue");
  const refused = acts.filter((act) => act.refused);
  const waiting = acts.length - refused.length;
  const faults = { signed_out: "saySignIn", forbidden: "sayForbidden", fault: "sayFault" };
  const wasOpen = box.querySelector("details")?.open ?? false;
  const parts = [
    refused.length ? words(refused.length === 1 ? "sayRefusedOne" : "sayRefused", { n: refused.length }) : "",
    waiting ? words(waiting === 1 ? "sayWaitingOne" : "sayWaiting", { n: waiting }) : "",
    waiting && faults[line] ? words(faults[line]) : "",
    store.forgets() ? words("sayForgets") : "",
  ].filter(Boolean);
  box.hidden = !parts.length;
  box.dataset.waiting = waiting;
  box.dataset.refused = refused.length;
  box.classList.toggle("is-bad", refused.length > 0);
  if (!parts.length) return void box.replaceChildren();
  const part = piece("t-queue");
  place(part, "told").textContent = parts.join(" · ");
  part.querySelector("details").open = wasOpen;
  const list = part.querySelector("[data-queued]");
  for (const act of acts) {
    const one = piece("t-queued");
    const isOther = act.user !== Number(say.me);
    one.querySelector("li").dataset.act = act.client_id;
    place(one, "name").textContent = act.name || act.box;
    place(one, "what").textContent = under(said(act), new Date(act.happened_at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }));
    place(one, "why").hidden = !(act.refused || isOther);
    place(one, "why").textContent = act.refused || (isOther ? words("sayOthers", { name: act.who }) : "");
    one.querySelector("[data-do=dismiss]").hidden = !act.refused;
    one.querySelector("[data-do=mine]").hidden = !isOther || Boolean(act.refused);
    list.append(one);
  }
  box.replaceChildren(part);
}

function rows() {
  const typed = field.value.trim().toLowerCase();
  const all = [...data.items.values()];
  const lists = { open: all.filter((item) => !item.stands), all, differ: all.filter((item) => item.dispute) };
  for (const chip of document.querySelectorAll("[data-show]")) {
    const list = lists[chip.dataset.show] ?? data.boxes;
    chip.querySelector("[data-number]").textContent = list.length;
    chip.setAttribute("aria-pressed", String(chip.dataset.show === shown));
    chip.hidden = chip.dataset.show === "differ" && !list.length && shown !== "differ";
  }
  if (shown === "boxes") return data.boxes.filter((box) => `${box.name} ${box.code} ${box.place}`.toLowerCase().includes(typed)).map(boxRow);
  const list = typed ? all.filter((item) => typed.split(/\s+/).every((word) => item.search.includes(word))) : lists[shown];
  return list.slice(0, MOST_ROWS).map((item) => row(item));
}

function paint() {
  paintQueue();
  $("ph-as-of").textContent = kept ? words("sayAsOf", { at: kept.at }) : words("sayNoData");
  if (!data) return;
  if (opened) {
    const box = opened.box && data.boxes.find((each) => each.code === opened.box);
    const item = opened.item && data.items.get(opened.item);
    // An open panel is somebody in the middle of something.
    if (!card.querySelector("[data-panel-is]:not([hidden])")) {
      if (box) card.replaceChildren(boxCard(box, data));
      else if (item) card.replaceChildren(itemCard(item, data));
      else opened = null;
    }
  }
  card.hidden = !opened;
  find.hidden = Boolean(opened);
  if (opened) return;
  const list = rows();
  const none = Object.assign(document.createElement("li"), { className: "ph-foot", textContent: words(field.value.trim() || shown !== "open" ? "sayNone" : "sayEmpty") });
  $("ph-list").replaceChildren(...(list.length ? list : [none]));
}

function show(what, isBack = false) {
  opened = what;
  const address = what?.item ? `?item=${data.items.get(what.item).code}` : what?.box ? `?box=${what.box}` : say.base;
  if (!isBack) history.pushState(null, "", address);
  card.replaceChildren();
  paint();
  window.scrollTo(0, 0);
  if (opened) card.querySelector("h2")?.scrollIntoView({ block: "nearest" });
}

// After an act on something scanned the camera looks for the next; else the card stays and shows what is so now.
function after() {
  card.querySelectorAll("[data-panel-is]").forEach((panel) => { panel.hidden = true; });
  if (!scanned) {
    card.replaceChildren();
    paint();
    return;
  }
  show(null);
  if ($("camera").hidden) cameraButton.click();
}

// -- codes

function byCode(text) {
  const read = readCode(text);
  if (!read || !data) return false;
  const item = read.mark !== "X" && [...data.items.values()].find((each) => each.code === read.code);
  const box = read.mark !== "M" && data.boxes.find((each) => each.code === read.code);
  if (!item && !box) {
    tell(words(read.mark === "X" ? "sayBlank" : "sayUnknown"), true);
    if (read.mark === "X" && navigator.onLine) location.assign(say.blank.replace(/0$/, read.code));
    return true;
  }
  if (!$("camera").hidden) cameraButton.click();
  navigator.vibrate?.(60);
  show(item ? { item: item.id } : { box: box.code });
  return true;
}
document.addEventListener("desk:code", (event) => {
  scanned = event.detail.source === "camera";
  if (!byCode(event.detail.text)) tell(words("sayUnknown"), true);
});

// -- taps

const number = (panel, least) => Math.min(1_000_000, Math.max(least, Math.trunc(Number(panel.querySelector("input[type=number]").value)) || 0));

function panelOf(name) {
  card.querySelectorAll("[data-panel-is]").forEach((panel) => { panel.hidden = panel.dataset.panelIs !== name || !panel.hidden; });
  card.querySelectorAll("[data-panel-of]").forEach((button) => {
    button.setAttribute("aria-expanded", String(!card.querySelector(`[data-panel-is="${button.dataset.panelOf}"]`).hidden));
  });
  card.querySelector("[data-panel-is]:not([hidden])")?.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

async function moveTo(where) {
  if (!where) return;
  const item = opened.item;
  const box = opened.box && data.boxes.find((each) => each.code === opened.box);
  const list = box
    ? [{ kind: "box_moved", box: box.code, name: box.name || box.code, place: where }, ...box.contents.map(([id, quantity]) => ({ kind: "moved", material_id: id, quantity, place: where }))]
    : [{ kind: "moved", material_id: item, place: where }];
  if (await write(...list)) after();
}

const DO = {
  open: (button) => { scanned = false; show(button.dataset.box ? { box: button.dataset.box } : { item: Number(button.dataset.item) }); },
  back: () => { scanned = false; show(null); },
  panel: (button) => panelOf(button.dataset.panelOf),
  less: (button) => step(button, -1),
  more: (button) => step(button, 1),
  move: (button) => moveTo(button.dataset.place),
  send: () => pump(),
  tick: async () => { if (await write({ kind: "ticked", material_id: opened.item })) after(); },
  untick: async () => { if (await write({ kind: "unticked", material_id: opened.item })) after(); },
  count: async (button) => { if (await write({ kind: "counted", material_id: opened.item, quantity: number(button.closest("[data-panel-is]"), 0) })) after(); },
  "all-here": async (button) => { if (await write({ kind: "counted", material_id: opened.item, quantity: Number(button.dataset.number) })) after(); },
  damage: async (button) => {
    const panel = button.closest("[data-panel-is]");
    const note = panel.querySelector("[data-note]").value.trim();
    if (await write({ kind: "damaged", material_id: opened.item, quantity: number(panel, 1), note })) after();
  },
  settle: async (button) => { if (await write({ kind: "counted", material_id: opened.item, quantity: Number(button.dataset.number), client_id: `settle-${newId()}` })) after(); },
  "tick-all": async () => {
    const box = data.boxes.find((each) => each.code === opened.box);
    if (await write(...box.contents.map(([id]) => ({ kind: "ticked", material_id: id, note: box.name || box.code })))) after();
  },
  dismiss: async (button) => { await store.drop([button.closest("[data-act]").dataset.act]); look(); },
  mine: async (button) => {
    const act = acts.find((each) => each.client_id === button.closest("[data-act]").dataset.act);
    await store.keep([{ ...act, user: Number(say.me) }]);
    await look();
    pump();
  },
};

function step(button, by) {
  const input = button.parentElement.querySelector("input");
  input.value = Math.max(Number(input.min), (Math.trunc(Number(input.value)) || 0) + by);
}

document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-show]");
  const button = event.target.closest("[data-do]");
  if (chip) {
    shown = chip.dataset.show;
    field.value = "";
    paint();
  } else if (button) DO[button.dataset.do](button);
});
document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.matches("[data-other]")) moveTo(event.target.querySelector("input").value.trim().slice(0, 80));
  else if (!byCode(field.value)) field.blur();
});
document.addEventListener("change", (event) => {
  const input = event.target.closest("[data-photo]");
  if (!input?.files.length || !opened?.item) return;
  photo(data.items.get(opened.item), input.files[0], input.dataset.photo ? input.closest("[data-panel-is]") : null);
});
field.addEventListener("input", () => data && paint());
window.addEventListener("popstate", () => show(asked(), true));
window.addEventListener("online", () => pump());
window.addEventListener("offline", () => setLine("off"));
window.addEventListener("beforeunload", (event) => { if (store.forgets() && acts.length) event.preventDefault(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) pump(); });

function asked() {
  const query = new URLSearchParams(location.search);
  const code = readCode(query.get("item") ?? query.get("box") ?? "")?.code;
  const item = data && query.has("item") && [...data.items.values()].find((each) => each.code === code);
  const box = data && query.has("box") && data.boxes.find((each) => each.code === code);
  return item ? { item: item.id } : box ? { box: box.code } : null;
}

async function begin() {
  await store.open(say.slug);
  kept = (await store.recall("data").catch(() => null)) ?? null;
  await look();
  if (kept) opened = asked();
  paint();
  await pump();
  if (!opened) opened = asked();
  paint();
  document.documentElement.dataset.phone = "ready";
  let turn = 0;
  setInterval(() => { if (!document.hidden && (acts.length || ++turn % 3 === 0)) pump(); }, EVERY_MS);
  if (navigator.serviceWorker) navigator.serviceWorker.register(`${say.base}worker.js`, { scope: say.base }).then(() => navigator.serviceWorker.ready).then(() => { document.documentElement.dataset.offline = "ready"; }).catch(() => {});
}
begin();
