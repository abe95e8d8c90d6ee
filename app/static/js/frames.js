// A frame that shows a mail runs no script. Where this machine needs our Chinese font, the page lends it to the frame.
function lend(frame) {
  const sheet = document.head.querySelector(`link[href="${document.body.dataset.fonts}"]`);
  const page = frame.contentDocument;
  if (!sheet || !page?.head || page.head.querySelector("[data-lent]")) return;
  const link = page.createElement("link");
  link.rel = "stylesheet";
  link.href = sheet.href;
  link.dataset.lent = "";
  page.head.append(link);
}

document.addEventListener("load", (event) => {
  if (event.target.matches?.("iframe[data-letter]")) lend(event.target);
}, true);
document.querySelectorAll("iframe[data-letter]").forEach(lend);
