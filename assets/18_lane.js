/* The fast lane: ticks and commands reach their server callbacks without a detour through Dash's page state.

   Dash tells every component on the page of every step of every callback: with a form of forty parameters a tick
   through stores costs some 60 ms of the browser's time, ten times a second. The callbacks on the server are ordinary
   ones and are called as Dash calls them; if that should ever fail, requests go through the stores again. */
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

  /** What Dash sends when the store `from` has changed and the store `to` is to be filled. */
  const message = (from, to, value) => ({
    output: `${to}.data`,
    outputs: { id: to, property: "data" },
    inputs: [property(from, value)],
    changedPropIds: [`${from}.data`],
    state: [property("sid", L.prop("sid") ?? null)],
  });

  /** Call the server callback; resolves to its answer, or to nothing when that is none. */
  async function call(from, to, value) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    const body = JSON.stringify(message(from, to, value));
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(address(), { method: "POST", headers, credentials: "same-origin", body, signal: abort.signal });
    clearTimeout(timer);
    const read = answer.ok ? await answer.json().catch(() => null) : null;
    const data = read?.response?.[to]?.data;
    if (!data && answer.status < 500) giveUp(answer, to);
    return data;
  }

  /** Dash has changed its ways: from the next attempt on it is asked as it wants to be. */
  function giveUp(answer, to) {
    usable = false;
    if (answer.ok) L.emit("failed", to, 0);
  }

  /** Send `value` to the callback of the store `from`; `take` gets the answer. The watch on fetch tells of lost ones. */
  L.ask = (from, to, value, take) => {
    if (usable) call(from, to, value).then((answer) => answer && take(answer), () => {});
    else L.send(from, value);
  };
})();
