/* What the page says of the run: its state, stamp, note on the canvas, readings, server dot. */
(() => {
  "use strict";

  const L = window.leabra;

  const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/;

  L.run = { state: "unknown", stale: false, why: "" }; // until the first frame
  let trusted = 0; // frames of ticks up to this number may not know of the last command
  let note = "";

  /** Whether the net is running. */
  L.running = () => L.run.state === "running";

  /** A command changes the look at once, the server confirms it. */
  L.on("command", (cmd) => {
    if (cmd === "run" || cmd === "rerun") setState("running");
    if (cmd === "stop" || cmd === "rewind") setState("stopped");
  });

  /** Called by Dash when commands go through its stores. */
  window.dash_clientside.studio.ack = (ack) => {
    if (ack) setTimeout(() => L.emit("ack", ack)); // Dash is still busy with this answer
    return window.dash_clientside.no_update;
  };

  L.on("ack", (ack) => {
    L.settleOrder(ack);
    trusted = L.lastTick();
    if (ack.error) L.hint(ack.error, true);
    else L.forgive(ack.seq);
    if (ack.state && !L.ordering()) setState(ack.state);
    L.kick();
  });

  L.on("commandLost", () => setState("stopped"));

  function setState(state) {
    if (L.run.state === state) return;
    if (L.run.state === "compiling") L.hint(""); // it spoke of that
    L.run.state = state;
    L.emit("state", state);
  }

  L.on("frame", (frame) => {
    if (!L.ordering() && frame.n > trusted) setState(frame.state);
    L.run.stale = Boolean(frame.stale) && L.records.count > 0;
    L.run.why = frame.stale_why || "";
    showNote(frame.note);
    showStamp();
    showReadings();
  });

  /** A sentence of the server for the hint line, said once. */
  function showNote(text) {
    if (text && text !== note) L.hint(text, L.run.state === "error");
    note = text || "";
  }

  /* ---- Stamp: which model made what is shown ---- */

  /** Revision, seed and whether that is still the model; a way to renew it when it is not. */
  function showStamp() {
    const stamp = L.byId("stamp");
    if (!stamp) return;
    const { state, text, action } = (L.trains() && L.trainingStamp()) || cyclesStamp();
    if (stamp.dataset.text !== state + text) drawStamp(stamp, state, text, action);
    showCanvasNote(state);
  }

  /** The revision of the newest recorded cycle. */
  const recorded = () => L.records.revisionAt(L.records.end() - 1);

  function cyclesStamp() {
    const state = !L.records.count ? "empty" : L.run.stale ? "stale" : L.running() ? "running" : "fresh";
    return { state, text: stampText(state), action: "rerun" };
  }

  function stampText(state) {
    const seed = L.page && L.page.seed !== undefined ? ` · seed ${L.page.seed}` : "";
    if (state === "empty") return "";
    if (state === "stale") return `out of date: ${L.run.why || "the model changed"} · press R to rerun`;
    return `revision ${recorded()}${seed} · ${state === "running" ? "running" : "up to date"}`;
  }

  const ACTIONS = { rerun: "Rerun", init: "Init" };

  function drawStamp(stamp, state, text, action) {
    stamp.dataset.text = state + text;
    stamp.classList.toggle("stale", state === "stale");
    stamp.classList.toggle("running", state === "running");
    const parts = [L.el("span", { class: "word" }, text)];
    if (state === "fresh") parts.unshift(L.icon("check"));
    if (state === "stale") parts.unshift(L.icon("warn"));
    if (state === "stale" && action) parts.push(L.el("button", { type: "button", class: "rerun", "data-action": action }, ACTIONS[action]));
    stamp.replaceChildren(...parts);
    L.setAttr(stamp, "title", text);
  }

  /** The canvas says so too: its units were made by an older model. */
  function showCanvasNote(state) {
    const model = L.page ? L.page.rev : "";
    const text = state === "stale" && L.records.count && L.run.stale ? `units show revision ${recorded()}, the model is revision ${model}` : "";
    L.setText(L.byId("canvas-note"), text);
  }

  /* ---- Readings: every variable of the viewed unit at the shown cycle ---- */

  let rows = null;

  /** The cells of the table of readings: [variable, cell]; Python made the table. */
  function cells(panel) {
    if (!rows || !rows.length || !rows[0][1].isConnected) {
      rows = [...panel.querySelectorAll("tr[data-var]")].map((row) => [row.dataset.var, row.querySelector(".value")]);
    }
    return rows;
  }

  function showReadings() {
    const panel = L.byId("readings");
    if (!panel) return;
    const unit = L.records.unit;
    const values = L.records.values();
    for (const [name, cell] of cells(panel)) {
      L.setText(cell, L.valueText(values[name]));
      L.setAttr(cell, "title", typeof values[name] === "number" ? String(values[name]) : "not recorded here");
    }
    panel.classList.toggle("stale", L.run.stale);
    const when = L.time.live ? "" : ` at cycle ${L.time.cycle}`;
    L.setText(L.byId("readings-unit"), unit ? L.unitName(unit.layer, unit.index) + when : "click a unit");
  }

  /** A unit as the page calls it: `Hidden[2, 3]`. */
  L.unitName = (layer, index) => {
    const card = L.layers.get(layer);
    const cols = card ? card.cols : 1;
    // A name written from right to left must not turn the brackets around.
    const name = RIGHT_TO_LEFT.test(layer) ? `\u2068${layer}\u2069` : layer;
    return `${name}[${Math.floor(index / cols)}, ${index % cols}]`;
  };

  L.on("time", showReadings);
  for (const name of ["page", "training", "state"]) L.on(name, showStamp);

  document.addEventListener("click", (event) => {
    const action = event.target.closest("#stamp .rerun")?.dataset.action;
    if (action === "init") L.init();
    else if (action) L.rerun();
  });

  /* ---- Server dot ---- */

  function showServer(state, word) {
    const dot = L.byId("server-dot");
    if (!dot) return;
    dot.classList.toggle("ok", state === "ok");
    dot.classList.toggle("lost", state === "lost");
    L.setText(dot.querySelector(".word"), word);
  }

  L.on("served", () => showServer("ok", "server ok"));
  L.on("failed", (kind, status) => showServer("lost", status ? `server error ${status}` : "server lost"));
})();
