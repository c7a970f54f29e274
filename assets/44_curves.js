/* Learning curves: Plotly draws them, new records are added to what is there, at most ten times a second. */
(() => {
  "use strict";

  const L = window.leabra;
  const data = L.curves;
  const PAUSE = 100; // ms from the start of one redraw to the next
  const STALE = 0.28; // strength of lines that are out of date
  const MARGIN = { l: 52, r: 16, t: 10, b: 24 };
  const DASH = "6px,3px";

  let drawing = false;
  let timer = 0;
  let lastStart = 0;
  let drawn = 0; // records that the plot holds
  let all = true; // build anew, for more than new records has changed

  const plot = () => L.byId("curves-plot");

  /* ---- Axes ---- */

  /** A round number of at least `value`. */
  function roundUp(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return power * [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10].find((step) => step * power >= value * 0.999);
  }

  /** Lowest and highest value of the axis; it grows with the data and does not jump about. */
  function valueRange() {
    if (data.stat === "percent_correct") return [0, 101];
    if (data.stat === "cos_diff") return [data.min < 0 ? -1 : 0, 1.01];
    if (data.stat === "error" && data.max > 80) return [0, 101];
    return [data.min < 0 ? -roundUp(-data.min) : 0, data.max > 0 ? roundUp(data.max * 1.02) : 1];
  }

  /** Epochs of the axis: those of the plan. */
  const epochs = () => Math.max(L.trains() ? L.training.now.epochs : 1, data.end());

  /** Where epochs and values lie, in px of the plot. */
  L.curveScale = () => {
    const [lo, hi] = valueRange();
    const width = plot().clientWidth - MARGIN.l - MARGIN.r;
    const height = plot().clientHeight - MARGIN.t - MARGIN.b;
    const last = span;
    return {
      left: MARGIN.l, top: MARGIN.t, width, height, last,
      x: (epoch) => MARGIN.l + (epoch / last) * width,
      y: (value) => MARGIN.t + (1 - (value - lo) / (hi - lo)) * height,
      epoch: (x) => Math.round(((x - MARGIN.l) / width) * last),
    };
  };

  let span = 1; // epochs of the axis
  let range = [0, 1];

  /* ---- Figure ---- */

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
    if (kind === "high") Object.assign(made, { fill: "tonexty", fillcolor: faint(colourOf(part)) });
    return made;
  }

  /** A colour at 12 % of its strength. */
  const faint = (hex) => `rgba(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join()},${L.curvesStale() ? 0.04 : 0.12})`;

  function axis(more) {
    const font = { size: 11, color: L.token("text-3") };
    return { gridcolor: L.token("plot-grid"), zeroline: false, tickfont: font, fixedrange: true, exponentformat: "none", ...more };
  }

  function layout() {
    const suffix = ["error", "percent_correct"].includes(data.stat) ? " %" : "";
    return {
      font: { family: getComputedStyle(document.body).fontFamily, size: 11, color: L.token("text-3") },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      margin: MARGIN,
      showlegend: false,
      hovermode: false,
      dragmode: false,
      autosize: true,
      xaxis: axis({ range: [0, span], showgrid: false, showline: true, linecolor: L.token("border-strong"), nticks: 8, separatethousands: false }),
      yaxis: axis({ range, nticks: 5, ticksuffix: suffix, showticksuffix: "last" }),
    };
  }

  const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, scrollZoom: false };

  /** The figure on a ground of its own, with the words that stand around it on the page. */
  function picture() {
    const { label } = L.curveWords();
    const shown = data.names.filter((name) => data.series[name].x.length).map(trace);
    const bold = several() ? "mean" : "now";
    for (const one of shown) one.showlegend = one.name.endsWith(bold);
    const made = layout();
    const titled = { title: { text: "epoch" } };
    Object.assign(made, { paper_bgcolor: L.token("surface"), showlegend: true, margin: { ...MARGIN, l: 64, b: 44 } });
    return { data: shown, layout: { ...made, xaxis: { ...made.xaxis, ...titled }, yaxis: { ...made.yaxis, title: { text: label } } } };
  }

  /** Save what is shown as a picture. */
  L.saveCurves = async (format) => {
    const { clientWidth: width, clientHeight: height } = plot();
    const url = await window.Plotly.toImage(picture(), { format, width: Math.max(400, width), height: Math.max(240, height), scale: format === "png" ? 2 : 1 });
    const link = L.el("a", { href: url, download: `learning_curves.${format}`, hidden: "" });
    document.body.append(link);
    link.click();
    link.remove();
  };

  /* ---- When ---- */

  /** Redraw soon; `whole` when more than new records has changed. */
  function request(whole) {
    all = all || whole;
    if (drawing || timer) return;
    timer = setTimeout(redraw, Math.max(0, lastStart + PAUSE - performance.now()));
  }

  async function redraw() {
    timer = 0;
    const graph = plot();
    if (!window.Plotly) return void (timer = setTimeout(redraw, PAUSE)); // it comes after the first frame
    if (!graph || !graph.clientWidth) return void (all = true);
    drawing = true;
    lastStart = performance.now();
    const count = L.training.records.length;
    try {
      await draw(graph);
    } finally {
      drawing = false;
    }
    drawn = count;
    L.curveRedraws = (L.curveRedraws || 0) + 1;
    L.emit("curves");
    if (all || L.training.records.length !== drawn) request(false);
  }

  /** Add the new points, or draw everything where that is not enough. */
  async function draw(graph) {
    const points = all || !graph.data ? null : data.append(drawn);
    if (!points) data.rebuild();
    const [lo, hi] = valueRange();
    const same = span === epochs() && range[0] === lo && range[1] === hi;
    [span, range] = [epochs(), [lo, hi]];
    all = false;
    if (!points || !same) return window.Plotly.react(graph, data.names.map(trace), layout(), CONFIG);
    const grown = data.names.map((_, i) => i).filter((i) => points[data.names[i]].x.length);
    if (!grown.length) return undefined;
    const part = (axis) => grown.map((i) => points[data.names[i]][axis]);
    return window.Plotly.extendTraces(graph, { x: part("x"), y: part("y") }, grown);
  }

  L.on("epochs", (from) => request(from < drawn || from === 0));
  L.on("theme", () => request(true));
  L.on("dock", () => request(true));
  window.addEventListener("resize", () => request(true));

  let look = ""; // what the last drawing depended on besides the records

  L.on("training", () => {
    const now = JSON.stringify([L.curvesStale(), L.trains() && L.training.now.epochs, data.stat]);
    if (now !== look) request(true);
    look = now;
  });
})();
