// Somebody's own page without network: what is pressed is kept on the phone first, shown at once, and sent afterwards.
import * as store from "./phone_store.js";
import { shrunk } from "./phone_picture.js";

const EVERY_MS = 15_000; // while something waits; else the page is asked for anew every fourth time
const TIMEOUT_MS = 15_000;
const PICTURE_TIMEOUT_MS = 90_000;
const TOLD_MS = 8000;
// What a button asks for next after it has been pressed.
const NEXT = { stands: "stands_not", stands_not: "stands", done: "open", open: "done", 1: "0", 0: "1" };
const IS_ON = new Set(["stands", "done", "1"]);

const line = document.getElementById("my-line");
const say = line.dataset;
const words = (key, facts = {}) => say[key].replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
const body = () => document.getElementById("my-page");
const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
let acts = [];
let isOff = false;
let busy = false;
let again = false;
let told = "";
let tellTimer = 0;
let opened = null; // the store; a finger is quicker than a database sometimes

// -- what was pressed

// What a press changes: a tick has a value of its own in the form, or in the button.
function wish(form, submitter) {
  const given = form.elements.done?.value ?? submitter?.value ?? "";
  return submitter?.matches(".my-tick") && given in NEXT ? { toggles: true, on: IS_ON.has(given) } : { toggles: false, on: false };
}

async function fieldsOf(form, submitter) {
  const fields = [];
  for (const [name, value] of new FormData(form, submitter)) {
    if (name === "csrf_token") continue;
    if (!(value instanceof File)) fields.push([name, value]);
    else if (value.size) fields.push([name, { bytes: await shrunk(value).catch(() => value.arrayBuffer()) }]);
  }
  return fields;
}

function isGood(form) {
  const number = form.elements.quantity;
  const isWrong = number && !/^\d{1,7}$/.test(number.value.trim());
  number?.setCustomValidity(isWrong ? words("sayNumber") : "");
  number?.addEventListener("input", () => number.setCustomValidity(""), { once: true });
  if (isWrong) number.reportValidity();
  const reason = form.elements.reason;
  const isBare = reason && !reason.value.trim();
  reason?.setCustomValidity(isBare ? words("sayReason") : "");
  reason?.addEventListener("input", () => reason.setCustomValidity(""), { once: true });
  if (isBare) reason.reportValidity();
  return !isWrong && !isBare;
}

async function press(form, submitter) {
  if (!isGood(form)) return;
  const act = {
    client_id: newId(), happened_at: Date.now(), form: form.dataset.keeps, action: form.getAttribute("action"),
    name: form.dataset.name ?? "", fields: await fieldsOf(form, submitter), ...wish(form, submitter),
  };
  try {
    await opened;
    await store.keep([act]);
  } catch {
    tell(words("sayFull"));
    return;
  }
  document.activeElement?.blur();
  form.closest("details")?.removeAttribute("open");
  navigator.vibrate?.(40);
  await look();
  pump();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.keeps || event.defaultPrevented) return;
  event.preventDefault();
  press(form, event.submitter);
}, { capture: true });

// -- showing it

async function look() {
  acts = await store.acts();
  paint();
}

function paintAct(act) {
  const form = [...document.querySelectorAll("form[data-keeps]")].find((each) => each.dataset.keeps === act.form);
  if (!form) return;
  const tick = form.querySelector(".my-tick");
  if (act.toggles && tick) {
    tick.classList.toggle("is-done", act.on);
    tick.setAttribute("aria-pressed", String(act.on));
    tick.querySelector("i").replaceChildren(...(act.on ? [document.getElementById("t-check").content.cloneNode(true)] : []));
    const holder = form.elements.done ?? tick;
    if (IS_ON.has(holder.value) === act.on) holder.value = NEXT[holder.value];
  }
  const near = form.closest("li, .pub-card");
  if (near && !near.querySelector(":scope > .my-waits")) near.append(document.getElementById("t-waits").content.cloneNode(true));
}

function paint() {
  const waiting = acts.filter((act) => !act.refused);
  const refused = acts.filter((act) => act.refused);
  waiting.forEach(paintAct);
  document.documentElement.classList.toggle("is-off", isOff);
  const parts = [
    isOff ? words("sayOff", { at: body()?.dataset.asOf ?? "" }) : "",
    waiting.length && (isOff || !busy) ? words(waiting.length === 1 ? "sayWaitingOne" : "sayWaiting", { n: waiting.length }) : "",
    store.forgets() && waiting.length ? words("sayForgets") : "",
    told,
  ].filter(Boolean);
  const text = document.createElement("p");
  text.textContent = parts.join(" ");
  const list = document.createElement("ul");
  for (const act of refused) {
    const one = document.getElementById("t-refused").content.cloneNode(true);
    one.querySelector("[data-f=name]").textContent = act.name;
    one.querySelector("[data-f=why]").textContent = act.refused;
    one.querySelector("button").dataset.seen = act.client_id;
    list.append(one);
  }
  line.replaceChildren(...(parts.length ? [text] : []), ...(refused.length ? [list] : []));
  line.hidden = !parts.length && !refused.length;
  line.dataset.waiting = waiting.length;
  line.dataset.refused = refused.length;
  line.classList.toggle("is-off", isOff);
  line.classList.toggle("is-bad", refused.length > 0);
}

