// Scans are sent one after another and kept until the server has answered: a dead line loses none and says so loudly.
import { isCode } from "./desk_code.js";

const desk = document.querySelector("[data-desk]");
const answer = document.getElementById("answer");
const field = document.querySelector("[data-scan-field]");
const form = document.querySelector("[data-scan-form]");
const say = desk.dataset;

const TIMEOUT_MS = 8000;
const TWICE_MS = 1500; // a scanner that reads one badge twice
const KEPT_MS = 12 * 3600 * 1000;
const SEARCH_MS = 220;
const READY_MS = 12_000;
const FAULTS = 3; // answers of a broken server until we give up on one scan

let resting = 0;
let searching = null;
let timer = 0;
let typedAt = 0;
let length = 0;
const touch = matchMedia("(pointer: coarse)").matches;

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// -- the queue, which survives a reload

function load() {
  try {
    const kept = JSON.parse(localStorage.getItem(say.queue) ?? "[]");
    return kept.filter((item) => Date.now() - item.at < KEPT_MS);
  } catch {
    return [];
  }
}
function keep() {
  try {
    localStorage.setItem(say.queue, JSON.stringify(queue));
  } catch {
    // A browser that keeps nothing still sends.
  }
}
const queue = load();
let busy = false;

function enqueue(url, fields) {
  clearTimeout(timer);
  searching?.abort();
  queue.push({ url, fields, at: Date.now() });
  keep();
  pump();
}

function scan(text) {
  enqueue(say.url, { code: text.slice(0, 300), scan_id: newId() });
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function pump() {
  if (busy) return;
  busy = true;
  let wait = 700;
  while (queue.length) {
    const item = queue[0];
    const slow = setTimeout(() => tell("is-idle", say.sayChecking), 700);
    const result = await send(item);
    clearTimeout(slow);
    if (result === "later") {
      line("off");
      const waiting = queue.length > 1 ? ` ${say.sayWaiting.replace("{n}", queue.length)}` : "";
      tell("is-red", say.sayNotYet, say.sayTrying + waiting);
      if (wait === 700) sound("stop");
      await pause(wait);
      wait = Math.min(wait * 1.6, 5000);
      continue;
    }
    line("ok");
    if (result === "stop") break;
    wait = 700;
    queue.shift();
    keep();
  }
  busy = false;
}

async function send(item) {
  let response;
  let html;
  try {
    response = await fetch(item.url, {
      method: "POST", body: new URLSearchParams(item.fields), redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { "HX-Request": "true", "X-CSRFToken": say.csrf },
    });
    html = await response.text();
  } catch {
    return "later";
  }
  if ([502, 503, 504, 429].includes(response.status)) return "later";
  if (response.type === "opaqueredirect" || response.status === 401) return signedOut();
  if (response.status === 400) {
    tell("is-red", say.sayFailed, say.sayReload);
    sound("stop");
    return "stop";
  }
  if (response.status === 409 && (item.again = (item.again ?? 0) + 1) < 2) return "later";
  if (response.status >= 500) {
    item.faults = (item.faults ?? 0) + 1;
    if (item.faults < FAULTS) return "later";
    tell("is-red", say.sayFailed, say.sayAgain);
    sound("stop");
    return "done";
  }
  show(html, response.headers.has("X-Desk") ? undefined : "stop");
  return "done";
}

function signedOut() {
  tell("is-red", say.saySignedOut, say.saySignIn, say.signIn);
  sound("stop");
  return "stop";
}

// -- the answer

// A welcome that stays would seem to greet the next guest, whose badge may not have been read at all.
function ready() {
  const verdict = answer.querySelector("[data-verdict=admit], [data-verdict=undone]");
  if (!verdict || verdict.matches(":hover, :focus-within") || verdict.querySelector("[name=companion_id]")) return;
  tell("is-idle", say.sayReady);
}

function show(html, tone) {
  answer.innerHTML = html;
  clearTimeout(resting);
  resting = setTimeout(ready, READY_MS);
  sound(tone ?? answer.querySelector("[data-sound]")?.dataset.sound ?? "");
  if (field) {
    field.value = "";
    if (!touch) field.focus();
  }
  if (touch) answer.scrollIntoView({ block: "nearest" });
  document.dispatchEvent(new Event("live:look"));
}

function tell(look, word, more = "", link = "") {
  const told = document.getElementById("desk-told").content.cloneNode(true);
  told.querySelector(".verdict").classList.add(look);
  told.querySelector(".verdict-mark").hidden = look === "is-idle";
  told.querySelector("[data-told-word]").textContent = word;
  told.querySelector("[data-told-more]").textContent = more;
  const anchor = told.querySelector("a");
  if (link) anchor.href = link;
  else anchor.remove();
  answer.replaceChildren(told);
}

const sound = (name) => document.dispatchEvent(new CustomEvent("desk:sound", { detail: name }));
const line = (state) => document.dispatchEvent(new CustomEvent("desk:line", { detail: state }));

// -- where scans come from

let last = { text: "", at: -Infinity };
document.addEventListener("desk:code", (event) => {
  const { text } = event.detail;
  const now = performance.now();
  const twice = text === last.text && now - last.at < TWICE_MS;
  last = { text, at: now };
  if (!twice) scan(text);
});

document.addEventListener("submit", (event) => {
  const sent = event.target;
  if (sent === form) {
    event.preventDefault();
    const typed = field.value.trim();
    if (!typed) return;
    if (isCode(typed)) scan(typed);
    else search(typed, true);
  } else if (sent.matches("[data-send]") && !event.defaultPrevented) {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(sent));
    delete fields.csrf_token;
    if ("scan_id" in fields) fields.scan_id = newId();
    sent.querySelectorAll("button").forEach((button) => { button.disabled = true; });
    enqueue(sent.action, fields);
  }
});

