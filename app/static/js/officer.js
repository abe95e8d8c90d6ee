// The officer's signature: what is drawn goes into the form with the form, and nothing drawn means the kept one.
import { startPad } from "./pen_pad.js";

for (const root of document.querySelectorAll("[data-officer-pad]")) {
  const field = document.getElementById(root.dataset.officerPad);
  const pad = startPad(root, () => {});
  pad.fit();
  if (field.value) pad.restore(JSON.parse(field.value)); // the page came back with a fault: what was drawn is there
  root.closest("details")?.addEventListener("toggle", pad.fit);
  root.closest("form").addEventListener("submit", () => { field.value = pad.isEmpty() ? "" : JSON.stringify(pad.strokes()); }, { capture: true });
}
