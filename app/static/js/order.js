// The signing order is dragged, or moved with the arrow keys while Alt is held. The buttons do the same without script.

const form = document.querySelector("[data-order]");

function send() {
  for (const old of form.querySelectorAll("input[name=ids]")) old.remove();
  for (const row of form.querySelectorAll("[data-order-row]")) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "ids";
    field.value = row.dataset.orderRow;
    form.append(field);
  }
  form.submit();
}

if (form) {
  let dragged = null;
  form.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-order-row]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    dragged.classList.add("is-dragged");
  });
  form.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-order-row]");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    over.parentNode.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? over : over.nextSibling);
  });
  form.addEventListener("drop", (event) => event.preventDefault());
  form.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    dragged = null;
    send();
  });
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-order-row]");
    if (!row || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const buttons = row.querySelectorAll("button[name=move]");
    buttons[event.key === "ArrowUp" ? 0 : 1].click();
  });
}
