/* The dock: its tabs, which are remembered, its height, and the table of patterns over its whole width. */
(() => {
  "use strict";

  const L = window.leabra;
  const KEPT = "leabra dock"; // in the browser's storage: {owner: key of its tab, height: px}
  const STEP = 24; // px the height changes with an arrow key
  const LEAST = 120; // px of the dock, and of what is above it

  /** What was chosen before; nothing where the browser keeps nothing. */
  function kept() {
    try {
      return JSON.parse(localStorage.getItem(KEPT)) || {};
    } catch {
      return {};
    }
  }

  function keep(changes) {
    try {
      localStorage.setItem(KEPT, JSON.stringify({ ...kept(), ...changes }));
    } catch {
      L.hint("This browser keeps no choices; they last until the page is closed");
    }
  }

  /* ---- Tabs ---- */

  const listOf = (owner) => document.querySelector(`.tab-list[data-owner="${owner}"]`);
  const tabsOf = (owner) => [...(listOf(owner)?.children || [])];

  /** The key of the open tab of `dock` or `side-dock`. */
  L.dockTab = (owner) => L.byId(owner)?.dataset.tab;

  /** Open a tab of `dock` or `side-dock` by its key; false when there is none. */
  L.showDock = (owner, key, { remember = true } = {}) => {
    const tabs = tabsOf(owner);
    if (!tabs.some((tab) => tab.dataset.key === key)) return false;
    for (const tab of tabs) {
      L.setAttr(tab, "aria-selected", String(tab.dataset.key === key));
      tab.tabIndex = tab.dataset.key === key ? 0 : -1;
    }
    const section = L.byId(owner);
    section.dataset.tab = key;
    for (const part of section.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(key);
    if (owner === "side-dock" && key === "readings") L.widePatterns(false);
    if (remember) keep({ [owner]: key });
    resized();
    L.emit("dock", owner, key);
    return true;
  };

  /** Open a tab that suits the model, where nobody has chosen one yet. */
  L.suggestDock = (owner, key) => !(owner in kept()) && L.showDock(owner, key, { remember: false });

  /** Plots and the network draw themselves for the new size. */
  function resized() {
    requestAnimationFrame(() => window.dispatchEvent(new Event("resize")));
  }

  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.(".tab-list .tab");
    if (tab) L.showDock(tab.parentElement.dataset.owner, tab.dataset.key);
    else if (event.target.closest?.("#side-wide")) L.widePatterns(!isWide());
  });

  const ENDS = { Home: 0, End: -1 };
  const SIDES = { ArrowLeft: -1, ArrowRight: 1 };

  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest?.(".tab-list .tab");
    if (!tab || event.ctrlKey || event.metaKey || event.altKey) return;
    const tabs = [...tab.parentElement.children];
    const by = SIDES[event.key];
    if (by === undefined && !(event.key in ENDS)) return;
    const next = by === undefined ? tabs.at(ENDS[event.key]) : tabs.at((tabs.indexOf(tab) + by) % tabs.length);
    event.preventDefault();
    L.showDock(tab.parentElement.dataset.owner, next.dataset.key);
    next.focus();
  });

  /* ---- A table over the whole width ---- */

  const isWide = () => L.byId("side-dock").classList.contains("wide");

  /** Give the table at the right the whole dock, or only its place at the right. */
  L.widePatterns = (wide) => {
    const button = L.byId("side-wide");
    if (wide === isWide()) return;
    L.byId("side-dock").classList.toggle("wide", wide);
    L.setAttr(button, "aria-pressed", String(wide));
    L.setAttr(button, "title", wide ? "Back to its place (Esc)" : "Over the whole width");
    resized();
    L.emit("wide", wide);
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || L.inField(event) || !isWide()) return;
    event.preventDefault();
    L.widePatterns(false);
    L.byId("side-wide").focus();
  });

  /* ---- Height ---- */

  const page = () => document.querySelector(".page");
  const splitter = (event) => event.target.closest?.("#dock-splitter");

  /** Set the height of the dock; none for the one that fits its tabs. */
  function setHeight(height) {
    if (height === null) page().style.removeProperty("--dock");
    else page().style.setProperty("--dock", `${Math.round(Math.max(LEAST, Math.min(height, window.innerHeight - 2 * LEAST)))}px`);
    keep({ height });
    tellHeight();
    resized();
  }

  function tellHeight() {
    const bar = L.byId("dock-splitter");
    L.setAttr(bar, "aria-valuenow", Math.round(L.byId("dock").getBoundingClientRect().height));
    L.setAttr(bar, "aria-valuemin", LEAST);
    L.setAttr(bar, "aria-valuemax", window.innerHeight - 2 * LEAST);
  }

  document.addEventListener("pointerdown", (event) => {
    if (!splitter(event) || event.button !== 0) return;
    event.preventDefault();
    const bottom = L.byId("dock").getBoundingClientRect().bottom;
    const abort = new AbortController();
    document.addEventListener("pointermove", (moved) => setHeight(bottom - moved.clientY), { signal: abort.signal });
    for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, () => abort.abort(), { signal: abort.signal });
  });

  document.addEventListener("dblclick", (event) => splitter(event) && setHeight(null));

  document.addEventListener("keydown", (event) => {
    const by = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (!by || !splitter(event)) return;
    event.preventDefault();
    setHeight(L.byId("dock").getBoundingClientRect().height + by);
  });

  L.on("boot", () => {
    const { height, ...tabs } = kept();
    if (Number.isFinite(height)) setHeight(height);
    for (const [owner, key] of Object.entries(tabs)) L.showDock(owner, key, { remember: false });
    tellHeight();
  });
})();
