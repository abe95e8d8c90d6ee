// The dealer reads and signs. Everything that was done stays on this device until the server says that it is stored.
import { startPad } from "./pen_pad.js";
import { startCode } from "./pen_code.js";
import { kept, keep, deliver, newId } from "./pen_store.js";

const reader = document.querySelector("[data-reader]");
const pen = document.querySelector("[data-pen]");
const pages = [...reader.querySelectorAll("[data-page]")];
const key = reader.dataset.key;
const seconds = { ...JSON.parse(reader.dataset.had), ...kept(`read-${key}`, {}) };

let now = 0;
let since = performance.now();

// -- reading

function count() {
  const page = now + 1;
  if (!document.hidden && !reader.hidden) {
    seconds[page] = Math.round(((seconds[page] ?? 0) + (performance.now() - since) / 1000) * 10) / 10;
    keep(`read-${key}`, seconds);
  }
  since = performance.now();
}

function show(at) {
  now = Math.max(0, Math.min(at, pages.length - 1));
  pages.forEach((page, index) => { page.hidden = index !== now; });
  reader.querySelector("[data-page-now]").textContent = now + 1;
  reader.querySelector("[data-turn='-1']").disabled = now === 0;
  const last = now === pages.length - 1;
  reader.querySelector("[data-say-next]").hidden = last;
  reader.querySelector("[data-say-done]").hidden = !last;
}

async function tell() {
  try {
    await fetch(reader.dataset.readUrl, {
      method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify({ pages: seconds }), signal: AbortSignal.timeout(8000),
    });
  } catch {
    // What was read goes along with the signature once more.
  }
}

function turn(step) {
  count();
  tell();
  if (step > 0 && now === pages.length - 1) return sign();
  show(now + step);
  reader.scrollIntoView({ block: "start" });
}

reader.addEventListener("click", (event) => {
  const button = event.target.closest("[data-turn]");
  if (button) turn(Number(button.dataset.turn));
});
document.addEventListener("visibilitychange", () => { if (document.hidden) count(); else since = performance.now(); });

// -- signing

const pad = startPad(pen, () => fault(""));

function sign() {
  reader.hidden = true;
  pen.hidden = false;
  pad.fit();
  pen.scrollIntoView({ block: "start" });
  document.getElementById("sign").focus({ preventScroll: true });
}

pen.querySelector("[data-read-again]").addEventListener("click", () => {
  pen.hidden = true;
  reader.hidden = false;
  since = performance.now();
  show(0);
});
startCode(pen.querySelector("[data-code]"), () => {
  pen.querySelector("[data-pen-pad]").hidden = false;
  pad.fit();
});

function fault(text) {
  const line = pen.querySelector("[data-fault]");
  line.textContent = text;
  line.hidden = !text;
  if (text) line.scrollIntoView({ block: "nearest" });
}

pen.querySelector("[data-sign]").addEventListener("click", () => {
  if (!pen.querySelector("[data-agree]").checked) return fault(pen.dataset.sayUnread);
  if (pad.isEmpty()) return fault(pen.dataset.sayEmpty);
  fault("");
  const mark = { client_id: newId(), strokes: pad.strokes(), pages: seconds, at: Date.now(), show: pen.querySelector("[data-show]")?.checked ?? false };
  keep(`mark-${key}`, mark);
  return store(mark);
});

function waiting(text, off) {
  const told = pen.querySelector("[data-wait-told]");
  told.hidden = !text;
  told.classList.toggle("is-off", off);
  told.querySelector("[data-wait-text]").textContent = text;
  pen.querySelector("[data-pen-pad]").hidden = Boolean(text);
}

async function store(mark) {
  waiting(pen.dataset.sayStoring, false);
  const answer = await deliver(pen.dataset.markUrl, mark, () => waiting(pen.dataset.sayWaiting, true), pen.dataset.sayLarge);
  keep(`mark-${key}`, null);
  if (answer.ok) {
    keep(`read-${key}`, null);
    location.replace(pen.dataset.pageUrl);
    return;
  }
  waiting("", false);
  pad.fit();
  fault(answer.text);
}

show(0);
tell();
const unsent = kept(`mark-${key}`, null);
if (unsent) {
  sign();
  store(unsent);
}
window.addEventListener("beforeunload", (event) => { if (kept(`mark-${key}`, null)) event.preventDefault(); });
