/* Pictures of what was learnt: weights at the start of the run, now and their change; confusion and similarity. */
(() => {
  "use strict";

  const L = window.leabra;
  const box = (key) => document.querySelector(`[data-picture="${key}"] .drawing`);

  /* ---- Choices ---- */

  /** Fill a choice with names, the chosen one kept. */
  function offer(choice, names) {
    const there = [...choice.options].map((option) => option.value);
    if (JSON.stringify(there) === JSON.stringify(names)) return;
    const { value } = choice;
    choice.replaceChildren(...names.map((name) => L.el("option", { value: name }, name)));
    choice.value = names.includes(value) ? value : names[0] ?? "";
  }

  const projns = () => (window.cy ? window.cy.edges().map((edge) => edge.id()) : []);
  const layers = () => (L.page ? L.page.order || [] : []);

  function showChoices() {
    offer(L.byId("weights-of"), projns());
    const before = L.byId("analysis-of").options.length;
    offer(L.byId("analysis-of"), layers());
    if (!before) chooseHidden();
  }

  /** The first layer that is no input or target is the one that learns something of its own. */
  function chooseHidden() {
    const hidden = layers().find((name) => L.layers.get(name)?.role === "hidden");
    if (hidden) L.byId("analysis-of").value = hidden;
  }

  /* ---- Matrices on a canvas ---- */

  const NOTHING = null; // no connection

  /** Colours of levels 0..255: of the signed scale, or of the one for activity. */
  const palette = (signed) => L.colours(signed ? "i_net" : "act");

  /**
   * Paint a matrix as squares that fill its box; `level` gives 0..255 or null for each cell, row 0 at the top.
   * Returns a function from a pointer event to [row, col].
   */
  L.matrix = (drawing, rows, cols, level, signed = false) => {
    const ratio = window.devicePixelRatio || 1;
    const canvas = drawing.querySelector("canvas") || drawing.appendChild(L.el("canvas", { class: "matrix" }));
    const side = Math.max(1 / ratio, Math.min((drawing.clientWidth * ratio) / cols, (drawing.clientHeight * ratio) / rows, 32 * ratio));
    const cell = side >= 2 ? Math.floor(side) : side;
    canvas.width = Math.max(1, Math.round(cols * cell));
    canvas.height = Math.max(1, Math.round(rows * cell));
    canvas.style.width = `${canvas.width / ratio}px`;
    canvas.style.height = `${canvas.height / ratio}px`;
    const ctx = canvas.getContext("2d");
    L.hatch(ctx, ratio);
    const colours = palette(signed);
    for (let row = 0; row < rows; row++) {
      for (let col = 0; col < cols; col++) {
        const found = level(row, col);
        if (found === NOTHING) continue;
        const [r, g, b] = colours[Math.max(0, Math.min(255, Math.round(found)))];
        ctx.fillStyle = `rgb(${r},${g},${b})`;
        ctx.fillRect(Math.round(col * cell), Math.round(row * cell), Math.ceil(cell), Math.ceil(cell));
      }
    }
  };

  /** Row and column under the pointer. */
  function cellAt(event, rows, cols) {
    const area = event.target.getBoundingClientRect();
    const at = (position, size, count) => Math.max(0, Math.min(count - 1, Math.floor((position / size) * count)));
    return [at(event.clientY - area.top, area.height, rows), at(event.clientX - area.left, area.width, cols)];
  }

  /** Say what is under the pointer in the head of a pane. */
  function readout(pane, text) {
    L.setText(L.byId(pane).querySelector(".readout-line"), text);
  }

  /* ---- Weights ---- */

  let weights = null;

  L.keeper(
    () => L.trains() && L.dockTab("dock") === "weights",
    () => [L.byId("weights-of").value, L.training.records.length, L.training.gen, L.training.now.run, chosen].join(),
    loadWeights,
  );
  let chosen = 0; // goes up with every choice

  const floats = (text) => new Float32Array(L.bytes(text).buffer);

  async function loadWeights() {
    showChoices();
    const projn = L.byId("weights-of").value;
    const found = projn ? await L.results("weights", { projn }) : null;
    const good = found && found.before;
    weights = good ? { ...found, before: floats(found.before), now: floats(found.now) } : null;
    L.byId("weights-panel").classList.toggle("has-data", Boolean(weights));
    drawWeights();
  }

  function drawWeights() {
    if (!weights || !box("now").clientWidth) return;
    const { rows, cols, before, now } = weights;
    const most = before.reduce((size, value, i) => Math.max(size, Math.abs(now[i] - value) || 0), 0) || 1;
    const plain = (values) => (row, col) => scaled(values[row * cols + col], 0, 1);
    L.matrix(box("before"), rows, cols, plain(before));
    L.matrix(box("now"), rows, cols, plain(now));
    L.matrix(box("change"), rows, cols, (row, col) => scaled(now[row * cols + col] - before[row * cols + col], -most, most), true);
    const ends = document.querySelector('[data-picture="change"] .small-scale').children;
    L.setText(ends[0], `−${most.toFixed(2)}`);
    L.setText(ends[2], `+${most.toFixed(2)}`);
  }

  const scaled = (value, low, high) => (Number.isFinite(value) ? (255 * (value - low)) / (high - low) : NOTHING);

  /** A weight under the pointer: where it is, and its three numbers. */
  function tellWeight(event) {
    const { rows, cols, before, now } = weights;
    const [row, col] = cellAt(event, rows, cols);
    const [old, value] = [before[row * cols + col], now[row * cols + col]];
    const words = Number.isFinite(value) ? `${L.valueText(old)} → ${L.valueText(value)} (${value >= old ? "+" : ""}${L.valueText(value - old)})` : "no connection";
    readout("weights-panel", `sender ${col}, receiver ${row}: ${words}`);
  }

  document.addEventListener("pointermove", (event) => {
    const canvas = event.target.closest?.("#weights-panel canvas");
    if (canvas && weights) tellWeight(event);
  });

  document.addEventListener("change", (event) => {
    if (!["weights-of", "analysis-of"].includes(event.target.id)) return;
    chosen += 1;
    L.emit("training");
  });

  L.analysisCell = cellAt;
  L.analysisReadout = readout;
  L.analysisBox = box;
  L.analysisChosen = () => chosen;
  const redraw = L.onceAFrame(drawWeights);
  for (const name of ["theme", "dock"]) L.on(name, redraw);
  window.addEventListener("resize", redraw);
  L.on("elements", () => showChoices());
  L.on("page", () => showChoices());
})();
