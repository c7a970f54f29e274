/* The outline as a tree: one row is reached by Tab, arrows go on from there and select, as in any list of files. */
(() => {
  "use strict";

  const L = window.leabra;
  const PLACING = new Set(["layer", "input", "target"]); // tools whose layer Enter places

  const tree = () => L.byId("outline");
  const ITEM = "#outline [role=treeitem]";
  const itemOf = (node) => (node.closest ? node.closest(ITEM) : null);
  const isSection = (item) => item.dataset.kind === "section";
  const isObject = (item) => ["layer", "projn"].includes(item.dataset.kind);
  const isOpen = (section) => section.getAttribute("aria-expanded") === "true";
  const items = () => [...document.querySelectorAll(ITEM)].filter((item) => isSection(item) || isOpen(sectionOf(item)));
  const sectionOf = (item) => item.parentElement.closest("[role=treeitem]");
  const rowOf = (name) => [...tree().querySelectorAll(".row")].find((row) => isObject(row) && row.dataset.name === name);

  /* ---- What a row does ---- */

  let chosen = ""; // the row that was chosen last

  const keyOf = ({ dataset: { kind, name, table } }) => [kind, name, table].join("\n");

  /** Show what a row stands for: select an object, the users of a spec, open the plan or a table. */
  function choose(row) {
    const { name, kind, table } = row.dataset;
    chosen = keyOf(row);
    if (kind === "plan") L.intent("plan_show");
    else if (kind === "table") L.intent("table_show", { table });
    else if (kind === "spec") L.select(JSON.parse(row.dataset.users));
    else if (kind === "projn" || !L.connectPick(name)) L.select([name]);
  }

  /** Take an object into the selection, or out of it. */
  function toggle({ dataset: { name } }) {
    const others = L.selection.filter((one) => one !== name);
    L.select(others.length < L.selection.length ? others : [...others, name]);
  }

  /** Delete what a row stands for; all that is selected where the row is part of it. */
  function remove({ dataset: { name, kind, table } }) {
    if (kind === "table") L.intent("table_remove", { table });
    else if (kind === "spec") L.intent("remove_spec", { spec: name });
    else if (kind !== "plan") L.intent("remove", { names: L.selection.includes(name) ? [...L.selection] : [name] });
  }

  /** Type the name of a row in the row. */
  function rename(row) {
    const { name, kind, table } = row.dataset;
    const place = () => row.getBoundingClientRect();
    if (kind === "table") L.typeName(table, place, (value) => L.intent("table_rename", { table, value }));
    else if (kind === "spec") L.renameSpec(name, place);
    else if (kind !== "plan") L.renameAt(name, place);
  }

  function fold(section, open) {
    L.setAttr(section, "aria-expanded", String(open));
    ready();
  }

  L.outline = { choose, remove, rename };

  /* ---- Pointer ---- */

  document.addEventListener("click", (event) => {
    const item = itemOf(event.target);
    if (!item) return;
    if (isSection(item)) return event.target.closest("h2") && fold(item, !isOpen(item));
    if (isObject(item) && (event.ctrlKey || event.metaKey || event.shiftKey)) toggle(item);
    else choose(item);
  });
  document.addEventListener("dblclick", (event) => {
    const item = itemOf(event.target);
    if (item && !isSection(item)) rename(item);
  });

  /* ---- Keyboard ---- */

  /** Let Tab reach one row: the one that has the focus, else the selected one, else the first. */
  function ready() {
    const all = items();
    const stops = [all.find((item) => item === document.activeElement), all.find((item) => item.matches(".selected")), all.find((item) => !isSection(item))];
    const stop = stops.find(Boolean) || all[0];
    for (const item of tree()?.querySelectorAll("[role=treeitem]") || []) L.setAttr(item, "tabindex", item === stop ? "0" : "-1");
  }

  function go(item, event) {
    if (!item) return;
    item.focus();
    (isSection(item) ? item.firstElementChild : item).scrollIntoView({ block: "nearest" });
    if (!isObject(item) || L.tool) return;
    if (!event.shiftKey) L.select([item.dataset.name]);
    else if (!L.selection.includes(item.dataset.name)) L.select([...L.selection, item.dataset.name]);
    L.reveal([item.dataset.name]);
  }

  const beside = (item, by) => {
    const all = items();
    return all[Math.max(0, Math.min(all.length - 1, all.indexOf(item) + by))];
  };

  const right = (item) => (!isSection(item) ? null : isOpen(item) ? item.querySelector(".row") : fold(item, true));
  const left = (item) => (!isSection(item) ? sectionOf(item) : fold(item, false));

  const KEYS = {
    ArrowDown: (item, event) => go(beside(item, 1), event),
    ArrowUp: (item, event) => go(beside(item, -1), event),
    Home: (item, event) => go(beside(item, -Infinity), event),
    End: (item, event) => go(beside(item, Infinity), event),
    ArrowRight: (item, event) => go(right(item), event),
    ArrowLeft: (item, event) => go(left(item), event),
    Enter: (item) => (isSection(item) ? fold(item, !isOpen(item)) : choose(item)),
    " ": (item) => (isSection(item) ? fold(item, !isOpen(item)) : choose(item)),
    F2: rename,
    Delete: remove,
    Backspace: remove,
  };

  /** Enter places the layer of a tool, Space runs where its row is chosen already, and a title has no name to change. */
  function isTheirs(item, key) {
    if (key === "Enter" && PLACING.has(L.tool)) return true;
    const known = isObject(item) ? L.selection.includes(item.dataset.name) : chosen === keyOf(item);
    if (key === " " && known && !L.tool) return true;
    return isSection(item) && ["F2", "Delete", "Backspace"].includes(key);
  }

  document.addEventListener("keydown", (event) => {
    const item = itemOf(event.target);
    if (!item || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key)) return;
    const adding = event.ctrlKey && event.key === " " && isObject(item);
    if ((event.ctrlKey && !adding) || isTheirs(item, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (adding) toggle(item);
    else KEYS[event.key](item, event);
  });

  /* ---- The focus stays where the keyboard works ---- */

  let kept = null; // {item, index}: the row that has the focus, or had it when it went from the page

  document.addEventListener("focusin", (event) => {
    const item = itemOf(event.target);
    if (item) kept = { item, index: items().indexOf(item) };
    else if (!event.target.closest?.(".rename-box, .row-menu")) kept = null;
    if (item) ready();
  });
  document.addEventListener("pointerdown", (event) => itemOf(event.target) || (kept = null), true);

  /** Whether the keyboard is in the outline, or was when its row was drawn anew. */
  const isHere = () => kept && (kept.item === document.activeElement || document.activeElement === document.body);

  /** Follow the selection, and take the place of a row that is gone. */
  function follow() {
    ready();
    if (!isHere()) return;
    const [only, ...more] = L.selection;
    const chosen = only !== undefined && !more.length && (!kept.item.isConnected || isObject(kept.item)) ? rowOf(only) : null;
    if (chosen && chosen !== document.activeElement) chosen.focus();
    else if (!kept.item.isConnected) successor(kept.index)?.focus();
  }

  /** What takes the place of a row that is gone: the next one of its part, else the one before. */
  function successor(index) {
    const all = items();
    return all[index] && !isSection(all[index]) ? all[index] : all[Math.min(index, all.length) - 1];
  }

  L.on("page", follow);
  L.on("select", () => {
    ready();
    if (!isHere() && L.selection.length === 1) rowOf(L.selection[0])?.scrollIntoView({ block: "nearest" });
  });
})();
