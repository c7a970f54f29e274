/* Training as the frames tell of it: counters, the records of its epochs, and what the page wants to know next. */
(() => {
  "use strict";

  const L = window.leabra;
  const SAID = "leabra-draw"; // where the browser keeps how often the network is drawn
  const FOLLOW = ["cycle", "trial", "epoch", "never"];

  const training = (L.training = {
    now: null, // counters and rates; null for a model that does not train
    why: "", // why it does not
    records: [], // one for each epoch that has run
    gen: -1, // the generation that the records belong to
    mode: "train", // what is chosen in the switch
    level: "trial", // what one step is
  });

  let follow = FOLLOW.includes(localStorage.getItem(SAID)) ? localStorage.getItem(SAID) : "epoch";

  /** Whether the model trains by a plan. */
  L.trains = () => Boolean(training.now);

  /** Whether a training or a test runs now. */
  L.training.runs = (mode) => L.trains() && L.running() && training.now.mode === mode;

  /** How often the network is drawn: each cycle of a model that does not train. */
  L.follow = () => (L.trains() ? follow : "cycle");

  /** Draw the network as often as this from now on. */
  L.setFollow = (word) => {
    follow = word;
    localStorage.setItem(SAID, word);
    L.emit("training");
    L.kick();
  };

  /** How many records of a generation the page has, -1 when it has none of it. */
  training.have = (gen) => (gen === training.gen ? training.records.length : -1);

  /** Take over what a frame brings; `from` says where the new records begin, what stood there is void. */
  function take(frame) {
    const before = training.now;
    training.now = frame.train || null;
    training.why = frame.no_train || "";
    if (!training.now) forget();
    else takeRecords(frame.gen, training.now);
    if (training.now && !chosen && !probing && !L.ordering()) training.mode = training.now.mode;
    if (Boolean(before) !== L.trains()) turned();
    L.emit("training", before);
  }

  /** The model trains from now on, or no longer. */
  function turned() {
    L.byId("page-grid").classList.toggle("trains", L.trains());
    L.suggestSpeed(L.trains());
    L.suggestDock("dock", L.trains() ? "curves" : "traces");
    L.suggestDock("side-dock", L.trains() ? "results" : "readings");
  }

  function forget() {
    const had = training.records.length > 0;
    training.records = [];
    training.gen = -1;
    if (had) L.emit("epochs", 0);
  }

  function takeRecords(gen, { from, records }) {
    const held = training.records.length;
    if (from > held) return void (training.gen = -1); // an answer was lost: the next tick asks for all
    const fresh = records.length > 0 || from < held;
    training.gen = gen;
    if (!fresh) return;
    training.records.length = from;
    training.records.push(...records);
    L.emit("epochs", from === held ? held : 0);
    if (!L.running()) L.kick(); // there may be more than one frame holds
  }

  /* ---- The mode: the page shows what was chosen at once, and follows the server otherwise ---- */

  let chosen = false; // until the server has answered
  let probing = false; // rows were tested from their table: what was chosen before goes on afterwards

  /** Train or test from now on. */
  L.setMode = (mode) => {
    if (training.mode === mode || !L.trains()) return;
    training.mode = mode;
    chosen = true;
    L.command("mode", { mode });
    L.emit("training", training.now);
  };

  L.on("command", (cmd) => {
    if (cmd.startsWith("test_")) probing = true;
    else if (!L.running()) probing = false;
  });

  L.on("ack", () => (chosen = false));
  L.on("commandLost", () => (chosen = false));
  L.on("frame", take);

  /* ---- Words ---- */

  /** A time as a person says it: `45 s`, `1 min 52 s`, `2 h 5 min`. */
  L.timeText = (seconds) => {
    const all = Math.max(0, Math.round(seconds));
    const [hours, minutes] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60)];
    if (hours) return `${hours} h ${minutes} min`;
    return minutes ? `${minutes} min ${all % 60} s` : `${all} s`;
  };

  /** A large number with thin gaps: 29 100. */
  L.grouped = (number) => String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, "\u202f");
})();
