/* Transport and counters: Train or Test, Init, Rewind, Run or Stop, Step, what they say and why they cannot be pressed. */
(() => {
  "use strict";

  const L = window.leabra;
  const MODES = { train: "Train", test: "Test" };
  const DRAWN = { cycle: "at every cycle", trial: "once per trial", epoch: "once per epoch", never: "not at all" };
  const FREE = "This model runs free cycles: it has no table of patterns to train on";

  const mode = () => L.training.mode;

  /* ---- Run, and why it cannot be pressed ---- */

  /** Why Run cannot be pressed, or nothing. */
  function reason() {
    if (L.run.state === "unknown") return "The server has not answered yet";
    if (L.run.state === "compiling") return "The engine is being compiled; this happens once and takes half a minute";
    if (L.page && L.layers.size === 0) return "Nothing to run: add a layer first";
    const problem = L.page && Object.entries(L.page.problems || {})[0];
    return L.run.state === "error" && problem ? `${problem[0]}: ${problem[1]}` : "";
  }

  /** What Run does now. */
  function runTitle(running) {
    if (!L.trains()) return running ? "Stop after this cycle (Space)" : "Run until Stop (Space)";
    if (running) return "Stop after this trial (Space)";
    return mode() === "train" ? "Train to the end of the plan, or until Stop (Space)" : "Test all rows, or until Stop (Space)";
  }

  /** Run turns into Stop at the same place; both and their neighbours say why when they cannot be pressed. */
  function showRun() {
    const button = L.byId("run");
    if (!button) return;
    const running = L.running();
    const why = running ? "" : reason();
    button.classList.toggle("stop", running);
    button.dataset.state = L.run.state;
    L.setText(button.querySelector(".word"), running ? "Stop" : "Run");
    L.setAttr(button, "aria-label", running ? "Stop" : "Run");
    L.enable(button, !why, why || runTitle(running));
    L.enable(L.byId("step"), !running && !why, why || (running ? "Stop first" : `${L.stepWords()}; hold to repeat (S)`));
    L.enable(L.byId("new-seed"), !running, running ? "Stop first" : newSeedTitle());
    showStarts(running);
  }

  const newSeedTitle = () => (L.trains() ? "Another seed, and weights anew from it" : "Draw a new seed for the weights");

  /** Init and Rewind. */
  function showStarts(running) {
    const ran = Boolean(L.records.cycle || running || (L.trains() && L.training.records.length));
    const [init, rewind] = L.trains() ? startWords() : [FREE, "Back to cycle 0 with the same seed"];
    const blocked = L.trains() && running ? "Stop first" : "";
    L.enable(L.byId("rewind"), ran && !blocked, blocked || (ran ? rewind : "Already at the start"));
    L.enable(L.byId("init"), L.trains() && !blocked, blocked || init);
    L.byId("init").classList.toggle("due", Boolean(L.trains() && L.training.now.init));
  }

  function startWords() {
    if (mode() === "test") return ["Counters of the test to 0 (I)", "Back to the first trial of the test"];
    const { run, seed } = L.training.now;
    return ["Weights anew from the seed, counters to 0, curves cleared (I)", `Back to the start of run ${run} with the same seed ${seed}`];
  }

  /** The step in words: `Step 1 trial of Train`. */
  L.stepWords = () => {
    const field = L.byId("step-n");
    const count = (field && field.value.trim()) || "1";
    const level = L.trains() ? L.training.level : "cycle";
    const words = `Step ${count} ${level}${count === "1" ? "" : "s"}`;
    return L.trains() ? `${words} of ${MODES[mode()]}` : words;
  };

  /* ---- Mode, level, how often the network is drawn ---- */

  function showModes() {
    const why = L.trains() ? (L.running() ? "Stop first" : "") : L.training.why || FREE;
    for (const [name, word] of Object.entries(MODES)) {
      const button = L.byId(`mode-${name}`);
      L.setAttr(button, "aria-pressed", String(L.trains() && mode() === name));
      L.enable(button, !why, why || `${word}: it has counters of its own`);
    }
    showChoices();
  }

  function showChoices() {
    const level = L.byId("step-level");
    for (const option of level.options) option.disabled = !L.trains() && option.value !== "cycle";
    level.value = L.trains() ? L.training.level : "cycle";
    L.setAttr(level, "title", L.trains() ? L.stepWords() : FREE);
    L.byId("follow").value = L.follow();
  }

  /* ---- Counters and rates ---- */

  /** Where the run is: cycles of the trial while it trains, cycles of all else. */
  function showCounters(frame) {
    const { now } = L.training;
    L.setText(L.byId("counter-cycle"), L.grouped(now ? now.cycle : frame.cycle));
    if (now) {
      for (const word of ["run", "epoch", "phase"]) L.setText(L.byId(`counter-${word}`), String(now[word]));
      L.setText(L.byId("counter-trial"), now.name ? `${now.trial} “${now.name}”` : String(now.trial));
    }
    showRate(frame.rate, now && now.trials_per_s);
  }

  const rateText = (rate) => (rate >= 10 ? L.grouped(rate) : rate.toFixed(1));

  /** The measured rates; none is shown while nothing runs. */
  function showRate(cycles, trials) {
    const parts = [];
    if (trials && L.running()) parts.push(`${rateText(trials)} trials/s`);
    if (cycles && L.running()) parts.push(`${rateText(cycles)} cycles/s`);
    L.setText(L.byId("counter-rate"), parts.join(" · "));
  }

  /* ---- Progress ---- */

  /** An element's content: a text, a number in bold, a text. */
  function sentence(node, before, number, after) {
    if (node.dataset.text === before + number + after) return;
    node.dataset.text = before + number + after;
    node.replaceChildren(before, L.el("b", {}, number), after);
  }

  function showProgress() {
    const { now } = L.training;
    const busy = Boolean(now) && L.running();
    L.byId("page-grid").classList.toggle("training", busy);
    if (!busy) return;
    if (now.mode === "test") testWords(now);
    else trainWords(now);
    const share = Math.max(0, Math.min(1, now.done || 0));
    const bar = L.byId("progress-bar");
    bar.firstElementChild.style.width = `${100 * share}%`;
    L.setAttr(bar, "aria-valuenow", Math.round(100 * share));
    L.setAttr(bar, "title", `${(100 * share).toFixed(1)} % of ${now.mode === "test" ? "the test" : "the plan"}`);
  }

  function trainWords(now) {
    sentence(L.byId("progress-epoch"), "epoch ", String(now.epoch), ` of ${now.epochs}`);
    const left = typeof now.left === "number";
    sentence(L.byId("progress-left"), `run ${now.run} of ${now.runs}${left ? " · " : ""}`, left ? L.timeText(now.left) : "", left ? " left" : "");
  }

  function testWords(now) {
    sentence(L.byId("progress-epoch"), "trial ", String(now.trial), ` of ${now.trials}`);
    sentence(L.byId("progress-left"), `test at epoch ${now.epoch}`, "", "");
  }

  /** The hint of a page at rest, or what a training does. */
  function showHint() {
    if (!L.trains() || !L.running()) return L.standing(null);
    const pace = L.speed() === null ? "at full speed" : `at ${L.speed()} cycles/s`;
    const word = L.training.now.mode === "test" ? "Testing" : "Training";
    L.standing(`${word} ${pace}, the network is drawn ${DRAWN[L.follow()]} · Space stops at the next trial`);
  }

  /* ---- Stamp: which models and seeds made the curves ---- */

  /** What the stamp says of a training; nothing before its first epoch. */
  L.trainingStamp = () => {
    const { now, records } = L.training;
    if (now.problem) return { state: "stale", text: `stopped: ${now.problem}`, action: "init" };
    if (now.init) return { state: "stale", text: now.init, action: "init" };
    if (!records.length) return null;
    const seeds = [...new Set(records.map((record) => record.seed ?? now.seed))];
    const words = `revision ${records.at(-1).rev} · ${seeds.length > 1 ? "seeds" : "seed"} ${seeds.join(", ")}`;
    return L.running() ? { state: "running", text: `${words} · running` } : { state: "fresh", text: `${words} · up to date` };
  };

  /* ---- When ---- */

  function showAll() {
    if (!L.byId("run")) return;
    showRun();
    showModes();
    showProgress();
    showHint();
  }

  L.on("frame", showCounters);
  for (const name of ["boot", "page", "state", "training"]) L.on(name, showAll);
  L.on("failed", () => showRate(null, null));
  L.on("state", (state) => state === "running" && L.trains() && L.hint("")); // what training does is told instead

  document.addEventListener("input", (event) => event.target.id === "step-n" && showRun());
  document.addEventListener("change", (event) => {
    if (event.target.id === "follow") L.setFollow(event.target.value);
    if (event.target.id !== "step-level") return;
    L.training.level = event.target.value;
    showAll();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mode]");
    if (button && L.usable(button)) L.setMode(button.dataset.mode);
  });

  /** Init of the chosen mode; of training where parameters wait for it. */
  L.init = () => {
    const button = L.byId("init");
    if (!L.usable(button)) return L.hint(button.title, true);
    L.command("init", { mode: L.training.now.init ? "train" : mode() });
  };

  // Another seed is an edit of the model; weights follow it by an Init.
  L.on("page", (page) => page.op === "new_seed" && !page.error && L.trains() && L.command("init", { mode: "train" }));
})();
