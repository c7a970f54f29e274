/* Over the traces: the cursor with its flag, dots on the lines, end labels, and marks where the model changed. */
(() => {
  "use strict";

  const L = window.leabra;
  const LABEL = 16; // px from one end label to the next
  const LETTER = 6; // px a letter of a small word takes
  const CLOSE = 8; // px within which two marks are one

  let layer = null; // the element that lies over the graph
  let parts = null;
  let pointed = null; // cycle under the pointer
  const lines = new Map(); // variable -> {label, value, dot}

  /** Make the overlay once; the graph below keeps its own pointer events. */
  function build() {
    const panel = L.byId("traces-panel");
    if (layer && layer.isConnected) return true;
    if (!panel || !L.byId("traces")) return false;
    const flag = L.el("span", { class: "flag" });
    parts = { cursor: L.el("div", { class: "cursor" }, flag), flag, marks: L.el("div"), labels: L.el("div") };
    parts.title = L.el("span", { class: "axis-title" }, "cycle");
    layer = L.el("div", { class: "trace-cursor", "aria-hidden": "true" }, parts.marks, parts.cursor, parts.labels, parts.title);
    panel.append(layer);
    lines.clear();
    return true;
  }

  /** The cycle that the labels tell of. */
  function cycleShown() {
    if (pointed !== null) return pointed;
    // The newest cycles may not be drawn yet: dots stay on their lines.
    return L.time.live ? Math.min(L.time.shown(), L.drawnEnd - 1) : L.time.cycle;
  }

  function draw() {
    if (!L.records.count || !L.drawnEnd || !build()) return;
    const graph = L.byId("traces");
    if (!graph.clientWidth) return;
    const scale = L.traceScale();
    const cycle = Math.max(L.records.from, Math.min(L.records.end() - 1, cycleShown()));
    layer.style.top = `${graph.offsetTop}px`;
    layer.style.left = `${graph.offsetLeft}px`;
    drawCursor(scale, cycle);
    drawLabels(scale, cycle);
    drawMarks(scale);
    layer.classList.toggle("stale", L.run.stale);
  }

  /** A line through the shown cycle, its number below; none while the newest cycle is followed. */
  function drawCursor(scale, cycle) {
    const wanted = pointed !== null || !L.time.live;
    parts.cursor.hidden = !wanted;
    if (!wanted) return;
    parts.cursor.style.transform = `translateX(${Math.round(scale.x(cycle))}px)`;
    parts.cursor.style.top = `${scale.top}px`;
    parts.cursor.style.height = `${scale.height}px`;
    L.setText(parts.flag, `cycle ${cycle}`);
  }

  /** The label and the dot of a variable, made when it is first drawn. */
  function lineParts(name) {
    if (!lines.has(name)) {
      const value = L.el("b");
      const swatch = L.el("span", { class: "swatch" });
      const label = L.el("div", { class: "end-label" }, swatch, L.el("span", {}, name), value);
      const dot = L.el("i", { class: "dot" });
      parts.labels.append(label, dot);
      lines.set(name, { label, value, dot, swatch });
    }
    return lines.get(name);
  }

  function drawLabels(scale, cycle) {
    const shown = L.view.vars.map((name) => ({ name, value: L.records.value(name, cycle) }));
    for (const [name, made] of lines) {
      if (L.view.vars.includes(name)) continue;
      made.label.remove();
      made.dot.remove();
      lines.delete(name);
    }
    const known = shown.filter(({ value }) => Number.isFinite(value));
    for (const one of known) one.y = scale.y(one.value);
    spread(known, scale);
    for (const { name, value } of shown) if (!Number.isFinite(value)) lineParts(name).label.hidden = lineParts(name).dot.hidden = true;
    for (const one of known) place(one, scale, cycle);
  }

  /** Move labels apart that would lie on each other, in the order of their values, inside the panel. */
  function spread(labels, scale) {
    labels.sort((a, b) => a.y - b.y);
    let floor = scale.top - 4;
    for (const one of labels) floor = (one.at = Math.max(one.y, floor)) + LABEL;
    let ceiling = scale.top + scale.height - 4;
    for (const one of [...labels].reverse()) ceiling = (one.at = Math.min(one.at, ceiling)) - LABEL;
  }

  function place({ name, value, y, at }, scale, cycle) {
    const { label, value: text, dot, swatch } = lineParts(name);
    const colour = L.colour(name);
    label.hidden = dot.hidden = false;
    label.style.transform = `translate(${scale.left + scale.width + 8}px, ${Math.round(at - LABEL / 2)}px)`;
    swatch.style.background = dot.style.background = colour;
    L.setText(text, (scale.beyond(value) ? "↕ " : "") + L.valueText(value));
    L.setAttr(label, "title", scale.beyond(value) ? "outside the axis" : null);
    dot.style.transform = `translate(${scale.x(cycle).toFixed(1)}px, ${y.toFixed(1)}px)`;
    dot.hidden = cycle < scale.start || cycle > scale.start + scale.span;
  }

  /** A thin line with a word where the model of a run was changed; of a drag's many changes only those with room. */
  function drawMarks(scale) {
    const inside = ([cycle]) => cycle > scale.start && cycle <= scale.start + scale.span;
    const shown = L.records.marks.slice(1).filter(inside);
    const key = JSON.stringify([shown, scale.start, scale.width, scale.height]);
    if (parts.marks.dataset.key === key) return;
    parts.marks.dataset.key = key;
    parts.marks.replaceChildren(...markNodes(shown, scale));
  }

  /** From the newest to the oldest: a word where it does not meet the next one, a line where it is not beside one. */
  function markNodes(marks, scale) {
    let free = scale.left + scale.width + LETTER * 4;
    return [...marks].reverse().flatMap(([cycle, revision, label]) => {
      const x = scale.x(cycle - 0.5);
      const text = label || `revision ${revision}`;
      const fits = x + text.length * LETTER + 8 < free;
      if (!fits && x + CLOSE > free) return [];
      free = x;
      const node = L.el("div", { class: "revision" }, ...(fits ? [L.el("span", {}, text)] : []));
      node.style.transform = `translateX(${Math.round(x)}px)`;
      node.style.height = `${scale.top + scale.height}px`;
      return [node];
    });
  }

  const redraw = L.onceAFrame(draw);
  for (const name of ["drawn", "time", "frame", "theme", "view"]) L.on(name, redraw);
  window.addEventListener("resize", redraw);

  /* ---- Pointing and scrubbing in the plot ---- */

  /** The recorded cycle under the pointer, null outside the plot. */
  function cycleAt(event) {
    const graph = L.byId("traces");
    if (!graph || !L.records.count) return null;
    const box = graph.getBoundingClientRect();
    const scale = L.traceScale();
    const x = event.clientX - box.left;
    if (x < scale.left - 4 || x > scale.left + scale.width + 4) return null;
    return Math.max(L.records.from, Math.min(L.records.end() - 1, Math.round(scale.cycle(x))));
  }

  function point(cycle) {
    if (pointed === cycle) return;
    pointed = cycle;
    redraw();
  }

  const inGraph = (event) => event.target.closest && event.target.closest("#traces");

  document.addEventListener("pointermove", (event) => {
    if (event.buttons & 1) return;
    point(inGraph(event) ? cycleAt(event) : null);
  });

  document.addEventListener("pointerdown", (event) => {
    const cycle = event.button === 0 && inGraph(event) ? cycleAt(event) : null;
    if (cycle === null) return;
    const move = (moved) => {
      const at = cycleAt(moved);
      if (at !== null) L.time.go(at);
    };
    const up = () => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", up);
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", up);
    point(null);
    L.time.go(cycle);
  });
})();
