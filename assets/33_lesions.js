/* Lesioned units: emptied and crossed out, so that silence is told from an activation of 0. */
(() => {
  "use strict";

  const L = window.leabra;
  const INSET = 0.22; // of a cell's side, between its edge and the cross

  /** Cross out the lesioned units of a card; `corner` says where a unit's cell begins. */
  L.paintLesions = (ctx, box, corner) => {
    const units = box.card.off || [];
    if (!units.length) return;
    const side = box.card.cell;
    const [from, to] = [side * INSET, side * (1 - INSET)];
    ctx.fillStyle = L.token("surface");
    for (const unit of units) ctx.fillRect(...corner(box, unit), side, side);
    ctx.strokeStyle = L.token("text-3");
    ctx.lineWidth = Math.max(1, side / 14);
    ctx.beginPath();
    for (const unit of units) {
      const [x, y] = corner(box, unit);
      ctx.rect(x + 0.5, y + 0.5, side - 1, side - 1);
      ctx.moveTo(x + from, y + from);
      ctx.lineTo(x + to, y + to);
      ctx.moveTo(x + to, y + from);
      ctx.lineTo(x + from, y + to);
    }
    ctx.stroke();
  };
})();
