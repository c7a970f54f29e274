/* Patterns by hand: painting with the pointer, the cursor of the keyboard, typing a value, copy and paste. */
(() => {
  "use strict";

  const L = window.leabra;
  const P = L.patterns;

  /* ---- Values ahead of the server ---- */

  const ahead = new Map(); // "row column" -> values that the server has yet to hear of
  const keyOf = (row, column) => `${row} ${column}`;

  P.ahead = (row, column) => ahead.get(keyOf(row, column));

  L.on("patterns", () => {
    if (L.pending("paint")) return;
    ahead.clear();
    P.drawAll();
    tell();
  });
  L.on("refusal", () => {
    ahead.clear();
    P.drawAll();
  });

  const valuesAt = ({ row, column }) => P.ahead(row, column) || P.row(row)?.[`c${column}`] || [];
  const valueAt = (cursor) => valuesAt(cursor)[cursor.unit] ?? 0;

  /** The value that a click paints; null with the reason in the hint line. */
  function brush() {
    const text = (L.byId("brush")?.value || "1").trim().replace(",", ".");
    const value = text === "" ? NaN : Number(text);
    if (value >= 0 && value <= 1) return value;
    L.hint(`Brush: must be a number from 0 to 1 (got ${text.slice(0, 20)})`, true);
    return null;
  }

  /** Show a value at once, before the server has it. */
  function show({ row, column, unit }, value) {
    const { rows, cols } = P.about.columns[column];
    const old = valuesAt({ row, column });
    const values = old.length ? [...old] : new Array(rows * cols).fill(0);
    values[unit] = value;
    ahead.set(keyOf(row, column), values);
    P.cells().filter((cell) => cell.dataset.row === String(row) && cell.dataset.column === String(column)).forEach(P.draw);
  }

  /** Paint units of one cell: one step of undo. */
  function send({ row, column }, units, value) {
    L.intent("paint", { table: P.about.table, row, layer: P.about.columns[column].layer, units, value: String(value) });
  }

  function setUnit(cursor, value) {
    show(cursor, value);
    send(cursor, [cursor.unit], value);
    tell();
  }

  /** Whether the patterns of a column can be edited; the reason is said where they cannot. */
  function editable(column) {
    const { role, problem, layer } = P.about.columns[column];
    if (!problem || problem === "no patterns yet") return true;
    L.hint(`${layer}: ${problem}${role ? "; press Fit to the network" : ""}`, true);
    return false;
  }

  /* ---- Cursor ---- */

  function setCursor(cursor) {
    const before = P.cursor;
    P.cursor = cursor;
    for (const cell of P.cells()) {
      const here = [before, cursor].some((one) => one && cell.dataset.row === String(one.row) && cell.dataset.column === String(one.column));
      if (here) P.draw(cell);
    }
    tell();
  }

  /** Say where the cursor is and what is there. */
  function tell() {
    const { about, cursor } = P;
    const count = about.table === null ? "" : `${about.count} row${about.count === 1 ? "" : "s"}`;
    const column = cursor && about.columns[cursor.column];
    if (!column || !P.row(cursor.row)) return L.setText(L.byId("pattern-status"), count && `${count} · click a unit to paint it`);
    const at = `${column.layer}[${Math.floor(cursor.unit / column.cols)}, ${cursor.unit % column.cols}]`;
    L.setText(L.byId("pattern-status"), `row ${cursor.row + 1} of ${about.count} · ${at} = ${valueAt(cursor)}`);
  }

  /** The unit under the pointer. */
  function unitAt(event, cell) {
    const column = P.about.columns[cell.dataset.column];
    const box = cell.firstChild.getBoundingClientRect();
    const unit = P.unitOf(column);
    const col = Math.floor((event.clientX - box.left) / unit);
    const row = column.rows - 1 - Math.floor((event.clientY - box.top) / unit);
    const inside = col >= 0 && col < column.cols && row >= 0 && row < column.rows;
    return inside ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column), unit: row * column.cols + col } : null;
  }

  /* ---- Pointer ---- */

  const cellOf = (event) => event.target.closest?.("#pattern-grid .pattern-cell");

  document.addEventListener("pointerdown", (event) => {
    const cell = cellOf(event);
    const cursor = cell && event.button === 0 ? unitAt(event, cell) : null;
    if (!cursor || !editable(cursor.column)) return;
    const wanted = brush();
    if (wanted === null) return;
    const value = valueAt(cursor) === wanted ? 0 : wanted;
    setCursor(cursor);
    stroke(cell, cursor, value);
  });

  /** Paint while the pointer is down; leaving the cell does not leave the stroke. */
  function stroke(cell, start, value) {
    const units = new Set();
    const add = (cursor) => {
      if (!cursor || units.has(cursor.unit)) return;
      units.add(cursor.unit);
      show(cursor, value);
    };
    const abort = new AbortController();
    const end = () => {
      abort.abort();
      send(start, [...units], value);
      tell();
    };
    document.addEventListener("pointermove", (moved) => add(unitAt(moved, cell)), { signal: abort.signal });
    for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, end, { signal: abort.signal });
    add(start);
  }

  /* ---- Keyboard ---- */

  const focused = (event) => event.target.closest?.("#pattern-grid .ag-cell");
  const imageOf = (cell) => cell.querySelector(".pattern-cell");

  /** The cursor in a focused cell; at its unit 0 when it comes from elsewhere. */
  function cursorIn(image) {
    const [row, column] = [Number(image.dataset.row), Number(image.dataset.column)];
    return P.cursor && P.cursor.row === row && P.cursor.column === column ? P.cursor : { row, column, unit: 0 };
  }

  document.addEventListener("focusin", (event) => {
    const cell = focused(event);
    if (!cell) return;
    const image = imageOf(cell);
    const row = Number(cell.closest("[row-index]")?.getAttribute("row-index"));
    setCursor(image ? cursorIn(image) : { row, column: -1, unit: 0 });
  });

  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, 0], ArrowDown: [-1, 0] };

  /** One unit further; beyond the edge the next cell has the focus. */
  function step(cursor, [up, right]) {
    const { rows, cols } = P.about.columns[cursor.column];
    const row = Math.floor(cursor.unit / cols) + up;
    const col = (cursor.unit % cols) + right;
    if (row >= 0 && row < rows && col >= 0 && col < cols) return setCursor({ ...cursor, unit: row * cols + col });
    leave(cursor, up, right);
  }

  function leave({ row, column }, up, right) {
    const to = { row: row - up, column: column + right };
    const { columns, count } = P.about;
    if (to.row < 0 || to.row >= count || to.column >= columns.length) return;
    const key = to.column < 0 ? "name" : `c${to.column}`;
    const next = columns[to.column];
    if (next) P.cursor = { ...to, unit: up > 0 || right ? entry(next, right) : (next.rows - 1) * next.cols };
    P.api().ensureIndexVisible(to.row);
    P.api().setFocusedCell(to.row, key);
  }

  /** Where the cursor enters a cell: from the left at its first unit, from the right at its last column. */
  const entry = ({ cols }, right) => (right < 0 ? cols - 1 : 0);

  const ACTIONS = {
    " ": (cursor) => {
      const wanted = brush();
      if (wanted !== null) setUnit(cursor, valueAt(cursor) === wanted ? 0 : wanted);
    },
    Enter: (cursor) => type(cursor, String(valueAt(cursor))),
    Delete: (cursor) => setUnit(cursor, 0),
    Backspace: (cursor) => setUnit(cursor, 0),
  };

  // Before the grid and the page: they give these keys another meaning.
  document.addEventListener("keydown", (event) => {
    const cell = focused(event);
    const image = cell && imageOf(cell);
    if (!image || event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
    const cursor = cursorIn(image);
    const digit = /^[0-9.,]$/.test(event.key);
    const act = ACTIONS[event.key];
    if (!(event.key in STEPS) && !act && !digit) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key in STEPS) return step(cursor, STEPS[event.key]);
    if (!editable(cursor.column)) return;
    if (digit) type(cursor, event.key.replace(",", "."), false);
    else act(cursor);
  }, true);

  // What the grid does not use is no key of the page either, except with Ctrl.
  L.on("boot", () => {
    L.byId("pattern-box").addEventListener("keydown", (event) => {
      if (focused(event) && !event.ctrlKey && !event.metaKey && event.key !== "Escape") event.stopPropagation();
    });
  });

  /* ---- Typing a value ---- */

  /** A field over the unit; Enter takes its value and goes on to the next unit. */
  function type(cursor, text, all = true) {
    const cell = P.cells().find((one) => Number(one.dataset.row) === cursor.row && Number(one.dataset.column) === cursor.column);
    const column = P.about.columns[cursor.column];
    const unit = P.unitOf(column);
    const box = cell.firstChild.getBoundingClientRect();
    const input = L.el("input", { type: "text", class: "unit-field", "aria-label": "Value", inputmode: "decimal", autocomplete: "off" });
    input.value = text;
    const left = box.left + (cursor.unit % column.cols) * unit;
    const top = box.top + (column.rows - 1 - Math.floor(cursor.unit / column.cols)) * unit;
    Object.assign(input.style, { left: `${left}px`, top: `${top - 4}px` });
    document.body.append(input);
    input.focus();
    if (all) input.select();
    listen(input, cursor, cell);
  }

  function listen(input, cursor, cell) {
    let open = true;
    const close = (take, further) => {
      if (!open) return;
      open = false;
      const text = input.value.trim().replace(",", ".");
      input.remove();
      cell.closest(".ag-cell").focus();
      if (!take) return;
      const value = text === "" ? NaN : Number(text);
      if (!(value >= 0 && value <= 1)) return L.hint(`Value: must be a number from 0 to 1 (got ${text.slice(0, 20) || "nothing"})`, true);
      if (value !== valueAt(cursor)) setUnit(cursor, value);
      const size = P.about.columns[cursor.column];
      if (further && cursor.unit + 1 < size.rows * size.cols) setCursor({ ...cursor, unit: cursor.unit + 1 });
    };
    input.addEventListener("blur", () => close(true, false));
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" || event.key === "Tab") event.preventDefault();
      if (event.key === "Enter" || event.key === "Tab") close(true, true);
      else if (event.key === "Escape") close(false, false);
    });
  }

  P.tell = tell;
  P.editable = editable;
  P.valuesAt = valuesAt;
})();
