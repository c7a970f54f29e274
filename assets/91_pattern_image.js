/* Patterns as small images in the cells of the grid: row 0 at the bottom, the sequential scale, the cursor as a ring. */
(() => {
  "use strict";

  const L = window.leabra;
  const P = L.patterns;
  const PLACES = { narrow: { height: 64, width: 92, unit: 14 }, wide: { height: 128, width: 300, unit: 20 } };
  const SPARE = 12; // px around an image in its cell
  const GAPS = 6; // px of a unit from which on there is a gap between units

  const place = () => PLACES[L.byId("side-dock")?.classList.contains("wide") ? "wide" : "narrow"];

  /** The side of a unit's square in a column, in whole pixels. */
  P.unitOf = ({ rows, cols }) => {
    const { height, width, unit } = place();
    return Math.max(2, Math.min(unit, Math.floor(height / rows), Math.floor(width / cols)));
  };

  /** Size of a column's images. */
  function sizeOf(column) {
    const unit = P.unitOf(column);
    return { unit, width: column.cols * unit, height: column.rows * unit };
  }

  /* ---- Drawing ---- */

  const hex = ([r, g, b]) => `rgb(${r} ${g} ${b})`;

  function paint(canvas, values, column, cursor) {
    const { unit, width, height } = sizeOf(column);
    const ratio = window.devicePixelRatio || 1;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    const colours = L.colours("act");
    const gap = unit >= GAPS ? 1 : 0;
    for (let i = 0; i < column.rows * column.cols; i++) {
      pen.fillStyle = values.length ? hex(colours[Math.round(values[i] * 255)]) : L.token("sunken");
      const [x, y] = corner(i, column, unit);
      pen.fillRect(x, y, unit - gap, unit - gap);
    }
    if (cursor !== null) ring(pen, corner(cursor, column, unit), unit - gap);
  }

  /** Upper left corner of a unit. */
  const corner = (index, { rows, cols }, unit) => [(index % cols) * unit, (rows - 1 - Math.floor(index / cols)) * unit];

  function ring(pen, [x, y], size) {
    pen.lineWidth = 2;
    pen.strokeStyle = L.token("surface");
    pen.strokeRect(x + 2, y + 2, Math.max(1, size - 4), Math.max(1, size - 4));
    pen.strokeStyle = L.token("accent");
    pen.strokeRect(x + 1, y + 1, Math.max(1, size - 2), Math.max(1, size - 2));
  }

  /** What a screen reader is told of a pattern. */
  function spoken(values, { layer, cols }) {
    const on = values.flatMap((value, i) => (value > 0 ? [`${Math.floor(i / cols)},${i % cols}${value < 1 ? ` ${value}` : ""}`] : []));
    const few = on.length > 12 ? `${on.length} of ${values.length} units` : on.join(" ");
    return `${layer}: ${values.length ? few || "all 0" : "no patterns"}`;
  }

  /** Draw a cell again. */
  P.draw = (node) => {
    const { row, column: at } = node.dataset;
    const column = P.about.columns[at];
    const values = P.row(row)?.[`c${at}`];
    if (!column || !values) return;
    const here = P.cursor && P.cursor.row === Number(row) && P.cursor.column === Number(at);
    paint(node.firstChild, P.ahead?.(row, at) || values, column, here ? P.cursor.unit : null);
    L.setAttr(node, "aria-label", spoken(values, column));
    L.setAttr(node, "title", column.problem ? `${column.layer}: ${column.problem}` : null);
  };

  /** The cells that are in sight. */
  P.cells = () => [...document.querySelectorAll("#pattern-grid .pattern-cell")];

  P.drawAll = L.onceAFrame(() => P.cells().forEach(P.draw));

  /* ---- The grid's renderer ---- */

  const components = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});

  /** The cell of one pattern: a React component, as the grid wants it. */
  components.PatternCell = (props) => {
    const { createElement } = window.React;
    if (!props.data) return null;
    return createElement(
      "div",
      {
        className: "pattern-cell",
        role: "img",
        "data-row": props.node.rowIndex,
        "data-column": props.place,
        ref: (node) => node && P.draw(node),
      },
      createElement("canvas"),
    );
  };

  /* ---- Sizes ---- */

  /** Fit rows and columns of the grid to their images. */
  P.fit = () => {
    const api = P.api();
    const { columns } = P.about;
    if (!api || !columns.length) return;
    const sizes = columns.map(sizeOf);
    const height = Math.max(28, Math.max(...sizes.map((size) => size.height)) + SPARE);
    if (api === P.asking && api.getGridOption("rowHeight") !== height) {
      api.setGridOption("rowHeight", height);
      api.purgeInfiniteCache(); // rows on their way would come in the height of before
    }
    const widths = columns.map(({ layer, role }, i) => ({
      key: `c${i}`,
      newWidth: Math.max(sizes[i].width + 16, 7 * layer.length + (role === "target" ? 14 : 0) + 24),
    }));
    api.setColumnWidths(widths.filter(({ key }) => api.getColumn(key)));
    P.drawAll();
  };

  let shape = "";

  /** The grid is made by React after the answer; it is fitted when it is there, and when its columns are others. */
  const seen = new MutationObserver(L.onceAFrame(() => {
    const now = JSON.stringify([P.about.columns, Boolean(P.api())]);
    if (now === shape || !P.api()) return;
    shape = now;
    P.fit();
    if (P.about.mark !== P.mark) P.refresh();
  }));

  L.on("boot", () => seen.observe(L.byId("pattern-box"), { childList: true, subtree: true }));
  L.on("wide", () => P.fit());
  L.on("theme", () => P.drawAll());
})();
