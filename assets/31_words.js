/* The words on the cards of the network: names and sizes in their heads, captions below them. */
(() => {
  "use strict";

  const L = window.leabra;
  const PADDING = 8; // px from the card's sides
  const BELOW = 18; // px from a card to the middle of its caption
  const CLEAR = 4; // px that a caption keeps from a line
  const LINE = 13; // px of a line of small text
  const SMALL = 0.4; // zoom below which words are left out
  const CAPTIONED = 0.5; // zoom below which captions are, too: they would meet the cards below
  const NAME_SHARE = 0.65; // of a head's width that a long name leaves for itself before the size gives way
  const LEAST = 10; // px on the screen that no word is smaller than
  const FONT = getComputedStyle(document.documentElement).getPropertyValue("--font");

  /** Size of a word in the model: it shrinks with the network, as far as it stays readable on the screen. */
  const sizeOf = (zoom, size) => Math.max(size, LEAST / zoom);
  const font = (zoom, weight, size) => `${weight} ${sizeOf(zoom, size)}px ${FONT}`;

  /** Set the font of the small words; return the height of a line of them. */
  L.smallWords = (ctx, zoom) => {
    ctx.font = font(zoom, 400, 11);
    return (LINE * sizeOf(zoom, 11)) / 11;
  };

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
    caption(ctx, node, card.caption, zoom);
    const size = `${card.rows} × ${card.cols}`;
    const room = box.w - 2 * PADDING;
    const rest = room - ctx.measureText(size).width - 8;
    const both = rest >= Math.min(wanted, NAME_SHARE * room);
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
  L.plate = (ctx, { x, y, w, h }) => {
    ctx.fillStyle = L.token("bg");
    ctx.fillRect(x, y, w, h);
  };

  /** The stretch of the caption's line that a projection takes which leaves or enters at the bottom of a card. */
  function stretch(edge, node, y) {
    const ends = [edge.sourceEndpoint(), edge.targetEndpoint()];
    const [near, far] = edge.source().same(node) ? ends : ends.reverse();
    if (!near || near.y > y || far.y <= y || near.y < y - BELOW) return null;
    const x = near.x + ((far.x - near.x) * (y - near.y)) / (far.y - near.y);
    return [Math.min(near.x, x) - CLEAR, Math.max(near.x, x) + CLEAR];
  }

  /** Where a caption begins: in the middle, else at a side of the card, else beside the lines that are in the way. */
  function captionLeft(node, box, w) {
    const middle = box.x + (box.w - w) / 2;
    const lines = node.connectedEdges().map((edge) => stretch(edge, node, box.y + box.h + BELOW)).filter(Boolean);
    const free = (x) => lines.every(([from, to]) => x + w <= from || x >= to);
    const places = [middle, box.x, box.x + box.w - w, ...lines.map(([from]) => from - w)];
    return places.find(free) ?? middle;
  }

  /** The rectangle of a card's caption in the model, null where it has none; the font is that of small words. */
  L.captionBox = (ctx, node, zoom) => {
    const box = L.cardBox(node);
    if (!box?.card.caption || zoom < CAPTIONED) return null;
    const h = L.smallWords(ctx, zoom);
    const w = ctx.measureText(box.card.caption).width + 4;
    return { x: captionLeft(node, box, w), y: box.y + box.h + BELOW - h / 2, w, h };
  };

  /** Role and clamp below a card. */
  function caption(ctx, node, text, zoom) {
    const place = L.captionBox(ctx, node, zoom);
    if (!place) return;
    L.plate(ctx, place);
    ctx.textAlign = "left";
    ctx.fillStyle = L.token("text-3");
    ctx.fillText(text, place.x + 2, place.y + place.h / 2);
  }
})();
