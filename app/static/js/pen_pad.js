// The field to sign in. Strokes are kept as they were written: place, time and pressure of every point.

export function startPad(root, onInk) {
  const canvas = root.querySelector("[data-canvas]");
  const field = canvas.parentElement;
  const pad = new SignaturePad(canvas, { penColor: "#10245e", minWidth: 1.1, maxWidth: 3.4, throttle: 8 });

  function inked() {
    field.classList.toggle("has-ink", !pad.isEmpty());
  }

  // A canvas loses its picture when its size changes; the strokes draw it again.
  function fit() {
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    const { offsetWidth, offsetHeight } = canvas;
    if (!offsetWidth) return;
    const written = pad.toData();
    canvas.width = offsetWidth * ratio;
    canvas.height = offsetHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.fromData(written);
    inked();
  }

  pad.addEventListener("beginStroke", () => { field.classList.add("has-ink"); onInk(); });
  pad.addEventListener("endStroke", inked);
  root.querySelector("[data-clear]").addEventListener("click", () => { pad.clear(); inked(); });
  root.querySelector("[data-undo]").addEventListener("click", () => { pad.fromData(pad.toData().slice(0, -1)); inked(); });
  window.addEventListener("resize", fit);

  function strokes() {
    const written = pad.toData();
    const begin = written[0]?.points[0]?.time ?? 0;
    return written.map(({ points }) => points.map(({ x, y, time, pressure }) => [Math.round(x), Math.round(y), Math.max(0, Math.round(time - begin)), Math.round((pressure || 0.5) * 100)]));
  }

  // Draws what `strokes` gave; what is none of it is left out.
  function restore(written) {
    if (!Array.isArray(written)) return;
    pad.fromData(written.map((stroke) => ({ penColor: "#10245e", minWidth: 1.1, maxWidth: 3.4, points: stroke.map(([x, y, time, pressure]) => ({ x, y, time, pressure: pressure / 100 })) })));
    inked();
  }

  return { fit, strokes, restore, isEmpty: () => pad.isEmpty() };
}
