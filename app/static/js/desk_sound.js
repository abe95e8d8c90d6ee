// What the ear learns before the eye looks up: welcome rises, attention beeps twice, stop buzzes low.
const TUNES = {
  welcome: [[660, 0, 0.11], [880, 0.1, 0.22]],
  attention: [[520, 0, 0.12], [520, 0.2, 0.18]],
  stop: [[196, 0, 0.28], [147, 0.26, 0.42]],
};
const SHAPES = { welcome: "sine", attention: "triangle", stop: "sawtooth" };
const LOUD = { welcome: 0.35, attention: 0.4, stop: 0.28 };
const button = document.querySelector("[data-mute]");
let context = null;

const muted = () => localStorage.getItem("desk-muted") === "1";

function show() {
  if (!button) return;
  button.setAttribute("aria-pressed", String(muted()));
  button.querySelector("[data-mute-on]").hidden = muted();
  button.querySelector("[data-mute-off]").hidden = !muted();
}

// Browsers keep quiet until somebody has touched the page. A scanner's first letter counts as a touch.
function wake() {
  context ??= window.AudioContext ? new AudioContext() : null;
  if (context?.state === "suspended") context.resume();
}
for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, wake, { capture: true });

function play(name) {
  if (muted() || !TUNES[name]) return;
  wake();
  if (context?.state !== "running") return;
  for (const [pitch, after, length] of TUNES[name]) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const at = context.currentTime + after;
    tone.type = SHAPES[name];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(LOUD[name], at + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + length);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + length + 0.02);
  }
}

document.addEventListener("desk:sound", (event) => {
  document.documentElement.dataset.sound = event.detail; // for tests, and for whoever debugs a silent loudspeaker
  play(event.detail);
});
button?.addEventListener("click", () => {
  localStorage.setItem("desk-muted", muted() ? "0" : "1");
  show();
  play("welcome");
});
show();
