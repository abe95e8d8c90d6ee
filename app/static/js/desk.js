// The desk's frame: whole screen on demand, and a line that says at once when the connection is gone.
const line = document.getElementById("desk-line");
let sending = "ok"; // what the sender of scans says; the browser itself often believes in a network that is not there

function show() {
  if (!line) return;
  const online = navigator.onLine && sending === "ok";
  line.textContent = online ? line.dataset.online : line.dataset.offline;
  line.classList.toggle("is-off", !online);
}
window.addEventListener("online", show);
window.addEventListener("offline", show);
document.addEventListener("desk:line", (event) => { sending = event.detail; show(); });
show();

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-fullscreen]")) return;
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
});
