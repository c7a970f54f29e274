/* The graph under the pointer: select, move, place layers, view a unit, fit, and the tools of the palette. */
(() => {
  "use strict";

  const L = window.leabra;
  const ROOM = { left: 24, right: 24, top: 52, bottom: 40 }; // px around a fitted network: the bar, captions
  const USUAL = { width: 866, height: 462 }; // canvas at which a network is shown at 100 % at most
  const LARGEST = 1.6;
  const ZOOM_STEP = 1.25;
  const APART = 160; // px between a layer placed by keyboard and its neighbours
  const AFTER_ADD = 400; // ms in which a double click is part of the click that placed a layer there
  const NEAR = 20; // how far from it a hand may slip, as the graph measures
  const OPENING = new Set(["hello", "example", "restore", "open", "open_link", "wizard"]);
  const PLACES = { layer: "hidden", input: "input", target: "target" }; // tool -> role of the layer it places

  let cy = null;
  let applying = false; // the selection is being set by us
  let fitted = true; // nobody moved the view since it was fitted
  let fitDue = false;
  let added = { at: -AFTER_ADD, x: 0, y: 0 }; // when and where a layer was placed last
  let sizes = null;

  /* ---- Attaching ---- */

  L.on("beat", () => {
    if (window.cy && window.cy !== cy && !window.cy.destroyed()) attach(window.cy);
  });

  /** Listen to a new graph; the listeners of an old one go with it. */
  function attach(graph) {
    cy = graph;
    cy.on("select unselect", gatherSelection);
    cy.on("tap", tapped);
    cy.on("dbltap", doubleTapped);
    cy.on("dragfree", "node", moved);
    cy.on("add", L.onceAFrame(elementsCame));
    cy.on("zoom", showZoom);
    cy.on("dragpan scrollzoom pinchzoom", () => (fitted = false));
    if (sizes) sizes.disconnect();
    sizes = new ResizeObserver(L.onceAFrame(resized));
    sizes.observe(cy.container());
    if (L.attachEdges) L.attachEdges(cy);
    L.emit("attach", cy);
    elementsCame();
  }

  /** The canvas has a new size: Cytoscape must know, or the mouse would point beside its targets. */
  function resized() {
    if (!cy || cy.destroyed()) return;
    cy.resize();
    if (fitted) L.fit();
    L.repaint();
  }

  function elementsCame() {
    if (cy.destroyed()) return;
    applySelection();
    if (fitDue) L.fit();
    L.emit("elements", cy);
  }

  /* ---- Selection ---- */

  const gather = L.onceAFrame(() => {
    if (!applying && cy && !cy.destroyed()) L.select(cy.$(":selected").map((element) => element.id()));
  });

  function gatherSelection() {
    if (!applying) gather();
  }

  /** Show the selection of the page in the graph. */
  function applySelection() {
    if (!cy || cy.destroyed()) return;
    const wanted = new Set(L.selection);
    applying = true;
    cy.elements().forEach((element) => {
      if (element.selected() !== wanted.has(element.id())) element[element.selected() ? "unselect" : "select"]();
    });
    applying = false;
  }

  L.on("select", applySelection);

  /* ---- Clicks ---- */

  function tapped(event) {
    if (L.tool === "connect") return;
    if (event.target === cy && L.tool) return addLayer(event.position, PLACES[L.tool]);
    if (event.target === cy) return L.about ? L.intent("plan_hide") : undefined;
    if (!event.target.isNode()) return;
    const unit = L.unitAt(event.target, event.position);
    if (unit >= 0) L.setView({ layer: event.target.id(), unit });
  }

  /** Empty canvas: a new layer. The head of a card or a line: its name. */
  function doubleTapped(event) {
    if (L.tool === "connect" || justPlaced(event.position)) return;
    if (event.target === cy) addLayer(event.position, "hidden");
    else if (event.target.isEdge() || L.unitAt(event.target, event.position) < 0) L.rename(event.target.id());
  }

  const justPlaced = ({ x, y }) => performance.now() - added.at < AFTER_ADD && Math.hypot(x - added.x, y - added.y) < NEAR;

  function addLayer(position, role) {
    added = { at: performance.now(), x: position.x, y: position.y };
    L.setTool(null);
    L.intent("add_layer", { x: Math.round(position.x), y: Math.round(position.y), role });
  }

  /** By keyboard a tool places its layer in the middle of the view, or beside what is there. */
  L.placeInMiddle = () => {
    const role = PLACES[L.tool];
    if (!role || !cy) return;
    const { x1, x2, y1, y2 } = cy.extent();
    const place = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 };
    const taken = (node) => Math.hypot(node.position("x") - place.x, node.position("y") - place.y) < APART;
    while (cy.nodes().some(taken)) place.x += APART;
    addLayer(place, role);
  };

  /** Delete what is selected. */
  L.removeSelected = () => {
    if (L.selection.length) L.intent("remove", { names: [...L.selection] });
    else L.hint("Nothing is selected: click a layer or a projection first");
  };

  /* ---- Moves: all cards that were dragged together are one edit ---- */

  const dragged = new Map();

  function moved(event) {
    if (!dragged.size) setTimeout(sendMoves);
    dragged.set(event.target.id(), event.target);
  }

  function sendMoves() {
    const nodes = [...dragged].map(([id, node]) => ({ id, x: Math.round(node.position("x")), y: Math.round(node.position("y")) }));
    dragged.clear();
    fitted = false;
    const really = nodes.filter(({ id, x, y }) => {
      const card = L.layers.get(id);
      return card && (Math.abs(card.x - x) >= 1 || Math.abs(card.y - y) >= 1);
    });
    if (really.length) L.intent("move", { nodes: really });
  }

  /* ---- View ---- */

  function showZoom() {
    L.setText(L.byId("zoom"), `${Math.round(cy.zoom() * 100)} %`);
  }

  /** Bring the whole network into view, never larger than it is read best. */
  L.fit = () => {
    if (!cy || cy.destroyed() || !cy.nodes().length || !cy.width()) return;
    L.endGlide();
    const box = cy.nodes().boundingBox({ includeOverlays: false, includeLabels: false });
    const room = { w: cy.width() - ROOM.left - ROOM.right, h: cy.height() - ROOM.top - ROOM.bottom };
    const most = Math.max(1, Math.min(LARGEST, cy.width() / USUAL.width, cy.height() / USUAL.height));
    const zoom = Math.max(cy.minZoom(), Math.min(most, room.w / box.w, room.h / box.h));
    const x = ROOM.left + room.w / 2 - (zoom * (box.x1 + box.x2)) / 2;
    const y = ROOM.top + room.h / 2 - (zoom * (box.y1 + box.y2)) / 2;
    cy.viewport({ zoom, pan: { x, y } });
    fitDue = false;
    fitted = true;
  };

  /** Show another part of the network; it stays so when the window changes. */
  L.moveView = (view) => {
    L.endGlide();
    cy.viewport(view);
    fitted = false;
  };

  /** Zoom about the middle of the canvas. */
  function zoomBy(factor) {
    if (!cy || cy.destroyed()) return;
    L.endGlide();
    fitted = false;
    cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  L.on("page", (page) => {
    if (OPENING.has(page.op)) openView(page);
    if (page.op === "tidy") fitDue = fitted = true;
    if (L.layers.size === 0 && OPENING.has(page.op)) L.setTool("layer");
    // Positions and elements reach Cytoscape after this answer has been spread over the page.
    setTimeout(() => {
      applySelection();
      if (fitDue) L.fit();
    });
  });

  function openView(page) {
    // The menu it was chosen from has given the focus back to its button, where Space would open it again.
    if (document.activeElement?.closest(".topbar")) document.activeElement.blur();
    fitDue = true;
    if (L.tool) L.setTool(null);
    if (page.hint) L.hint(page.hint);
  }

  /* ---- Tools ---- */

  L.tool = null;

  const HINTS = {
    layer: "The Layer tool is on: click to place · Esc leaves it",
    input: "The Input tool is on: click to place an input layer · Esc leaves it",
    target: "The Target tool is on: click to place a target layer · Esc leaves it",
    connect: "Connect: click the sender, then the receiver; the same layer twice makes a self-connection · Esc leaves it",
  };

  /** Take a tool of the palette, or none. */
  L.setTool = (name) => {
    if (name === "connect" && L.layers.size === 0) return L.hint("Connect needs a layer: press L and click the canvas");
    L.tool = name;
    for (const tool of Object.keys(HINTS)) L.setAttr(L.byId(`tool-${tool}`), "aria-pressed", tool === name ? "true" : "false");
    L.setAttr(L.byId("canvas"), "data-tool", name);
    L.hint(name ? HINTS[name] : "");
    L.emit("tool", name);
  };

  L.on("boot", () => L.setTool(null)); // so that the buttons say that they are not pressed

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || !L.usable(button)) return;
    if (button.id === "fit") L.fit();
    if (button.id === "zoom-in") zoomBy(ZOOM_STEP);
    if (button.id === "zoom-out") zoomBy(1 / ZOOM_STEP);
    const tool = /^tool-(layer|input|target|connect)$/.exec(button.id);
    if (tool) L.setTool(L.tool === tool[1] ? null : tool[1]);
  });
})();
