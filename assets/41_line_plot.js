/* Plots of lines over epochs, as the learning curves and compared batches have them: axes, redraws, pictures. */
(() => {
  "use strict";

  const L = window.leabra;
  const PAUSE = 100; // ms from the start of one redraw to the next
  const MARGIN = { l: 52, r: 16, t: 10, b: 24 };

  /** A round number of at least `value`. */
  function roundUp(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return power * [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10].find((step) => step * power >= value * 0.999);
  }

  /** Lowest and highest value of the axis of a statistic; it grows with the data and does not jump about. */
  L.statRange = (stat, min, max) => {
    if (stat === "percent_correct") return [0, 101];
    if (stat === "cos_diff") return [min < 0 ? -1 : 0, 1.01];
    if (stat === "error" && max > 80) return [0, 101];
    return [min < 0 ? -roundUp(-min) : 0, max > 0 ? roundUp(max * 1.02) : 1];
  };

  /** Whether a statistic is told in percent. */
  L.isPercent = (stat) => ["error", "percent_correct"].includes(stat);

  /** A value of a statistic in words. */
  L.statText = (stat, value) => (L.isPercent(stat) ? `${value.toFixed(1)}` : L.valueText(value));

  /** A colour at a part of its strength. */
  L.faint = (hex, strength) => `rgba(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join()},${strength})`;

  /** The layout of a plot over `span` epochs. */
  function layoutOf({ span, range, stat }) {
    return L.plotLayout({
      margin: MARGIN,
      xaxis: L.plotAxis({ range: [0, span], showgrid: false, showline: true, linecolor: L.token("border-strong"), nticks: 8, separatethousands: false }),
      yaxis: L.plotAxis({ range, nticks: 5, ticksuffix: L.isPercent(stat) ? " %" : "", showticksuffix: "last" }),
    });
  }

  /**
   * A plot in the element `of.id`, which Plotly draws at most ten times a second.
   *
   * `of.build()` makes all lines anew, `of.axes()` says span, range and statistic, `of.traces()` gives what to draw.
   * `of.grown()`, where there is one, gives the new points of the lines alone, or null; `of.behind()` whether there is
   * more to draw; `of.picture()` the lines of a picture, with those that its legend names; `of.done()` follows a redraw.
   */
  L.linePlot = (of) => {
    let drawing = false;
    let timer = 0;
    let lastStart = 0;
    let all = true; // build anew, for more than new points has changed
    let axes = { span: 1, range: [0, 1], stat: "" };

    const node = () => L.byId(of.id);

    /** Where epochs and values lie, in px of the plot. */
    function scale() {
      const [lo, hi] = axes.range;
      const width = node().clientWidth - MARGIN.l - MARGIN.r;
      const height = node().clientHeight - MARGIN.t - MARGIN.b;
      return {
        left: MARGIN.l, top: MARGIN.t, width, height, last: axes.span,
        x: (epoch) => MARGIN.l + (epoch / axes.span) * width,
        y: (value) => MARGIN.t + (1 - (value - lo) / (hi - lo)) * height,
        epoch: (x) => Math.round(((x - MARGIN.l) / width) * axes.span),
      };
    }

    /** Redraw soon; `whole` when more than new points has changed. */
    function request(whole) {
      all = all || whole;
      if (drawing || timer) return;
      timer = setTimeout(redraw, Math.max(0, lastStart + PAUSE - performance.now()));
    }

    async function redraw() {
      timer = 0;
      const graph = node();
      if (!window.Plotly) return void (timer = setTimeout(redraw, PAUSE)); // it comes after the first frame
      if (!graph || !graph.clientWidth) return void (all = true);
      drawing = true;
      lastStart = performance.now();
      try {
        await draw(graph);
      } finally {
        drawing = false;
      }
      of.done();
      if (all || of.behind()) request(false);
    }

    /** Add the new points, or draw everything where that is not enough. */
    async function draw(graph) {
      const points = all || !graph.data ? null : of.grown();
      if (!points) of.build();
      const before = JSON.stringify(axes);
      axes = of.axes();
      all = false;
      if (!points || JSON.stringify(axes) !== before) return window.Plotly.react(graph, of.traces(), layoutOf(axes), L.PLOT_CONFIG);
      const grown = points.map((_, i) => i).filter((i) => points[i].x.length);
      if (!grown.length) return undefined;
      const part = (side) => grown.map((i) => points[i][side]);
      return window.Plotly.extendTraces(graph, { x: part("x"), y: part("y") }, grown);
    }

    /** The figure on a ground of its own, with the words that stand around it on the page. */
    function picture(label) {
      const made = layoutOf(axes);
      const titled = { title: { text: "epoch" } };
      Object.assign(made, { paper_bgcolor: L.token("surface"), showlegend: true, legend: { traceorder: "normal" }, margin: { ...MARGIN, l: 64, b: 44 } });
      return { data: of.picture(), layout: { ...made, xaxis: { ...made.xaxis, ...titled }, yaxis: { ...made.yaxis, title: { text: label } } } };
    }

    /** Save what is shown as a picture, its axis called `label`. */
    async function save(format, filename, label) {
      const { clientWidth: width, clientHeight: height } = node();
      const url = await window.Plotly.toImage(picture(label), { format, width: Math.max(400, width), height: Math.max(240, height), scale: format === "png" ? 2 : 1 });
      const link = L.el("a", { href: url, download: `${filename}.${format}`, hidden: "" });
      document.body.append(link);
      link.click();
      link.remove();
    }

    L.on("theme", () => request(true));
    L.on("dock", () => request(true));
    window.addEventListener("resize", () => request(true));
    return { request, scale, save };
  };

  const KEYS = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10, Home: -Infinity, End: Infinity };

  /**
   * The epoch that somebody points at in the plot `id`, with the pointer or the arrow keys; null where nobody does.
   * `scale` is that of the plot, `end()` its last epoch, 0 while it is empty; `last()` where the keys begin.
   */
  L.pointing = ({ id, scale, end, last, redraw }) => {
    let pointed = null;

    function point(epoch) {
      if (pointed === epoch) return;
      pointed = epoch;
      redraw();
    }

    function epochAt(event) {
      const at = scale();
      const x = event.clientX - L.byId(id).getBoundingClientRect().left;
      if (x < at.left - 4 || x > at.left + at.width + 4) return null;
      return Math.max(1, Math.min(end(), at.epoch(x)));
    }

    document.addEventListener("pointermove", (event) => {
      const inside = event.target.closest && event.target.closest(`#${id}`);
      if (inside && end()) point(epochAt(event));
      else if (pointed !== null && document.activeElement?.id !== id) point(null);
    });
    document.addEventListener("keydown", (event) => {
      if (event.target.id !== id || !end()) return;
      if (event.key === "Escape") return point(null);
      if (!(event.key in KEYS)) return;
      event.preventDefault();
      point(Math.max(1, Math.min(end(), (pointed ?? last()) + KEYS[event.key])));
    });
    document.addEventListener("focusout", (event) => event.target.id === id && point(null));
    return () => pointed;
  };
})();
