/* Units drawn over Cytoscape: one canvas, repainted with every frame of the graph and of the simulation. */
(() => {
  "use strict";

  const L = window.leabra;
  const HEAD = 26; // px of a card above its cells
  const GAP = 2; // between cells
  const PLAIN = 8; // px on the screen below which the corners of a cell need not be round
  const MANY = 400; // units of a layer from which it is drawn as one image
  const STALE = 0.4; // strength of cells that are out of date

  let canvas = null;
  let cy = null;
  const images = new Map(); // layer -> {levels, theme, picture}

  /* ---- Geometry ---- */

  /** Corner, cells and size of a layer's card where it stands now, in canvas pixels of the model. */
  L.cardBox = (node) => {
    const card = L.layers.get(node.id());
    if (!card) return null;
    const { x, y } = node.position();
    const pitch = card.cell + GAP;
    const left = x - (card.cols * pitch - GAP) / 2;
    const top = y - card.h / 2 + HEAD;
    return { card, x: x - card.w / 2, y: y - card.h / 2, w: card.w, h: card.h, left, top, pitch };
  };

  /** Upper left corner of a unit's cell; row 0 is the lowest. */
  const cellCorner = (box, unit) => [
    box.left + (unit % box.card.cols) * box.pitch,
    box.top + (box.card.rows - 1 - Math.floor(unit / box.card.cols)) * box.pitch,
  ];

  /** Index of the unit at a point of the model, -1 outside the cells. */
  L.unitAt = (node, point) => {
    const box = L.cardBox(node);
    if (!box) return -1;
    const col = Math.floor((point.x - box.left) / box.pitch);
    const row = box.card.rows - 1 - Math.floor((point.y - box.top) / box.pitch);
    const inside = col >= 0 && col < box.card.cols && row >= 0 && row < box.card.rows;
    return inside ? row * box.card.cols + col : -1;
  };

  /* ---- Painting ---- */

  function paint() {
    if (!cy || cy.destroyed() || !canvas.isConnected) return;
    const ratio = window.devicePixelRatio || 1;
    fitCanvas(ratio);
    const ctx = canvas.getContext("2d");
    const zoom = cy.zoom();
    const pan = cy.pan();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    ctx.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * pan.x, ratio * pan.y);
    const overCards = L.paintLabels(ctx, cy);
    cy.nodes().forEach((node) => paintCard(ctx, node, zoom));
    overCards();
    L.emit("paint", ctx, cy);
  }

  /** The canvas has the pixels of the screen, so nothing is blurred at any zoom. */
  function fitCanvas(ratio) {
    const width = Math.round(cy.width() * ratio);
    const height = Math.round(cy.height() * ratio);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
  }

  function paintCard(ctx, node, zoom) {
    const box = L.cardBox(node);
    if (!box || !node.visible()) return;
    ctx.globalAlpha = node.hasClass("dim") ? 0.4 : 1;
    if (node.selected()) halo(ctx, box);
    surface(ctx, box, node.selected());
    L.paintWords(ctx, node, box, zoom);
    const levels = L.records.levels(node.id());
    if (!levels || levels.length !== box.card.rows * box.card.cols) emptyCells(ctx, box);
    else cells(ctx, node, box, levels);
    L.paintLesions(ctx, box, cellCorner);
    rings(ctx, node, box);
    ctx.globalAlpha = 1;
  }

  function halo(ctx, box) {
    ctx.strokeStyle = L.token("accent-soft");
    ctx.lineWidth = 4;
    ctx.beginPath();
    ctx.roundRect(box.x - 2, box.y - 2, box.w + 4, box.h + 4, 10);
    ctx.stroke();
  }

  /** The card's ground hides what lies below it, also the units of another card. */
  function surface(ctx, box, selected) {
    const line = selected ? 2 : 1;
    ctx.fillStyle = L.token("surface");
    ctx.strokeStyle = L.token(box.card.problem ? "danger" : selected ? "accent" : "border-strong");
    ctx.lineWidth = line;
    ctx.beginPath();
    ctx.roundRect(box.x + line / 2, box.y + line / 2, box.w - line, box.h - line, 8 - line / 2);
    ctx.fill();
    ctx.stroke();
  }

  function emptyCells(ctx, box) {
    ctx.fillStyle = L.token("sunken");
    ctx.strokeStyle = L.token("border");
    ctx.lineWidth = 1;
    if (box.card.rows * box.card.cols > MANY) {
      ctx.fillRect(box.left, box.top, box.card.cols * box.pitch - GAP, box.card.rows * box.pitch - GAP);
      return;
    }
    const side = box.card.cell;
    ctx.beginPath();
    for (let unit = 0; unit < box.card.rows * box.card.cols; unit++) {
      const [x, y] = cellCorner(box, unit);
      ctx.roundRect(x + 0.5, y + 0.5, side - 1, side - 1, 2);
    }
    ctx.fill();
    ctx.stroke();
  }

  function cells(ctx, node, box, levels) {
    const alpha = ctx.globalAlpha;
    if (L.run.stale) ctx.globalAlpha = alpha * STALE;
    if (levels.length > MANY) image(ctx, node, box, levels);
    else squares(ctx, box, levels);
    ctx.globalAlpha = alpha;
  }

  /** Units as squares, those of one level in one go. */
  function squares(ctx, box, levels) {
    const colours = L.colours(L.records.heatVariable);
    const side = box.card.cell;
    const round = side * cy.zoom() > PLAIN;
    for (const [level, units] of byLevel(levels)) {
      const [r, g, b] = colours[level];
      ctx.fillStyle = `rgb(${r},${g},${b})`;
      ctx.beginPath();
      for (const unit of units) {
        const [x, y] = cellCorner(box, unit);
        if (round) ctx.roundRect(x, y, side, side, 2);
        else ctx.rect(x, y, side, side);
      }
      ctx.fill();
    }
  }

  function byLevel(levels) {
    const found = new Map();
    levels.forEach((level, unit) => (found.has(level) ? found.get(level).push(unit) : found.set(level, [unit])));
    return found;
  }

  /** Many units: one pixel each, enlarged without smoothing, with the gaps ruled over it. */
  function image(ctx, node, box, levels) {
    const { rows, cols } = box.card;
    const [width, height] = [cols * box.pitch - GAP, rows * box.pitch - GAP];
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(picture(node.id(), box.card, levels), box.left - GAP / 2, box.top - GAP / 2, width + GAP, height + GAP);
    if (box.pitch * cy.zoom() < 5) return;
    ctx.fillStyle = L.token("surface");
    for (let col = 1; col < cols; col++) ctx.fillRect(box.left + col * box.pitch - GAP, box.top, GAP, height);
    for (let row = 1; row < rows; row++) ctx.fillRect(box.left, box.top + row * box.pitch - GAP, width, GAP);
  }

  /** The small picture of a layer, made anew when its levels or their colours change. */
  function picture(name, card, levels) {
    const colours = L.colours(L.records.heatVariable);
    const old = images.get(name);
    if (old && old.levels === levels && old.colours === colours) return old.made;
    const made = old ? old.made : document.createElement("canvas");
    made.width = card.cols;
    made.height = card.rows;
    const data = new ImageData(card.cols, card.rows);
    levels.forEach((level, unit) => {
      const at = 4 * ((card.rows - 1 - Math.floor(unit / card.cols)) * card.cols + (unit % card.cols));
      data.data.set([...colours[level], 255], at);
    });
    made.getContext("2d").putImageData(data, 0, 0);
    images.set(name, { levels, colours, made });
    return made;
  }

  /** A ring around the viewed unit, a thinner one around the unit under the pointer. */
  function rings(ctx, node, box) {
    const name = node.id();
    const unit = L.records.unit;
    const hover = L.view.hover;
    if (hover && hover.layer === name) ring(ctx, box, hover.unit, 1);
    if (unit && unit.layer === name) ring(ctx, box, unit.index, 2);
  }

  function ring(ctx, box, unit, width) {
    if (unit >= box.card.rows * box.card.cols) return;
    const [x, y] = cellCorner(box, unit);
    const side = box.card.cell;
    ctx.lineWidth = 1;
    ctx.strokeStyle = L.token("surface");
    ctx.beginPath();
    ctx.roundRect(x - 0.5, y - 0.5, side + 1, side + 1, 2.5);
    ctx.stroke();
    ctx.lineWidth = width;
    ctx.strokeStyle = L.token("text");
    ctx.beginPath();
    ctx.roundRect(x - 1 - width / 2, y - 1 - width / 2, side + 2 + width, side + 2 + width, 4);
    ctx.stroke();
  }

  /* ---- When ---- */

  /** Repaint in the next animation frame. */
  L.repaint = L.onceAFrame(paint);
  document.fonts.addEventListener("loadingdone", L.repaint); // words on the canvas are drawn, not laid out

  /** Cards and labels are painted here, to the pixel; Cytoscape keeps their shapes for the pointer. */
  function hideTheirs() {
    const fresh = cy.elements().filter((element) => !element.scratch("bare"));
    cy.batch(() => {
      fresh.nodes().style({ "border-width": 0 });
      fresh.edges().style({ "text-opacity": 0, "text-background-opacity": 0 });
    });
    fresh.scratch("bare", true);
  }

  // Painted in the same animation frame as the graph: cells never lag behind a card that is dragged.
  L.on("attach", (graph) => {
    cy = graph;
    if (canvas) canvas.remove();
    canvas = L.el("canvas", { class: "units", "aria-hidden": "true" });
    cy.container().append(canvas);
    cy.on("render", paint);
    L.repaint();
  });
  L.on("elements", hideTheirs);
  L.on("page", () => {
    for (const name of images.keys()) if (!L.layers.has(name)) images.delete(name);
    L.repaint();
  });
  L.on("theme", () => L.repaint());
  for (const name of ["time", "select", "hover", "view"]) L.on(name, () => L.repaint());

  let painted = ""; // what the units looked like in the frame before

  L.on("frame", (frame) => {
    const look = JSON.stringify([frame.gen, frame.heat, frame.unit, L.run.stale]);
    if (look !== painted || frame.history) L.repaint();
    painted = look;
  });
})();
