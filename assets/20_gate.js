/* The gate: one tick on its way at a time, none while nothing can have changed; frames are handed to all painters. */
(() => {
  "use strict";

  const L = window.leabra;
  const tick = window.dash_clientside.tick;
  const LOST = 8000; // ms after which an answer is taken for lost
  const HEARTBEAT = 15000; // ms between ticks when nothing happens: keeps the session, notices other tabs
  const COMPILING = 400; // ms between ticks while the engine compiles
  const BEAT = 100; // ms between ticks while the net runs
  const PAUSES = [500, 1000, 2000, 4000]; // ms between attempts while the server cannot be reached

  let number = 0;
  let flying = null; // {n, at, key}: the tick on its way
  let due = true; // something changed since the last tick was sent
  let lastSent = 0;
  let notBefore = 0; // no tick before this time: the server could not be reached, or was busy
  let failures = 0;
  let wantHistory = false;
  let clock = 0;

  /* Dash's interval only starts the page: every beat of it would cost as much as a tick, also while nothing happens. */
  tick.gate = () => {
    if (!clock && L.prop("config")) {
      L.setProps("iv", { disabled: true });
      clock = setInterval(beat, BEAT);
      setTimeout(() => L.emit("boot"));
    }
    return window.dash_clientside.no_update;
  };

  function beat() {
    L.emit("beat");
    if (wanted()) ask();
  }

  /** Send a tick now, or as soon as the one on its way is answered. */
  L.kick = () => {
    due = true;
    if (wanted()) ask();
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
    if (due || L.running()) return true;
    return now - lastSent > (L.run.state === "compiling" ? COMPILING : HEARTBEAT);
  }

  function ask() {
    const view = { ...L.view, vars: L.records.wantedVariables() };
    flying = { n: ++number, at: performance.now(), key: L.records.key(view) };
    lastSent = flying.at;
    due = false;
    const request = { n: number, gen: L.records.gen, cursor: L.records.cursor(flying.key), view };
    request.rows = L.training.have(L.records.gen);
    request.follow = L.follow();
    if (wantHistory) request.history = true;
    wantHistory = false;
    L.ask("tick", "frame", request, take);
  }

  /** The number of the newest tick that was sent: frames up to it may not know of what happens now. */
  L.lastTick = () => number;

  /** Called by Dash with a frame when ticks go through its stores. */
  tick.frame = (frame) => {
    if (frame) setTimeout(() => take(frame)); // Dash is still busy with this frame
    return window.dash_clientside.no_update;
  };

  /** Hand a frame to all painters; the next tick follows at once when one is due. */
  function take(frame) {
    const sent = flying && frame.n === flying.n ? flying : null;
    if (!sent && frame.n !== null) return;
    flying = null;
    if (frame.skip) return skipped(frame);
    failures = 0;
    L.records.take(frame, sent.key);
    L.emit("frame", frame);
    if (frame.more) due = true;
    if (due && wanted()) ask();
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
