// The picture beside the print form shows the size that is chosen.
const picture = document.querySelector("[data-preview]");

document.addEventListener("change", (event) => {
  if (event.target.name !== "size" || !picture) return;
  const address = new URL(picture.dataset.preview, location.href);
  address.searchParams.set("size", event.target.value);
  picture.src = address;
});