// -- search

async function search(text, isEntered = false) {
  clearTimeout(timer);
  searching?.abort();
  searching = new AbortController();
  try {
    const response = await fetch(`${say.url}?q=${encodeURIComponent(text)}`, {
      headers: { "HX-Request": "true" }, redirect: "manual", signal: searching.signal,
    });
    if (response.type === "opaqueredirect" || response.status === 401) return void signedOut();
    if (!response.ok) throw new Error(String(response.status));
    const html = await response.text();
    if (queue.length) return;
    answer.innerHTML = html;
    line("ok");
    const hits = answer.querySelectorAll("[data-hits] .btn-hit");
    if (isEntered && hits.length === 1) hits[0].focus();
  } catch (error) {
    if (error.name === "AbortError") return;
    line("off");
    tell("is-red", say.sayTrying, text);
    timer = setTimeout(() => search(text, isEntered), 1500);
  }
}

function typed() {
  clearTimeout(timer);
  const text = field.value.trim();
  if (!text) return;
  // Pasted, or handed over in one piece by the input method of a tablet: a whole code needs no Enter.
  if (isCode(text) && performance.now() - typedAt < 600) timer = setTimeout(() => { field.value = ""; scan(text); }, 100);
  else timer = setTimeout(() => search(text), SEARCH_MS);
}
field?.addEventListener("input", (event) => {
  if (field.value.length <= 1 || field.value.length - length > 5) typedAt = performance.now();
  length = field.value.length;
  if (!event.isComposing) typed();
});
field?.addEventListener("compositionend", typed);
document.querySelector("[data-search]")?.addEventListener("click", () => (field.value.trim() ? search(field.value.trim(), true) : field.focus()));
document.addEventListener("click", (event) => {
  const find = event.target.closest("[data-find]");
  const focus = event.target.closest("[data-focus-field]");
  if (!find && !focus) return;
  event.preventDefault();
  field.focus();
  if (find) search(find.dataset.find, true);
});

window.addEventListener("beforeunload", (event) => { if (queue.length) event.preventDefault(); });
window.addEventListener("online", () => pump());
if (queue.length) pump();
