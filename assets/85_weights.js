/* The picture of a projection's weights: one square for each pair of units, hatched where there is no connection. */
(() => {
  "use strict";

  const L = window.leabra;
  const NONE = 255; // level that stands for no connection
  const SIDE = 72; // px of the picture
  const HATCH = 4; // px between hatches

  const levels = new WeakMap(); // canvas -> {text, bytes}

  /** The levels of a picture, unpacked once. */
  function bytesOf(canvas) {
    const text = canvas.dataset.weights || "";
    const old = levels.get(canvas);
    if (old && old.text === text) return old.bytes;
    const bytes = L.bytes(text);
    levels.set(canvas, { text, bytes });
    return bytes;
  }

  function paint(canvas) {
    const [rows, cols] = [Number(canvas.dataset.rows), Number(canvas.dataset.cols)];
    const bytes = bytesOf(canvas);
    if (!rows || !cols || bytes.length !== rows * cols) return;
    const ratio = window.devicePixelRatio || 1;
    const cell = Math.max(1, Math.floor((SIDE * ratio) / Math.max(rows, cols)));
    canvas.width = cols * cell;
    canvas.height = rows * cell;
    const ctx = canvas.getContext("2d");
    L.hatch(ctx, ratio);
    const colours = L.colours("act"); // weights lie between 0 and 1, as activity does
    bytes.forEach((level, i) => {
      if (level === NONE) return;
      const [r, g, b] = colours[Math.round((level * 255) / (NONE - 1))];
      ctx.fillStyle = `rgb(${r},${g},${b})`;
      ctx.fillRect((i % cols) * cell, Math.floor(i / cols) * cell, cell, cell);
    });
  }

  /** The ground that is seen where there is no connection. */
  L.hatch = (ctx, ratio) => {
    const { width, height } = ctx.canvas;
    ctx.fillStyle = L.token("surface");
    ctx.fillRect(0, 0, width, height);
    ctx.strokeStyle = L.token("border-strong");
    ctx.lineWidth = ratio;
    ctx.beginPath();
    for (let x = -height; x < width; x += HATCH * ratio) {
      ctx.moveTo(x, height);
      ctx.lineTo(x + height, 0);
    }
    ctx.stroke();
  };

  const repaint = L.onceAFrame(() => document.querySelectorAll("canvas.weights").forEach(paint));

  const changed = new MutationObserver(repaint);
  L.on("boot", () => {
    const filter = ["data-weights", "data-rows", "data-cols"];
    changed.observe(L.byId("picture"), { childList: true, subtree: true, attributeFilter: filter });
    repaint();
  });
  L.on("theme", repaint);
})();
