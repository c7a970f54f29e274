/* Test table: a window of the rows of a test, with input, target and output as small pictures. */
(() => {
  "use strict";

  const L = window.leabra;
  const HEIGHT = 28; // px of a row
  const MORE = 4; // rows kept above and below the window
  const [NARROW, WIDE] = [46, 64]; // px of the pictures in a column
  const KINDS = ["input", "target", "output"];

  let table = null; // the answer of the server
  let rows = []; // those of it that are listed
  let onlyErrors = false;
  let active = 0; // index of the row that the keys move
  const made = new Map(); // index -> element

  const grid = () => L.byId("trials-grid");
  const scroller = () => grid().querySelector(".trial-scroll");
  const mode = () => L.byId("trials-of").value;

  /* ---- Loading ---- */

  const keeper = L.keeper(
    () => L.trains() && L.dockTab("side-dock") === "results",
    () => [mode(), L.training.tested(), mode() === "train" && L.training.records.length, outdated(), L.training.gen, L.page?.rev].join(),
    load,
  );

  /** Whether the network has learnt for another epoch since the listed test. */
  function outdated() {
    const last = L.training.records.at(-1);
    return Boolean(mode() === "test" && table && last && (last.run - table.run || last.epoch - table.epoch) > 0);
  }

  /** How many tests are over: a new one means another table. */
  L.training.tested = () => (L.trains() ? L.training.now.tested : -1);

  async function load() {
    const answer = await L.results("trials", { mode: mode() });
    table = answer && answer.rows ? answer : null;
    showTable(answer);
  }

  /* ---- Head ---- */

  function showTable(answer) {
    L.byId("results-table").classList.toggle("has-data", Boolean(table));
    rows = table ? table.rows.filter((row) => !onlyErrors || row.correct === false) : [];
    active = Math.min(active, Math.max(0, rows.length - 1));
    made.clear();
    scroller().replaceChildren();
    if (table) showCount();
    else L.setText(L.byId("trials-count"), (answer && answer.why) || "");
    showButtons();
    draw();
  }

  function showCount() {
    const when = mode() === "train" ? `epoch ${table.epoch} of run ${table.run}` : table.epoch ? `at epoch ${table.epoch}` : "before training";
    const count = L.el("b", {}, `${table.correct} of ${table.count} correct`);
    L.byId("trials-count").replaceChildren(count, ` · ${when}`);
    const done = `Table ${table.table}, ${mode() === "train" ? "trained" : "tested"} in epoch ${table.epoch} of run ${table.run}`;
    L.setAttr(L.byId("trials-count"), "title", `${done}. A row is correct when ${table.rule}.`);
    L.setAttr(grid(), "aria-rowcount", rows.length + 1);
    if (table.stale) L.byId("trials-count").append(L.el("span", { class: "stale-word", title: table.stale }, "old"));
  }

  function showButtons() {
    const running = L.running();
    L.byId("results-table").classList.toggle("stale", Boolean(table && table.stale) && !running); // a run tests again
    const why = !L.trains() ? "This model has no table of patterns" : running ? "Stop first" : "";
    L.enable(L.byId("test-all"), !why, why || "Test every row of the table; training is not disturbed");
    L.enable(L.byId("trials-csv"), Boolean(table), table ? "Save the trials as a table" : "Nothing to save yet");
    const wrong = table ? table.rows.filter((row) => row.correct === false).length : 0;
    const button = L.byId("trials-errors");
    L.setAttr(button, "aria-pressed", String(onlyErrors));
    L.setText(button, onlyErrors ? "All rows" : "Only errors");
    L.enable(button, onlyErrors || wrong > 0, wrong ? `${wrong} of ${table.count} rows` : "There are no errors");
  }

  /* ---- The window ---- */

  function draw() {
    if (!table) return;
    const box = scroller();
    box.style.setProperty("--rows-height", `${rows.length * HEIGHT}px`);
    const first = Math.max(0, Math.floor(box.scrollTop / HEIGHT) - MORE);
    const last = Math.min(rows.length, Math.ceil((box.scrollTop + box.clientHeight) / HEIGHT) + MORE);
    for (const [i, node] of made) {
      if (i >= first && i < last) continue;
      node.remove();
      made.delete(i);
    }
    for (let i = first; i < last; i++) if (!made.has(i)) box.append(rowOf(i));
    showActive();
  }

  function rowOf(i) {
    const row = rows[i];
    const cells = [
      cell("row", String(row.row + 1)),
      cell("name", row.name),
      ...KINDS.map((kind) => cell(kind, ...pictures(kind, row))),
      cell("cos", L.valueText(row.cos_diff)),
      cell("settling", row.settling === null || row.settling === undefined ? "–" : String(row.settling)),
      cell("sse", Number.isFinite(row.sse) ? row.sse.toFixed(2) : "–"),
      cell("mark", ...marks(row.correct)),
    ];
    const node = L.el("div", { class: row.correct === false ? "trial-row wrong" : "trial-row", role: "row", id: `trial-${i}`, "aria-rowindex": i + 2 }, ...cells);
    node.style.transform = `translateY(${i * HEIGHT}px)`;
    node.dataset.index = i;
    L.setAttr(node, "title", `${row.name}: click to test it alone and see it in the network`);
    made.set(i, node);
    return node;
  }

  /** Sign and word of an answer; none where nothing was wanted. */
  function marks(correct) {
    if (correct === null) return [];
    return [L.icon(correct ? "check" : "close"), L.el("span", { class: "sr" }, correct ? "correct" : "error")];
  }

  const cell = (kind, ...content) => L.el("span", { class: `cell c-${kind}`, role: "gridcell" }, ...content);

  /** One picture for each layer that has a pattern of this kind. */
  function pictures(kind, row) {
    const found = table.layers.filter((layer) => (row[kind] || {})[layer.name]);
    const width = (scroller().clientWidth > 560 ? WIDE : NARROW) / found.length;
    return found.map((layer) => {
      const canvas = L.el("canvas", { class: "thumb", role: "img", "aria-label": `${kind} ${layer.name}`, title: layer.name });
      L.thumb(canvas, L.bytes(row[kind][layer.name]), layer.rows, layer.cols, L.thumbSide(layer.rows, layer.cols, width, HEIGHT - 6));
      return canvas;
    });
  }

  /** The row under the keys, and the one that the network shows. */
  function showActive() {
    const now = L.trains() && L.training.now.mode === "test" ? L.training.now.row : -1;
    for (const [i, node] of made) {
      node.classList.toggle("active", i === active && document.activeElement === grid());
      L.setAttr(node, "aria-selected", String(mode() === "test" && rows[i].row === now));
    }
    L.setAttr(grid(), "aria-activedescendant", made.has(active) ? `trial-${active}` : null);
  }

  /* ---- Testing ---- */

  /** Test one row alone; the network shows it. */
  function testOne(i) {
    active = i;
    showActive();
    if (mode() !== "test") return L.hint("Choose the trials of the last test to test a row alone");
    if (L.running()) return L.hint("Stop first, then click a row to test it alone", true);
    L.command("test_one", { row: rows[i].row });
  }

  function move(by) {
    active = Math.max(0, Math.min(rows.length - 1, active + by));
    const box = scroller();
    const top = active * HEIGHT;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + HEIGHT > box.scrollTop + box.clientHeight) box.scrollTop = top + HEIGHT - box.clientHeight;
    draw();
  }

  const KEYS = { ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity };

  document.addEventListener("keydown", (event) => {
    if (event.target !== grid() || !rows.length) return;
    if (!(event.key in KEYS) && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") testOne(active);
    else move(KEYS[event.key]);
  }, true);

  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("#trials-grid .trial-row[data-index]");
    if (row) return testOne(Number(row.dataset.index));
    const button = event.target.closest?.("#test-all, #trials-csv, #trials-errors");
    if (!button || !L.usable(button)) return;
    if (button.id === "test-all") testAll();
    else if (button.id === "trials-csv") L.saveTable("trials_csv", `${mode()}_trials.csv`, { mode: mode() });
    else showOnly(!onlyErrors);
  });

  function testAll() {
    L.byId("trials-of").value = "test";
    L.command("test_all");
  }

  function showOnly(errors) {
    onlyErrors = errors;
    scroller().scrollTop = 0;
    showTable(table);
  }

  document.addEventListener("change", (event) => {
    if (event.target.id !== "trials-of") return;
    table = null;
    keeper.refresh();
  });

  const redraw = L.onceAFrame(draw);
  document.addEventListener("scroll", (event) => event.target.classList?.contains("trial-scroll") && redraw(), true);
  for (const type of ["focusin", "focusout"]) document.addEventListener(type, (event) => event.target.id === "trials-grid" && redraw());
  window.addEventListener("resize", redraw);
  for (const name of ["training", "state"]) {
    L.on(name, () => {
      showButtons();
      showActive();
    });
  }
  for (const name of ["theme", "wide"]) L.on(name, () => table && showTable(table));
})();
