/* A small map of a large network, with the part of it that is on the screen. */
(() => {
  "use strict";

  const L = window.leabra;
  const FROM = 21; // layers from which the map is shown
  const EDGE = 6; // px between the map's border and the network

  let cy = null;
  let scale = null; // {zoom, x, y}: from the model to the map

  const map = () => L.byId("minimap");

  /** The rectangle on the screen, in the model. */
  const view = () => cy.extent();

  /** A card with its name, nothing while the graph has not got it yet. */
  function boxOf(name) {
    const node = cy.getElementById(name);
    return node.nonempty() && { name, ...L.cardBox(node) };
  }

  /** The rectangle around all cards, the part on the screen included. */
  function world() {
    const boxes = [...L.layers.keys()].map(boxOf).filter(Boolean);
    const { x1, y1, x2, y2 } = view();
    const all = { x1: Infinity, y1: Infinity, x2: -Infinity, y2: -Infinity };
    for (const { x, y, w, h } of [...boxes, { x: x1, y: y1, w: x2 - x1, h: y2 - y1 }]) {
      Object.assign(all, { x1: Math.min(all.x1, x), y1: Math.min(all.y1, y), x2: Math.max(all.x2, x + w), y2: Math.max(all.y2, y + h) });
    }
    return { ...all, boxes };
  }

  /** Fit a rectangle of the model into the map. */
  function fit({ x1, y1, x2, y2 }, width, height) {
    const zoom = Math.min((width - 2 * EDGE) / (x2 - x1), (height - 2 * EDGE) / (y2 - y1));
    return { zoom, x: width / 2 - (zoom * (x1 + x2)) / 2, y: height / 2 - (zoom * (y1 + y2)) / 2 };
  }

  function paint() {
    const canvas = map();
    if (!canvas || !cy || cy.destroyed()) return;
    canvas.hidden = L.layers.size < FROM;
    if (canvas.hidden) return;
    const ctx = sized(canvas);
    const all = world();
    if (!dragging) scale = fit(all, canvas.clientWidth, canvas.clientHeight);
    const chosen = new Set(L.selection);
    for (const box of all.boxes) card(ctx, box, chosen);
    frame(ctx);
  }

  /** The map's context, with as many pixels as the screen has there. */
  function sized(canvas) {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth * ratio, canvas.clientHeight * ratio].map(Math.round);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const ctx = canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
    return ctx;
  }

  const onMap = (box) => [box.x * scale.zoom + scale.x, box.y * scale.zoom + scale.y, box.w * scale.zoom, box.h * scale.zoom];

  function card(ctx, box, chosen) {
    ctx.fillStyle = L.token(box.card.problem ? "danger" : chosen.has(box.name) ? "accent" : "edge");
    const [x, y, w, h] = onMap(box);
    ctx.fillRect(x, y, Math.max(2, w), Math.max(2, h));
  }

  function frame(ctx) {
    const { x1, y1, x2, y2 } = view();
    const [x, y, w, h] = onMap({ x: x1, y: y1, w: x2 - x1, h: y2 - y1 });
    ctx.strokeStyle = L.token("accent");
    ctx.lineWidth = 1.5;
    ctx.strokeRect(x, y, w, h);
  }

  /* ---- Moving the view ---- */

  let dragging = false;

  /** Bring the point of the model under the pointer into the middle of the screen. */
  function go(event) {
    const box = map().getBoundingClientRect();
    const x = (event.clientX - box.left - scale.x) / scale.zoom;
    const y = (event.clientY - box.top - scale.y) / scale.zoom;
    L.moveView({ zoom: cy.zoom(), pan: { x: cy.width() / 2 - x * cy.zoom(), y: cy.height() / 2 - y * cy.zoom() } });
  }

  document.addEventListener("pointerdown", (event) => {
    const canvas = map();
    if (event.target !== canvas || event.button !== 0 || !scale) return;
    event.preventDefault();
    const abort = new AbortController();
    canvas.setPointerCapture(event.pointerId);
    dragging = true; // the map stands still under the pointer
    go(event);
    canvas.addEventListener("pointermove", go, { signal: abort.signal });
    const end = () => {
      dragging = false;
      abort.abort();
      repaint();
    };
    for (const type of ["pointerup", "pointercancel"]) canvas.addEventListener(type, end, { signal: abort.signal });
  });

  const repaint = L.onceAFrame(paint);

  L.on("attach", (graph) => {
    cy = graph;
    cy.on("render", repaint);
  });
  for (const name of ["page", "theme", "select"]) L.on(name, repaint);
})();
