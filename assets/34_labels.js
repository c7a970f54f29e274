/* Labels beside the lines of projections: where nothing else stands, and nowhere when there is no such place. */
(() => {
  "use strict";

  const L = window.leabra;
  const SMALL = 0.4; // zoom below which labels are left out
  const SHORTEST = 88; // px on the screen: a shorter line shows its label only when it is pointed at
  const GAP = 6; // px between a line and its label
  const PLATE = 2; // px of the plate on both sides of the text
  const MARGIN = 30; // px below a card that its caption reaches
  const REACH = 300; // px from the middles of two cards that labels of their lines may be
  const OFF = { x: Infinity, y: 0, w: 0, h: 0 };
  const ALONG = [0.5, 0.35, 0.65, 0.22, 0.78]; // where on a line its label may stand, the best place first

  /** Whether two rectangles have a point in common. */
  const meet = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

  /** The pattern and the number of a projection. */
  function partsOf(edge) {
    const text = edge.data("label") || "";
    const cut = text.search(/ (wt|rel) /);
    return cut < 0 ? [text, ""] : [text.slice(0, cut), text.slice(cut)];
  }

  const isPointed = (edge) => edge.selected() || edge.hasClass("hover");

  /* ---- Where ---- */

  /** Cards on the screen and their captions, which no label may cover. */
  function taken(ctx, cy, screen) {
    const near = { x: screen.x, y: screen.y - MARGIN, w: screen.w, h: screen.h + MARGIN };
    const shown = cy.nodes().filter((node) => meet(L.cardBox(node) || OFF, near));
    return shown.map((node) => [L.cardBox(node), L.captionBox(ctx, node, cy.zoom())]).flat().filter(Boolean);
  }

  /** The points of a line beside which its label may stand; a self-connection has one. */
  function points(edge) {
    if (edge.source().same(edge.target())) return [edge.midpoint()];
    const [from, to] = [edge.sourceEndpoint(), edge.targetEndpoint()];
    return ALONG.map((part) => ({ x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) }));
  }

  /** The rectangle of a label beside a point of its line, as far away as its own corners reach, and a gap. */
  function beside({ x, y }, { normal, lift }, side, { w, h, zoom }) {
    const far = side * ((Math.abs(normal.x) * w + Math.abs(normal.y) * h) / 2 + GAP / Math.min(1, zoom) + lift);
    return { x: x + normal.x * far - w / 2, y: y + normal.y * far - h / 2, w, h };
  }

  /** The rectangle between the cards that a line joins. */
  function boxOf(edge) {
    const [a, b] = [edge.source().position(), edge.target().position()];
    const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
    return { x: x - REACH, y: y - REACH, w: Math.abs(a.x - b.x) + 2 * REACH, h: Math.abs(a.y - b.y) + 2 * REACH };
  }

  /** Every rectangle in which a label may stand; those of a pair stay outside of it. */
  function candidates(edge, place, size) {
    const sides = edge.data("offset") || place.lift ? [1] : [1, -1];
    const found = points(edge);
    return sides.flatMap((side) => found.map((point) => beside(point, place, side, size)));
  }

  /* ---- Painting ---- */

  function paint(ctx, edge, parts, { x, y, w, h }) {
    L.plate(ctx, { x, y, w, h });
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    let left = x + PLATE;
    parts.forEach((part, i) => {
      ctx.fillStyle = L.token(edge.selected() ? "accent" : i ? "text-3" : "text-2");
      ctx.fillText(part, left, y + h / 2);
      left += ctx.measureText(part).width;
    });
  }

  /** Paint the labels that have room; return what paints those of lines that are pointed at, over the cards. */
  L.paintLabels = (ctx, cy) => {
    const zoom = cy.zoom();
    if (zoom < SMALL) return () => {};
    const h = L.smallWords(ctx, zoom);
    const { x1, y1, x2, y2 } = cy.extent();
    const screen = { x: x1, y: y1, w: x2 - x1, h: y2 - y1 };
    const obstacles = taken(ctx, cy, screen);
    const later = [];
    const place = (edge) => {
      const about = edge.scratch("label");
      const parts = partsOf(edge);
      if (!about || !parts[0] || !edge.visible() || !meet(boxOf(edge), screen)) return;
      const w = ctx.measureText(parts.join("")).width + 2 * PLATE;
      const pointed = isPointed(edge);
      if (!pointed && about.room < Math.max(SHORTEST / zoom, w)) return;
      const some = candidates(edge, about, { w, h, zoom });
      const free = some.find((box) => meet(box, screen) && !obstacles.some((other) => meet(box, other)));
      if (free) obstacles.push(free);
      if (pointed) later.push(() => paint(ctx, edge, parts, free || some[0]));
      else if (free) paint(ctx, edge, parts, free);
    };
    cy.edges(":selected, .hover").forEach(place);
    cy.edges().not(":selected, .hover").forEach(place);
    return () => {
      L.smallWords(ctx, zoom);
      later.forEach((work) => work());
    };
  };
})();
