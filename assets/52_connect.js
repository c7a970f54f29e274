/* Connecting layers: drag the ring on a card's upper edge to another card, or click two cards in Connect mode. */
(() => {
  "use strict";

  const L = window.leabra;
  const RADIUS = 5;
  const MARGIN = 8; // px around a card in which a drop still meets it
  const CLICK = 4; // px within which a press and release are a click
  const LINGER = 250; // ms the ring stays when the pointer leaves its card

  let cy = null;
  let rings = {}; // why -> {node, element}: one for the card under the pointer, one for the selected card
  let source = null; // name of the sender while connecting
  let pointer = null; // where the rubber band ends, in the model
  let target = null; // name of the card below the pointer
  let pressed = null; // the card on which the button went down in Connect mode
  let chosen = null; // the sender at that moment
  let outside = false; // the drag has left its own card: dropping back on it means a self-connection
  let leaving = 0;

  /* ---- Rings ---- */

  L.on("attach", (graph) => {
    for (const ring of Object.values(rings)) ring.element.remove();
    cy = graph;
    rings = { hover: makeRing(), selected: makeRing() };
    cy.on("mouseover", "node", (event) => showRing("hover", event.target.id()));
    cy.on("mouseout", "node", () => (leaving = setTimeout(() => showRing("hover", null), LINGER)));
    cy.container().addEventListener("mouseleave", () => (leaving = setTimeout(() => showRing("hover", null), LINGER)));
    cy.on("render", placeRings);
    cy.on("mousemove", (event) => L.tool === "connect" && source && follow(event.position));
    cy.on("tapstart", "node", (event) => {
      pressed = event.target.id();
      chosen = source;
    });
    cy.on("tapdrag", (event) => L.tool === "connect" && pressed && dragFrom(event));
    cy.on("tapend", released);
    finish();
    selectionRing();
  });

  function makeRing() {
    const element = L.el("div", { class: "connect-dot", title: "Drag to another layer to connect", hidden: "" });
    const ring = { name: null, element };
    element.addEventListener("pointerdown", (event) => grab(event, ring));
    element.addEventListener("pointerenter", () => clearTimeout(leaving));
    element.addEventListener("pointerleave", () => (leaving = setTimeout(() => showRing("hover", null), LINGER)));
    L.byId("canvas").append(element);
    return ring;
  }

  function showRing(why, name) {
    clearTimeout(leaving);
    if (!rings[why]) return;
    rings[why].name = name;
    placeRings();
  }

  /** The selected layer keeps its ring. */
  function selectionRing() {
    const only = L.selection.length === 1 && L.layers.has(L.selection[0]) ? L.selection[0] : null;
    showRing("selected", only);
  }

  function placeRings() {
    for (const [why, { name, element }] of Object.entries(rings)) {
      const node = name && cy.getElementById(name);
      const box = node && node.nonempty() && L.cardBox(node);
      const twice = why === "hover" && rings.selected.name === name;
      element.hidden = !box || L.tool !== null || twice || (source !== null && source !== name);
      if (element.hidden) continue;
      const [x, y] = onScreen({ x: box.x + box.w / 2, y: box.y });
      element.style.transform = `translate(${x}px, ${y}px)`;
    }
  }

  const onScreen = (point) => [point.x * cy.zoom() + cy.pan().x, point.y * cy.zoom() + cy.pan().y];

  /** The point of the model below a pointer event. */
  function inModel(event) {
    const box = cy.container().getBoundingClientRect();
    return { x: (event.clientX - box.left - cy.pan().x) / cy.zoom(), y: (event.clientY - box.top - cy.pan().y) / cy.zoom() };
  }

  /** Name of the uppermost card at a point of the model, null over the canvas. */
  function cardAt(point) {
    const hit = cy.nodes().filter((node) => {
      const box = L.cardBox(node);
      return box && point.x > box.x - MARGIN && point.x < box.x + box.w + MARGIN && point.y > box.y - MARGIN && point.y < box.y + box.h + MARGIN;
    });
    return hit.length ? hit[hit.length - 1].id() : null;
  }

  /* ---- Dragging a ring ---- */

  function grab(event, ring) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    document.activeElement?.blur(); // keys now mean what is drawn
    const { element, name } = ring;
    const from = [event.clientX, event.clientY];
    const near = (at) => Math.hypot(at.clientX - from[0], at.clientY - from[1]) < CLICK;
    const abort = new AbortController();
    const listen = (type, listener) => element.addEventListener(type, listener, { signal: abort.signal });
    element.setPointerCapture(event.pointerId);
    L.unhover();
    begin(name);
    outside = false;
    listen("pointermove", (moved) => {
      follow(inModel(moved));
      outside = outside || target !== name;
    });
    listen("pointercancel", () => (abort.abort(), finish()));
    listen("pointerup", (up) => {
      abort.abort();
      if (source === name) drop(name, inModel(up), near(up));
    });
  }

  /** End of a drag: connect, or, when the ring was only clicked, go on in Connect mode. */
  function drop(name, point, clicked) {
    const onto = cardAt(point);
    if (clicked) {
      L.setTool("connect");
      begin(name);
    } else if (onto && (onto !== name || outside)) connect(name, onto);
    else finish();
  }

  /* ---- Connect mode ---- */

  /** Dragging from card to card works in Connect mode too. */
  function dragFrom(event) {
    if (!source) begin(pressed);
    follow(event.position);
  }

  /** Another card than the pressed one ends a drag; the same one is a click: first the sender, then the receiver. */
  function released(event) {
    const start = pressed;
    pressed = null;
    if (L.tool !== "connect" || !start) return;
    const onto = cardAt(event.position);
    if (onto && onto !== start) connect(start, onto);
    else if (onto && chosen) connect(chosen, onto);
    else if (onto) begin(onto);
    else if (!chosen) finish();
  }

  /** In Connect mode a layer may also be chosen by its name: first the sender, then the receiver. */
  L.connectPick = (name) => {
    if (L.tool !== "connect") return false;
    if (source) connect(source, name);
    else begin(name);
    return true;
  };

  function begin(name) {
    source = name;
    pointer = null;
    // Every layer may receive, the sender too.
    cy.nodes().addClass("legal");
    L.hint(`Connect ${name} to: drop on a layer, or click it · Esc cancels`);
    placeRings();
  }

  function follow(point) {
    pointer = point;
    target = cardAt(point);
    L.repaint();
  }

  function connect(pre, post) {
    finish();
    L.intent("connect", { pre, post });
    // The click that ends here must still meet the mode: without it, it would select the receiver.
    setTimeout(() => L.setTool(null));
  }

  /** No longer connecting; the mode stays as it is. */
  function finish() {
    source = pointer = target = pressed = chosen = null;
    if (cy && !cy.destroyed()) cy.nodes().removeClass("legal dim");
    placeRings();
    L.repaint();
  }

  /** Stop connecting; true when there was something to stop. */
  L.cancelConnect = () => {
    const busy = source !== null;
    finish();
    if (busy) L.hint("");
    return busy;
  };

  L.on("tool", (name) => {
    if (!cy || cy.destroyed()) return;
    const on = name === "connect";
    cy.autoungrabify(on);
    cy.autounselectify(on);
    cy.userPanningEnabled(!on);
    cy.boxSelectionEnabled(!on);
    finish();
  });
  L.on("select", selectionRing);
  L.on("page", selectionRing);

  /* ---- The rubber band ---- */

  L.on("paint", (ctx) => {
    const from = source && L.cardBox(cy.getElementById(source));
    if (!from || !pointer) return;
    ctx.strokeStyle = ctx.fillStyle = L.token("accent");
    if (target) {
      const box = L.cardBox(cy.getElementById(target));
      ctx.lineWidth = 2;
      ctx.beginPath();
      ctx.roundRect(box.x, box.y, box.w, box.h, 8);
      ctx.stroke();
    }
    ctx.lineWidth = 2;
    ctx.setLineDash([6, 4]);
    ctx.beginPath();
    ctx.moveTo(from.x + from.w / 2, from.y);
    ctx.lineTo(pointer.x, pointer.y);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.arc(pointer.x, pointer.y, RADIUS - 1, 0, 2 * Math.PI);
    ctx.fill();
  });
})();
