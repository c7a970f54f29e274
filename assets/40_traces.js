/* Traces: Plotly draws the recorded values of the viewed unit as they are, at most ten times a second. */
(() => {
  "use strict";

  const L = window.leabra;
  const PAUSE = 100; // ms from the start of one redraw to the next
  const STALE = 0.28; // strength of lines that are out of date
  const MARGIN = { l: 40, r: 124, t: 14, b: 24 };
  const HEADROOM = 0.015; // of the value axis, so that its highest grid line is drawn
  const SPAN = 200; // cycles shown at once, unless the model says otherwise

  let drawing = false;
  let due = false;
  let lastStart = 0;
  let timer = 0;
  let start = 0; // first cycle of the axis

  const plot = () => document.querySelector("#traces .js-plotly-plot");
  const span = () => (L.page && L.page.cycles) || SPAN;

  /* ---- Geometry, shared with the cursor ---- */

  /** First cycle of the axis: it moves on by half a sweep when the shown cycle passes its end. */
  function firstCycle() {
    const shown = L.time.shown();
    const sweep = span();
    const inside = shown >= start && shown < start + sweep;
    if (!L.time.live && inside) return start;
    const half = Math.max(1, Math.round(sweep / 2));
    return shown < sweep ? 0 : Math.ceil((shown + 1 - sweep) / half) * half;
  }

  /** Lowest and highest value of the axis: the fixed ranges of the variables that are drawn. */
  function valueRange() {
    const ranges = L.view.vars.map((name) => L.config().variables[name]).filter(Boolean);
    return [Math.min(0, ...ranges.map((one) => one.lo)), Math.max(ranges.length ? 0 : 1, ...ranges.map((one) => one.hi)) + HEADROOM];
  }

  /** Where cycles and values lie, in px of the graph. */
  L.traceScale = () => {
    const graph = L.byId("traces");
    const [lo, hi] = valueRange();
    const width = graph.clientWidth - MARGIN.l - MARGIN.r;
    const height = graph.clientHeight - MARGIN.t - MARGIN.b;
    return {
      start,
      span: span(),
      left: MARGIN.l,
      top: MARGIN.t,
      width,
      height,
      x: (cycle) => MARGIN.l + ((cycle - start) / span()) * width,
      y: (value) => MARGIN.t + (1 - (Math.max(lo, Math.min(hi, value)) - lo) / (hi - lo)) * height,
      cycle: (x) => start + ((x - MARGIN.l) / width) * span(),
      beyond: (value) => value > hi || value < lo,
    };
  };

  /* ---- Figure ---- */

  /** Cycles and values of one variable inside the axis. */
  function line(name) {
    const { from, count, series } = L.records;
    const first = Math.max(start, from);
    const length = Math.max(0, Math.min(from + count, start + span() + 1) - first);
    const values = series.get(name);
    return {
      x: Array.from({ length }, (_, i) => first + i),
      y: values ? Array.from(values.subarray(first - from, first - from + length)) : [],
      name,
      type: "scatter",
      mode: length === 1 ? "markers" : "lines",
      marker: { color: L.colour(name), size: 4 },
      line: { color: L.colour(name), width: 2, simplify: false },
      opacity: L.run.stale ? STALE : 1,
      hoverinfo: "skip",
    };
  }

  /** A round number of cycles between ticks, for about ten of them. */
  function tickStep() {
    const rough = span() / 10;
    const power = 10 ** Math.floor(Math.log10(rough));
    return Math.max(1, power * [1, 2, 5, 10].find((step) => step * power >= rough));
  }

  function layout() {
    const range = valueRange();
    const signed = range[0] < 0;
    const ticks = signed ? [-1, -0.5, 0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
    const words = ticks.map((tick) => (signed || tick % 0.5 === 0 ? String(tick).replace("-", "−") : ""));
    return L.plotLayout({
      margin: MARGIN,
      uirevision: "traces",
      xaxis: L.plotAxis({ range: [start, start + span()], showgrid: false, showline: true, linecolor: L.token("border-strong"), dtick: tickStep(), separatethousands: false }),
      yaxis: L.plotAxis({ range, tickvals: ticks, ticktext: words, zeroline: signed, zerolinecolor: L.token("border-strong") }),
    });
  }

  /* ---- When ---- */

  /** Redraw soon; never two at once, never more often than every 100 ms. */
  function request() {
    due = true;
    if (drawing || timer) return;
    timer = setTimeout(redraw, Math.max(0, lastStart + PAUSE - performance.now()));
  }

  async function redraw() {
    timer = 0;
    const graph = plot();
    if (!graph || !window.Plotly) return void (timer = setTimeout(redraw, PAUSE)); // Plotly comes after the first frame
    if (!graph.clientWidth) return;
    due = false;
    drawing = true;
    lastStart = performance.now();
    start = firstCycle();
    L.drawnEnd = L.records.end();
    try {
      await window.Plotly.react(graph, L.view.vars.map(line), layout(), L.PLOT_CONFIG);
    } finally {
      drawing = false;
    }
    L.redraws = (L.redraws || 0) + 1;
    L.emit("drawn");
    if (due) request();
  }

  /** What is drawn, as the plot holds it. */
  L.series = () => {
    const graph = plot();
    const lines = (graph && graph.data) || [];
    const first = lines.length && lines[0].x.length ? lines[0].x[0] : 0;
    const values = Object.fromEntries(lines.map((one) => [one.name, Array.from(one.y || [])]));
    return { gen: L.records.gen, from: first, count: lines.length ? lines[0].x.length : 0, values };
  };

  /** The plot itself comes when the rest of the page is up: until Plotly has been read nothing else can be done. */
  window.dash_clientside.studio.plots = (asked) => (asked ? L.config().plots : window.dash_clientside.no_update);

  let asked = false;
  L.on("frame", () => {
    if (!asked) setTimeout(() => L.send("draw", true));
    asked = true;
  });

  let drawnOf = ""; // what the last request was for: frames that bring nothing new draw nothing

  L.on("frame", () => {
    const { gen, from, count } = L.records;
    const unit = L.records.unit;
    L.byId("traces-panel").classList.toggle("has-data", count > 0);
    const now = [gen, from, count, L.run.stale, unit && unit.layer, unit && unit.index, L.view.vars].join();
    if (now !== drawnOf) request();
    drawnOf = now;
  });
  L.on("view", request);
  L.on("theme", request);
  L.on("time", () => firstCycle() !== start && request());
  L.on("page", (page) => page.cycles && request());
  window.addEventListener("resize", request);
})();