function tell(text) {
  clearTimeout(tellTimer);
  told = text;
  tellTimer = setTimeout(() => { told = ""; paint(); }, TOLD_MS);
  paint();
}

line.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-seen]");
  if (!button) return;
  await store.drop([button.dataset.seen]);
  await look();
  pump();
});

// -- sending

class Off extends Error {}

async function ask(url, options = {}, timeout = TIMEOUT_MS) {
  let response;
  try {
    response = await fetch(url, { cache: "no-store", signal: AbortSignal.timeout(timeout), ...options });
  } catch {
    throw new Off();
  }
  if ([429, 502, 503, 504].includes(response.status)) throw new Off();
  return response;
}

async function answerOf(response) {
  try {
    return await response.json();
  } catch {
    throw new Off(); // a hotel's network answers with its own page
  }
}

async function freshToken() {
  return (await answerOf(await ask(`${say.page}/hello.json`, { headers: { Accept: "application/json" } }))).token;
}

async function sendOne(act, token) {
  const form = new FormData();
  for (const [name, value] of act.fields) form.append(name, value.bytes ? new Blob([value.bytes], { type: "image/jpeg" }) : value, ...(value.bytes ? ["photo.jpg"] : []));
  for (const name of ["client_id", "happened_at"]) form.set(name, act[name]);
  form.set("phone_now", Date.now());
  const hasPicture = act.fields.some(([, value]) => value.bytes);
  const response = await ask(act.action, { method: "POST", body: form, headers: { Accept: "application/json", "X-CSRFToken": token } }, hasPicture ? PICTURE_TIMEOUT_MS : TIMEOUT_MS);
  if (response.status >= 500 || response.status === 400) throw new Error(`${response.status}`);
  const answer = await answerOf(response);
  if (response.ok && answer.state !== "accepted") throw new Off();
  if (response.ok) await store.drop([act.client_id]);
  else await store.keep([{ ...act, refused: answer.text || words("sayRefused") }]);
  return response.ok ? answer.text : "";
}

// In the order in which it was done. One that the server stumbles over does not hold up the others.
async function sendAll() {
  const wanted = (await store.acts()).filter((act) => !act.refused);
  if (!wanted.length) return { sent: 0, said: "" };
  const token = await freshToken();
  let said = "";
  let sent = 0;
  for (const act of wanted) {
    try {
      said = (await sendOne(act, token)) || said;
      sent += 1;
    } catch (error) {
      if (error instanceof Off) throw error;
    }
  }
  return { sent, said };
}

const send = () => (navigator.locks ? navigator.locks.request(`send ${say.page}`, sendAll) : sendAll());

function isTyping() {
  const field = document.activeElement?.closest?.("#my-page input, #my-page textarea, #my-page select");
  const typed = [...(body()?.querySelectorAll("details[open] input:not([type=hidden])") ?? [])].some((each) => each.value && each.value !== each.defaultValue);
  return Boolean(field) || typed;
}

// The page as it is now takes the place of what is shown, and of what the phone keeps.
async function refresh() {
  const response = await ask(say.page, { headers: { Accept: "text/html" } });
  if (!response.ok) return;
  const copy = response.clone();
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("my-page");
  if (!fresh) throw new Off();
  if (!isTyping()) body().replaceWith(document.adoptNode(fresh));
  for (const name of (await globalThis.caches?.keys()) ?? []) {
    if (name.startsWith(`phone:${say.page}:`)) await (await caches.open(name)).put(say.page, copy.clone());
  }
}

async function pump(isLook = true) {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  try {
    const { sent, said } = await send();
    if (said) tell(said);
    if (sent || isLook || isOff) await refresh();
    isOff = false;
  } catch (error) {
    if (error instanceof Off) isOff = true;
  }
  busy = false;
  await look();
  if (again) {
    again = false;
    pump(false);
  }
}

// What a phone keeps of an event that is over goes with it.
async function forget() {
  for (const name of (await globalThis.caches?.keys()) ?? []) if (name.startsWith(`phone:${say.page}:`)) await caches.delete(name);
  const worker = await navigator.serviceWorker?.getRegistration(say.page);
  await worker?.unregister();
}

async function begin() {
  if (body()?.dataset.closed) {
    await forget().catch(() => {});
    return;
  }
  opened = store.open(`own-${say.page.split("/").pop()}`);
  await opened;
  isOff = !navigator.onLine;
  await look();
  await pump(isOff || acts.length > 0);
  document.documentElement.dataset.mine = "ready";
  let turn = 0;
  setInterval(() => { if (!document.hidden && (acts.some((act) => !act.refused) || isOff || ++turn % 4 === 0)) pump(); }, EVERY_MS);
  window.addEventListener("online", () => pump());
  window.addEventListener("offline", () => { isOff = true; paint(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) pump(); });
  window.addEventListener("beforeunload", (event) => { if (store.forgets() && acts.some((act) => !act.refused)) event.preventDefault(); });
  navigator.serviceWorker?.register(`${say.page}/worker.js`, { scope: say.page }).then((made) => {
    const worker = made.active ?? made.waiting ?? made.installing;
    const ready = () => { if (worker.state === "activated") document.documentElement.dataset.offline = "ready"; };
    worker.addEventListener("statechange", ready);
    ready();
  }).catch(() => {});
}
begin();
