/* Names are typed where they stand: on a card, on a line, in the outline, in the top bar. */
(() => {
  "use strict";

  const L = window.leabra;
  const WAIT = 2000; // ms to wait for a new layer to reach the graph

  let open = null; // {input, box, place, commit}

  /* ---- The one editor ---- */

  /** Open a field over `place()`, a rectangle on the screen; Enter and leaving it commit, Esc does not. */
  function edit(value, place, commit, error = "") {
    const back = open ? open.back : document.activeElement;
    close();
    const input = L.el("input", { type: "text", class: "rename", "aria-label": "Name", spellcheck: "false", autocomplete: "off" });
    input.value = value;
    const box = L.el("div", { class: "rename-box" }, input);
    if (error) box.append(L.el("div", { class: "rename-error", role: "alert" }, error));
    document.body.append(box);
    open = { input, box, place, commit, value, back };
    input.addEventListener("keydown", keyed);
    input.addEventListener("blur", finish);
    move();
    input.focus();
    input.select();
  }

  L.typeName = edit;

  function keyed(event) {
    event.stopPropagation();
    if (!["Enter", "Escape"].includes(event.key)) return;
    const { back } = open;
    if (event.key === "Enter") finish();
    else close();
    if (back?.isConnected) back.focus(); // where the keyboard came from, such as a row of the outline
  }

  /** Commit what was typed, if it is something else. */
  function finish() {
    if (!open) return;
    const { input, commit, value } = open;
    close();
    if (input.value.trim() !== value) commit(input.value);
  }

  function close() {
    if (!open) return;
    const { box } = open;
    open = null;
    box.remove();
  }

  /** Keep the field where its object is. */
  function move() {
    const rect = open && open.place();
    if (!rect || !rect.width) return;
    Object.assign(open.box.style, { left: `${rect.left}px`, top: `${rect.top}px`, width: `${Math.max(120, rect.width)}px` });
  }

  /* ---- Layers and projections ---- */

  /** Type the name of a layer or projection over its card or line. */
  L.rename = (name, { typed = name, error = "" } = {}) => {
    const element = window.cy && window.cy.getElementById(name);
    if (!element || element.empty()) return;
    edit(typed, () => placeOf(name), (value) => send(name, value), error);
    if (open) open.value = name;
  };

  function placeOf(name) {
    const cy = window.cy;
    const element = cy.getElementById(name);
    if (element.empty()) return null;
    const canvas = cy.container().getBoundingClientRect();
    const [zoom, pan] = [cy.zoom(), cy.pan()];
    const on = (x, y, width) => ({ left: canvas.left + x * zoom + pan.x, top: canvas.top + y * zoom + pan.y, width: width * zoom });
    const box = element.isNode() && L.cardBox(element);
    if (box) return on(box.x + 3, box.y + 1, box.w - 6);
    const middle = element.isEdge() ? element.midpoint() : element.position();
    return on(middle.x - 80 / zoom, middle.y - 12 / zoom, 160 / zoom);
  }

  /** A new layer is named as soon as the graph has it. */
  L.on("editName", (name) => {
    const cy = window.cy;
    if (cy && cy.getElementById(name).nonempty() && L.layers.has(name)) return setTimeout(() => L.rename(name));
    const late = performance.now() + WAIT;
    const wait = () => {
      if (window.cy && window.cy.getElementById(name).nonempty()) L.rename(name);
      else if (performance.now() < late) requestAnimationFrame(wait);
    };
    requestAnimationFrame(wait);
  });

  const sent = new Map(); // seq -> {name, typed}

  /** Type the name of a layer or projection over another place than its card or line. */
  L.renameAt = (name, place) => edit(name, place, (value) => send(name, value));

  /** Ask for a new name and remember what was typed, in case it is refused. */
  function send(name, typed) {
    sent.set(L.intent("rename", { name, new: typed }), { name, typed });
  }

  /** A refused name is shown again with the reason, as it was typed. */
  L.on("refusal", (page) => {
    const was = sent.get(page.seq);
    sent.clear();
    if (!was) return;
    page.shown = true;
    L.rename(was.name, { typed: was.typed, error: page.error.message });
  });

  L.on("attach", (cy) => cy.on("render", () => open && move()));

  /* ---- Specs ---- */

  const sentSpecs = new Map(); // seq -> {name, typed, place}

  /** Type the name of a spec over what shows it. */
  L.renameSpec = renameSpec;

  function renameSpec(name, place, { typed = name, error = "" } = {}) {
    const commit = (value) => sentSpecs.set(L.intent("rename_spec", { name, value }), { name, typed: value, place });
    edit(typed, place, commit, error);
    if (open) open.value = name;
  }

  L.on("refusal", (page) => {
    const was = sentSpecs.get(page.seq);
    sentSpecs.clear();
    if (!was) return;
    page.shown = true;
    renameSpec(was.name, was.place, { typed: was.typed, error: page.error.message });
  });

  document.addEventListener("click", (event) => {
    const item = event.target.closest("[data-rename]");
    if (!item) return;
    const place = () => document.querySelector(".spec-line .chip")?.getBoundingClientRect();
    setTimeout(() => renameSpec(item.dataset.rename, place)); // the menu gives its focus away first
  });
})();
