/* The gate: one tick on its way at a time, none while nothing can have changed; frames are handed to all painters. */
(() => {
  "use strict";

  const L = window.leabra;
  const tick = window.dash_clientside.tick;
  const LOST = 8000; // ms after which an answer is taken for lost
  const HEARTBEAT = 15000; // ms between ticks when nothing happens: keeps the session, notices other tabs
  const COMPILING = 400; // ms between ticks while the engine compiles
  const PAUSES = [500, 1000, 2000, 4000]; // ms between attempts while the server cannot be reached

  let number = 0;
  let flying = null; // {n, at, key}: the tick on its way
  let due = true; // something changed since the last tick was sent
  let lastSent = 0;
  let notBefore = 0; // no tick before this time: the server could not be reached, or was busy
  let failures = 0;
  let wantHistory = false;
  let handling = false; // Dash is busy with a frame: the next tick waits until it is done

  /** Called by Dash every 100 ms: a request when a tick is due and the last one was answered. */
  tick.gate = () => {
    L.emit("beat");
    if (!L.ready && L.prop("config")) L.emit("boot");
    return wanted() ? request() : window.dash_clientside.no_update;
  };

  /** Send a tick now, or as soon as the one on its way is answered. */
  L.kick = () => {
    due = true;
    if (!handling && wanted()) L.send("tick", request());
  };

  /** Ask for the recorded past of all units with the next tick. */
  L.wantHistory = () => {
    wantHistory = true;
    L.kick();
  };

  /** Whether a tick may and must be sent. */
  function wanted() {
    const now = performance.now();
    if (!L.page || now < notBefore || (flying && now - flying.at < LOST)) return false;
    const state = L.run ? L.run.state : "stopped";
    if (due || state === "running") return true;
    return now - lastSent > (state === "compiling" ? COMPILING : HEARTBEAT);
  }

  function request() {
    const view = { ...L.view, vars: L.records.wantedVariables() };
    flying = { n: ++number, at: performance.now(), key: L.records.key(view) };
    lastSent = flying.at;
    due = false;
    const asked = { n: number, gen: L.records.gen, cursor: L.records.cursor(flying.key), view };
    if (wantHistory) asked.history = true;
    wantHistory = false;
    return asked;
  }

  /** The number of the newest tick that was sent: frames up to it may not know of what happens now. */
  L.lastTick = () => number;

  /** Called by Dash with every answer; what is returned becomes the cycle counter. */
  tick.frame = (frame) => {
    const nothing = window.dash_clientside.no_update;
    if (!frame) return nothing;
    const sent = flying && frame.n === flying.n ? flying : null;
    if (sent || frame.n === null) flying = null;
    if (frame.skip) return skipped(frame) || nothing;
    failures = 0;
    handling = true;
    if (sent) L.records.take(frame, sent.key);
    L.emit("frame", frame);
    handling = false;
    if (frame.more) due = true;
    if (due) setTimeout(() => due && L.kick());
    return cycleText(frame.cycle);
  };

  /** 12 345 as a person reads it. */
  function cycleText(cycle) {
    return String(cycle).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  }

  /** A tick that drew nothing: busy is tried again, missing opens a new session, else say why. */
  function skipped(frame) {
    due = true;
    notBefore = performance.now() + (frame.code === "busy" ? 60 : 1000);
    if (frame.code === "missing") L.hello();
    else if (frame.code !== "busy") L.hint(frame.skip, true);
  }

  L.on("failed", (kind) => {
    if (kind !== "frame" || !flying) return;
    flying = null;
    due = true;
    notBefore = performance.now() + PAUSES[Math.min(failures++, PAUSES.length - 1)];
  });

  L.on("changed", () => L.kick());
})();
