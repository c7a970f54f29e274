/* The answers to edits, written into the rows of the form; a form is not rendered anew while someone types in it. */
(() => {
  "use strict";

  const L = window.leabra;
  const { inputOf, rangeOf, textOf, keyOf, known, setFields, get } = L.form;

  /** A row's own note: what the value was, or what is wrong. React's first note is hidden, its nodes stay its own. */
  function noteOf(row) {
    const theirs = row.querySelector(".param-note:not(.live)");
    if (theirs) theirs.hidden = true;
    let note = row.querySelector(".param-note.live");
    if (!note) {
      note = L.el("div", { class: "param-note live", role: "status" });
      row.append(note);
    }
    return note;
  }

  function fillNote(row, field) {
    const note = noteOf(row);
    const text = field.error || (field.changed ? `was ${field.was}` : "");
    if (note.dataset.text === text) return;
    note.dataset.text = text;
    note.replaceChildren(...(text ? [L.el("span", {}, text)] : []));
    if (!field.error && field.changed) note.append(L.el("button", { type: "button", class: "param-reset link" }, "Reset"));
  }

  /** Write one answer into its row; what is being typed or dragged is left alone. */
  function fillRow(row, field) {
    row.classList.toggle("changed", Boolean(field.changed));
    row.classList.toggle("invalid", Boolean(field.error));
    row.classList.toggle("mixed", Boolean(field.mixed));
    fillNote(row, field);
    fillControls(row, field);
  }

  function fillControls(row, field) {
    const input = inputOf(row);
    const range = rangeOf(row);
    const select = row.querySelector("select");
    if (input && field.mixed !== undefined) L.setAttr(input, "placeholder", field.mixed ? "differs" : "");
    if (input) {
      L.setAttr(input, "aria-invalid", field.error ? "true" : null);
      L.setAttr(input, "title", String(field.value ?? field.text));
      const busy = input === document.activeElement && input.dataset.typed === "yes";
      if (!busy && !field.error && !L.pending("set_param")) L.fill(input, field.text);
    }
    const dragged = range && range.matches(":active");
    if (range && !dragged && !field.mixed && !L.pending("set_param") && Number.isFinite(Number(field.value))) L.fill(range, String(field.value));
    if (select && field.text !== undefined) select.value = field.text;
  }

  /** The rows of the form and the pinned ones, as the server last described them. */
  function fillRows() {
    for (const row of document.querySelectorAll("#form-pane .param, #pins .param")) {
      const field = known(row);
      if (field) fillRow(row, field);
    }
    for (const field of document.querySelectorAll("#form-pane select[data-value]")) field.value = field.dataset.value;
  }

  /** A field that nobody uses shows what is in force, not what was refused before. */
  function giveBack(input) {
    const stays = input === document.activeElement || L.pending(input.dataset.op);
    if (!stays && input.value !== input.dataset.value) L.fill(input, input.dataset.value);
  }

  /** Name, shape, role and clamp: an error below them, and the field marked. */
  function fillErrors() {
    const messages = [];
    for (const input of document.querySelectorAll("#form-pane [data-key]")) {
      const field = get().get(keyOf(input.dataset.name, input.dataset.key));
      const row = input.closest(".field");
      const wrong = Boolean(field && field.error);
      const own = row && row.querySelector(".field-error.own");
      if (row) row.classList.toggle("invalid", wrong);
      if (own && !wrong && input.matches("input")) giveBack(input);
      if (own) L.setText(own, wrong ? field.error : "");
      else if (wrong) messages.push(field.error);
    }
    L.setText(document.querySelector("#form-pane .field-error:not(.own)"), messages.join(" "));
  }

  /** Remember what an answer says; errors of an earlier answer are over. */
  function remember(page) {
    const [first, second] = page.select || [];
    const target = second === undefined ? (first ?? (page.about || null)) : "*";
    const fields = new Map();
    for (const field of page.pins || []) fields.set(keyOf(field.name, field.path), field);
    for (const field of page.fields || []) {
      const key = keyOf(target, field.path);
      fields.set(key, { ...get().get(key), ...fields.get(key), error: null, ...field });
    }
    setFields(fields);
  }

  function fill() {
    fillRows();
    fillErrors();
  }

  L.on("page", (page) => {
    remember(page);
    fill();
  });
  L.on("rowFree", (row) => {
    const field = known(row);
    if (!field) return row.classList.remove("invalid");
    field.error = null;
    fillRow(row, { ...field, text: textOf(row) });
  });

  L.on("fieldFree", (key) => {
    const field = get().get(key);
    if (!field || !field.error) return;
    field.error = null;
    fillErrors();
  });

  // React renders the form after the answer has been spread over the page.
  const rendered = new MutationObserver(L.onceAFrame(fill));
  L.on("boot", () => {
    const filter = ["data-target", "data-path", "data-value"];
    for (const id of ["form-pane", "pins"]) {
      rendered.observe(L.byId(id), { childList: true, subtree: true, attributeFilter: filter });
    }
  });
})();
