// Greets a new name on the wall: a glow, and a gentle fanfare once somebody has switched the sound on.
const region = document.querySelector("[data-wall]");
const button = document.querySelector("[data-sound-on]");
const TUNE = [[523.25, 0], [659.25, 0.16], [783.99, 0.32], [1046.5, 0.48]]; // C major, upwards
let sound = null;

const cards = () => [...region.querySelectorAll("[data-entry]")];
const winner = () => region.querySelector("[data-winner]")?.dataset.winner ?? "";
const seen = new Set(cards().map((card) => card.dataset.entry));
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

// The host may let somebody up who signed earlier, so a new name need not stand first; and when one is taken down, the
// one below is not new. What moves up into a full wall from below its edge is not new either.
new MutationObserver(() => {
  const full = Number(region.querySelector("[data-most]").dataset.most);
  const fresh = cards().filter((card, place) => !seen.has(card.dataset.entry) && place < full - 1);
  for (const card of cards()) seen.add(card.dataset.entry);
  for (const card of fresh) card.classList.add("is-greeted");
  if (fresh.length || (winner() && winner() !== won)) fanfare();
  won = winner();
}).observe(region, { childList: true });
