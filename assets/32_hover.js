/* What the pointer is over: the readout below a layer, and the same numbers as a table for screen readers. */
(() => {
  "use strict";

  const L = window.leabra;
  const BELOW = 12; // px between a card, or its caption, and the readout
  const CAPTION = 18; // px a caption takes
  const TABLE_PAUSE = 1000; // ms between updates of the hidden table
  const LONG = 100; // units from which the hidden table tells mean and largest instead of all

  let cy = null;
  let chip = null;
  let exact = null; // {layer, unit, value} as the server said it
  let tableAt = -TABLE_PAUSE;
  let tableTimer = 0;

  /* ---- Pointer ---- */

  function hover(layer, unit = 0) {
    const old = L.view.hover;
    if (old ? old.layer === layer && old.unit === unit : layer === null) return;
    L.view.hover = layer === null ? null : { layer, unit };
    L.emit("hover");
    if (L.view.hover && L.time.live && !L.running()) L.emit("changed");
  }

  /** Forget what the pointer was over: it has gone to something that lies above the graph. */
  L.unhover = () => hover(null);

  L.on("attach", (graph) => {
    cy = graph;
    if (chip) chip.remove();
    chip = L.el("div", { class: "readout", hidden: "" });
    L.byId("canvas").append(chip);
    cy.on("mousemove", "node", (event) => {
      const unit = L.unitAt(event.target, event.position);
      hover(unit < 0 ? null : event.target.id(), unit);
    });
    cy.on("mouseout", "node", () => hover(null));
    cy.on("grab", "node", () => hover(null));
    cy.on("render", place);
  });

  /* ---- Readout ---- */

  /** The unit that the readout tells of: the one under the pointer, else the viewed one. */
  function subject() {
    if (L.view.hover) return L.view.hover;
    const unit = L.records.unit;
    return unit && L.records.count ? { layer: unit.layer, unit: unit.index } : null;
  }

  /** The value of a unit at the shown cycle: exact where the page has it, else from its colour, and marked so. */
  function valueText({ layer, unit }) {
    const viewed = L.records.unit;
    if (viewed && viewed.layer === layer && viewed.index === unit) return L.valueText(L.records.values()[L.view.var]);
    if (L.time.live && exact && exact.layer === layer && exact.unit === unit) return L.valueText(exact.value);
    const levels = L.records.levels(layer);
    const { lo, hi } = L.config().variables[L.records.heatVariable] || {};
    if (!levels || unit >= levels.length || L.records.heatVariable !== L.view.var) return "–";
    return `≈ ${(lo + ((hi - lo) * levels[unit]) / 255).toFixed(2)}`.replace("-", "−");
  }

  function show() {
    const about = subject();
    const card = about && L.layers.get(about.layer);
    if (!chip || !card) return chip && chip.setAttribute("hidden", "");
    const where = `[${Math.floor(about.unit / card.cols)}, ${about.unit % card.cols}] `;
    const value = valueText(about);
    if (chip.dataset.text !== where + value + L.view.var) {
      chip.dataset.text = where + value + L.view.var;
      chip.replaceChildren(where, L.el("span", {}, `${L.view.var} `), L.el("b", {}, value));
    }
    chip.classList.toggle("stale", L.run.stale);
    chip.removeAttribute("hidden");
    place();
  }

  /** Keep the readout below its layer, never on units. */
  function place() {
    const about = subject();
    const node = about && cy && cy.getElementById(about.layer);
    const box = node && node.nonempty() && L.cardBox(node);
    if (!box || !chip) return;
    const zoom = cy.zoom();
    const pan = cy.pan();
    const x = (box.x + box.w / 2) * zoom + pan.x;
    const below = box.card.caption ? CAPTION + 8 : 0;
    chip.style.transform = `translate(${Math.round(x)}px, ${Math.round((box.y + box.h + below) * zoom + pan.y + BELOW)}px) translateX(-50%)`;
  }

  L.on("frame", (frame) => {
    if (frame.hover) exact = frame.hover;
    else if (!L.view.hover) exact = null;
    show();
    describeSoon();
  });
  L.on("hover", show);
  L.on("time", show);
  L.on("page", show);
  L.on("view", () => {
    exact = null;
    show();
  });

  /* ---- For screen readers ---- */

  /** Bring the table up to date now and then, and once more after the last frame. */
  function describeSoon() {
    const wait = Math.max(0, tableAt + TABLE_PAUSE - performance.now());
    tableTimer = tableTimer || setTimeout(describe, wait);
  }

  /** All units of all layers in numbers. */
  function describe() {
    tableAt = performance.now();
    tableTimer = 0;
    const canvas = L.byId("canvas");
    if (!canvas) return;
    const tables = [...L.layers].map(([name, card]) => layerTable(name, card)).filter(Boolean);
    let region = L.byId("units-text");
    if (!region) {
      region = L.el("div", { id: "units-text", class: "sr", role: "region", "aria-label": "Units" });
      canvas.append(region);
    }
    region.replaceChildren(...tables);
  }

  function layerTable(name, card) {
    const levels = L.records.levels(name);
    const variable = L.config().variables[L.records.heatVariable];
    if (!levels || !variable || levels.length !== card.rows * card.cols) return null;
    const values = [...levels].map((level) => variable.lo + ((variable.hi - variable.lo) * level) / 255);
    const title = L.el("caption", {}, `${name}: ${L.records.heatVariable}, row 0 is the lowest`);
    const rows = values.length > LONG ? summary(values) : fullRows(values, card.cols);
    return L.el("table", {}, title, L.el("tbody", {}, ...rows));
  }

  const row = (head, values) =>
    L.el("tr", {}, L.el("th", { scope: "row" }, head), ...values.map((value) => L.el("td", {}, value.toFixed(2))));

  const fullRows = (values, cols) =>
    Array.from({ length: values.length / cols }, (_, i) => row(`row ${i}`, values.slice(i * cols, (i + 1) * cols)));

  function summary(values) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [row("mean", [mean]), row("largest", [Math.max(...values)])];
  }
})();
