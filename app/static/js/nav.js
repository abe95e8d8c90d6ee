// The frame: the drawer on small screens, menus that close themselves and stay on the screen, the loading line.
const side = document.getElementById("side");

function openSide(open) {
  side?.classList.toggle("is-open", open);
  if (open) side.querySelector("a")?.focus();
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except && !menu.contains(except)) menu.open = false;
  }
}

// Inside a scrolling table a menu would be cut off, so it is placed against the window instead.
function place(menu) {
  const pop = menu.querySelector(".menu-pop");
  if (!pop) return;
  pop.style.cssText = "";
  const box = menu.getBoundingClientRect();
  const room = pop.getBoundingClientRect();
  const clipped = menu.closest(".dt-scroll, .plain-scroll, .dt-tools, .panel-body");
  const low = box.bottom + room.height + 8 > window.innerHeight && box.top > room.height + 8;
  if (!clipped) {
    menu.classList.toggle("menu-up", low);
    if (room.left < 8) pop.style.transform = `translateX(${8 - room.left}px)`;
    else if (room.right > window.innerWidth - 8) pop.style.transform = `translateX(${window.innerWidth - 8 - room.right}px)`;
    return;
  }
  pop.style.position = "fixed";
  pop.style.right = "auto";
  pop.style.bottom = "auto";
  const left = menu.classList.contains("menu-end") ? box.right - room.width : box.left;
  pop.style.left = `${Math.max(8, Math.min(left, window.innerWidth - room.width - 8))}px`;
  pop.style.top = `${low ? box.top - room.height - 6 : box.bottom + 6}px`;
}

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!(menu instanceof HTMLDetailsElement) || !menu.matches("[data-menu]")) return;
  if (menu.open) {
    closeMenus(menu);
    place(menu);
  }
}, true);

window.addEventListener("scroll", (event) => {
  if (event.target instanceof Element && event.target.closest(".menu-pop")) return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu.querySelector(".menu-pop")?.style.position === "fixed") menu.open = false;
  }
}, { capture: true, passive: true });

document.addEventListener("click", (event) => {
  const target = event.target;
  if (target.closest("[data-side-open]")) {
    event.preventDefault();
    openSide(true);
    return;
  }
  const more = target.closest("[data-side-more]");
  if (more) {
    const open = more.getAttribute("aria-expanded") !== "true";
    more.setAttribute("aria-expanded", String(open));
    document.getElementById(more.getAttribute("aria-controls")).hidden = !open;
    return;
  }
  if (target.closest(".side-veil, [data-side-close]")) {
    event.preventDefault();
    openSide(false);
    return;
  }
  if (target.closest("[data-back]")) {
    event.preventDefault();
    history.back();
    return;
  }
  if (target.closest("[data-dialog-close]")) {
    target.closest("dialog")?.close();
    return;
  }
  if (target instanceof HTMLDialogElement) target.close();
  closeMenus(target);
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details[data-menu][open]");
  if (event.key === "Escape") {
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.preventDefault();
    } else if (side?.classList.contains("is-open")) openSide(false);
    return;
  }
  if (!menu || !["ArrowDown", "ArrowUp"].includes(event.key) || event.target.matches("input:not([type=checkbox]), textarea")) return;
  event.preventDefault();
  const items = [...menu.querySelectorAll(".menu-pop a, .menu-pop button, .menu-pop input")];
  const at = items.indexOf(document.activeElement);
  items[(at + (event.key === "ArrowDown" ? 1 : items.length - 1 + (at < 0 ? 1 : 0))) % items.length]?.focus();
});

// Whoever was signed out meanwhile gets the gate in place of a part of the page: then the whole page goes there.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { serverResponse, xhr } = event.detail;
  if (!serverResponse?.includes('<body class="gate"') || xhr.status >= 400) return;
  event.detail.shouldSwap = false;
  location.reload();
});

const line = document.getElementById("progress-line");
let running = 0;
document.addEventListener("htmx:beforeRequest", () => { running += 1; line?.classList.add("is-on"); });
document.addEventListener("htmx:afterRequest", () => { running -= 1; if (running <= 0) line?.classList.remove("is-on"); });

// Of tabs wider than a phone, the one that is open stands in sight.
for (const tabs of document.querySelectorAll(".page-tabs")) {
  const open = tabs.querySelector("[aria-current]");
  if (open) tabs.scrollLeft = open.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - open.offsetWidth) / 2;
}
