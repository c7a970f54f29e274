/* Around the learning curves: the choice of statistic, the line through one epoch with its values, marks, buttons. */
(() => {
  "use strict";

  const L = window.leabra;
  const data = L.curves;
  const CARD = 280; // px that the card takes at most
  const LETTER = 6; // px a letter of a small word takes
  const PARTS = { train: "train", test: "test" };
  const MARKS = 12; // changes of the model that are marked at most

  let parts = null;

  /** Whether the curves were made by another model than the one that is shown. */
  L.curvesStale = () => Boolean(L.trains() && L.training.now.init);

  /** What is drawn, in words. */
  L.curveWords = () => {
    const choice = L.byId("curve-stat");
    const option = choice.options[choice.selectedIndex];
    return { label: option ? option.textContent : "" };
  };

  const text = (value) => L.statText(data.stat, value);

  /* ---- The overlay ---- */

  function build() {
    const pane = L.byId("curves-body");
    if (!pane || (parts && parts.layer.isConnected)) return Boolean(parts);
    const line = L.el("div", { class: "curve-line" });
    const dots = Object.keys(PARTS).map((part) => L.el("i", { class: `dot ${part}` }));
    const card = L.el("div", { class: "curve-card", role: "status" });
    const marks = L.el("div");
    const past = L.el("span", { class: "curve-past" });
    const title = L.el("span", { class: "axis-title" }, "epoch");
    const layer = L.el("div", { class: "curve-layer" }, marks, line, ...dots, past, title, card);
    parts = { layer, line, dots, card, marks, past };
    pane.append(layer);
    return true;
  }

  /** Make room for the plot before it is drawn. */
  function reveal() {
    L.byId("curves").classList.toggle("has-data", L.training.records.length > 0);
  }

  function draw() {
    if (!build()) return;
    const shown = L.training.records.length > 0;
    reveal();
    L.byId("curves").classList.toggle("several", data.runs.length > 1);
    showChoices();
    if (!shown || !L.byId("curves-plot").clientWidth || !data.runs.length) return;
    const scale = L.curveScale();
    const epoch = Math.max(1, Math.min(scale.last, pointed() ?? data.last()));
    drawLine(scale, epoch);
    drawCard(scale, epoch);
    drawMarks(scale);
    drawPast(scale);
    parts.layer.classList.toggle("stale", L.curvesStale());
  }

  function drawLine(scale, epoch) {
    parts.line.style.transform = `translateX(${Math.round(scale.x(epoch))}px)`;
    parts.line.style.top = `${scale.top}px`;
    parts.line.style.height = `${scale.height}px`;
    Object.keys(PARTS).forEach((part, i) => {
      const found = data.valueAt(part, epoch);
      const dot = parts.dots[i];
      dot.hidden = !found;
      if (found) dot.style.transform = `translate(${scale.x(found[0]).toFixed(1)}px, ${scale.y(found[1]).toFixed(1)}px)`;
    });
  }

  /* ---- The card: the newest run, mean and range at one epoch ---- */

  function drawCard(scale, epoch) {
    const several = data.runs.length > 1;
    const at = scale.x(epoch);
    const room = scale.left + scale.width - at > CARD;
    parts.card.hidden = !room && pointed() === null;
    if (parts.card.hidden) return;
    const head = ["", `run ${data.runs[data.runs.length - 1].run}`, ...(several ? ["mean", "range"] : [])];
    const rows = Object.keys(PARTS).map((part) => row(part, epoch, several));
    const cells = [L.el("b", { class: "epoch" }, `epoch ${epoch}`), ...head.slice(1).map((word) => L.el("span", {}, word)), ...rows.flat()];
    parts.card.replaceChildren(...cells);
    parts.card.classList.toggle("several", several);
    parts.card.style.left = room ? `${Math.round(at) + 12}px` : "";
    parts.card.style.right = room ? "" : `${Math.round(scale.left + scale.width - at) + 28}px`;
    parts.card.style.top = `${scale.top + 8}px`;
  }

  function row(part, epoch, several) {
    const name = L.el("span", { class: "name" }, L.el("i", { class: `curve-swatch ${part}` }), PARTS[part]);
    const found = data.valueAt(part, epoch);
    const unit = L.isPercent(data.stat) ? " %" : "";
    const value = L.el("b", {}, found ? text(found[1]) + unit : "–");
    if (found && found[0] !== epoch) L.setAttr(value, "title", `last test, at epoch ${found[0]}`);
    if (!several) return [name, value];
    const over = data.spread(part, found ? found[0] : epoch);
    const mean = L.el("span", {}, over ? text(over.mean) : "–");
    return [name, value, mean, L.el("span", {}, over ? `${text(over.low)} – ${text(over.high)}` : "–")];
  }

  /* ---- Marks: where the model was changed, and which lines are finished runs ---- */

  function drawMarks(scale) {
    const shown = data.changes().slice(-MARKS);
    const key = JSON.stringify([shown, scale.width, scale.height, scale.last]);
    if (parts.marks.dataset.key === key) return;
    parts.marks.dataset.key = key;
    parts.marks.replaceChildren(...shown.map(([epoch, revision]) => {
      const mark = L.el("div", { class: "revision" }, L.el("span", {}, `revision ${revision}`));
      mark.style.transform = `translateX(${Math.round(scale.x(epoch - 0.5))}px)`;
      mark.style.height = `${scale.top + scale.height}px`;
      return mark;
    }));
  }

  /** Above the ends of the finished runs, where they reach beyond the newest one. */
  function drawPast(scale) {
    const past = data.runs.slice(0, -1);
    const end = past.reduce((last, run) => Math.max(last, run.end), 0);
    const names = past.map(({ run }) => run);
    const words = names.length > 1 ? `runs ${names.slice(0, -1).join(", ")} and ${names.at(-1)}, finished` : `run ${names[0]}, finished`;
    const right = scale.x(end);
    parts.past.hidden = !past.length || right - scale.x(data.last()) < words.length * LETTER + CARD;
    if (parts.past.hidden) return;
    L.setText(parts.past, words);
    const tail = past.flatMap((run) => [...run.values].slice(-40).map(([, { train, test }]) => Math.max(train ?? 0, test ?? 0)));
    const top = scale.y(Math.max(...tail));
    parts.past.style.transform = `translate(calc(${Math.round(right)}px - 100%), ${Math.round(Math.max(scale.top, top - 22))}px)`;
  }

  /* ---- The choice of statistic ---- */

  /** Layers have statistics too; which ones is known from the records. */
  function showChoices() {
    const choice = L.byId("curve-stat");
    const last = L.training.records.at(-1);
    const wanted = Object.keys((last && last.train) || {}).filter((name) => name.startsWith("act:"));
    const made = [...choice.options].filter((option) => option.value.startsWith("act:"));
    if (JSON.stringify(wanted) !== JSON.stringify(made.map((option) => option.value))) {
      made.forEach((option) => option.remove());
      choice.append(...wanted.map((name) => L.el("option", { value: name }, `Mean activity of ${name.slice(4)}`)));
    }
    if (![...choice.options].some((option) => option.value === data.stat)) data.stat = choice.options[0].value;
    choice.value = data.stat;
    for (const button of document.querySelectorAll("[data-curves]")) {
      const ready = L.training.records.length > 0;
      L.enable(button, ready, ready ? button.dataset.title : "Nothing to save yet: press Run");
    }
  }

  document.addEventListener("change", (event) => {
    if (event.target.id !== "curve-stat") return;
    data.stat = event.target.value;
    L.emit("training");
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-curves]");
    if (!button || !L.usable(button)) return;
    if (button.dataset.curves === "csv") L.saveTable("records_csv", "learning_curves.csv");
    else L.saveCurves(button.dataset.curves);
  });

  /* ---- Pointing ---- */

  const redraw = L.onceAFrame(draw);
  const pointed = L.pointing({
    id: "curves-plot", scale: L.curveScale, redraw,
    end: () => (data.runs.length ? data.end() : 0),
    last: data.last,
  });

  L.on("epochs", reveal);
  for (const name of ["boot", "training", "curves", "theme", "dock"]) L.on(name, redraw);
  window.addEventListener("resize", redraw);
})();
