/* The outline: every object of the model in a line, the way through the network for keyboards and screen readers. */
(() => {
  "use strict";

  const L = window.leabra;

  let drawn = ""; // the tree that is drawn
  let rows = new Map(); // kind and name -> row

  const keyOf = ({ kind, name }) => `${kind} ${name}`;

  /** The word of a row; the ends of a projection with an arrow between them. */
  function word(words) {
    const parts = words.flatMap((text, i) => (i ? [L.el("i", {}, " → "), text] : [text]));
    return L.el("span", { class: "word" }, ...parts);
  }

  /** A row's element; the one that stands there already is filled anew, so that it keeps the focus. */
  function draw(row) {
    const { kind, name, icon, words, count, title, users, problem } = row;
    const node = rows.get(keyOf(row)) || L.el("div", { class: kind === "spec" ? "row spec" : "row", role: "treeitem", tabindex: "-1" });
    Object.assign(node.dataset, { name, kind });
    L.setAttr(node, "data-users", users ? JSON.stringify(users) : null);
    L.setAttr(node, "title", problem || title || name);
    const sign = icon ? [L.icon(icon)] : [];
    const mark = problem ? [L.el("span", { class: "problem", title: problem }, "!")] : [];
    node.replaceChildren(...sign, word(words), ...mark, L.el("span", { class: "count" }, count || ""));
    return node;
  }

  function group({ title, rows: wanted, empty }) {
    const lines = wanted.map((row) => [keyOf(row), draw(row)]);
    const nodes = lines.length ? lines.map(([, node]) => node) : [L.el("p", { class: "none" }, empty)];
    return { lines, nodes: [L.el("h2", {}, title), L.el("div", { role: "group", "aria-label": title }, ...nodes)] };
  }

  /** Draw the tree that Python has written, if it is another one. */
  function render() {
    const outline = L.byId("outline");
    const tree = outline.dataset.tree || "[]";
    if (tree === drawn) return;
    drawn = tree;
    const focused = outline.contains(document.activeElement) ? document.activeElement : null;
    const groups = JSON.parse(tree).map(group);
    rows = new Map(groups.flatMap(({ lines }) => lines));
    outline.replaceChildren(...groups.flatMap(({ nodes }) => nodes));
    if (focused && focused.isConnected) focused.focus();
    mark();
  }

  /** Show what is selected; Tab leads to one row only, from which the arrows lead to the others. */
  function mark() {
    const chosen = new Set(L.selection);
    let stop = null;
    for (const node of rows.values()) {
      const selected = node.dataset.kind !== "spec" && chosen.has(node.dataset.name);
      node.classList.toggle("selected", selected);
      L.setAttr(node, "aria-selected", String(selected));
      L.setAttr(node, "tabindex", "-1");
      if (selected && !stop) stop = node;
    }
    const [first] = rows.values();
    L.setAttr(stop || first, "tabindex", "0");
  }

  // The focused row is where Tab comes back to.
  document.addEventListener("focusin", (event) => {
    if (!event.target.matches("#outline .row")) return;
    for (const node of rows.values()) L.setAttr(node, "tabindex", node === event.target ? "0" : "-1");
  });

  const changed = new MutationObserver(render);
  L.on("boot", () => {
    changed.observe(L.byId("outline"), { attributeFilter: ["data-tree"] });
    render();
  });
  L.on("select", mark);
  L.on("page", render);
})();
