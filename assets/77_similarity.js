/* The last test as a whole: which answer was given for which target, how alike activations are, and their clusters. */
(() => {
  "use strict";

  const L = window.leabra;
  const SVG = "http://www.w3.org/2000/svg";
  const LEAST = 9; // px a name in the tree needs
  const NAMES = 110; // px for the names of the tree
  const LETTERS = 18; // of a name at most

  let answers = null; // {confusion, similarity}

  L.keeper(
    () => L.trains() && L.dockTab("dock") === "analysis",
    () => [L.byId("analysis-of").value, L.training.tested(), L.training.gen, L.analysisChosen(), L.page?.rev, L.running()].join(),
    load,
  );

  async function load() {
    const layer = L.byId("analysis-of").value;
    const [confusion, similarity] = await Promise.all([L.results("confusion"), layer ? L.results("similarity", { layer }) : { why: "Add a layer first" }]);
    answers = { confusion, similarity };
    L.byId("analysis-panel").classList.toggle("has-data", L.training.tested() > 0);
    showStale(confusion.stale || similarity.stale || "");
    draw();
  }

  /** Say why the pictures no longer belong to the network, and fade them; a run tests again by itself. */
  function showStale(why) {
    L.byId("analysis-panel").classList.toggle("stale", Boolean(why) && !L.running());
    L.setText(document.querySelector("#analysis-panel .stale-word"), why && "old");
    L.setAttr(document.querySelector("#analysis-panel .stale-word"), "title", why);
  }

  function draw() {
    if (!answers || !L.analysisBox("similarity").clientWidth) return;
    const { confusion, similarity } = answers;
    drawConfusion(L.analysisBox("confusion"), confusion);
    for (const key of ["similarity", "clusters"]) if (!similarity.matrix) sayWhy(L.analysisBox(key), similarity.why);
    if (!similarity.matrix) return;
    drawSimilarity(L.analysisBox("similarity"), similarity);
    drawTree(L.analysisBox("clusters"), similarity);
  }

  /** In place of a picture that cannot be drawn. */
  function sayWhy(drawing, why) {
    drawing.replaceChildren(L.el("p", { class: "why" }, why || "There is nothing to draw"));
  }

  /* ---- Confusion ---- */

  function drawConfusion(drawing, { counts, labels, layer, why }) {
    if (!counts) return sayWhy(drawing, why);
    const most = Math.max(1, ...counts.flat());
    // A last column counts the rows that no unit answered.
    const words = counts[0].map((_, j) => labels[j] ?? "none");
    const head = L.el("tr", {}, L.el("th", {}), ...words.map((label) => L.el("th", { scope: "col", title: label }, label)));
    const lines = counts.map((line, i) => {
      const cells = line.map((count, j) => countCell(count, count / most, i === j, `${labels[i]}: answered ${words[j]} in ${count}`));
      return L.el("tr", {}, L.el("th", { scope: "row", title: labels[i] }, labels[i]), ...cells);
    });
    const table = L.el("table", { class: "confusion", "aria-label": `Confusion of ${layer}` }, L.el("thead", {}, head), L.el("tbody", {}, ...lines));
    drawing.replaceChildren(table);
  }

  /** A count on the colour of its share; its ink is the one that is read on that colour. */
  function countCell(count, share, right, title) {
    const node = L.el("td", { class: right ? "right" : null, title }, count ? String(count) : "·");
    if (!count) return node;
    const [r, g, b] = L.colours("act")[Math.round(255 * share)];
    node.style.background = `rgb(${r},${g},${b})`;
    node.style.color = 0.299 * r + 0.587 * g + 0.114 * b > 130 ? "#171B24" : "#FFFFFF";
    return node;
  }

  /* ---- Similarity ---- */

  function drawSimilarity(drawing, { matrix, order }) {
    if (!drawing.querySelector("canvas")) drawing.replaceChildren();
    L.matrix(drawing, order.length, order.length, (row, col) => {
      const value = matrix[order[row]][order[col]];
      return Number.isFinite(value) ? 255 * value : null;
    });
  }

  document.addEventListener("pointermove", (event) => {
    const canvas = event.target.closest?.('[data-picture="similarity"] canvas');
    if (!canvas || !answers || !answers.similarity.matrix) return;
    const { matrix, names, order } = answers.similarity;
    const [row, col] = L.analysisCell(event, order.length, order.length).map((at) => order[at]);
    L.analysisReadout("analysis-panel", `${names[row]} and ${names[col]}: ${L.valueText(matrix[row][col])}`);
  });

  /* ---- Clusters ---- */

  const svg = (tag, attributes, ...children) => {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  /** Leaves down the right edge in the order of the matrix beside it, joins to the left by their distance. */
  function drawTree(drawing, { names, order, links }) {
    const count = order.length;
    const pitch = pitchOf(drawing, count);
    const room = pitch >= LEAST ? NAMES : 4;
    const width = drawing.clientWidth - room - 6;
    const most = Math.max(1e-9, ...links.flatMap(([, heights]) => heights));
    const x = (height) => (6 + width * (1 - height / most)).toFixed(1);
    const y = (place) => ((place + 0.5) * pitch).toFixed(1);
    const path = ([places, heights]) => `M${x(heights[0])},${y(places[0])} H${x(heights[1])} V${y(places[3])} H${x(heights[3])}`;
    const lines = links.map((link) => svg("path", { d: path(link) }));
    const words = pitch < LEAST ? [] : order.map((row, i) => word(names[row], width + 12, (i + 0.5) * pitch + 3));
    drawing.replaceChildren(svg("svg", { class: "tree" }, ...lines, ...words));
  }

  document.addEventListener("pointermove", (event) => {
    const drawing = event.target.closest?.('[data-picture="clusters"] .drawing');
    if (!drawing || !answers || !answers.similarity.matrix) return;
    const { names, order } = answers.similarity;
    const at = Math.floor((event.clientY - drawing.getBoundingClientRect().top) / pitchOf(drawing, order.length));
    L.analysisReadout("analysis-panel", at < order.length ? names[order[at]] : "");
  });

  /** Px from one leaf to the next. */
  const pitchOf = (drawing, count) => Math.min(20, (drawing.clientHeight - 2) / count);

  function word(name, x, y) {
    const short = name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name;
    return svg("text", { x, y: y.toFixed(1) }, short);
  }

  const redraw = L.onceAFrame(draw);
  for (const name of ["theme", "dock"]) L.on(name, redraw);
  window.addEventListener("resize", redraw);
})();
