// Live figures: looks every few seconds, costs nothing while nothing changed, and says so when it cannot see.
const OLD_AFTER = 3; // missed looks until the figures are called old

async function look(region) {
  if (document.hidden) return;
  try {
    const answer = await fetch(region.dataset.live, {
      headers: { "HX-Request": "true" }, cache: "no-cache", redirect: "manual", signal: AbortSignal.timeout(8000),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const mark = answer.headers.get("ETag");
    if (!mark || mark !== region.dataset.mark) {
      region.dataset.mark = mark ?? "";
      swap(region, await answer.text());
    }
    region.missed = 0;
  } catch {
    region.missed = (region.missed ?? 0) + 1;
  }
  old(region, region.missed >= OLD_AFTER);
}

// What somebody has opened stays open, and a button that has the focus keeps it.
function swap(region, html) {
  const open = [...region.querySelectorAll("details[open]")].map((fold, at) => fold.id || `#${at}`);
  const held = region.contains(document.activeElement) ? document.activeElement.closest("form")?.action : null;
  region.innerHTML = html;
  [...region.querySelectorAll("details")].forEach((fold, at) => { fold.open = open.includes(fold.id || `#${at}`); });
  if (held) [...region.querySelectorAll("form")].find((form) => form.action === held)?.querySelector("button")?.focus();
}

function old(region, is) {
  let line = region.previousElementSibling;
  if (!line?.matches(".live-old")) {
    if (!is) return;
    line = document.createElement("p");
    line.className = "live-old";
    line.setAttribute("role", "alert");
    line.textContent = region.dataset.sayOld;
    region.before(line);
  }
  line.hidden = !is;
  region.classList.toggle("is-old", is);
}

for (const region of document.querySelectorAll("[data-live]")) {
  const timer = setInterval(() => {
    if (region.querySelector("[data-live-done]")) clearInterval(timer); // nothing will change any more
    else look(region);
  }, Number(region.dataset.every) * 1000);
  document.addEventListener("visibilitychange", () => look(region));
  document.addEventListener("live:look", () => look(region));
}
