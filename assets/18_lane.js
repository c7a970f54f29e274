/* The fast lane: ticks, commands and edits reach their server callbacks past Dash's page state.

   Dash tells every component on the page of every step of every callback: with a form of forty parameters a request
   through stores costs some 60 ms of the browser's time. The callbacks on the server are ordinary ones and are called
   as Dash calls them; if that should ever fail, requests go through the stores again. */
(() => {
  "use strict";

  const L = window.leabra;
  const PATIENCE = 8000; // ms after which an answer is taken for lost
  const EDIT_PATIENCE = 60000; // ms for an edit: opening a large model takes its time
  const TOO_LARGE = 413; // the status of a request that would be too large in any form
  const TREE = "data-tree"; // of the panes that are not React's
  let usable = true;
  let callbacks = null; // what Dash says of its server callbacks

  /** An address of Dash, which may be below a prefix. */
  function address(name) {
    const config = JSON.parse(document.getElementById("_dash-config").textContent);
    return `${config.requests_pathname_prefix || "/"}_dash-${name}`;
  }

  L.on("boot", async () => {
    const answer = await fetch(address("dependencies")).catch(() => null);
    callbacks = answer && answer.ok ? await answer.json() : null;
  });

  /** `id.property` as Dash writes it in a request. */
  function property(text) {
    const at = text.lastIndexOf(".");
    return { id: text.slice(0, at), property: text.slice(at + 1) };
  }

  /** Outputs of a callback: one, or `..one...other..`. */
  const outputsOf = (text) => (text.startsWith("..") ? text.slice(2, -2).split("...").map(property) : property(text));

  /** What Dash sends when the store `from` has changed; undefined when there is no such callback. */
  function message(from, value) {
    const found = (callbacks || []).find(({ inputs }) => inputs.length === 1 && inputs[0].id === from);
    return found && {
      output: found.output,
      outputs: outputsOf(found.output),
      inputs: [{ id: from, property: "data", value }],
      changedPropIds: [`${from}.data`],
      state: found.state.map(({ id, property: name }) => ({ id, property: name, value: L.prop(id, name) ?? null })),
    };
  }

  /** Call the server; resolves to what each component gets, or to nothing when the answer is none. */
  async function call(content, patience) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), patience);
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify(content);
    const options = { method: "POST", headers, credentials: "same-origin", body, signal: abort.signal };
    const answer = await fetch(address("update-component"), options);
    clearTimeout(timer);
    const read = answer.ok ? await answer.json().catch(() => null) : null;
    return { status: answer.status, parts: read && read.response };
  }

  /** Dash has changed its ways: from the next attempt on it is asked as it wants to be. */
  function giveUp(status, to) {
    usable = false;
    for (const pane of document.querySelectorAll("[data-tree]")) L.setProps(pane.id, { [TREE]: pane.dataset.tree });
    if (status < 300) L.emit("failed", to, 0);
  }

  /**
   * Send `value` to the callback of the store `from`; `take` gets the data of the store `to`, and all other parts.
   * Without the lane the answer comes through Dash. The watch on fetch tells of lost answers.
   */
  L.ask = (from, to, value, take) => {
    const content = usable && message(from, value);
    if (!content) return L.send(from, value);
    const arrived = ({ status, parts }) => {
      if (parts && parts[to]) take(parts[to].data, parts);
      else if (status < 500 && status !== TOO_LARGE) giveUp(status, to);
    };
    call(content, from === "intent" ? EDIT_PATIENCE : PATIENCE).then(arrived, () => {});
  };

  /** Send an edit; its panes go into the page as Dash would put them there, then comes what else the page is told. */
  L.sendEdit = (intent) =>
    L.ask("intent", "page", intent, (page, parts) => {
      for (const [id, props] of Object.entries(parts)) if (id !== "page" && !(TREE in props)) L.setProps(id, props);
      for (const [id, props] of Object.entries(parts)) if (TREE in props) L.drawTree(id, props[TREE]);
      queueMicrotask(() => told(page)); // after React, which draws its panes in such a moment too, and in the same frame
    });

  function told(page) {
    const saved = window.dash_clientside.studio.page(page);
    if (typeof saved === "string") L.setAttr(L.byId("saved"), "title", saved);
  }
})();
