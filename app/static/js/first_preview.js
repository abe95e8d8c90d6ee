// The first preview of a clause comes by itself, so that the frame beside it is not empty.
const preview = document.querySelector("[data-preview]");
if (preview) preview.form.requestSubmit(preview);
