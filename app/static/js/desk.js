// The desk's frame: whole screen on demand, and a line that says at once when the connection is gone.
const line = document.getElementById("desk-line");

function show() {
  if (!line) return;
  const online = navigator.onLine;
  line.textContent = online ? line.dataset.online : line.dataset.offline;
  line.classList.toggle("is-off", !online);
}
window.addEventListener("online", show);
window.addEventListener("offline", show);
show();

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-fullscreen]")) return;
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
});
