/* What is wrong with a layer or projection: a mark on it, and the sentence that says why when it is pointed at. */
(() => {
  "use strict";

  const L = window.leabra;
  const RADIUS = 7; // px of the mark on a line
  const ABOVE = 12; // px between an object and its sentence

  let cy = null;
  let chip = null;
  let pointed = null; // name of the object under the pointer, where something is wrong with it

  const problemOf = (name) => (L.page && L.page.problems && Object.hasOwn(L.page.problems, name) ? L.page.problems[name] : null);

  /* ---- Marks on lines; those on cards are in their heads ---- */

  L.on("paint", (ctx) => {
    if (!L.page || !cy) return;
    for (const name of Object.keys(L.page.problems || {})) {
      const edge = cy.getElementById(name);
      if (edge.nonempty() && edge.isEdge() && edge.visible()) mark(ctx, edge.midpoint());
    }
  });

  function mark(ctx, { x, y }) {
    const size = 1 / Math.min(1, cy.zoom());
    ctx.fillStyle = L.token("danger");
    ctx.strokeStyle = L.token("bg");
    ctx.lineWidth = 2 * size;
    ctx.beginPath();
    ctx.arc(x, y, RADIUS * size, 0, 2 * Math.PI);
    ctx.stroke();
    ctx.fill();
    ctx.fillStyle = L.token("surface");
    ctx.font = `700 ${11 * size}px sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText("!", x, y + 0.5 * size);
  }

  /* ---- The sentence ---- */

  function show() {
    const text = pointed === null ? null : problemOf(pointed);
    if (!chip) return;
    chip.hidden = !text;
    if (!text) return;
    L.setText(chip, text);
    place();
  }

  /** Above its card or line, inside the canvas. */
  function place() {
    const element = pointed === null ? null : cy.getElementById(pointed);
    if (!element || element.empty() || chip.hidden) return;
    const box = element.isNode() ? L.cardBox(element) : null;
    const at = box ? { x: box.x + box.w / 2, y: box.y } : element.midpoint();
    if (!at) return;
    const half = chip.offsetWidth / 2 + 4;
    const x = Math.max(half, Math.min(cy.width() - half, at.x * cy.zoom() + cy.pan().x));
    const y = at.y * cy.zoom() + cy.pan().y - ABOVE;
    chip.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px) translate(-50%, -100%)`;
  }

  function point(name) {
    pointed = name !== null && problemOf(name) ? name : null;
    show();
  }

  L.on("attach", (graph) => {
    cy = graph;
    if (chip) chip.remove();
    chip = L.el("div", { class: "readout problem-readout", role: "status", hidden: "" });
    L.byId("canvas").append(chip);
    pointed = null;
    cy.on("mouseover", "node, edge", (event) => point(event.target.id()));
    cy.on("mouseout grab", "node, edge", () => point(null));
    cy.on("render", place);
  });

  L.on("page", show);
})();
