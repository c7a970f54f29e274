/* The runs of a training beside their curves: the first epoch without an error in a word, all of them in a table. */
(() => {
  "use strict";

  const L = window.leabra;
  const menu = () => L.byId("curve-runs");
  const PARTS = ["train", "test"];

  let told = null; // the answer of the server

  L.keeper(
    () => L.trains() && L.dockTab("dock") === "curves",
    () => [L.training.gen, L.training.records.length, L.running()].join(),
    load,
  );

  async function load() {
    const answer = await L.results("runs");
    told = answer.runs && answer.runs.length ? answer : null;
    menu().classList.toggle("has-runs", Boolean(told));
    if (!told) return void (menu().open = false);
    L.setText(menu().querySelector("summary"), words(told));
    menu().querySelector(".run-table").replaceChildren(table(told.runs), csv());
  }

  /** The first zero of the present run, or of how many runs there is one and its mean. */
  function words({ runs, stop_by: part }) {
    const found = runs.map((run) => run.first_zero[part]).filter((epoch) => epoch !== null);
    if (runs.length === 1) return found.length ? `First zero: epoch ${found[0]}` : "First zero: none yet";
    const mean = found.reduce((sum, epoch) => sum + epoch, 0) / found.length;
    return `First zero: ${found.length} of ${runs.length} runs${found.length ? `, mean epoch ${mean.toFixed(0)}` : ""}`;
  }

  const cell = (value) => L.el("td", {}, value === null ? "–" : String(value));
  const percent = (value) => L.el("td", {}, value === null ? "–" : `${value.toFixed(1)} %`);

  function table(runs) {
    const heads = ["run", "seed", "epochs", "first zero, train", "first zero, test", "correct, train", "correct, test"];
    const head = L.el("tr", {}, ...heads.map((word) => L.el("th", { scope: "col" }, word)));
    const lines = runs.map((run) =>
      L.el("tr", {}, cell(run.run), cell(run.seed), cell(run.epochs), ...PARTS.map((part) => cell(run.first_zero[part])), ...PARTS.map((part) => percent(run.correct[part]))));
    return L.el("table", {}, L.el("caption", {}, "First zero: first epoch without an error. Correct: in the last epoch and the last test."), L.el("thead", {}, head), L.el("tbody", {}, ...lines));
  }

  function csv() {
    const button = L.el("button", { type: "button", class: "button quiet menu-item", "aria-label": "CSV of the runs", title: "Save the runs as a table" }, L.icon("download"), L.el("span", { class: "word" }, "CSV"));
    button.addEventListener("click", () => L.saveTable("runs_csv", "runs.csv"));
    return button;
  }
})();
