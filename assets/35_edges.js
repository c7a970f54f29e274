/* Projections as straight lines: those of one pair run parallel, and labels stand beside their line, never on a card. */
(() => {
  "use strict";

  const GAP = 5; // px between a line's end and a card
  const NEAR_GAP = 9; // the same beside a selected card
  const RADIUS = 20; // of a self-connection
  const RISE = 34; // px its first control point stands above the card
  const LIFT = 14; // px that the top of its arc is above its middle

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

  /** Give a line its style where it has not got it: Cytoscape takes long over each, and works out the graph anew. */
  function restyle(edge, style) {
    const text = JSON.stringify(style);
    if (edge.scratch("laid") === text) return;
    edge.scratch("laid", text);
    edge.style(style);
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
    restyle(edge, {
      "source-endpoint": [side.x + u.x * out, side.y + u.y * out],
      "target-endpoint": [side.x - u.x * into, side.y - u.y * into],
    });
    edge.scratch("label", { normal, room: flat ? visible : Infinity, lift: 0 });
  }

  /**
   * A self-connection: an arc at the upper right corner, from the top edge into the right one.
   *
   * Cytoscape wants the arc's two control points as a direction, an angle between them and a common distance from the
   * card's centre: the first one stands above the start, the second one then follows.
   */
  function layLoop(edge) {
    const node = edge.source();
    const [x, y] = [node.width() / 2, node.height() / 2];
    const [start, end] = [x - RADIUS, y - RADIUS];
    const far = Math.hypot(start, y + RISE);
    const first = Math.atan2(start, y + RISE); // clockwise from straight up
    const second = Math.acos(Math.min(1, end / far));
    restyle(edge, {
      "source-endpoint": [start, -y],
      "target-endpoint": [x + endGap(node), -end],
      "loop-direction": `${(first + second) / 2}rad`,
      "loop-sweep": `${second - first}rad`,
      "control-point-step-size": far / 1.4, // Cytoscape's own factor
    });
    edge.scratch("label", { normal: { x: 0, y: -1 }, room: Infinity, lift: LIFT });
  }

  function lay(edge) {
    if (edge.source().same(edge.target())) layLoop(edge);
    else layStraight(edge);
  }

  /** Mark the lines of the selected cards, which are drawn darker. */
  function markNear(cy) {
    const near = cy.nodes(":selected").connectedEdges();
    cy.edges(".near").difference(near).removeClass("near");
    near.not(".near").addClass("near");
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
    cy.on("select unselect", "node", (event) => {
      markNear(cy);
      queue(event.target.connectedEdges());
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
