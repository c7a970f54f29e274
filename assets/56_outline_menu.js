/* What can be done with a row of the outline, as a menu: by the right button, by Shift+F10 or the menu key. */
(() => {
  "use strict";

  const L = window.leabra;
  const EDGE = 8; // px that the menu keeps from the edge of the window

  let open = null; // {menu, row}

  const named = ({ dataset: { name } }) => name;

  /** Word, key and deed of every item for a row. */
  function itemsOf(row) {
    const { rename, remove, choose } = L.outline;
    const items = {
      rename: ["Rename…", "F2", () => rename(row)],
      remove: ["Delete", "Del", () => remove(row)],
      duplicate: ["Duplicate", "Ctrl+D", () => L.intent("duplicate", { names: [named(row)] })],
      connect: ["Connect from here", "C", () => connectFrom(named(row))],
      users: ["Select what uses it", "", () => choose(row)],
      show: ["Show", "", () => choose(row)],
    };
    const wanted = {
      layer: ["rename", "duplicate", "connect", "remove"],
      projn: ["rename", "duplicate", "remove"],
      spec: ["users", "rename", "remove"],
      table: ["show", "rename", "remove"],
      plan: ["show"],
    };
    return wanted[row.dataset.kind].map((what) => items[what]);
  }

  function connectFrom(name) {
    L.setTool("connect");
    L.connectPick(name);
  }

  function show(row, x, y) {
    close();
    const menu = L.el("div", { class: "menu-items row-menu", role: "menu", "aria-label": row.querySelector(".word").textContent });
    for (const [word, key, work] of itemsOf(row)) {
      const keys = key ? [L.el("kbd", { "aria-hidden": "true" }, key)] : [];
      const item = L.el("button", { type: "button", role: "menuitem", class: "menu-item", tabindex: "-1" }, L.el("span", {}, word), ...keys);
      item.addEventListener("click", () => {
        close();
        work();
      });
      menu.append(item);
    }
    document.body.append(menu);
    const [left, top] = [window.innerWidth - menu.offsetWidth - EDGE, window.innerHeight - menu.offsetHeight - EDGE];
    Object.assign(menu.style, { left: `${Math.min(x, left)}px`, top: `${Math.min(y, top)}px` });
    open = { menu, row };
    menu.firstChild.focus();
  }

  /** Close the menu; the focus goes back to its row. */
  function close() {
    if (!open) return;
    const { menu, row } = open;
    open = null;
    const inside = menu.contains(document.activeElement);
    menu.remove();
    if (inside && row.isConnected) row.focus();
  }

  const rowOf = (event) => event.target.closest?.("#outline .row");

  document.addEventListener("contextmenu", (event) => {
    const row = rowOf(event);
    if (!row) return;
    event.preventDefault();
    const box = row.getBoundingClientRect();
    const byPointer = event.button === 2;
    show(row, byPointer ? event.clientX : box.left + 16, byPointer ? event.clientY : box.bottom);
  });

  document.addEventListener("pointerdown", (event) => open && !open.menu.contains(event.target) && close());

  // Before anybody else: a menu takes all keys.
  document.addEventListener("keydown", (event) => {
    if (!open) return;
    const all = [...open.menu.children];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[to % all.length].focus();
    else if (["Escape", "Tab"].includes(event.key)) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
})();
