/* The answers to edits, written into the rows of the form; a form is not rendered anew while someone types in it. */
(() => {
  "use strict";

  const L = window.leabra;
  const { inputOf, rangeOf, textOf, setFields, get } = L.form;

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
    fillNote(row, field);
    fillControls(row, field);
  }

  function fillControls(row, field) {
    const input = inputOf(row);
    const range = rangeOf(row);
    const select = row.querySelector("select");
    if (input) {
      L.setAttr(input, "aria-invalid", field.error ? "true" : null);
      L.setAttr(input, "title", String(field.value ?? field.text));
      const busy = input === document.activeElement && input.dataset.typed === "yes";
      if (!busy && !field.error && !L.pending("set_param")) L.fill(input, field.text);
    }
    const dragged = range && range.matches(":active");
    if (range && !dragged && !L.pending("set_param") && Number.isFinite(Number(field.value))) L.fill(range, String(field.value));
    if (select && field.text !== undefined) select.value = field.text;
  }

  /** The rows of the selected object, as the server last described them. */
  function fillRows() {
    const { target, byPath } = get();
    for (const row of document.querySelectorAll("#form-pane .param")) {
      const field = row.dataset.target === target ? byPath.get(row.dataset.path) : undefined;
      if (field) fillRow(row, field);
    }
    for (const field of document.querySelectorAll("#form-pane select[data-value]")) field.value = field.dataset.value;
  }

  /** Name, shape, role and clamp: an error below them, and the field marked. */
  function fillErrors() {
    const { byPath } = get();
    const messages = [];
    for (const input of document.querySelectorAll("#form-pane [data-key]")) {
      const field = byPath.get(input.dataset.key);
      const row = input.closest(".field");
      const wrong = Boolean(field && field.error);
      if (row) row.classList.toggle("invalid", wrong);
      if (wrong) messages.push(field.error);
    }
    L.setText(document.querySelector("#form-pane .field-error"), messages.join(" "));
  }

  /** Remember what an answer says; errors of an earlier answer are over. */
  function remember(page) {
    const target = page.select && page.select.length === 1 ? page.select[0] : null;
    const old = get();
    const byPath = target === old.target ? new Map(old.byPath) : new Map();
    for (const [path, field] of byPath) if (field.error) byPath.set(path, { ...field, error: null });
    for (const field of page.fields || []) byPath.set(field.path, { ...byPath.get(field.path), ...field });
    setFields({ target, byPath });
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
    const field = get().byPath.get(row.dataset.path);
    if (!field) return row.classList.remove("invalid");
    field.error = null;
    fillRow(row, { ...field, text: textOf(row) });
  });

  // React renders the form after the answer has been spread over the page.
  const rendered = new MutationObserver(L.onceAFrame(fill));
  L.on("boot", () => {
    const filter = ["data-target", "data-path", "data-value"];
    rendered.observe(L.byId("form-pane"), { childList: true, subtree: true, attributeFilter: filter });
  });
})();
