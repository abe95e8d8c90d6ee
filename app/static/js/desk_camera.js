// Codes seen by a camera. The decoder is loaded when the camera is switched on for the first time.
const EVERY_MS = 120;
const AGAIN_MS = 4000; // a badge held in front of the camera is one scan

const region = document.querySelector("[data-camera]");
const button = document.querySelector("[data-camera-switch]");
const picture = region?.querySelector("video");
const says = region?.querySelector("[data-camera-says]");
const other = region?.querySelector("[data-camera-other]");
let stream = null;
let detector = null;
let device = null;
let timer = 0;
const seen = new Map();

const REASONS = { NotAllowedError: "sayRefused", SecurityError: "sayRefused", NotFoundError: "sayNone", OverconstrainedError: "sayNone", NotReadableError: "sayBusy", AbortError: "sayBusy" };

function say(key, isFault = false) {
  says.textContent = region.dataset[key];
  region.classList.toggle("is-fault", isFault);
}

function decoder() {
  const api = window.BarcodeDetectionAPI;
  const locateFile = (name, prefix) => (name.endsWith(".wasm") ? region.dataset.wasm : prefix + name);
  api.prepareZXingModule({ overrides: { locateFile } });
  return new api.BarcodeDetector({ formats: ["qr_code"] });
}

async function start() {
  region.hidden = false;
  button.setAttribute("aria-pressed", "true");
  if (!navigator.mediaDevices?.getUserMedia) {
    say("sayInsecure", true);
    return;
  }
  say("sayStarting");
  try {
    const wanted = device ? { deviceId: { exact: device } } : { facingMode: "environment" };
    stream = await navigator.mediaDevices.getUserMedia({ video: { ...wanted, width: { ideal: 1280 }, height: { ideal: 720 } } });
    picture.srcObject = stream;
    await picture.play();
    detector ??= decoder();
  } catch (error) {
    stop();
    region.hidden = false;
    say(REASONS[error.name] ?? "sayBroken", true);
    return;
  }
  stream.getVideoTracks()[0].addEventListener("ended", () => { stop(); region.hidden = false; say("sayBusy", true); });
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((each) => each.kind === "videoinput");
  other.hidden = cameras.length < 2;
  say("sayReady");
  look();
}

function stop() {
  clearTimeout(timer);
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  picture.srcObject = null;
  region.hidden = true;
  button.setAttribute("aria-pressed", "false");
}

async function look() {
  if (!stream) return;
  try {
    for (const code of document.hidden ? [] : await detector.detect(picture)) found(code.rawValue);
  } catch {
    say("sayBroken", true);
  }
  timer = setTimeout(look, EVERY_MS);
}

function found(text) {
  const now = performance.now();
  const last = seen.get(text) ?? -Infinity;
  seen.set(text, now);
  if (now - last < AGAIN_MS) return;
  document.dispatchEvent(new CustomEvent("desk:code", { detail: { text, source: "camera" } }));
}

async function next() {
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((each) => each.kind === "videoinput");
  const now = stream?.getVideoTracks()[0].getSettings().deviceId;
  const at = cameras.findIndex((each) => each.deviceId === now);
  device = cameras[(at + 1) % cameras.length]?.deviceId ?? null;
  stop();
  start();
}

button?.addEventListener("click", () => (region.hidden ? start() : stop()));
other?.addEventListener("click", next);
window.addEventListener("pagehide", stop);
