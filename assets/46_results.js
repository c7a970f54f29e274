/* Results of training: asked for when somebody looks at them, and small pictures of patterns. */
(() => {
  "use strict";

  const L = window.leabra;
  const FILES = "text/csv;charset=utf-8";

  /** Requests by the store `from`; a function that sends one and resolves to the data of its answer, or to `{why}`. */
  L.asker = (from, to) => {
    const waiting = new Map(); // number of a request -> what is called with its answer
    let number = 0;

    function settle(answer) {
      const resolve = waiting.get(answer.seq);
      waiting.delete(answer.seq);
      if (resolve) resolve(answer.error ? { why: answer.error } : answer.data || { why: "There is nothing yet" });
    }

    /** Called by Dash when answers go through its stores. */
    window.dash_clientside.studio[to] = (answer) => {
      if (answer) setTimeout(() => settle(answer));
      return window.dash_clientside.no_update;
    };

    L.on("failed", (kind) => {
      if (kind !== to) return;
      for (const resolve of waiting.values()) resolve({ why: "The server does not answer", lost: true });
      waiting.clear();
    });

    return (fields) => new Promise((resolve) => {
      const seq = ++number;
      waiting.set(seq, resolve);
      L.ask(from, to, { seq, ...fields }, settle);
    });
  };

  const ask = L.asker("results-ask", "results");

  /** Ask for results; resolves to the data, or to `{why}` where there are none. */
  L.results = (what, options = {}) => ask({ what, ...options });

  /** Save a table that the server writes. */
  L.saveTable = async (what, filename, options) => {
    const answer = await L.results(what, options);
    if (typeof answer.text === "string") L.download({ filename, content: answer.text, type: FILES });
    else L.hint(answer.why, true);
  };

  /**
   * Keep something that is looked at up to date while it changes: `load` at once when it comes into view, then at most
   * so often that loading takes a small part of the time.
   */
  L.keeper = (visible, version, load) => {
    let held = "";
    let busy = false;
    let notBefore = 0;
    const again = () => setTimeout(check, Math.max(50, notBefore - performance.now()));
    async function check() {
      if (busy || !visible() || version() === held) return;
      if (L.running() && performance.now() < notBefore) return void again();
      busy = true;
      const [wanted, began] = [version(), performance.now()];
      await load();
      [held, busy] = [wanted, false];
      const took = performance.now() - began;
      notBefore = performance.now() + (L.running() ? Math.max(500, 8 * took) : 0);
      if (version() !== held) again();
    }
    for (const name of ["training", "state", "dock", "page", "wide"]) L.on(name, check);
    return { refresh: () => (held = "") || check() };
  };

  /* ---- Small pictures ---- */

  const RATIO = () => window.devicePixelRatio || 1;

  /** Cells of a picture of so many rows and columns that fits a box: side in px. */
  L.thumbSide = (rows, cols, width, height) => Math.max(0.5, Math.min(13, Math.floor(height / rows) || height / rows, Math.floor(width / cols) || width / cols));

  /** Paint levels 0..255 of a layer, row 0 at the bottom, with squares of `side` px. */
  L.thumb = (canvas, levels, rows, cols, side) => {
    const ratio = RATIO();
    const cell = side * ratio;
    const gap = side >= 8 ? ratio : 0;
    canvas.width = Math.max(1, Math.round(cols * cell));
    canvas.height = Math.max(1, Math.round(rows * cell));
    canvas.style.width = `${canvas.width / ratio}px`;
    canvas.style.height = `${canvas.height / ratio}px`;
    const ctx = canvas.getContext("2d");
    const colours = L.colours("act");
    levels.forEach((level, unit) => {
      const [r, g, b] = colours[level];
      ctx.fillStyle = `rgb(${r},${g},${b})`;
      const x = Math.round((unit % cols) * cell);
      const y = Math.round((rows - 1 - Math.floor(unit / cols)) * cell);
      ctx.fillRect(x, y, Math.ceil(cell) - gap, Math.ceil(cell) - gap);
    });
  };
})();
