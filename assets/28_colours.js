/* The colours of units: 256 levels of the sequential scale, or of the signed one in the current theme. */
(() => {
  "use strict";

  const L = window.leabra;
  const tables = new Map(); // "theme signed" -> 256 colours

  /** Red, green and blue of #rrggbb. */
  const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

  /** The colour at `position` of a scale, linear between its anchors. */
  function mix(scale, position) {
    const above = Math.max(1, scale.findIndex(([at]) => at >= position));
    const [low, lowColour] = scale[above - 1];
    const [high, highColour] = scale[above];
    const part = (position - low) / (high - low);
    return rgb(lowColour).map((value, i) => Math.round(value + part * (rgb(highColour)[i] - value)));
  }

  /** The 256 colours of a variable in the current theme, as [r, g, b]. */
  L.colours = (name) => {
    const { variables, scales } = L.config();
    const signed = Boolean(variables[name] && variables[name].signed);
    const key = `${L.theme()} ${signed}`;
    if (!tables.has(key)) {
      const scale = signed ? scales.diverging[L.theme()] : scales.sequential;
      const [first, last] = [scale[0][0], scale[scale.length - 1][0]];
      tables.set(key, Array.from({ length: 256 }, (_, level) => mix(scale, first + ((last - first) * level) / 255)));
    }
    return tables.get(key);
  };
})();
