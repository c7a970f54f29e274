/* Projections as straight lines: those of one pair run parallel, and labels stand beside their line, never on a card. */
(() => {
  "use strict";

  const GAP = 5; // px between a line's end and a card
  const NEAR_GAP = 9; // the same beside a selected card
  const LABEL_GAP = 10; // px between a line and its label
  const RADIUS = 20; // of a self-connection

  /** Where a line that leaves the card's centre at `side` along `u` crosses the card's edge, as a factor of `u`. */
  function crossing(node, side, u) {
    const along = (half, at, step) => (Math.abs(step) < 1e-9 ? Infinity : (half - Math.sign(step) * at) / Math.abs(step));
    return Math.min(along(node.width() / 2, side.x, u.x), along(node.height() / 2, side.y, u.y));
  }

  /** The sideways shift of a line, kept inside both cards. */
  function shift(edge, normal, flat) {
    const wanted = edge.data("offset") * (flat ? 1 : 64 / 48);
    const room = (node) => (Math.abs(normal.x) * node.width() + Math.abs(normal.y) * node.height()) / 2 - 8;
    return Math.min(wanted, room(edge.source()), room(edge.target()));
  }

  function endGap(node) {
    return node.selected() ? NEAR_GAP : GAP;
  }

  /** Lay one line between two different cards. */
  function layStraight(edge) {
    const a = edge.source().position();
    const b = edge.target().position();
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (length < 1) return;
    const u = { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
    const normal = { x: u.y, y: -u.x }; // to the left of the way, on a screen whose y grows downwards
    const flat = Math.abs(u.x) >= Math.abs(u.y);
    const by = shift(edge, normal, flat);
    const side = { x: normal.x * by, y: normal.y * by };
    const out = crossing(edge.source(), side, u) + endGap(edge.source());
    const into = crossing(edge.target(), side, { x: -u.x, y: -u.y }) + endGap(edge.target());
    const visible = length - out - into;
    edge.style({
      "source-endpoint": [side.x + u.x * out, side.y + u.y * out],
      "target-endpoint": [side.x - u.x * into, side.y - u.y * into],
    });
    placeLabel(edge, normal, flat, visible);
  }

  /** Beside the line: above or below a flat one, left or right of a steep one. */
  function placeLabel(edge, normal, flat, visible) {
    const x = flat ? 0 : Math.sign(normal.x || -1) * LABEL_GAP;
    const y = flat ? Math.sign(normal.y || -1) * (LABEL_GAP + 3) : 0;
    edge.scratch("label", { x, y, align: flat ? "center" : x < 0 ? "right" : "left", room: flat ? visible : Infinity });
  }

  /** A self-connection: an arc at the upper right corner, from the top edge into the right one. */
  function layLoop(edge) {
    const node = edge.source();
    const x = node.width() / 2;
    const y = node.height() / 2;
    edge.style({
      "source-endpoint": [x - RADIUS, -y],
      "target-endpoint": [x + GAP, -y + RADIUS],
    });
    edge.scratch("label", { x: 0, y: -LABEL_GAP, align: "center", room: Infinity });
  }

  function lay(edge) {
    if (edge.source().same(edge.target())) layLoop(edge);
    else layStraight(edge);
  }

  /** Mark the lines of the selected cards, which are drawn darker. */
  function markNear(cy) {
    const near = cy.nodes(":selected").connectedEdges();
    cy.edges().difference(near).removeClass("near");
    near.addClass("near");
  }

  /** Keep every line in place while cards move, change and are selected. */
  function attach(cy) {
    let waiting = new Set();
    const flush = () => {
      const edges = waiting;
      waiting = new Set();
      cy.batch(() => edges.forEach((edge) => edge.inside() && lay(edge)));
    };
    const queue = (edges) => {
      if (!waiting.size) requestAnimationFrame(flush);
      edges.forEach((edge) => waiting.add(edge));
    };
    cy.on("position bounds", "node", (event) => queue(event.target.connectedEdges()));
    cy.on("add data", "edge", (event) => queue([event.target]));
    cy.on("add data", "node", (event) => queue(event.target.connectedEdges()));
    cy.on("select unselect", () => {
      markNear(cy);
      queue(cy.edges());
    });
    cy.on("mouseover mouseout", "edge", (event) => {
      event.target.toggleClass("hover", event.type === "mouseover");
      queue([event.target]);
    });
    queue(cy.edges());
  }

  window.leabra = window.leabra || {};
  window.leabra.attachEdges = attach;
})();
