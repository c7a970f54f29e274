/* Find a layer, projection or spec by a part of its name, select it and bring it into view. */
(() => {
  "use strict";

  const L = window.leabra;
  const MOST = 50; // results shown

  let parts = null; // {box, input, list}
  let hits = [];
  let at = 0; // the chosen hit

  /* ---- What there is ---- */

  /** Everything that has a name: {name, icon, words, names}, where `names` is what is selected for it. */
  function everything() {
    const cy = window.cy;
    const layers = [...L.layers].map(([name, { role }]) => ({ name, icon: role, words: name, names: [name] }));
    const projns = cy.edges().map((edge) => projection(edge.id(), edge.data()));
    const specs = [...document.querySelectorAll("#outline .row[data-kind=spec]")].map(({ dataset }) => {
      return { name: dataset.name, icon: "spec", words: dataset.name, names: JSON.parse(dataset.users || "[]") };
    });
    return [...layers, ...projns, ...specs];
  }

  const projection = (name, { source, target }) => ({ name, icon: "connect", words: `${name} ${source} → ${target}`, names: [name] });

  /** Things with `text` in their name, those first whose name begins with it. */
  function found(text) {
    const wanted = text.trim().toLowerCase();
    const place = ({ name, words }) => (name.toLowerCase().startsWith(wanted) ? 0 : 1 + words.toLowerCase().indexOf(wanted));
    return everything()
      .filter(({ words }) => words.toLowerCase().includes(wanted))
      .sort((a, b) => place(a) - place(b));
  }

  /* ---- The box ---- */

  function build() {
    const box = L.byId("search");
    if (parts && parts.input.isConnected) return parts;
    const input = L.el("input", {
      type: "text", id: "search-input", role: "combobox", "aria-label": "Find a layer, projection or spec",
      "aria-expanded": "true", "aria-controls": "search-list", "aria-autocomplete": "list",
      placeholder: "Find a layer, projection or spec", autocomplete: "off", spellcheck: "false",
    });
    const list = L.el("div", { id: "search-list", role: "listbox", "aria-label": "Found" });
    input.addEventListener("input", () => show(0));
    input.addEventListener("keydown", keyed);
    input.addEventListener("blur", close);
    // The field keeps the focus while the list is clicked.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(Number(option.dataset.at));
    });
    box.replaceChildren(input, list);
    return (parts = { box, input, list });
  }

  /** Open the search over the canvas. */
  L.search = () => {
    if (!window.cy || !L.page) return;
    const { box, input } = build();
    box.hidden = false;
    input.value = "";
    show(0);
    input.focus();
  };

  function close() {
    if (parts) parts.box.hidden = true;
  }

  function show(which) {
    const { input, list } = parts;
    hits = found(input.value);
    at = which;
    const options = hits.slice(0, MOST).map(option);
    const rest = hits.length - options.length;
    if (!hits.length) options.push(L.el("div", { class: "none" }, L.layers.size ? "Nothing is called so" : "The model is empty"));
    if (rest > 0) options.push(L.el("div", { class: "none" }, `and ${rest} more`));
    list.replaceChildren(...options);
    point(at);
  }

  function option({ name, icon, words }, i) {
    const rest = words.length > name.length ? [L.el("span", { class: "count" }, words.slice(name.length + 1))] : [];
    const attributes = { role: "option", id: `search-${i}`, "data-at": i, title: words };
    return L.el("div", attributes, L.icon(icon), L.el("span", { class: "word" }, name), ...rest);
  }

  /** Mark one result as the one that Enter takes. */
  function point(which) {
    const options = [...parts.list.querySelectorAll("[role=option]")];
    at = options.length ? (which + options.length) % options.length : 0;
    options.forEach((one, i) => L.setAttr(one, "aria-selected", String(i === at)));
    L.setAttr(parts.input, "aria-activedescendant", options.length ? `search-${at}` : null);
    options[at]?.scrollIntoView({ block: "nearest" });
  }

  function choose(which) {
    const hit = hits[which];
    if (!hit) return;
    parts.input.blur();
    if (!hit.names.length) return L.hint(`Nothing uses ${hit.name}`);
    L.select(hit.names);
    L.reveal(hit.names);
  }

  const STEPS = { ArrowDown: 1, ArrowUp: -1 };

  function keyed(event) {
    event.stopPropagation();
    if (event.key in STEPS) point(at + STEPS[event.key]);
    else if (event.key === "Enter") choose(at);
    else if (event.key === "Escape") parts.input.blur();
    else return;
    event.preventDefault();
  }

  // Everywhere on the page, in fields too; a dialogue in front of it keeps the browser's own search.
  document.addEventListener("keydown", (event) => {
    const wanted = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "f";
    if (!wanted || event.target.closest?.("[role=dialog]")) return;
    event.preventDefault();
    L.search();
  });
})();
