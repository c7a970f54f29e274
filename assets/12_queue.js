/* The way to the server: edits one at a time and in order, commands at once, and whether the server answers. */
(() => {
  "use strict";

  const L = window.leabra;
  const BUSY_PAUSE = 120; // ms before an edit is tried again that met a busy session
  const PAUSES = [500, 1000, 2000, 4000]; // ms between attempts while the server cannot be reached
  const KINDS = { frame: "frame", page: "page", ack: "ack", results: "results", batches: "batches" };

  let lastSeq = 0;

  /** A number larger than any before, also across reloads: the server can tell a repeated request by it. */
  function nextSeq() {
    lastSeq = Math.max(Date.now(), lastSeq + 1);
    return lastSeq;
  }

  /* ---- Whether the server answers. Dash says nothing of a lost request, so the one call it makes is watched. ---- */

  const realFetch = window.fetch;

  /** Which of our callbacks a request of Dash is for. */
  function kindOf(options) {
    const body = options && typeof options.body === "string" ? options.body.slice(0, 80) : "";
    const found = /"output":"(?:\.\.)?(\w+)\.data/.exec(body);
    return found ? KINDS[found[1]] : undefined;
  }

  window.fetch = function (resource, options) {
    const answer = realFetch.apply(this, arguments);
    const kind = kindOf(options);
    if (kind) {
      answer.then(
        (response) => L.emit(response.ok ? "served" : "failed", kind, response.status),
        () => L.emit("failed", kind, 0),
      );
    }
    return answer;
  };

  /* ---- Edits: one in flight; the moves of one slider are merged while they wait. ---- */

  const waiting = [];
  let flying = null;
  let attempts = 0;

  /** Send the next waiting edit if none is on its way. */
  function pump() {
    if (flying || !waiting.length || !L.ready) return;
    flying = waiting.shift();
    transmit();
  }

  function transmit() {
    const panel = L.byId("inspector");
    L.emit("intent", flying);
    const intent = { ...flying, select: [...L.selection], about: L.about, tab: panel ? panel.dataset.tab : "", dock: L.dockTab("side-dock") };
    if (intent.op === "set_param" && intent.drag) L.sendDrag(intent);
    else L.sendEdit(intent);
    L.emit("saving", true);
  }

  /** Whether a waiting edit is made needless by a newer one: moves of one slider, views, selections. */
  function replaces(newer, older) {
    if (newer.op !== older.op) return false;
    if (newer.op === "select" || newer.op === "set_view") return true;
    if (newer.op === "move") return Boolean(newer.key) && newer.key === older.key;
    return newer.op === "set_param" && newer.drag && newer.drag === older.drag && newer.path === older.path;
  }

  /** Ask the server for an edit. */
  L.intent = (op, fields = {}) => {
    const intent = { op, ...fields, seq: nextSeq() };
    const last = waiting[waiting.length - 1];
    if (last && op === "set_view" && last.op === op) intent.view = { ...last.view, ...intent.view };
    if (last && replaces(intent, last)) waiting.pop();
    waiting.push(intent);
    pump();
    return intent.seq;
  };

  /** Whether no edit is waiting or on its way. */
  L.idle = () => !flying && !waiting.length;

  /** Whether an edit of this kind is waiting or on its way. */
  L.pending = (op) => (flying && flying.op === op) || waiting.some((intent) => intent.op === op);

  /** The answer to an edit has come: true when it is the one that was waited for. */
  L.settle = (page) => {
    if (!flying || page.seq !== flying.seq) return false;
    const done = flying;
    flying = null;
    if (page.refused === "busy") later(done, BUSY_PAUSE);
    else if (page.refused === "missing" && done.op !== "hello") recover(done);
    else attempts = 0;
    if (done.op === "hello") greeted(page);
    L.emit("saving", Boolean(flying || waiting.length));
    pump();
    return !["busy", "missing"].includes(page.refused);
  };

  /** The session is open: the link it was opened by is used up, and its page is the first one. */
  function greeted(page) {
    L.arrived = null;
    page.op = "hello";
  }

  /** Put an edit back at the head of the line. */
  function later(intent, pause) {
    flying = intent;
    setTimeout(() => flying === intent && transmit(), pause);
  }

  /** The server lost the session: open a new one from the saved document, then repeat the edit. */
  function recover(intent) {
    waiting.unshift(intent);
    L.hello();
  }

  /** Open the session of this page, from the document that the browser keeps if the server has none. */
  L.hello = () => {
    if (L.pending("hello")) return;
    waiting.unshift({ op: "hello", seq: nextSeq(), document: L.prop("autosave") || null, link: L.arrived || null, resume: L.arrived ? null : L.closedSession() });
    pump();
  };

  L.on("failed", (kind, status) => {
    if (kind !== "page" || !flying) return;
    if (status >= 400 && flying.op === "hello") return greetLater(status);
    if (status >= 400) return giveUp(status);
    L.hint("The server does not answer. Your change is kept and sent again.", true);
    later(flying, PAUSES[Math.min(attempts++, PAUSES.length - 1)]);
  });

  /** Without a session nothing works, so it is asked for again and again, at growing intervals. */
  function greetLater(status) {
    L.hint(`The server could not open the model (error ${status}). It is tried again; your work is kept in this browser.`, true);
    later(flying, PAUSES[Math.min(attempts++, PAUSES.length - 1)]);
  }

  /** A request that the server cannot take is not sent again. */
  function giveUp(status) {
    flying = null;
    L.hint(`The server could not do that (error ${status}). Nothing was changed.`, true);
    L.emit("saving", waiting.length > 0);
    pump();
  }

  /* ---- Commands: stop overtakes, steps that wait are added up. ---- */

  const orders = [];
  let order = null;

  /** Send the next command if none is on its way. */
  function pumpOrders() {
    if (order || !orders.length) return;
    order = orders.shift();
    L.ask("command", "ack", order, (ack) => L.emit("ack", ack));
  }

  /** Whether two orders are steps of one size, which add up. */
  const sameStep = (one, other) => one.cmd === other.cmd && one.level === other.level && one.mode === other.mode;

  /** Run, stop, step, rewind, rerun, or one of training: init, mode, test_all, test_one. */
  L.command = (cmd, fields = {}) => {
    const next = { seq: nextSeq(), cmd, ...fields };
    const last = orders[orders.length - 1];
    if (cmd === "stop") {
      orders.length = 0;
      order = null;
      orders.push(next);
    } else if (last && cmd === "step" && sameStep(last, next)) last.n += next.n;
    else if (last && cmd === "run" && last.cmd === cmd) Object.assign(last, next);
    else orders.push(next);
    L.emit("command", cmd);
    pumpOrders();
  };

  /** Whether a command is waiting or on its way. */
  L.ordering = () => Boolean(order || orders.length);

  /** The answer to a command has come. */
  L.settleOrder = (ack) => {
    if (order && ack.seq === order.seq) order = null;
    pumpOrders();
  };

  L.on("failed", (kind) => {
    if (kind !== "ack" || !order) return;
    const lost = order;
    order = null;
    orders.length = 0;
    L.hint(`The server does not answer: ${lost.cmd} was not carried out.`, true);
    L.emit("commandLost");
  });

  /** Called once when the page is there: the first request opens the session. */
  L.on("boot", () => {
    L.ready = true;
    L.hello();
  });

  L.selection = [];
  L.about = ""; // what the inspector shows where nothing is selected, such as "plan"
})();
