// Rows of a form that are added and removed on the spot. Without this the same buttons send the form and get it back.

function renumber(box, name) {
  const rows = [...box.querySelectorAll("[data-line]")];
  const old = new RegExp(`^${name}-\\d+`);
  rows.forEach((row, index) => {
    for (const part of row.querySelectorAll("[name], [id], [for]")) {
      for (const attribute of ["name", "id", "for"]) {
        const value = part.getAttribute(attribute);
        if (value) part.setAttribute(attribute, value.replace(old, `${name}-${index}`));
      }
      if (part.name === "remove") part.value = `${name}-${index}`;
    }
  });
}

function blank(row) {
  row.classList.remove("has-error");
  for (const fault of row.querySelectorAll(".ct-line-fault")) fault.remove();
  for (const field of row.querySelectorAll("input")) field.value = "";
  for (const field of row.querySelectorAll(".is-invalid")) field.classList.remove("is-invalid");
}

document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-lines-add]");
  const remove = event.target.closest("[data-line-remove]");
  if (!add && !remove) return;
  const box = add ? document.querySelector(`[data-lines="${add.dataset.linesAdd}"]`) : remove.closest("[data-lines]");
  const rows = box.querySelectorAll("[data-line]");
  if (add && (rows.length >= Number(box.dataset.most) || !rows.length)) return;
  event.preventDefault();
  if (add) {
    const row = rows[rows.length - 1].cloneNode(true);
    blank(row);
    box.append(row);
    renumber(box, box.dataset.lines);
    row.querySelector("input, select").focus();
  } else {
    const row = remove.closest("[data-line]");
    if (rows.length > 1) row.remove();
    else blank(row);
    renumber(box, box.dataset.lines);
    box.closest("form").dispatchEvent(new Event("input", { bubbles: true }));
  }
});
