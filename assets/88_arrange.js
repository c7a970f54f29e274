/* Layers by the keyboard and all at once: select all, nudge with the arrows, box select, and moves that glide. */
(() => {
  "use strict";

  const L = window.leabra;
  const GRID = 8; // px of a step with an arrow key
  const BURST = 1000; // ms between steps that are one edit
  const GLIDE = 200; // ms
  const MOST = 250; // cards that glide; more jump
  const GLIDING = new Set(["tidy", "align", "distribute", "undo", "redo"]);
  const MARGIN = 40; // px that a revealed object keeps from the edge

  let cy = null;

  /* ---- Selection ---- */

  L.selectAll = () => {
    if (L.layers.size) L.select([...L.layers.keys()]);
    else L.hint("There is no layer to select yet");
  };

  /** Names of the selected layers that the graph has already. */
  const chosenLayers = () => L.selection.filter((name) => L.layers.has(name) && cy?.getElementById(name).isNode());

  /* ---- Arrow keys ---- */

  const ahead = new Map(); // name -> place that the server has yet to hear of
  let burst = 0;
  let lastStep = -BURST;

  /** Move the selected layers by steps of the grid; steps in quick succession are one edit. */
  L.nudge = (dx, dy) => {
    const names = chosenLayers();
    if (!names.length || !cy) return;
    finish();
    const now = performance.now();
    if (now - lastStep > BURST) burst += 1;
    lastStep = now;
    cy.batch(() => names.forEach((name) => shift(name, dx * GRID, dy * GRID)));
    const nodes = names.map((id) => ({ id, ...ahead.get(id) }));
    L.intent("move", { nodes, key: burst });
  };

  function shift(name, dx, dy) {
    const node = cy.getElementById(name);
    const { x, y } = node.position();
    const place = { x: Math.round(x) + dx, y: Math.round(y) + dy };
    ahead.set(name, place);
    node.position(place);
  }

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const THEIRS = "#outline, .pane, .scroll, [role=menu], [role=listbox], [role=tablist], [role=slider]";

  /** Arrows move the selected layers, except where they mean something else; with Ctrl they do so there too. */
  document.addEventListener("keydown", (event) => {
    const step = ARROWS[event.key];
    if (!step || event.defaultPrevented || event.altKey || event.shiftKey || L.inField(event)) return;
    const theirs = event.target.closest?.(THEIRS) && !event.ctrlKey && !event.metaKey;
    if (theirs || !chosenLayers().length) return;
    event.preventDefault();
    L.nudge(...step);
  });

  /** An answer to an earlier step must not throw the card back. */
  function keepAhead() {
    if (!L.pending("move")) return ahead.clear();
    for (const [name, place] of ahead) cy.getElementById(name).position(place);
  }

  /* ---- Gliding ---- */

  let glide = null; // {start, from: Map, view, to, goal}
  let before = null; // {places: Map, view}: where everything was when an edit that moves cards was sent

  const viewport = () => ({ zoom: cy.zoom(), x: cy.pan().x, y: cy.pan().y });

  L.on("intent", ({ op }) => {
    if (!cy || cy.destroyed() || !GLIDING.has(op)) return;
    finish();
    before = { places: new Map(cy.nodes().map((node) => [node.id(), { ...node.position() }])), view: viewport() };
  });

  /** Let the cards that an edit has moved go there from where they were. */
  function begin(page) {
    const { places, view } = before;
    before = null;
    const moved = [...places].filter(([name, { x, y }]) => {
      const card = L.layers.get(name);
      return card && cy.getElementById(name).nonempty() && Math.hypot(card.x - x, card.y - y) > 0.5;
    });
    if (page.op === "tidy") L.fit();
    else if (outOfSight()) L.fit();
    if (!moved.length || moved.length > MOST || L.calm() || document.hidden) return;
    glide = { start: performance.now(), from: new Map(moved), view, goal: viewport() };
    step();
  }

  const between = (a, b, part) => a + (b - a) * part;

  /** One picture of a glide: quick at first, slow at the end. */
  function step() {
    if (!glide || cy.destroyed()) return;
    const { start, from, view, goal } = glide;
    const time = Math.min(1, (performance.now() - start) / GLIDE);
    const part = 1 - (1 - time) ** 3;
    cy.batch(() => {
      for (const [name, at] of from) {
        const card = L.layers.get(name);
        if (card) cy.getElementById(name).position({ x: between(at.x, card.x, part), y: between(at.y, card.y, part) });
      }
    });
    const pan = { x: between(view.x, goal.x, part), y: between(view.y, goal.y, part) };
    cy.viewport({ zoom: between(view.zoom, goal.zoom, part), pan });
    if (time < 1) requestAnimationFrame(step);
    else glide = null;
  }

  /** End a glide where it leads. */
  function finish() {
    if (!glide || !cy || cy.destroyed()) return;
    glide.start = -Infinity;
    step();
  }

  /** Who moves the view during a glide moves it from where the glide leads. */
  L.endGlide = finish;
  document.addEventListener("wheel", finish, { capture: true, passive: true }); // before Cytoscape hears of it

  /* ---- What is out of sight ---- */

  /** Whether no card at all is on the screen. */
  function outOfSight() {
    const { x1, y1, x2, y2 } = cy.extent();
    const boxes = cy.nodes().map((node) => L.cardBox(node)).filter(Boolean);
    return boxes.length > 0 && boxes.every((box) => box.x > x2 || box.x + box.w < x1 || box.y > y2 || box.y + box.h < y1);
  }

  /** Move the view by as much as brings objects onto the screen. */
  L.reveal = (names) => {
    const some = names.map((name) => cy?.getElementById(name)).filter((element) => element?.nonempty());
    if (!some.length) return;
    finish();
    const box = cy.collection(some).boundingBox({ includeOverlays: false, includeLabels: false });
    const zoom = Math.min(cy.zoom(), (cy.width() - 2 * MARGIN) / box.w, (cy.height() - 2 * MARGIN) / box.h);
    const scaled = (low, high, pan) => ({ low: low * zoom + pan, high: high * zoom + pan });
    const same = zoom === cy.zoom();
    const across = scaled(box.x1, box.x2, same ? cy.pan().x : cy.width() / 2 - (zoom * (box.x1 + box.x2)) / 2);
    const down = scaled(box.y1, box.y2, same ? cy.pan().y : cy.height() / 2 - (zoom * (box.y1 + box.y2)) / 2);
    const move = (span, size) => (span.low < 0 ? MARGIN - span.low : span.high > size ? size - MARGIN - span.high : 0);
    const pan = { x: across.low - box.x1 * zoom + move(across, cy.width()), y: down.low - box.y1 * zoom + move(down, cy.height()) };
    if (!same || pan.x !== cy.pan().x || pan.y !== cy.pan().y) L.moveView({ zoom, pan });
  };

  /** Where a click leads: to the objects of a list's row, wherever on the page the list is. */
  function leadsTo(node) {
    if (node.dataset.select !== undefined) return [node.dataset.select];
    if (node.dataset.users !== undefined) return JSON.parse(node.dataset.users);
    if (node.dataset.intent === undefined) return node.dataset.name === undefined ? [] : [node.dataset.name];
    const { op, names } = JSON.parse(node.dataset.intent);
    return op === "select" ? names : [];
  }

  document.addEventListener("click", (event) => {
    const node = event.target.closest("#outline .row, [data-select], [role=menuitem][data-intent]");
    if (node) L.reveal(leadsTo(node));
  });

  /* ---- When ---- */

  L.on("attach", (graph) => {
    cy = graph;
    glide = before = null;
    // A box takes layers only: what lies between them would come along by chance.
    let chosen = new Set();
    cy.on("boxstart", () => (chosen = new Set(L.selection)));
    cy.on("boxselect", "edge", ({ target }) => !chosen.has(target.id()) && target.unselect());
    cy.on("grab mousedown", finish);
  });

  L.on("page", (page) => {
    if (!cy || cy.destroyed()) return;
    finish();
    keepAhead();
    if (before && GLIDING.has(page.op)) begin(page);
  });
})();
