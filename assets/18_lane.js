/* The fast lane: ticks reach their server callback without a detour through Dash's page state.

   Dash tells every component on the page of every step of every callback: with a form of forty parameters a tick
   through stores costs some 60 ms of the browser's time, ten times a second. The callback on the server is an ordinary
   one and is called as Dash calls it; if that should ever fail, ticks go through the stores again. */
(() => {
  "use strict";

  const L = window.leabra;
  const PATIENCE = 8000; // ms after which an answer is taken for lost
  let usable = true;

  /** Where Dash answers, which may be below a prefix. */
  function address() {
    const config = JSON.parse(document.getElementById("_dash-config").textContent);
    return `${config.requests_pathname_prefix || "/"}_dash-update-component`;
  }

  const property = (id, value) => ({ id, property: "data", value });

  /** What Dash sends when the store `tick` has changed. */
  const message = (request) => ({
    output: "frame.data",
    outputs: { id: "frame", property: "data" },
    inputs: [property("tick", request)],
    changedPropIds: ["tick.data"],
    state: [property("sid", L.prop("sid") ?? null)],
  });

  /** Call the server callback; resolves to the frame, or to nothing when the answer is none. */
  async function call(request) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    const options = { method: "POST", headers: { "Content-Type": "application/json" }, credentials: "same-origin" };
    const answer = await fetch(address(), { ...options, body: JSON.stringify(message(request)), signal: abort.signal });
    clearTimeout(timer);
    const body = answer.ok ? await answer.json().catch(() => null) : null;
    const frame = body?.response?.frame?.data;
    if (!frame && answer.status < 500) giveUp(answer);
    return frame;
  }

  /** Dash has changed its ways: from the next attempt on it is asked as it wants to be. */
  function giveUp(answer) {
    usable = false;
    if (answer.ok) L.emit("failed", "frame", 0);
  }

  /** Ask for a frame; `take` gets it. A lost answer is told by the watch on fetch. */
  L.askFrame = (request, take) => {
    if (usable) call(request).then((frame) => frame && take(frame), () => {});
    else L.send("tick", request);
  };
})();
