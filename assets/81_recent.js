/* Recent models: what was open in this browser and was left for another model, to be opened again. */
(() => {
  "use strict";

  const L = window.leabra;
  const KEY = "leabra-recent"; // in the browser's storage: [{id, name, document, at}], newest first
  const OPEN = "leabra-open"; // in the tab's storage: {id, edited} of the open model
  const MOST = 8;
  const ROOM = 2e6; // letters of all documents together: the browser keeps some five million for the whole page
  const EVERY = 60000; // ms between copies of a model that is being edited
  const PATIENCE = 1000; // ms in which the menu appears

  let current = null; // {id, name, document, edited}: the open model
  let revision = null;
  let reopening = null; // {seq, id}: the entry that is being opened
  let kept = ""; // the document that was kept last
  let arriving = false; // the first answer shows the model of a link

  /* ---- The list ---- */

  /** What the browser keeps; anything else in its place is nothing. */
  function list() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY)) || [];
      return found.filter((one) => one && typeof one.name === "string" && typeof one.document === "string").slice(0, MOST);
    } catch {
      return [];
    }
  }

  /** Write as much of the list as the browser takes, the newest first. */
  function write(entries) {
    let letters = 0;
    let some = entries.slice(0, MOST).filter(({ document }) => (letters += document.length) <= ROOM);
    while (some.length) {
      try {
        return localStorage.setItem(KEY, JSON.stringify(some));
      } catch {
        some = some.slice(0, -1);
      }
    }
  }

  /** Put a model at the head of the list, in place of its older self. */
  function keep({ id, name, document, edited }) {
    if (!document || !edited || document === kept) return;
    kept = document;
    write([{ id, name, document, at: Date.now() }, ...list().filter((one) => one.id !== id && one.document !== document)]);
  }

  /* ---- What is open ---- */

  const newId = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;

  function nameOf(document) {
    try {
      return String(JSON.parse(document).name || "Untitled model");
    } catch {
      return "Untitled model";
    }
  }

  /** Before the first answer the open model is what the browser had saved. */
  function begin() {
    arriving = Boolean(L.arrived);
    let before = null;
    try {
      before = JSON.parse(sessionStorage.getItem(OPEN));
    } catch {
      before = null;
    }
    const document = L.prop("autosave") || null;
    current = { id: before?.id || newId(), name: nameOf(document), document, edited: before ? Boolean(before.edited) : true };
  }

  function remember() {
    sessionStorage.setItem(OPEN, JSON.stringify({ id: current.id, edited: current.edited }));
  }

  /** Whether an answer shows another model than the one before. */
  function isAnother(page) {
    if (page.error) return false;
    if (arriving) return true;
    const turned = ["undo", "redo"].includes(page.op) && page.name !== current.name;
    return page.left || page.op === "example" || turned;
  }

  /** Keep the model that was left, and go on with the one that is open now. */
  function take(page) {
    const document = L.prop("autosave") || null;
    if (isAnother(page)) {
      keep(current);
      const id = reopening && reopening.seq === page.seq ? reopening.id : newId();
      current = { id, name: page.name, document, edited: page.op !== "example" };
    } else {
      const edited = current.edited || (revision !== null && page.rev !== revision);
      Object.assign(current, { name: page.name, document, edited });
    }
    arriving = false;
    revision = page.rev;
    remember();
  }

  L.on("boot", begin);
  L.on("page", (page) => current && take(page));
  setInterval(() => current && keep(current), EVERY);

  /* ---- The menu ---- */

  /** When something was, in few words. */
  function ago(at) {
    const minutes = (Date.now() - at) / 60000;
    if (!(minutes >= 1)) return "just now";
    if (minutes < 60) return `${Math.floor(minutes)} min ago`;
    if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
    return new Date(at).toLocaleDateString("en", { day: "numeric", month: "short" });
  }

  function item(entry) {
    const name = L.el("span", { class: "word" }, entry.name);
    const when = L.el("span", { class: "count" }, ago(entry.at));
    const attributes = { type: "button", role: "menuitem", tabindex: "-1", "data-menu-item": "true", title: entry.name };
    const button = L.el("button", attributes, name, when);
    button.addEventListener("click", () => {
      closeMenu();
      reopening = { seq: L.intent("open", { document: entry.document, filename: entry.name }), id: entry.id };
    });
    return button;
  }

  function closeMenu() {
    const target = L.byId("model-name");
    if (L.byId("recent-models").offsetParent) target.click();
    target.blur();
  }

  /** Fill the list in the menu; the open model is not among them. */
  function fill() {
    const others = list().filter((entry) => entry.id !== current?.id);
    L.byId("recent-models").replaceChildren(...others.map(item));
  }

  /** The menu is in the page only while it is open. */
  function fillSoon(late = performance.now() + PATIENCE) {
    const place = L.byId("recent-models");
    if (place) fill();
    if (!place?.offsetParent && performance.now() < late) requestAnimationFrame(() => fillSoon(late));
  }

  document.addEventListener("click", (event) => event.target.closest("#model-name") && fillSoon());

  // The menu moves the focus among its own items only.
  document.addEventListener("keydown", (event) => {
    const from = event.target.closest && event.target.closest("#recent-models button");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!from || !step) return;
    const items = [...from.closest("[role=menu]").querySelectorAll("[data-menu-item]")];
    items[(items.indexOf(from) + step + items.length) % items.length].focus();
    event.preventDefault();
  });
})();
