/* The time bar: the recorded cycles, the one that is shown, and the ways from one to another. */
(() => {
  "use strict";

  const L = window.leabra;
  const EMPTY = "Nothing recorded yet: the last 500 cycles will appear here";
  const PAGE = 10; // cycles of a page key

  let parts = null;

  /* ---- The bar ---- */

  function build() {
    const bar = L.byId("timebar");
    if (!bar || (parts && parts.track.isConnected)) return Boolean(parts);
    const fill = L.el("div", { class: "time-fill" });
    const head = L.el("div", { class: "playhead" });
    const text = L.el("span", { class: "time-text" });
    const ends = L.el("div", { class: "time-ends" }, L.el("span"), L.el("span"));
    const track = L.el("div", { class: "track", role: "slider", tabindex: "0", "aria-label": "Time bar" }, fill, ends, text, head);
    parts = { bar, track, fill, head, text, ends, buttons: buttons() };
    const [first, previous, next, last] = parts.buttons;
    bar.replaceChildren(first, previous, track, next, last);
    track.addEventListener("pointerdown", scrub);
    track.addEventListener("keydown", keyed);
    return true;
  }

  function buttons() {
    return [
      button("First recorded cycle", "first", () => L.time.go(L.records.from)),
      button("One cycle back", "prev", () => L.time.go(L.time.shown() - 1)),
      button("One cycle on", "next", () => L.time.go(L.time.shown() + 1)),
      button("Last recorded cycle", "last", () => L.time.go(L.records.end() - 1)),
    ];
  }

  function button(word, icon, act) {
    const made = L.el("button", { type: "button", class: "button quiet time-button", "aria-label": word, title: word }, L.icon(icon));
    made.addEventListener("click", () => L.usable(made) && act());
    return made;
  }

  /* ---- What it shows ---- */

  /** Cycles that the bar spans: the ring, from its first cycle on. */
  const span = () => Math.max(1, Math.min(L.config().ring || 500, Math.max(L.records.count, sweep())) - 1);
  const sweep = () => (L.page && L.page.cycles) || 1;

  function draw() {
    if (!build()) return;
    const { from, count } = L.records;
    const shown = L.time.shown();
    const share = (cycle) => `${(100 * (cycle - from)) / span()}%`;
    parts.bar.classList.toggle("empty-bar", !count);
    parts.head.hidden = !count;
    parts.fill.style.width = count ? share(from + count - 1) : "0";
    parts.head.style.left = share(shown);
    L.setText(parts.text, count ? "" : "nothing recorded yet");
    L.setText(parts.ends.children[0], count ? String(from) : "");
    L.setText(parts.ends.children[1], count ? String(from + span()) : "");
    describe(shown);
    showButtons(shown);
  }

  function describe(shown) {
    const { from, count } = L.records;
    const { track } = parts;
    L.setAttr(track, "aria-disabled", count ? null : "true");
    L.setAttr(track, "aria-valuemin", from);
    L.setAttr(track, "aria-valuemax", Math.max(from, from + count - 1));
    L.setAttr(track, "aria-valuenow", Math.max(from, shown));
    L.setAttr(track, "aria-valuetext", count ? `cycle ${shown}${L.time.live ? ", live" : ""}` : EMPTY);
    L.setAttr(track, "title", count ? `Recorded: cycles ${from} to ${from + count - 1}; drag to look back` : EMPTY);
  }

  function showButtons(shown) {
    const { from, count } = L.records;
    const [first, previous, next, last] = parts.buttons;
    for (const back of [first, previous]) L.enable(back, count > 0 && shown > from, back.getAttribute("aria-label"));
    for (const on of [next, last]) L.enable(on, count > 0 && shown < from + count - 1, on.getAttribute("aria-label"));
    const live = L.byId("live");
    L.setAttr(live, "aria-pressed", String(L.time.live));
    L.enable(live, count > 0, count ? (L.time.live ? "The newest cycle is shown" : "Back to the newest cycle") : EMPTY);
  }

  /* ---- Dragging and keys ---- */

  function cycleAt(event) {
    const box = parts.track.getBoundingClientRect();
    return L.records.from + ((event.clientX - box.left) / box.width) * span();
  }

  function scrub(event) {
    if (event.button !== 0 || !L.records.count) return;
    const { track } = parts;
    const abort = new AbortController();
    track.setPointerCapture(event.pointerId);
    L.time.go(cycleAt(event));
    track.addEventListener("pointermove", (moved) => L.time.go(cycleAt(moved)), { signal: abort.signal });
    for (const type of ["pointerup", "pointercancel"]) track.addEventListener(type, () => abort.abort(), { signal: abort.signal });
  }

  const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -PAGE, PageUp: PAGE, Home: -Infinity, End: Infinity };

  function keyed(event) {
    if (!(event.key in STEPS) || !L.records.count) return;
    event.preventDefault();
    event.stopPropagation();
    L.time.go(L.time.shown() + STEPS[event.key]);
  }

  document.addEventListener("click", (event) => {
    const live = event.target.closest("#live");
    if (live && L.usable(live)) L.time.goLive();
  });

  const redraw = L.onceAFrame(draw);
  for (const name of ["boot", "page", "frame", "time"]) L.on(name, redraw);

  // A command that makes new cycles shows them.
  L.on("command", (cmd) => cmd !== "stop" && L.time.goLive());
})();
