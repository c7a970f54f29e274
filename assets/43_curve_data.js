/* What the learning curves draw: the records of training as lines of single runs, their mean and their range. */
(() => {
  "use strict";

  const L = window.leabra;
  const PARTS = ["train", "test"];
  const ERROR = "error"; // what Python calls percent_correct, the other way round

  /** The lines in the order in which they are drawn: the newest run and the mean above the rest. */
  const SERIES = PARTS.flatMap((part) => [`${part} low`, `${part} high`])
    .concat(PARTS.map((part) => `${part} past`), PARTS.map((part) => `${part} now`), PARTS.map((part) => `${part} mean`));

  const data = (L.curves = { stat: ERROR, series: {}, runs: [], names: SERIES, max: 0, min: 0 });

  /** One statistic of a record, null where there is none. */
  function valueOf(record, part) {
    const found = record[part];
    if (!found) return null;
    const value = data.stat === ERROR ? found.percent_correct : found[data.stat];
    if (typeof value !== "number") return null;
    return data.stat === ERROR ? 100 - value : value;
  }

  const empty = () => Object.fromEntries(SERIES.map((name) => [name, { x: [], y: [] }]));

  /** All lines anew from all records. */
  data.rebuild = () => {
    data.series = empty();
    data.runs = [];
    data.max = data.min = 0;
    for (const record of L.training.records) enter(record);
    const last = data.runs.length - 1;
    data.runs.forEach((run, i) => drawRun(run, i === last ? "now" : "past"));
    if (data.runs.length < 2) return;
    for (const epoch of data.runs[last].values.keys()) addShared(epoch);
  };

  /**
   * The points of the records from `first` on: name of a line -> {x, y}; null where all has to be built anew because
   * another run has begun.
   */
  data.append = (first) => {
    const fresh = L.training.records.slice(first);
    const now = data.runs[data.runs.length - 1];
    if (!now || fresh.some((record) => record.run !== now.run)) return null;
    const before = Object.fromEntries(SERIES.map((name) => [name, data.series[name].x.length]));
    for (const record of fresh) {
      enter(record);
      addRun(now, record.epoch, "now");
      if (data.runs.length > 1) addShared(record.epoch);
    }
    return Object.fromEntries(SERIES.map((name) => [name, tail(data.series[name], before[name])]));
  };

  const tail = ({ x, y }, from) => ({ x: x.slice(from), y: y.slice(from) });

  /** Remember the values of a record by its run and epoch. */
  function enter(record) {
    let run = data.runs[data.runs.length - 1];
    if (!run || run.run !== record.run) {
      run = { run: record.run, end: 0, values: new Map() };
      data.runs.push(run);
    }
    const values = Object.fromEntries(PARTS.map((part) => [part, valueOf(record, part)]));
    run.end = record.epoch;
    run.values.set(record.epoch, { ...values, rev: record.rev });
    for (const part of PARTS) {
      data.max = Math.max(data.max, values[part] ?? 0);
      data.min = Math.min(data.min, values[part] ?? 0);
    }
  }

  function push(name, x, y) {
    data.series[name].x.push(x);
    data.series[name].y.push(y);
  }

  /** The points of a run; past runs are one line with gaps between them. */
  function drawRun(run, kind) {
    for (const epoch of run.values.keys()) addRun(run, epoch, kind);
    if (kind === "past") for (const part of PARTS) push(`${part} past`, null, null);
  }

  function addRun(run, epoch, kind) {
    for (const part of PARTS) {
      const value = run.values.get(epoch)[part];
      if (value !== null) push(`${part} ${kind}`, epoch, value);
    }
  }

  /** Mean and range of an epoch, where every run has a value. */
  function addShared(epoch) {
    for (const part of PARTS) {
      const over = data.spread(part, epoch);
      if (!over) continue;
      push(`${part} low`, epoch, over.low);
      push(`${part} high`, epoch, over.high);
      push(`${part} mean`, epoch, over.mean);
    }
  }

  /** Mean, lowest and highest value over all runs at an epoch; null unless there are several and all have one. */
  data.spread = (part, epoch) => {
    const values = data.runs.map((run) => run.values.get(epoch)?.[part] ?? null);
    if (values.length < 2 || values.includes(null)) return null;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { mean, low: Math.min(...values), high: Math.max(...values) };
  };

  /** The newest run's value at an epoch, or at the last one before it that has any: [epoch, value], or null. */
  data.valueAt = (part, epoch) => {
    const run = data.runs[data.runs.length - 1];
    for (let at = epoch; run && at > 0; at--) {
      const value = run.values.get(at)?.[part] ?? null;
      if (value !== null) return [at, value];
      if (part === "train") return null;
    }
    return null;
  };

  /** The newest epoch of the newest run, 0 when there is none. */
  data.last = () => (data.runs.length ? data.runs[data.runs.length - 1].end : 0);

  /** The highest epoch of any run. */
  data.end = () => data.runs.reduce((end, run) => Math.max(end, run.end), 0);

  /** Epochs at which the model was changed while the newest run went on: [epoch, revision]. */
  data.changes = () => {
    const run = data.runs[data.runs.length - 1];
    const all = run ? [...run.values] : [];
    return all.filter(([, { rev }], i) => i && rev !== all[i - 1][1].rev).map(([epoch, { rev }]) => [epoch, rev]);
  };
})();
