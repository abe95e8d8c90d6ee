// Greets a new name on the wall: a glow, and a gentle fanfare once somebody has switched the sound on.
const region = document.querySelector("[data-wall]");
const button = document.querySelector("[data-sound-on]");
const TUNE = [[523.25, 0], [659.25, 0.16], [783.99, 0.32], [1046.5, 0.48]]; // C major, upwards
let sound = null;

const newest = () => region.querySelector("[data-newest]")?.dataset.newest ?? "";
const winner = () => region.querySelector("[data-winner]")?.dataset.winner ?? "";
let last = newest();
let won = winner();

button.addEventListener("click", () => {
  sound = new AudioContext();
  button.setAttribute("aria-pressed", "true");
  fanfare();
});

function fanfare() {
  if (!sound) return;
  for (const [pitch, at] of TUNE) {
    const tone = sound.createOscillator();
    const loud = sound.createGain();
    const begin = sound.currentTime + at;
    tone.type = "triangle";
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0.0001, begin);
    loud.gain.exponentialRampToValueAtTime(0.16, begin + 0.03);
    loud.gain.exponentialRampToValueAtTime(0.0001, begin + 0.9);
    tone.connect(loud).connect(sound.destination);
    tone.start(begin);
    tone.stop(begin + 1);
  }
}

new MutationObserver(() => {
  if (newest() !== last && newest()) {
    region.querySelector("[data-newest]").classList.add("is-greeted");
    fanfare();
  } else if (winner() !== won && winner()) {
    fanfare();
  }
  last = newest();
  won = winner();
}).observe(region, { childList: true });
