/* Patterns on the clipboard: as lines of numbers with tabs between them, as spreadsheets have them. */
(() => {
  "use strict";

  const L = window.leabra;
  const P = L.patterns;

  const inGrid = (node) => Boolean(node && node.closest && node.closest("#pattern-grid .ag-cell")) && !node.matches("input");

  /** The rows that a copy is of: the chosen ones where the cursor is among them, else its own. */
  function rowsToCopy() {
    const chosen = P.chosen();
    return chosen.includes(P.cursor.row) ? chosen : [P.cursor.row];
  }

  /** The text of one row: its name, or its pattern in the column of the cursor. */
  function lineOf(row) {
    const { column } = P.cursor;
    return column < 0 ? P.row(row).name : P.valuesAt({ row, column }).join("\t");
  }

  document.addEventListener("copy", (event) => {
    if (!inGrid(document.activeElement) || !P.cursor) return;
    const rows = rowsToCopy().filter((row) => P.row(row));
    event.clipboardData.setData("text/plain", rows.map(lineOf).join("\n"));
    event.preventDefault();
    const what = P.cursor.column < 0 ? "the name" : P.about.columns[P.cursor.column].layer;
    L.hint(`Copied ${what} of ${rows.length === 1 ? `row ${rows[0] + 1}` : `${rows.length} rows`} · Ctrl+V pastes`);
  });

  /** Where a block goes: one that is as wide as whole patterns begins with the first unit, others where the cursor is. */
  function startOf(text, { column, unit }) {
    const line = text.split(/\r\n|\r|\n/, 1)[0];
    const divider = ["\t", ";", ","].find((mark) => line.includes(mark)) || " ";
    const wide = line.split(divider).length;
    const sizes = P.about.columns.filter(({ role }) => role).slice(column).map(({ rows, cols }) => rows * cols);
    let whole = 0;
    for (const size of sizes) {
      whole += size;
      if (whole === wide) return 0;
    }
    return unit;
  }

  document.addEventListener("paste", (event) => {
    if (!inGrid(document.activeElement) || !P.cursor) return;
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain");
    const { row, column } = P.cursor;
    const { table, columns } = P.about;
    if (column < 0) return L.intent("row_name", { table, row, value: text.trim() });
    if (!P.editable(column)) return;
    L.intent("paste_cells", { table, row, layer: columns[column].layer, unit: startOf(text, P.cursor), text });
  });
})();
