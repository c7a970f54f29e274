/* The client's records of the viewed unit and of all units, and the cycle of them that is shown. */
(() => {
  "use strict";

  const L = window.leabra;
  const RING = () => L.config().ring || 500;

  const records = (L.records = {
    gen: -1,
    from: 0, // first cycle held
    count: 0,
    series: new Map(), // variable -> Float64Array of `count` values of the viewed unit
    marks: [], // [cycle, revision, label]: from that cycle on, this model was in force
    heat: new Map(), // layer -> Uint8Array at the newest cycle
    heatVariable: null,
    unit: null, // {layer, index, values} at the newest cycle
    history: null, // {variable, gen, from, count, layers: Map}
    cycle: 0, // cycles run so far
  });
  let held = ""; // the view that `series` belongs to

  /** One text for one view: series of different views are never mixed. */
  records.key = (view) => JSON.stringify([view.layer, view.unit, view.vars]);

  /** While the past is shown every variable is wanted, so that the readings need no request. */
  records.wantedVariables = () => {
    if (L.time.live) return [...L.view.vars];
    return Object.keys(L.config().variables);
  };

  /** How many cycles are held of this generation for this view; -1 asks for all there are. */
  records.cursor = (key) => (key === held && records.count ? records.from + records.count : -1);

  records.end = () => records.from + records.count;

  /** Take over what a frame brings. */
  records.take = (frame, key) => {
    if (frame.gen !== records.gen) restart(frame.gen);
    records.cycle = frame.cycle;
    takeHeat(frame);
    takeSeries(frame, key);
    if (frame.history) takeHistory(frame);
  };

  /** A rewind or a rebuilt net: what was recorded before is void. */
  function restart(gen) {
    records.gen = gen;
    records.count = 0;
    records.from = 0;
    records.series = new Map();
    records.marks = [];
    records.history = null;
    held = "";
    L.time.goLive();
  }

  function takeHeat(frame) {
    const heat = frame.heat || { layers: {} };
    records.heat = new Map(Object.entries(heat.layers || {}).map(([name, text]) => [name, L.bytes(text)]));
    records.heatVariable = heat.var || null;
    records.unit = frame.unit || null;
  }

  function takeHistory(frame) {
    const { var: variable, from, count, layers } = frame.history;
    const bytes = new Map(Object.entries(layers).map(([name, text]) => [name, L.bytes(text)]));
    records.history = { variable, gen: frame.gen, from, count, layers: bytes };
  }

  /** Append the new cycles, or begin anew when they do not join what is held. */
  function takeSeries(frame, key) {
    const fresh = Object.entries(frame.series || {}).map(([name, text]) => [name, L.floats(text)]);
    const joins = key === held && frame.from >= records.from && frame.from <= records.end();
    const keep = joins ? frame.from - records.from : 0;
    const drop = Math.max(0, keep + frame.count - RING());
    records.series = new Map(fresh.map(([name, values]) => [name, joined(records.series.get(name), keep, values, drop)]));
    records.from = (joins ? records.from : frame.from) + drop;
    records.count = keep + frame.count - drop;
    held = key;
    takeMarks(frame, joins);
  }

  function joined(old, keep, values, drop) {
    const all = new Float64Array(keep + values.length);
    if (old && keep) all.set(old.subarray(0, keep));
    all.set(values, keep);
    return all.subarray(drop);
  }

  /** Marks of the new span follow the old ones; the first of a span is a mark only if its revision is new. */
  function takeMarks(frame, joins) {
    const old = joins ? records.marks.filter((mark) => mark[0] < frame.from) : [];
    for (const mark of frame.revs || []) {
      if (!old.length || old[old.length - 1][1] !== mark[1]) old.push(mark);
    }
    records.marks = old;
  }

  /** The revision of the model that made a cycle, undefined when nothing is recorded. */
  records.revisionAt = (cycle) => {
    const mark = records.marks.filter((one) => one[0] <= cycle).pop();
    return mark && mark[1];
  };

  /** Values of the viewed unit at the shown cycle: variable -> number, as far as the page has them. */
  records.values = () => {
    if (L.time.live) return records.unit ? records.unit.values : {};
    const i = L.time.cycle - records.from;
    return Object.fromEntries([...records.series].map(([name, values]) => [name, values[i]]));
  };

  /** One variable of the viewed unit at a cycle. */
  records.value = (name, cycle) => {
    const values = records.series.get(name);
    return values ? values[cycle - records.from] : undefined;
  };

  /** Levels 0..255 of a layer's units at the shown cycle, undefined when there are none. */
  records.levels = (layer) => {
    if (L.time.live) return records.heat.get(layer);
    const past = records.history;
    const levels = past && past.variable === L.view.var ? past.layers.get(layer) : undefined;
    const i = past ? L.time.cycle - past.from : -1;
    if (!levels || i < 0 || i >= past.count) return undefined;
    const units = levels.length / past.count;
    return levels.subarray(i * units, (i + 1) * units);
  };

  /* ---- The shown cycle ---- */

  L.time = {
    live: true,
    cycle: 0,

    /** Show the newest cycle and follow it. */
    goLive() {
      if (this.live) return;
      this.live = true;
      L.emit("time");
      L.emit("changed");
    },

    /** Show a recorded cycle. */
    go(cycle) {
      if (!records.count) return;
      const first = this.live;
      this.live = false;
      this.cycle = Math.max(records.from, Math.min(records.end() - 1, Math.round(cycle)));
      if (first || lacksPast()) L.wantHistory();
      L.emit("time");
    },

    /** The cycle on the screen, -1 when nothing is recorded. */
    shown() {
      return this.live ? records.end() - 1 : this.cycle;
    },
  };

  /** Whether the past of all units is not at hand for the shown cycle. */
  function lacksPast() {
    const past = records.history;
    if (!past || past.gen !== records.gen || past.variable !== L.view.var) return true;
    return L.time.cycle < past.from || L.time.cycle >= past.from + past.count;
  }

  L.on("view", () => !L.time.live && lacksPast() && L.wantHistory());

  // While the net runs on, the oldest cycles leave the ring; what is shown stays inside it.
  L.on("frame", () => {
    if (!L.time.live && L.time.cycle < records.from) L.time.go(records.from);
  });
})();
