/* The tables beside the plot of batches: their rows, the runs of the open one, what differs; and the buttons. */
(() => {
  "use strict";

  const L = window.leabra;
  const compare = L.compare;
  const COLUMNS = 5; // of the table of batches beside the first

  const cell = (className, ...content) => L.el("td", { class: className }, ...content);

  /** A mean with its range below, or a dash. */
  function spread(found, digits, unit, title) {
    if (!found) return cell("number", "–");
    const text = (value) => value.toFixed(Number.isInteger(value) && digits === 0 ? 0 : digits);
    const range = found.low === found.high ? "" : `${text(found.low)}–${text(found.high)}`;
    const made = cell("number", L.el("span", {}, text(found.mean) + unit), L.el("span", { class: "count" }, range));
    L.setAttr(made, "title", title(found));
    return made;
  }

  /* ---- Rows of batches ---- */

  /** Rows are made anew only where they changed, so that the focus stays. */
  function drawList() {
    const body = L.byId("compare-list");
    const rows = compare.batches.map((batch) => [batch, JSON.stringify([batch, compare.styles.get(batch.id), compare.open === batch.id])]);
    const old = new Map([...body.children].map((row) => [row.dataset.batch, row]));
    rows.forEach(([batch, key], i) => {
      let row = old.get(batch.id);
      old.delete(batch.id);
      if (!row) row = L.el("tr", { "data-batch": batch.id });
      if (row.dataset.key !== key) fillRow(row, batch);
      row.dataset.key = key;
      if (body.children[i] !== row) body.insertBefore(row, body.children[i] || null);
    });
    for (const row of old.values()) row.remove();
  }

  function fillRow(row, batch) {
    const focused = row.contains(document.activeElement) ? document.activeElement.dataset.does : null;
    const busy = ["waiting", "running"].includes(batch.state);
    row.classList.toggle("selected", compare.open === batch.id);
    row.replaceChildren(nameCell(batch), ...(busy ? [progressCell(batch)] : [...numberCells(batch), removeCell(batch)]));
    if (focused) row.querySelector(`[data-does="${focused}"]`)?.focus();
  }

  function nameCell(batch) {
    const box = L.el("input", { type: "checkbox", "data-does": "draw", "aria-label": `Draw batch ${batch.id}, ${batch.name}` });
    box.checked = compare.styles.has(batch.id);
    const swatch = box.checked ? compare.swatch(batch.id) : L.el("span", { class: "batch-swatch" });
    const open = L.el("button", { type: "button", class: "batch-name", "data-does": "show", "aria-expanded": String(compare.open === batch.id), title: `${batch.name}: show its runs` }, L.el("b", {}, batch.id), L.el("span", { class: "word" }, batch.name));
    const seeds = `${/[,-]/.test(batch.seeds) ? "seeds" : "seed"} ${batch.seeds}`;
    const revision = batch.name.endsWith(`revision ${batch.revision}`) ? "" : `rev. ${batch.revision} · `;
    const facts = batch.state === "cancelled" ? `cancelled · ${batch.ended} of ${batch.total} runs` : revision + seeds;
    const below = L.el("span", { class: "count", title: [batch.problem, `revision ${batch.revision}`, seeds].filter(Boolean).join(" · ") }, facts);
    return cell("batch", L.el("div", { class: "batch-line" }, L.el("label", {}, box, swatch), L.el("div", { class: "batch-words" }, open, below)));
  }

  function progressCell(batch) {
    const bar = L.el("div", { class: "progress-track", role: "progressbar", "aria-label": `Batch ${batch.id}`, "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": Math.round(100 * batch.share) }, L.el("div", { class: "progress-fill" }));
    bar.firstChild.style.width = `${100 * batch.share}%`;
    const cancel = L.el("button", { type: "button", class: "button outlined", "data-does": "cancel", "aria-label": `Cancel batch ${batch.id}` }, "Cancel");
    const words = L.el("span", { class: "count" }, progressText(batch));
    const made = cell("at-work", L.el("div", { class: "batch-line" }, L.el("div", { class: "batch-words" }, bar, words), cancel));
    made.colSpan = COLUMNS;
    return made;
  }

  function progressText(batch) {
    if (batch.state === "waiting") return batch.before ? `waits for ${batch.before} ${batch.before === 1 ? "batch" : "batches"} before it` : "begins";
    const left = batch.left === null ? "" : ` · ${L.timeText(batch.left)} left`;
    return `${batch.ended} of ${batch.total} runs${left}`;
  }

  function numberCells(batch) {
    const below = L.el("span", { class: "count" }, batch.problems ? `${batch.problems} stopped` : percent(batch));
    const solved = cell("number", L.el("span", {}, batch.ended ? `${batch.solved} of ${batch.ended}` : "–"), below);
    L.setAttr(solved, "title", batch.problems ? `${batch.problems} runs stopped by themselves: see its runs` : null);
    const runs = ({ count }) => `${count} of ${batch.ended} runs`;
    return [
      solved,
      spread(batch.first_zero, 0, "", runs),
      spread(batch.train, 1, " %", runs),
      spread(batch.test, 1, " %", runs),
    ];
  }

  const percent = (batch) => (batch.ended ? `${Math.round((100 * batch.solved) / batch.ended)} %` : "");

  function removeCell(batch) {
    const remove = L.el("button", { type: "button", class: "button quiet", "data-does": "remove", "aria-label": `Remove batch ${batch.id}`, title: "Remove; it can be brought back" }, L.icon("close"));
    return cell("act", remove);
  }

  function drawRemoved() {
    const line = document.querySelector("#compare-panel .removed-line");
    const removed = compare.removed;
    if (line.dataset.key === JSON.stringify(removed)) return;
    line.dataset.key = JSON.stringify(removed);
    if (!removed) return void line.replaceChildren();
    line.replaceChildren(L.el("span", { class: "word" }, `Removed ${removed.id} ${removed.name}`), L.el("button", { type: "button", class: "link", "data-does": "restore" }, "Undo"));
  }

  /* ---- What differs ---- */

  function drawDifferences() {
    const part = L.byId("compare-differences");
    const drawn = compare.drawn();
    const key = JSON.stringify([drawn.map(({ id, name }) => [id, name]), compare.differences, compare.batches.length]);
    if (part.dataset.key === key) return;
    part.dataset.key = key;
    const title = L.el("div", { class: "part-head" }, L.el("b", {}, "What differs"));
    part.hidden = drawn.length < 2 && compare.batches.length !== 1;
    if (part.hidden) return void part.replaceChildren();
    if (drawn.length < 2) return void part.replaceChildren(title, L.el("p", { class: "why" }, "Change a parameter, the plan or the network, and press Run batch again: the same seeds, one change."));
    if (!compare.differences.length) return void part.replaceChildren(title, L.el("p", { class: "why" }, "Nothing differs: the same model, the same seeds."));
    const heads = ["where", "parameter", ...drawn.map(({ id }) => id)].map((word) => L.el("th", { scope: "col" }, word));
    const rows = compare.differences.map(({ where, what, values }) => L.el("tr", {}, cell("where", where), cell("what", what), ...values.map((value, i) => {
      const made = cell(i && value === values[0] ? "same" : "", value);
      L.setAttr(made, "title", value);
      return made;
    })));
    const table = L.el("table", { class: "plain-table difference-table", "aria-label": "What differs" }, L.el("thead", {}, L.el("tr", {}, ...heads)), L.el("tbody", {}, ...rows));
    part.replaceChildren(title, table);
  }

  /* ---- Runs of the open batch ---- */

  function drawRuns() {
    const part = L.byId("compare-runs");
    const batch = compare.batches.find(({ id }) => id === compare.open);
    part.hidden = !batch;
    if (!batch) return;
    L.setText(part.querySelector(".letter"), batch.id);
    nameField(part.querySelector(".name-place"), batch);
    const body = L.byId("compare-run-rows");
    const key = JSON.stringify([batch.id, compare.runs]);
    if (body.dataset.key === key) return;
    body.dataset.key = key;
    body.replaceChildren(...(compare.runs ? runRows(batch, compare.runs) : []));
  }

  function runRows(batch, { runs, seeds }) {
    const known = new Map(runs.map((run) => [run.seed, run]));
    const text = (value, digits) => (value === null ? "–" : value.toFixed(digits));
    return seeds.map((seed) => {
      const run = known.get(seed);
      if (!run) return L.el("tr", { class: "missing" }, cell("number", String(seed)), L.el("td", { colspan: 6 }, batch.state === "cancelled" ? "cancelled" : "not ended yet"));
      const words = [String(run.epochs), run.first_zero === null ? "–" : String(run.first_zero), run.solved ? "yes" : "no", text(run.train, 1), text(run.test, 1)];
      return L.el("tr", {}, cell("number", String(seed)), ...words.map((word) => cell("number", word)), cell("problem", run.problem || ""));
    });
  }

  /** The field with the name of the batch, which can be changed. */
  function nameField(place, batch) {
    let field = place.firstChild;
    if (!field) {
      field = L.el("input", { type: "text", "aria-label": "Name of the batch", maxlength: 80 });
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter") field.blur();
        if (event.key === "Escape") field.value = field.dataset.name;
      });
      field.addEventListener("change", () => compare.rename(field.dataset.batch, field.value));
      place.append(field);
    }
    if (field.dataset.batch === batch.id && field.dataset.name === batch.name) return;
    Object.assign(field.dataset, { batch: batch.id, name: batch.name });
    field.value = batch.name;
  }

  /* ---- Choices and buttons ---- */

  function drawHead() {
    const pane = L.byId("compare-panel");
    pane.classList.toggle("has-data", compare.batches.length > 0 || Boolean(compare.removed));
    const free = !L.trains();
    L.enable(L.byId("compare-run"), !free, free ? L.training.why || "This model is not trained" : "Train the model as it is now with all these seeds, in the background");
    for (const button of pane.querySelectorAll("[data-compare]")) {
      const ready = compare.drawn().some(({ ended }) => ended);
      L.enable(button, ready, ready ? button.dataset.title : "Nothing to save yet: no run of a batch that is drawn has ended");
    }
    for (const button of pane.querySelectorAll("[data-part]")) L.setAttr(button, "aria-pressed", String(button.dataset.part === compare.part));
    showLayers();
  }

  /** Layers have statistics too; the plan's network says which. */
  function showLayers() {
    const choice = L.byId("compare-stat");
    const wanted = [...L.layers.keys()].map((name) => `act:${name}`);
    const made = [...choice.options].filter((option) => option.value.startsWith("act:"));
    if (JSON.stringify(wanted) === JSON.stringify(made.map((option) => option.value))) return;
    made.forEach((option) => option.remove());
    choice.append(...wanted.map((value) => L.el("option", { value }, `Mean activity of ${value.slice(4)}`)));
    if (choice.value !== compare.stat) compare.choose({ stat: choice.value || "error" });
  }

  const DOES = {
    show: (id) => compare.show(id),
    cancel: (id) => compare.cancel(id),
    remove: (id) => compare.remove(id),
    restore: () => compare.restore(),
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("#compare-panel [data-does], #compare-panel [data-compare], #compare-panel [data-part], #compare-panel [data-of-batch], #compare-run, #compare-whole");
    if (!target || !L.usable(target)) return;
    const { does, part } = target.dataset;
    if (target.id === "compare-run") compare.run();
    else if (target.id === "compare-whole") compare.choose({ whole: !compare.whole });
    else if (part) compare.choose({ part });
    else if (target.dataset.compare) saveAll(target.dataset.compare);
    else if (target.dataset.ofBatch) takeAway(target.dataset.ofBatch, compare.open);
    else if (Object.hasOwn(DOES, does)) DOES[does](target.closest("tr")?.dataset.batch);
  });

  function saveAll(format) {
    if (format !== "csv") return compare.picture(format);
    return compare.save("records_csv", { of: compare.drawn().map(({ id }) => id) }, "batches.csv");
  }

  function takeAway(what, id) {
    if (what === "python") return compare.python(id);
    return compare.save(what, { batch: id }, `batch_${id}.csv`);
  }

  document.addEventListener("change", (event) => {
    if (event.target.id === "compare-stat") compare.choose({ stat: event.target.value });
    if (event.target.dataset.does === "draw") compare.toggle(event.target.closest("tr").dataset.batch, event.target.checked);
  });

  function draw() {
    drawHead();
    drawList();
    drawRemoved();
    drawDifferences();
    drawRuns();
  }

  L.on("batches", draw);
  for (const name of ["boot", "training", "page"]) L.on(name, () => L.byId("compare-panel") && drawHead());
})();
