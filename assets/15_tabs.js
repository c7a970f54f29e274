/* Tabs: a session belongs to its tab, and outlives it; the next tab that is opened in this browser goes on with it. */
(() => {
  "use strict";

  const L = window.leabra;
  const KEPT = "leabra-tabs"; // sid -> {tabs: how many have it open, seen: when it was last opened or closed}
  const MOST = 8; // sessions that are remembered

  let mine = null;

  function read() {
    try {
      const found = JSON.parse(localStorage.getItem(KEPT) || "{}");
      return found && typeof found === "object" ? found : {};
    } catch {
      return {};
    }
  }

  function write(tabs) {
    const latest = Object.entries(tabs).sort(([, one], [, other]) => other.seen - one.seen).slice(0, MOST);
    try {
      localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(latest)));
    } catch {
      // a full or forbidden storage only means that no other tab goes on with the session
    }
  }

  /** Note that one tab more, or less, has a session open. */
  function count(sid, change) {
    const tabs = read();
    tabs[sid] = { tabs: Math.max(0, (tabs[sid]?.tabs || 0) + change), seen: Date.now() };
    write(tabs);
  }

  /** The session that was closed last, for a tab that has none; it is offered once. */
  L.closedSession = () => {
    if (L.prop("sid")) return null;
    const tabs = read();
    const closed = Object.entries(tabs).filter(([, { tabs: open }]) => open === 0).sort(([, one], [, other]) => other.seen - one.seen);
    if (!closed.length) return null;
    const [sid] = closed[0];
    delete tabs[sid];
    write(tabs);
    return sid;
  };

  L.on("page", () => {
    const sid = L.prop("sid");
    if (!sid || sid === mine) return;
    if (mine) count(mine, -1);
    mine = sid;
    count(sid, 1);
  });

  window.addEventListener("pagehide", () => mine && count(mine, -1));
  window.addEventListener("pageshow", (event) => event.persisted && mine && count(mine, 1));
})();
