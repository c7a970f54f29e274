/* The plot of batches: mean and range of each in its own line style, its letter at the end, the values at one epoch. */
(() => {
  "use strict";

  const L = window.leabra;
  const compare = L.compare;
  const DASHES = ["solid", "9px,4px", "2px,3px", "9px,3px,2px,3px", "16px,4px", "16px,4px,2px,4px"];
  const CARD = 250; // px that the card takes at most
  const LETTER = 14; // px of a letter at the end of a line

  let parts = null;

  const styleOf = (id) => compare.styles.get(id) ?? 0;

  /** The colour of a batch in the present theme. */
  const colourOf = (id) => L.token(`batch-${styleOf(id)}`);

  /** A piece of the line of a batch, as it is drawn. */
  compare.swatch = (id) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    for (const [name, value] of Object.entries({ class: "batch-swatch", width: 22, height: 4, "aria-hidden": "true" })) svg.setAttribute(name, value);
    const dash = DASHES[styleOf(id)];
    const look = { x1: 0, y1: 2, x2: 22, y2: 2, stroke: `var(--batch-${styleOf(id)})`, "stroke-width": 2.5, "stroke-dasharray": dash === "solid" ? "none" : dash.replaceAll("px", "") };
    for (const [name, value] of Object.entries(look)) line.setAttribute(name, value);
    svg.append(line);
    return svg;
  };

  /* ---- Lines ---- */

  const curvesOf = ({ id }) => compare.curves[id];
  const shown = () => compare.drawn().filter((batch) => curvesOf(batch)?.count);
  const end = () => shown().reduce((last, batch) => Math.max(last, curvesOf(batch).end), 0);

  const line = (x, y, look, more = {}) => ({ x, y, type: "scatter", mode: "lines", hoverinfo: "skip", showlegend: false, line: look, ...more });

  function tracesOf(batch) {
    const { id, name } = batch;
    const { epochs, mean, low, high, runs, count } = curvesOf(batch);
    const colour = colourOf(id);
    const thin = runs.map((run) => line(run.epochs, run.values, { color: colour, width: 1 }, { opacity: 0.4 }));
    const band = [line(epochs, low, { color: colour, width: 0 }), line(epochs, high, { color: colour, width: 0 }, { fill: "tonexty", fillcolor: L.faint(colour, 0.12) })];
    const bold = line(epochs, mean, { color: colour, width: 2.5, dash: DASHES[styleOf(id)] }, { name: `${id} ${name}`, meta: "mean" });
    return [...(count > 1 ? band : []), ...thin, bold];
  }

  const traces = () => {
    const made = shown().map(tracesOf);
    return [...made.flatMap((list) => list.slice(0, -1)), ...made.map((list) => list.at(-1))];
  };

  function axes() {
    const all = shown().flatMap((batch) => [curvesOf(batch).low, curvesOf(batch).high, ...curvesOf(batch).runs.map(({ values }) => values)]).flat();
    const [min, max] = all.reduce(([lo, hi], value) => [Math.min(lo, value), Math.max(hi, value)], [0, 0]);
    const reach = shown().map((batch) => (compare.whole ? curvesOf(batch).end : curvesOf(batch).epochs.at(-1) || curvesOf(batch).end));
    return { span: Math.max(1, ...reach), range: L.statRange(compare.stat, min, max), stat: compare.stat };
  }

  const plot = L.linePlot({
    id: "compare-plot",
    build() {},
    grown: () => null,
    axes,
    traces,
    behind: () => false,
    picture: () => traces().map((one) => ({ ...one, showlegend: one.meta === "mean" })),
    done: () => redraw(),
  });

  const label = () => {
    const choice = L.byId("compare-stat");
    return `${choice.options[choice.selectedIndex]?.textContent ?? ""} (${compare.part})`;
  };

  /** Save what is drawn as a picture. */
  compare.picture = (format) => plot.save(format, "batches", label());

  /* ---- Over the plot: letters at the ends, the line through one epoch, the card with its values ---- */

  function build() {
    const pane = L.byId("compare-body");
    if (!pane || (parts && parts.layer.isConnected)) return Boolean(parts);
    const [ends, cursor, card] = [L.el("div"), L.el("div", { class: "curve-line" }), L.el("div", { class: "curve-card batches", role: "status" })];
    const title = L.el("span", { class: "axis-title" }, "epoch");
    parts = { layer: L.el("div", { class: "curve-layer" }, cursor, ends, title, card), ends, cursor, card };
    pane.append(parts.layer);
    return true;
  }

  function draw() {
    if (!build() || !L.byId("compare-plot").clientWidth) return;
    const scale = plot.scale();
    drawEnds(scale);
    const at = pointed();
    for (const part of [parts.cursor, parts.card]) part.hidden = at === null || !end();
    if (at === null || !end()) return;
    parts.cursor.style.transform = `translateX(${Math.round(scale.x(at))}px)`;
    parts.cursor.style.top = `${scale.top}px`;
    parts.cursor.style.height = `${scale.height}px`;
    drawCard(scale, at);
  }

  /** The letters of the batches where their means end, moved apart where they would lie on each other. */
  function drawEnds(scale) {
    const made = shown().filter((batch) => curvesOf(batch).epochs.length).map((batch) => {
      const { epochs, mean } = curvesOf(batch);
      return { batch, x: Math.min(scale.x(epochs.at(-1)) + 4, scale.left + scale.width - 2), y: scale.y(mean.at(-1)) };
    }).sort((a, b) => a.y - b.y);
    for (let i = 1; i < made.length; i++) {
      if (Math.abs(made[i].x - made[i - 1].x) < LETTER) made[i].y = Math.max(made[i].y, made[i - 1].y + LETTER);
    }
    const over = Math.max(0, (made.at(-1)?.y ?? 0) - (scale.top + scale.height - 4));
    parts.ends.replaceChildren(...made.map(({ batch, x, y }) => {
      const node = L.el("b", { class: "batch-end" }, batch.id);
      node.style.transform = `translate(${x.toFixed(1)}px, ${(y - over - 8).toFixed(1)}px)`;
      return node;
    }));
  }

  /** Index of the last epoch of a line that is not after `at`; -1 before its first one and where it has ended. */
  function indexAt(epochs, at) {
    if (!epochs.length || at > epochs.at(-1)) return -1;
    let low = 0;
    let high = epochs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (epochs[middle] <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  function drawCard(scale, at) {
    const head = [L.el("b", { class: "epoch" }, `epoch ${at}`), L.el("span", {}, "mean"), L.el("span", {}, "range")];
    const text = (value) => L.statText(compare.stat, value);
    const rows = shown().flatMap((batch) => {
      const { epochs, mean, low, high, count } = curvesOf(batch);
      const i = indexAt(epochs, at);
      const name = L.el("span", { class: "name" }, compare.swatch(batch.id), L.el("b", {}, batch.id), L.el("span", { class: "word" }, batch.name));
      if (i < 0) return [name, L.el("span", {}, "–"), L.el("span", {}, "–")];
      return [name, L.el("b", {}, text(mean[i])), L.el("span", {}, count > 1 ? `${text(low[i])} – ${text(high[i])}` : "–")];
    });
    parts.card.replaceChildren(...head, ...rows);
    const x = scale.x(at);
    const room = scale.left + scale.width - x > CARD;
    parts.card.style.left = room ? `${Math.round(x) + 12}px` : "";
    parts.card.style.right = room ? "" : `${Math.round(scale.left + scale.width - x) + 28}px`;
    parts.card.style.top = `${scale.top + 8}px`;
  }

  /* ---- What the head says ---- */

  function tell() {
    const batches = shown();
    const cut = batches.some((batch) => curvesOf(batch).epochs.length && curvesOf(batch).epochs.at(-1) < curvesOf(batch).end);
    const words = [];
    L.byId("compare-body").classList.toggle("no-lines", !batches.length);
    if (compare.drawn().length && !batches.length) words.push(compare.part === "test" ? "no tests to draw" : "no run has ended yet");
    if (cut) words.push("a mean ends where its first run ended");
    const button = L.byId("compare-whole");
    L.setAttr(button, "aria-pressed", String(compare.whole));
    L.enable(button, cut, cut ? "Show the epochs up to the end of the longest run" : "All epochs are shown: every run has as many");
    L.setText(L.byId("compare-status"), words.join(" · "));
    L.setAttr(L.byId("compare-status"), "title", words.join(" · "));
  }

  const redraw = L.onceAFrame(draw);
  const pointed = L.pointing({ id: "compare-plot", scale: plot.scale, redraw, end, last: end });

  L.on("batches", (kind) => {
    tell();
    if (kind === "curves" || kind === undefined) plot.request(true);
  });
  for (const name of ["theme", "dock"]) L.on(name, redraw);
  window.addEventListener("resize", redraw);
})();
