/* What every plot of the page looks like: type, grid and ground, with no box and no controls of Plotly's own. */
(() => {
  "use strict";

  const L = window.leabra;
  const size = 11;

  L.PLOT_CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, scrollZoom: false };

  /** An axis, with what is special about it. */
  L.plotAxis = (more) => {
    const tickfont = { size, color: L.token("text-3") };
    return { gridcolor: L.token("plot-grid"), zeroline: false, tickfont, fixedrange: true, exponentformat: "none", ...more };
  };

  /** A layout, with its axes and what else is special about it. */
  L.plotLayout = (more) => ({
    font: { family: getComputedStyle(document.body).fontFamily, size, color: L.token("text-3") },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    showlegend: false,
    hovermode: false,
    dragmode: false,
    autosize: true,
    ...more,
  });
})();
