/* Batches of runs in the background: begun, watched and taken away; which of them are drawn, and in which style. */
(() => {
  "use strict";

  const L = window.leabra;
  const PAUSE = 700; // ms from one look at batches at work to the next
  const AWAY = 5000; // the same while nobody looks at them
  const STYLES = 6;
  const KEPT = "leabra batches"; // in the storage of this tab: how many there were
  const FILES = { model: "application/json", csv: "text/csv;charset=utf-8" };

  const ask = L.asker("batches-ask", "batches");
  const compare = (L.compare = {
    batches: [], // a row for each, as the server tells of it
    removed: null, // the one that can come back
    styles: new Map(), // letter of a batch that is drawn -> number of its style
    open: null, // letter of the batch whose runs are shown
    curves: {}, // letter -> what is drawn
    differences: [], // a row for each
    runs: null, // the runs of the open one
    stat: "error",
    part: "train",
    whole: false, // whether the axis reaches to the end of the longest run
  });

  let timer = 0;
  let greeting = false; // whether the session has just been opened, by the page or after the server was lost
  let typed = false; // whether the seeds were typed by hand since the last batch
  let held = {}; // what was loaded last, by kind: what it depended on

  const visible = () => L.dockTab("dock") === "compare";
  const atWork = (batch) => ["waiting", "running"].includes(batch.state);
  const find = (id) => compare.batches.find((batch) => batch.id === id);

  /** The batches that are drawn, in their order. */
  compare.drawn = () => compare.batches.filter(({ id }) => compare.styles.has(id));

  /* ---- Requests ---- */

  /** Send a request; its answer is taken over, a refusal is said in the hint line. */
  async function send(op, fields = {}) {
    const answer = await ask({ op, ...fields });
    if (answer.why) {
      if (!answer.lost) L.hint(answer.why, true);
    } else if (answer.batches) take(answer);
    return answer;
  }

  /** Look again, soon while a batch is at work. */
  function look(op = "watch") {
    clearTimeout(timer);
    timer = 0;
    send(op).finally(again);
  }

  function again() {
    if (timer || !compare.batches.some(atWork)) return;
    timer = setTimeout(look, visible() ? PAUSE : AWAY);
  }

  function take(answer) {
    const before = new Map(compare.batches.map((batch) => [batch.id, batch]));
    compare.batches = answer.batches;
    compare.removed = answer.removed;
    for (const id of compare.styles.keys()) if (!find(id)) compare.styles.delete(id);
    for (const batch of answer.batches) if (!before.has(batch.id)) draw(batch.id, true);
    if (compare.open && !find(compare.open)) compare.open = null;
    if (answer.seeds && !typed) L.fill(L.byId("compare-seeds"), answer.seeds);
    tellOfTheEnd(before);
    remember();
    load();
    L.emit("batches");
  }

  /** A batch that was watched has ended: say so, wherever one looks. */
  function tellOfTheEnd(before) {
    for (const batch of compare.batches) {
      const was = before.get(batch.id);
      if (was && atWork(was) && batch.state === "done") L.hint(`Batch ${batch.id} has ended: ${batch.solved} of ${batch.total} runs solved the task`);
    }
  }

  /** Batches live on the server: where it has lost them, that is said. */
  function remember() {
    const had = Number(sessionStorage.getItem(KEPT)) || 0;
    if (greeting && had && !compare.batches.length) L.hint("The batches that were here are gone: the server keeps them only while it runs. Run them again with the same seeds.", true);
    greeting = false;
    sessionStorage.setItem(KEPT, String(compare.batches.length));
  }

  /* ---- What is drawn ---- */

  /** Draw a batch, or no longer; false where there are as many as there are styles. */
  function draw(id, on) {
    if (!on) return compare.styles.delete(id);
    const taken = new Set(compare.styles.values());
    const free = [...Array(STYLES).keys()].find((style) => !taken.has(style));
    if (free === undefined) return false;
    compare.styles.set(id, free);
    return true;
  }

  compare.toggle = (id, on) => {
    if (!draw(id, on)) L.hint(`At most ${STYLES} batches are drawn at once: uncheck one first`, true);
    load();
    L.emit("batches");
  };

  /** Show the runs of a batch, or of none. */
  compare.show = (id) => {
    compare.open = compare.open === id ? null : id;
    compare.runs = null;
    load();
    L.emit("batches");
  };

  /** Fetch what is looked at where it has changed. */
  function load() {
    if (!visible()) return;
    const drawn = compare.drawn();
    const of = drawn.map(({ id }) => id);
    const state = drawn.map(({ id, ended }) => [id, ended]);
    const open = find(compare.open);
    fetchOnce("curves", [state, compare.stat, compare.part, compare.open], { of, stat: compare.stat, part: compare.part, single: compare.open }, ({ curves }) => (compare.curves = curves));
    fetchOnce("differences", [of, drawn.map(({ seeds }) => seeds)], { of }, ({ rows }) => (compare.differences = rows));
    if (open) fetchOnce("runs", [open.id, open.ended], { batch: open.id }, (answer) => (compare.runs = answer));
  }

  /** Ask for something unless what it depends on is as it was; an answer that comes too late is dropped. */
  async function fetchOnce(op, key, fields, use) {
    const wanted = JSON.stringify(key);
    if (held[op] === wanted) return;
    held[op] = wanted;
    const answer = await send(op, fields);
    if (held[op] !== wanted) return;
    if (answer.why) held[op] = "";
    else use(answer);
    L.emit("batches", op);
  }

  compare.choose = (changes) => {
    Object.assign(compare, changes);
    load();
    L.emit("batches");
  };

  /* ---- What a person does ---- */

  /** Resolves when no edit is on its way: a batch is of the model that is seen. */
  const settled = () => new Promise((resolve) => {
    const check = () => (L.idle() ? resolve() : setTimeout(check, 30));
    check();
  });

  compare.run = async () => {
    await settled();
    const answer = await ask({ op: "run", seeds: L.byId("compare-seeds").value });
    L.setText(L.byId("compare-error"), answer.why || "");
    L.setAttr(L.byId("compare-seeds"), "aria-invalid", answer.why ? "true" : null);
    if (answer.why) return;
    typed = false;
    take(answer);
    again();
  };

  for (const op of ["cancel", "remove"]) compare[op] = (id) => send(op, { batch: id });
  compare.restore = () => send("restore");
  compare.rename = (id, name) => send("rename", { batch: id, name });

  const save = (filename, content, type) => L.download({ filename, content, type });

  /** Save a table, or the model of a batch; the server says how the file is called where it knows. */
  compare.save = async (op, fields, filename) => {
    const answer = await send(op, fields);
    if (!answer.why) save(answer.filename || filename, answer.text, op === "model" ? FILES.model : FILES.csv);
  };

  /** Put the lines that repeat a batch on the clipboard, or into a file where the browser forbids that. */
  compare.python = async (id) => {
    const answer = await send("python", { batch: id });
    if (answer.why) return;
    try {
      await navigator.clipboard.writeText(answer.text);
      L.toast("The lines are on the clipboard");
    } catch {
      save("batch.py", answer.text, "text/x-python");
    }
  };

  document.addEventListener("input", (event) => {
    if (event.target.id !== "compare-seeds" || L.filling) return;
    typed = true;
    L.setText(L.byId("compare-error"), "");
    L.setAttr(event.target, "aria-invalid", null);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "compare-seeds" || event.key !== "Enter") return;
    event.preventDefault();
    if (L.usable(L.byId("compare-run"))) compare.run();
  });

  let seen = null; // seed of the model that is open, while there are no batches

  L.on("page", (page) => {
    greeting = greeting || page.op === "hello";
    if (greeting || (visible() && page.seed !== seen)) look("look");
    seen = page.seed;
  });
  L.on("dock", (owner) => owner === "dock" && visible() && L.page && look("look"));
})();
