/* The form of the inspector and the pinned rows on the canvas: what is typed, chosen and dragged becomes an edit; answers are written into the rows. */
(() => {
  "use strict";

  const L = window.leabra;
  const FRACTION = /^\s*([^/]+)\/([^/]+)\s*$/;
  const BURST = 1000; // ms between nudges that still are one edit
  const PIXELS = 3; // px a label must be dragged before it changes the value

  const FORMS = "#inspector, #pins";

  let fields = new Map(); // key of a row -> what the server last said of its parameter
  let gesture = 0; // number of the drag under way: its edits are one step of undo
  let lastNudge = 0;
  let gestures = 0;

  /** Mantine's text inputs have no type attribute, so the property is asked. */
  const isText = (node) => node.tagName === "INPUT" && node.type === "text";
  const closest = (event, what) => (event.target.closest ? event.target.closest(what) : null);
  const rowOf = (event) => closest(event, "#inspector .param, #pins .param");
  const fieldOf = (event) => closest(event, "#inspector [data-op]");
  const inputOf = (row) => row.querySelector(".param-number input, .param-text input, input.param-number, input.param-text");
  const rangeOf = (row) => row.querySelector("input[type=range]");

  const isNumber = (row) => ["float", "int"].includes(row.dataset.kind);
  const isWhole = (row) => row.dataset.kind === "int";

  /* ---- What a row shows ---- */

  /** One text for a parameter of an object; `*` stands for everything that is selected. */
  const keyOf = (target, path) => JSON.stringify([target, path]);

  const known = (row) => fields.get(keyOf(row.dataset.target, row.dataset.path));

  /** The text of the value in force. */
  const textOf = (row) => (known(row) ? known(row).text : row.dataset.value);

  /** A number as it was typed, fractions too; NaN when it is none. */
  function numberOf(text) {
    const parts = FRACTION.exec(text);
    return parts ? Number(parts[1]) / Number(parts[2]) : text.trim() === "" ? NaN : Number(text);
  }

  /** A round step for a row: about a thirtieth of its slider's range, or of the value's size. */
  function stepOf(row, value) {
    if (isWhole(row)) return 1;
    const range = rangeOf(row);
    const size = range ? (range.max - range.min) / 10 : Math.abs(value) / 3 || 1;
    return 10 ** Math.floor(Math.log10(size) + 1e-9);
  }

  /** A tenth of the step, for dragging. */
  const fineStepOf = (row, value) => (isWhole(row) ? 1 : stepOf(row, value) / 10);

  /** A value within the limits of its row or field. */
  function within(value, { dataset: { least, most } }) {
    const above = least === undefined ? value : Math.max(Number(least), value);
    return most === undefined ? above : Math.min(Number(most), above);
  }

  /** A value without the noise of floating point: as many decimals as its step has. */
  function rounded(value, step) {
    const decimals = Math.max(0, Math.round(-Math.log10(step)));
    return Number(value.toFixed(Math.min(12, decimals)));
  }

  /* ---- Sending ---- */

  function setParam(row, value, drag) {
    const { target, path } = row.dataset;
    L.intent("set_param", drag ? { name: target, path, value, drag } : { name: target, path, value });
  }

  /** Take what was typed; what is shown already is no edit. */
  function commit(row, input) {
    input.dataset.typed = "";
    if (input.value !== textOf(row)) setParam(row, input.value);
    else unmark(row);
  }

  /** Put a value into all controls of a row and send it as part of a gesture. */
  function propose(row, value) {
    const range = rangeOf(row);
    const input = inputOf(row);
    if (range && Number(range.value) !== value) L.fill(range, String(value));
    if (input) L.fill(input, String(value));
    setParam(row, value, gesture);
  }

  /** A small step up or down; steps in quick succession are one edit. */
  function nudge(row, input, by) {
    const value = numberOf(input.value);
    if (!Number.isFinite(value)) return;
    const now = performance.now();
    if (now - lastNudge > BURST) gesture = ++gestures;
    lastNudge = now;
    const step = stepOf(row, value);
    propose(row, within(rounded(value + by * step, step / 1000), row));
  }

  const committed = new WeakMap(); // input -> what was last sent from it, and instead of what

  /** Commit a field that is no parameter: name, shape, clamp. Leaving a field after Enter does not send it again. */
  function commitField(field, input) {
    const { op, key, name, value } = field.dataset;
    const change = JSON.stringify([name, value, input.value]);
    if (input.value === value) {
      committed.delete(input);
      return L.emit("fieldFree", keyOf(name, key));
    }
    if (committed.get(input) === change) return;
    committed.set(input, change);
    L.intent(op, op === "rename" ? { name, new: input.value, key } : { name, key, value: input.value });
  }

  /* ---- Events ---- */

  document.addEventListener("input", (event) => {
    const row = L.filling ? null : rowOf(event);
    if (!row) return;
    if (event.target.type !== "range") return void (event.target.dataset.typed = "yes");
    gesture = gesture || ++gestures;
    propose(row, rounded(Number(event.target.value), fineStepOf(row, 0)));
  });

  document.addEventListener("change", (event) => {
    if (event.target.type === "range") gesture = 0;
    const row = rowOf(event);
    if (row && event.target.matches("select")) setParam(row, event.target.value);
    const field = fieldOf(event);
    if (field && event.target.matches("select")) commitField(field, event.target);
    if (event.target.id === "notes") L.intent("set_notes", { value: event.target.value });
  });

  document.addEventListener("focusout", (event) => {
    if (!closest(event, FORMS) || !isText(event.target)) return;
    const row = rowOf(event);
    const field = fieldOf(event);
    if (row) commit(row, event.target);
    else if (field) commitField(field, event.target);
  });

  document.addEventListener("keydown", (event) => {
    if (!closest(event, FORMS) || !isText(event.target)) return;
    const row = rowOf(event);
    const field = fieldOf(event);
    if (event.key === "Enter") row ? commit(row, event.target) : field && commitField(field, event.target);
    else if (event.key === "Escape") giveBack(row, field, event.target);
    else if (row && isNumber(row) && /^Arrow(Up|Down)$/.test(event.key)) {
      event.preventDefault();
      nudge(row, event.target, (event.key === "ArrowUp" ? 1 : -1) * factor(event, isWhole(row)));
    }
  });

  /** Shift makes ten of a step, Alt a tenth; whole numbers stay whole. */
  function factor(event, whole) {
    if (event.altKey) return whole ? 1 : 0.1;
    return event.shiftKey ? 10 : 1;
  }

  /** Esc: the value in force comes back. */
  function giveBack(row, field, input) {
    L.fill(input, row ? textOf(row) : field ? field.dataset.value : input.value);
    input.dataset.typed = "";
    committed.delete(input);
    if (row) unmark(row);
    input.select();
  }

  document.addEventListener("wheel", (event) => {
    const row = rowOf(event);
    if (!row || !isNumber(row) || event.target !== document.activeElement || event.target.type !== "text") return;
    event.preventDefault();
    nudge(row, event.target, event.deltaY < 0 ? 1 : -1);
  }, { passive: false });

  document.addEventListener("click", (event) => {
    const row = rowOf(event);
    if (row && closest(event, ".param-reset")) L.intent("reset_param", { name: row.dataset.target, path: row.dataset.path });
  });

  document.addEventListener("dblclick", (event) => {
    const row = rowOf(event);
    if (!row || !closest(event, ".param-label")) return;
    if (row.classList.contains("changed")) L.intent("reset_param", { name: row.dataset.target, path: row.dataset.path });
  });

  /* ---- Dragging a label ---- */

  document.addEventListener("pointerdown", (event) => {
    const row = rowOf(event);
    const input = row && isNumber(row) && closest(event, ".param-label") && inputOf(row);
    if (!input || event.button !== 0) return;
    const [from, value] = [event.clientX, numberOf(input.value)];
    const step = fineStepOf(row, value);
    const abort = new AbortController();
    const drag = (moved) => {
      const far = moved.clientX - from;
      if (!gesture && Math.abs(far) < PIXELS) return;
      gesture = gesture || ++gestures;
      propose(row, within(rounded(value + Math.round(far / 2) * step, step / 100), row));
    };
    const end = () => {
      gesture = 0;
      abort.abort();
    };
    if (!Number.isFinite(value)) return;
    gesture = 0;
    document.addEventListener("pointermove", drag, { signal: abort.signal });
    for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, end, { signal: abort.signal });
  });

  /* ---- Help ---- */

  function showHelp(event) {
    const row = closest(event, "#inspector [data-help], #pins [data-help]");
    if (row) L.setText(L.byId("param-help"), row.dataset.help);
  }

  document.addEventListener("pointerover", showHelp);
  document.addEventListener("focusin", showHelp);

  // A drag on a label changes a number: it selects no text.
  document.addEventListener("selectstart", (event) => {
    const label = event.target.parentElement?.closest("#inspector label, #pins label");
    if (label) event.preventDefault();
  });

  L.form = { inputOf, rangeOf, textOf, keyOf, known, commitField, factor, rounded, within, setFields: (newer) => (fields = newer), get: () => fields };

  /** Take the error off a row. */
  function unmark(row) {
    if (row.classList.contains("invalid")) L.forgive(Infinity); // the value was given back by hand
    row.classList.remove("invalid");
    L.emit("rowFree", row);
  }
})();
