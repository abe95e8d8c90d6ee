// One key for the row of the bank one is on: c presses its button. Moving about (j k o x /) is what every list does.
document.addEventListener("keydown", (event) => {
  if (event.key !== "c" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]")) return;
  const act = document.querySelector(".dt-row.is-here [data-row-act]");
  if (!act) return;
  event.preventDefault();
  act.click();
});
