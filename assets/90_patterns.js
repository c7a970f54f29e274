/* The table of patterns: its rows come in windows, answers are written into the rows they are about. */
(() => {
  "use strict";

  const L = window.leabra;
  const REST = 1500; // ms without an edit after which a large document is kept in the browser
  const GRID = "pattern-grid";

  const P = (L.patterns = { about: { table: null, columns: [], count: 0, mark: 0 }, mark: 0, cursor: null, asking: null });

  /** The grid's own interface, null before it is drawn. */
  P.api = () => {
    if (!L.byId(GRID) || !window.dash_ag_grid) return null;
    try {
      const api = window.dash_ag_grid.getApi(GRID);
      return api && !api.isDestroyed() ? api : null;
    } catch {
      return null; // there is no such grid yet
    }
  };

  /** What a row holds; undefined while it is not loaded. */
  P.row = (index) => P.api()?.getRowNode(String(index))?.data;

  /* ---- Windows of rows ---- */

  const asked = new Map(); // seq -> what to do with the answer
  let lastSeq = 0;

  /** An answer with rows, by whatever way it came. */
  function arrived(answer) {
    const take = answer && asked.get(answer.seq);
    if (!take) return;
    asked.delete(answer.seq);
    take(answer);
  }

  function ask(first, last) {
    const request = { seq: ++lastSeq, table: P.about.table, first, last };
    return new Promise((done) => {
      asked.set(request.seq, done);
      L.ask("rows", "rows-sent", request, arrived);
    });
  }

  const namespace = (window.dash_clientside.patterns = {});

  /** Dash's way to an answer, where the fast lane cannot be used. */
  namespace.sent = (answer) => {
    arrived(answer);
    return window.dash_clientside.no_update;
  };

  /** What the grid asks for while it is scrolled. */
  namespace.rows = async (request) => {
    if (!request || P.about.table === null) return window.dash_clientside.no_update;
    P.asking = P.api(); // from now on its rows can be given another height
    P.fit();
    const answer = await ask(request.startRow, request.endRow);
    if (answer.error) L.hint(answer.error, true);
    P.mark = answer.mark || 0;
    return { rowData: answer.rows, rowCount: answer.count };
  };

  /** Names that were typed into the grid. */
  namespace.named = (changes) => {
    for (const { rowId, colId, value } of changes || []) {
      if (colId === "name") L.intent("row_name", { table: P.about.table, row: Number(rowId), value: value || "" });
    }
    return window.dash_clientside.no_update;
  };

  L.on("refusal", (page) => page.op === "row_name" && P.refresh());

  /* ---- Answers to edits ---- */

  /** Write the rows that alone have changed; false when the window must be asked for again. */
  function patch({ changed, mark, table }) {
    const api = P.api();
    if (!api || !changed || changed.before !== P.mark || table !== P.about.table) return false;
    for (const data of changed.rows) api.getRowNode(data.id)?.setData(data);
    P.mark = mark;
    return true;
  }

  /** Ask for the rows in sight again. */
  P.refresh = () => {
    const api = P.api();
    if (!api || api !== P.asking) return;
    if (api.getDisplayedRowCount() > P.about.count) api.deselectAll();
    api.setRowCount(P.about.count, true);
    api.refreshInfiniteCache();
  };

  let timer = 0;

  L.on("page", (page) => {
    if (page.keep_later) {
      clearTimeout(timer);
      timer = setTimeout(() => L.intent("keep"), REST);
    }
    if (!page.patterns) return;
    const before = P.about;
    const patched = patch(page.patterns);
    P.about = page.patterns;
    if (!patched && P.about.mark !== P.mark) P.refresh();
    if (before.table !== P.about.table) P.cursor = null;
    L.emit("patterns", P.about);
  });

  /** Whoever asks for a table is shown it. */
  L.on("intent", ({ op }) => {
    if (op === "table_show" && L.dockTab("side-dock") !== "patterns") L.showDock("side-dock", "patterns");
  });

  L.on("dock", (owner, key) => {
    if (owner === "side-dock" && key === "patterns" && L.ready) L.intent("refresh"); // the grid is made when it is looked at
  });

  /* ---- Rows ---- */

  /** Numbers of the chosen rows, else the row of the cursor. */
  P.chosen = () => {
    const api = P.api();
    const some = api ? api.getSelectedNodes().map((node) => Number(node.id)) : [];
    if (some.length) return some.filter((row) => row < P.about.count).sort((a, b) => a - b);
    return P.cursor && P.cursor.row < P.about.count ? [P.cursor.row] : [];
  };

  /** Choose other rows, such as those that were moved. */
  function choose(rows) {
    const api = P.api();
    if (!api) return;
    const wanted = new Set(rows);
    api.forEachNode((node) => node.setSelected(wanted.has(Number(node.id))));
  }

  function shift(rows, by) {
    const before = by < 0 ? rows[0] - 1 : rows[rows.length - 1] + 2;
    if (before < 0 || before > P.about.count) return L.hint(by < 0 ? "The first row stays the first" : "The last row stays the last");
    const chosen = P.api().getSelectedNodes().length > 0;
    const first = by < 0 ? before : before - rows.length;
    L.intent("rows_move", { table: P.about.table, rows, before });
    if (chosen) choose(rows.map((_, i) => first + i));
    if (P.cursor) P.cursor.row = first;
  }

  const ROWS = {
    rows_duplicate: (rows) => L.intent("rows_duplicate", { table: P.about.table, rows }),
    rows_remove: (rows) => {
      P.api().deselectAll();
      L.intent("rows_remove", { table: P.about.table, rows });
    },
    rows_up: (rows) => shift(rows, -1),
    rows_down: (rows) => shift(rows, 1),
  };

  function addRow() {
    const at = P.cursor ? Math.min(P.cursor.row + 1, P.about.count) : null;
    L.intent("row_add", { table: P.about.table, at });
  }

  function onRows(op) {
    const rows = P.chosen();
    if (rows.length) ROWS[op](rows);
    else L.hint("Click a row first, or tick its box", true);
  }

  /** Type another name of the table over its chooser. */
  function rename(typed = P.about.table) {
    const table = P.about.table;
    L.typeName(typed, () => L.byId("table-select")?.getBoundingClientRect(), (value) => L.intent("table_rename", { table, value }));
  }

  document.addEventListener("click", (event) => {
    const node = event.target.closest?.("[data-pattern]");
    if (!node || !L.usable(node)) return;
    const op = node.dataset.pattern;
    if (op === "row_add") addRow();
    else if (op === "rename") setTimeout(rename); // the menu gives its focus away first
    else if (Object.hasOwn(ROWS, op)) onRows(op);
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "table-select") L.intent("table_show", { table: event.target.value });
  });

  /** The chooser shows the table that is shown, also after a choice that was refused. */
  L.on("patterns", ({ table }) => {
    requestAnimationFrame(() => {
      const select = L.byId("table-select");
      if (select && table !== null) select.value = table;
    });
  });
})();
