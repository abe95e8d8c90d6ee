// What just happened. Good news leaves by itself, bad news and offers to undo stay until they are read.
const STAY_MS = 7000;
const STAY_WITH_UNDO_MS = 20000;
const region = document.getElementById("flashes");

function leave(line) {
  if (line.matches(":hover, :focus-within")) setTimeout(() => leave(line), 2000);
  else line.remove();
}

function watch(line) {
  if (line.dataset.watched) return;
  line.dataset.watched = "1";
  if (line.matches(".tone-danger, .tone-warning")) return;
  setTimeout(() => leave(line), line.querySelector("[data-undo]") ? STAY_WITH_UNDO_MS : STAY_MS);
}

if (region) {
  region.querySelectorAll("[data-flash]").forEach(watch);
  new MutationObserver(() => region.querySelectorAll("[data-flash]").forEach(watch)).observe(region, { childList: true, subtree: true });
  region.addEventListener("click", (event) => event.target.closest("[data-flash-close]")?.closest("[data-flash]").remove());
}

// A request that failed outright must not fail in silence.
function fault(text) {
  if (!region) return;
  const line = document.createElement("div");
  line.className = "toast-line tone-danger";
  line.dataset.flash = "";
  line.setAttribute("role", "alert");
  const words = document.createElement("div");
  words.className = "toast-text";
  words.textContent = text;
  line.append(words);
  region.append(line);
  setTimeout(() => leave(line), STAY_WITH_UNDO_MS);
}

document.addEventListener("htmx:sendError", () => fault(region?.dataset.offline ?? ""));
document.addEventListener("htmx:timeout", () => fault(region?.dataset.offline ?? ""));
document.addEventListener("flash:say", (event) => fault(event.detail.text || (region?.dataset.fault ?? "")));
function said(xhr) {
  const page = new DOMParser().parseFromString(xhr.responseText || "", "text/html");
  return page.querySelector(".notice-text, .fault-title")?.textContent.trim() || region?.dataset.fault || String(xhr.status);
}
document.addEventListener("htmx:responseError", (event) => fault(said(event.detail.xhr)));

// A refusal that does not hold the part that was asked for must not wipe that part away.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig, serverResponse } = event.detail;
  if (xhr.status < 400 || !event.detail.shouldSwap) return;
  const part = requestConfig?.elt?.closest("[hx-select]")?.getAttribute("hx-select");
  if (!part || new DOMParser().parseFromString(serverResponse, "text/html").querySelector(part)) return;
  event.detail.shouldSwap = false;
  fault(said(xhr));
});
