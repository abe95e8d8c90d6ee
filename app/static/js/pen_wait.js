// A page that waits for somebody else: it looks every two seconds, and opens anew when something has changed.
const box = document.querySelector("[data-wait]");

if (box) {
  const timer = setInterval(async () => {
    try {
      const response = await fetch(box.dataset.wait, { headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(8000) });
      if (!response.ok) return;
      const { stage, sealed } = await response.json();
      if (stage === box.dataset.stage && !sealed) return;
      clearInterval(timer);
      location.reload();
    } catch {
      // The next look may succeed.
    }
  }, 2000);
}
