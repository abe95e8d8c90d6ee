// The time that is left, in every <time data-countdown>: minutes and seconds, red when it is short, gone when it is over.
const SOON = 15 * 60;

function left(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

function tick() {
  for (const time of document.querySelectorAll("time[data-countdown]")) {
    const seconds = Math.max(0, Math.round((new Date(time.dataset.countdown) - Date.now()) / 1000));
    time.title ||= time.textContent;
    time.textContent = left(seconds);
    time.parentElement.classList.toggle("is-soon", seconds < SOON);
  }
}

if (!window.sdCountdown) { // the panel beside may bring this module a second time
  window.sdCountdown = setInterval(tick, 1000);
}
tick();
