/* The words of the network: names and sizes in the heads of cards, captions below them, labels beside lines. */
(() => {
  "use strict";

  const L = window.leabra;
  const PADDING = 8; // px from the card's sides
  const LINE = 13; // px of a line of small text
  const LABEL_GAP = 6; // px between a line and its label
  const SMALL = 0.4; // zoom below which words are left out
  const SHORTEST = 88; // px on the screen: a shorter line shows its label only when it is pointed at
  const FONT = getComputedStyle(document.documentElement).getPropertyValue("--font");

  /** Words keep their size on the screen when the network is drawn smaller. */
  const font = (zoom, weight, size) => `${weight} ${size / Math.min(1, zoom)}px ${FONT}`;

  /** Name and size in the head, role and clamp below the card; the size gives way to the name. */
  L.paintWords = (ctx, node, box, zoom) => {
    if (zoom < SMALL) return;
    const { card } = box;
    const middle = box.y + 14;
    ctx.textBaseline = "middle";
    ctx.font = font(zoom, 600, 12);
    const name = card.problem ? `! ${node.id()}` : node.id();
    const wanted = ctx.measureText(name).width;
    ctx.font = font(zoom, 400, 11);
    if (card.caption) caption(ctx, card.caption, box.x + box.w / 2, box.y + box.h + 18, zoom);
    const size = `${card.rows} × ${card.cols}`;
    const room = box.w - 2 * PADDING;
    const rest = room - ctx.measureText(size).width - 8;
    const both = rest > Math.min(wanted, room / 2);
    ctx.fillStyle = L.token("text-3");
    ctx.textAlign = "right";
    if (both) ctx.fillText(size, box.x + box.w - PADDING, middle);
    ctx.textAlign = "left";
    ctx.font = font(zoom, 600, 12);
    ctx.fillStyle = L.token(card.problem ? "danger" : node.selected() ? "accent" : "text");
    ctx.fillText(shortened(ctx, name, both ? rest : room), box.x + PADDING, middle);
  };

  /** As much of a text as has room, cut between letters and not inside one (an emoji is two units long). */
  function shortened(ctx, text, room) {
    if (ctx.measureText(text).width <= room) return text;
    const letters = [...text].slice(0, 60);
    while (letters.length && ctx.measureText(letters.join("") + "…").width > room) letters.pop();
    return letters.join("") + "…";
  }

  /** A plate of the canvas's colour, so that no line crosses the text on it. */
  function plate(ctx, x, y, width, zoom) {
    const height = LINE / Math.min(1, zoom);
    ctx.fillStyle = L.token("bg");
    ctx.fillRect(x - 2, y - height / 2, width + 4, height);
  }

  /** Role and clamp below a card. */
  function caption(ctx, text, x, y, zoom) {
    const width = ctx.measureText(text).width;
    plate(ctx, x - width / 2, y, width, zoom);
    ctx.textAlign = "center";
    ctx.fillStyle = L.token("text-3");
    ctx.fillText(text, x, y);
  }

  /** Pattern and number of a projection beside its line, unless the line is too short for them. */
  L.paintLabel = (ctx, edge, zoom) => {
    if (zoom < SMALL) return;
    const place = edge.scratch("label");
    const text = edge.data("label") || "";
    if (!place || !text || !edge.visible()) return;
    const cut = text.search(/ (wt|rel) /);
    const parts = cut < 0 ? [text, ""] : [text.slice(0, cut), text.slice(cut)];
    ctx.font = font(zoom, 400, 11);
    const widths = parts.map((part) => ctx.measureText(part).width);
    const width = widths[0] + widths[1];
    const pointed = edge.selected() || edge.hasClass("hover");
    if (!pointed && place.room < Math.max(SHORTEST / zoom, width)) return;
    const middle = edge.midpoint();
    const { x, y } = place.normal;
    // As far from the line as the text's own corners reach, and a gap.
    const far = (Math.abs(x) * width + (Math.abs(y) * LINE + 2 * LABEL_GAP) / Math.min(1, zoom)) / 2;
    const [left, at] = [middle.x + x * far - width / 2, middle.y + y * far];
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    plate(ctx, left, at, width, zoom);
    parts.forEach((part, i) => {
      ctx.fillStyle = L.token(edge.selected() ? "accent" : i ? "text-3" : "text-2");
      ctx.fillText(part, i ? left + widths[0] : left, at);
    });
  };
})();
