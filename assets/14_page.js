/* The answer to an edit, spread over the page: names, selection, buttons, hints, toasts and the fields of the form. */
(() => {
  "use strict";

  const L = window.leabra;
  const TOAST_TIME = 6000; // ms a toast stays; longer while it is pointed at
  const FIELD_OPS = new Set(["set_param", "reset_param"]);

  L.page = null;
  L.layers = new Map();

  /** Whether any layer or projection is called so. */
  L.known = (name) => L.layers.has(name) || Boolean(window.cy && window.cy.getElementById(name).nonempty());

  /** Take over an answer of the server; what is returned becomes the tooltip of the word Saved. */
  window.dash_clientside.studio.page = (page) => {
    const nothing = window.dash_clientside.no_update;
    if (!page) return nothing;
    const final = L.settle(page);
    if (page.refused) return refused(page, final) || nothing;
    L.page = page;
    L.layers = new Map(Object.entries(page.layers || {}));
    showNames(page);
    showHistory(page);
    adoptView(page);
    if (!L.pending("select") && !L.pending("plan_show")) L.about = page.about || "";
    if (!L.pending("select")) L.select(page.select || [], { quiet: true });
    speak(page);
    L.emit("page", page);
    L.emit("changed");
    return `Saved in this browser · revision ${page.rev}`;
  };

  /** An edit that was not carried out: say why, unless it is tried again. */
  function refused(page, final) {
    if (final && page.error) complain(page);
  }

  /** Name, seed and the canvas of an empty model. */
  function showNames(page) {
    L.setText(document.querySelector("#model-name .word"), page.name || "Untitled model");
    const seed = L.byId("seed");
    if (seed && page.seed !== undefined && document.activeElement !== seed) L.fill(seed, String(page.seed));
    const canvas = L.byId("canvas");
    if (canvas) canvas.classList.toggle("empty", L.layers.size === 0);
    L.enable(L.byId("tool-connect"), L.layers.size > 0, L.layers.size ? "Connect two layers (C)" : "Needs a layer first");
  }

  /** Undo and Redo say what they would do, or why they cannot. */
  function showHistory(page) {
    L.enable(L.byId("undo"), Boolean(page.undo), page.undo ? `Undo: ${page.undo} (Ctrl+Z)` : "Nothing to undo yet");
    L.enable(L.byId("redo"), Boolean(page.redo), page.redo ? `Redo: ${page.redo} (Ctrl+Shift+Z)` : "Nothing to redo");
  }

  /** What the document says of the view counts, except while a newer choice is on its way to it. */
  function adoptView(page) {
    if (page.view && !L.pending("set_view")) L.setView(page.view, { quiet: true });
  }

  /** Hint, toast, notice, error and the name to be typed now. */
  function speak(page) {
    if (page.error) complain(page);
    else if (page.hint) report(page.hint);
    else L.forgive(page.seq);
    if (page.toast) L.toast(page.toast.text, { undo: page.toast.undo });
    if (page.notice) L.notice(page.notice);
    if (page.edit_name) L.emit("editName", page.edit_name);
  }

  /** Say what was done; an error of before is over. */
  function report(hint) {
    L.hint(hint);
    L.byId("toasts")?.querySelector(".toast.error")?.remove();
  }

  /** An error stands in the hint line, and over the canvas when no field can show it. */
  function complain(page) {
    const message = page.error.message;
    L.hint(message, true);
    L.emit("refusal", page);
    const inField = FIELD_OPS.has(page.op) || (page.fields || []).some((field) => field.error);
    if (!inField && !page.shown) L.toast(message, { error: true });
  }

  /* ---- Selection ---- */

  const same = (some, others) => some.length === others.length && some.every((name, i) => name === others[i]);

  /** Select layers and projections by name; `quiet` when the server already knows. */
  L.select = (names, { quiet = false } = {}) => {
    const changed = !same(names, L.selection);
    L.selection = [...names];
    if (names.length) L.about = "";
    if (changed || quiet) L.emit("select", L.selection);
    if (changed && !quiet) L.intent("select", { names: L.selection });
  };

  /* ---- View: which variable colours the units, which unit is traced, in which variables ---- */

  L.view = { var: "act", layer: null, unit: 0, vars: ["v_m", "act", "gc_i"], hover: null };

  /** Change what is viewed; the document is told, which is no step of undo. */
  L.setView = (changes, { quiet = false } = {}) => {
    const before = JSON.stringify(L.view);
    Object.assign(L.view, changes);
    if (JSON.stringify(L.view) === before) return;
    L.emit("view", L.view);
    L.emit("changed");
    if (!quiet) L.intent("set_view", { view: forDocument(changes) });
  };

  /** The words of the document for what the page calls shorter. */
  function forDocument(changes) {
    const words = { var: "variable", layer: "layer", unit: "unit", vars: "shown" };
    return Object.fromEntries(Object.keys(words).filter((key) => key in changes).map((key) => [words[key], changes[key]]));
  }

  /* ---- Toasts and notices ---- */

  /** Show a sentence over the canvas for a while. */
  L.toast = (text, { undo = false, error = false } = {}) => {
    const region = L.byId("toasts");
    if (!region) return;
    const toast = L.el("div", { class: error ? "toast error" : "toast" }, L.el("span", {}, text));
    if (undo) toast.append(undoButton(toast));
    region.replaceChildren(toast);
    dismissLater(toast);
  };

  function undoButton(toast) {
    const button = L.el("button", { type: "button" }, "Undo");
    button.addEventListener("click", () => {
      toast.remove();
      L.intent("undo");
    });
    return button;
  }

  /** Take a toast away in time, but never from under the pointer or the focus. */
  function dismissLater(toast) {
    setTimeout(() => {
      if (toast.matches(":hover, :focus-within")) dismissLater(toast);
      else toast.remove();
    }, TOAST_TIME);
  }

  /** Show a sentence at the top of the canvas until it is closed. */
  L.notice = (text) => {
    const canvas = L.byId("canvas");
    canvas.querySelectorAll(":scope > .notice").forEach((old) => old.remove());
    const close = L.el("button", { type: "button", class: "button quiet", "aria-label": "Close" }, L.icon("close"));
    const notice = L.el("div", { class: "notice", role: "status" }, L.el("span", {}, text), L.el("span", { class: "spring" }), close);
    close.addEventListener("click", () => notice.remove());
    canvas.append(notice);
    return notice;
  };

  L.on("saving", (busy) => {
    const saved = L.byId("saved");
    if (!saved) return;
    L.setText(saved.querySelector(".word"), busy ? "Saving…" : "Saved");
    saved.classList.toggle("busy", busy);
  });
})();
