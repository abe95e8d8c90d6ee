// Only a machine that cannot draw Chinese at all loads our font: it weighs ten megabytes, and nearly every device has its own.
// Where no font has them, two different characters come out as the same empty box.
function drawn(character) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 24;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = `18px ${getComputedStyle(document.body).fontFamily}`;
  pen.fillText(character, 2, 19);
  return pen.getImageData(0, 0, 24, 24).data.join();
}

function needed() {
  try {
    return drawn("签") === drawn("约");
  } catch {
    return false;
  }
}

const sheet = document.body.dataset.fonts;
if (sheet && needed()) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = sheet;
  // A page that was quick to lay out its text does not ask for the font by itself every time.
  link.addEventListener("load", () => {
    for (const weight of [400, 700]) document.fonts.load(`${weight} 18px "Signing Day Sans"`, "签");
  });
  document.head.append(link);
}
