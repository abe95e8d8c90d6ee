// A scanner types like a keyboard, only faster. It is read from the keys pressed, not from what arrives in a field:
// behind a Chinese input method the letters never arrive, and the cursor may stand anywhere.
import { isCode } from "./desk_code.js";

const SILENCE_MS = 100; // a pause that ends a scan, for scanners that send no Enter
const STUTTER_MS = 500; // a pause within a scan, on a machine that is busy, before we call it torn
const FAST_MS = 45; // nobody types a key every 45 ms
const SURE_AFTER = 4; // keys, until we believe that it is a scanner and keep them from the page
const SHORTEST = 6;
const AFTER_MS = 300; // an input method may hand over letters late

const PLAIN = {
  Slash: "/", Period: ".", Minus: "-", Semicolon: ";", Equal: "=", Quote: "'", Comma: ",", NumpadDivide: "/",
  NumpadDecimal: ".", NumpadSubtract: "-", NumpadAdd: "+", NumpadMultiply: "*",
};
const SHIFTED = { Slash: "?", Semicolon: ":", Minus: "_", Equal: "+" };
const QUIET = /^(Shift|Caps|Control|Alt|Meta|Num)/;

let burst = null;
let timer = 0;
let restoring = null;

function character(event) {
  const { code } = event;
  if (code.startsWith("Key")) return code.slice(3);
  const digit = code.match(/^(?:Digit|Numpad)(\d)$/)?.[1];
  if (digit) return event.shiftKey ? "" : digit;
  if (event.shiftKey && code in SHIFTED) return SHIFTED[code];
  if (code in PLAIN) return PLAIN[code];
  // Soft keyboards and some tablets name no key, only the letter.
  return code === "" && event.key.length === 1 ? event.key : null;
}

const field = () => document.querySelector("[data-scan-field]");
const isFast = () => burst.text.length > 1 && (burst.last - burst.began - burst.paused) / (burst.text.length - 1) < FAST_MS;
const isScan = () => Boolean(burst) && burst.text.length >= SHORTEST && isFast();

function swallow(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function begin(event) {
  const into = field();
  burst = { text: "", began: event.timeStamp, last: event.timeStamp, paused: 0, isSure: false, before: into?.value ?? "", was: document.activeElement };
}

function finish() {
  clearTimeout(timer);
  const done = burst;
  burst = null;
  if (!done) return;
  putBack(done);
  document.dispatchEvent(new CustomEvent("desk:code", { detail: { text: done.text, source: "scanner" } }));
}

// The first letters went where the cursor stood, before we knew.
function putBack(done) {
  const into = field();
  if (!into) return;
  restoring = { value: done.before, until: performance.now() + AFTER_MS };
  if (done.was === into) {
    into.blur(); // ends what an input method has begun
    into.value = done.before;
    into.focus();
  }
}
document.addEventListener("input", (event) => {
  if (!restoring || event.target !== field()) return;
  if (performance.now() > restoring.until) restoring = null;
  else {
    event.target.value = restoring.value;
    event.stopImmediatePropagation();
  }
}, { capture: true });

window.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
    burst = null;
    return;
  }
  if (QUIET.test(event.code)) return;
  const now = event.timeStamp;
  const gap = burst ? now - burst.last : 0;
  if (gap > SILENCE_MS) {
    if (burst.isSure && gap < STUTTER_MS) burst.paused += gap;
    else burst = null;
  }
  if (event.code === "Enter" || event.code === "NumpadEnter" || event.code === "Tab") {
    if (isScan()) {
      swallow(event); // the focused button must not take it for a press
      finish();
    } else burst = null;
    return;
  }
  const letter = character(event);
  if (letter === null) {
    burst = null;
    return;
  }
  if (!burst) begin(event);
  burst.text += letter;
  burst.last = now;
  burst.isSure ||= burst.text.length >= SURE_AFTER && isFast();
  if (!burst.isSure) return;
  swallow(event);
  clearTimeout(timer);
  timer = setTimeout(silent, SILENCE_MS);
}, { capture: true });

// Without an Enter silence ends a scan: at once when a whole code was read, else when no more will come.
function silent() {
  if (!burst) return;
  if (isCode(burst.text)) finish();
  else timer = setTimeout(() => (isScan() ? finish() : (burst = null)), STUTTER_MS - SILENCE_MS);
}
