/* Learning curves: how their lines look, and when they are drawn; new records are added to what is there. */
(() => {
  "use strict";

  const L = window.leabra;
  const data = L.curves;
  const STALE = 0.28; // strength of lines that are out of date
  const DASH = "6px,3px";

  let drawn = 0; // records that the plot holds

  const several = () => data.runs.length > 1;
  const colourOf = (part) => (part === "train" ? L.token("text") : L.token("curve-test"));

  /** Width and strength of a line; single runs step back once there is a mean. */
  const LOOKS = {
    low: () => ({ width: 0, opacity: 1 }),
    high: () => ({ width: 0, opacity: 1 }),
    past: () => ({ width: 1, opacity: 0.4 }),
    now: () => (several() ? { width: 1, opacity: 0.8 } : { width: 2, opacity: 1 }),
    mean: () => ({ width: 2.5, opacity: 1 }),
  };

  function trace(name) {
    const [part, kind] = name.split(" ");
    const { width, opacity } = LOOKS[kind]();
    const dashed = part === "test" && kind !== "past" ? { dash: DASH } : {};
    const { x, y } = data.series[name];
    const made = { x: [...x], y: [...y], name, type: "scatter", mode: "lines", hoverinfo: "skip", showlegend: false };
    made.line = { color: colourOf(part), width, ...dashed };
    made.opacity = L.curvesStale() ? STALE * opacity : opacity;
    if (kind === "high") Object.assign(made, { fill: "tonexty", fillcolor: L.faint(colourOf(part), L.curvesStale() ? 0.04 : 0.12) });
    return made;
  }

  let over = false; // whether the plan was carried out: runs that stopped early then have the width to themselves

  function noteEnd() {
    const now = L.trains() && L.training.now;
    if (!now || L.running()) over = false;
    else if (now.mode === "train") over = now.done >= 1;
  }

  /** How many epochs the axis has: those of the plan, or those there are when no more will come. */
  function span() {
    const there = data.end();
    if (!over || !there) return Math.max(L.trains() ? L.training.now.epochs : 1, there);
    const step = Math.max(1, 10 ** (Math.floor(Math.log10(there)) - 1));
    return Math.ceil(there / step) * step;
  }

  const plot = L.linePlot({
    id: "curves-plot",
    build() {
      drawn = L.training.records.length;
      data.rebuild();
    },
    grown() {
      const points = data.append(drawn);
      if (points) drawn = L.training.records.length;
      return points && data.names.map((name) => points[name]);
    },
    axes: () => ({
      span: span(),
      range: L.statRange(data.stat, data.min, data.max),
      stat: data.stat,
    }),
    traces: () => data.names.map(trace),
    behind: () => L.training.records.length !== drawn,
    picture() {
      const bold = several() ? "mean" : "now";
      const shown = data.names.filter((name) => data.series[name].x.length).map(trace);
      return shown.map((one) => ({ ...one, showlegend: one.name.endsWith(bold) }));
    },
    done() {
      L.curveRedraws = (L.curveRedraws || 0) + 1;
      L.emit("curves");
    },
  });

  L.curveScale = plot.scale;

  /** Save what is shown as a picture. */
  L.saveCurves = (format) => plot.save(format, "learning_curves", L.curveWords().label);

  L.on("epochs", (from) => plot.request(from < drawn || from === 0));

  let look = ""; // what the last drawing depended on besides the records

  function lookAgain() {
    noteEnd();
    const now = JSON.stringify([L.curvesStale(), over, L.trains() && L.training.now.epochs, data.stat]);
    if (now !== look) plot.request(true);
    look = now;
  }

  for (const name of ["training", "state"]) L.on(name, lookAgain);
})();
