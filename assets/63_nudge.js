/* Numbers that are no parameters, such as rows, seeds and distributions: they take arrows, the wheel with focus and a
   drag on their label as parameters do, and a burst of steps is one edit. */
(() => {
  "use strict";

  const L = window.leabra;
  const PAUSE = 400; // ms after the last step until the number is sent
  const PIXELS = 8; // px of a drag that are one step
  const FREE = "#seed, #step-n"; // numbers of the transport, whole and not below 0

  let timer = 0;

  const isOurs = (node) => Boolean(node?.matches?.(`input[data-op][data-number], ${FREE}`));
  const isWhole = (text) => /^\d+$/.test(text.trim());

  /** Send what stands in the field. */
  function commit(input) {
    clearTimeout(timer);
    if (input.id === "seed") L.commitSeed(input);
    else if (input.dataset.op) L.form.commitField(input, input);
  }

  /** A round step: about a third of the size of the value. */
  const stepOf = (text) => (isWhole(text) ? 1 : 10 ** Math.floor(Math.log10(Math.abs(Number(text)) / 3 || 1) + 1e-9));

  /** The number so many steps away from a text; null where it is none. */
  function moved(input, text, steps) {
    const value = text.trim() === "" ? NaN : Number(text);
    if (!Number.isFinite(value)) return null;
    const step = stepOf(text);
    const free = L.form.rounded(value + steps * step, step / 100);
    return L.form.within(input.matches(FREE) ? Math.max(0, free) : free, input);
  }

  /** Take steps from `text` now, and send them soon. */
  function nudge(input, text, steps) {
    const value = moved(input, text, steps);
    if (value === null) return;
    L.fill(input, String(value));
    clearTimeout(timer);
    timer = setTimeout(() => commit(input), PAUSE);
  }

  document.addEventListener("keydown", (event) => {
    if (!isOurs(event.target) || !/^Arrow(Up|Down)$/.test(event.key)) return;
    event.preventDefault();
    const by = L.form.factor(event, isWhole(event.target.value));
    nudge(event.target, event.target.value, event.key === "ArrowUp" ? by : -by);
  });

  document.addEventListener("wheel", (event) => {
    if (!isOurs(event.target) || event.target !== document.activeElement) return;
    event.preventDefault();
    nudge(event.target, event.target.value, event.deltaY < 0 ? 1 : -1);
  }, { passive: false });

  document.addEventListener("keydown", (event) => isOurs(event.target) && event.key === "Escape" && clearTimeout(timer));

  /* ---- Dragging a label ---- */

  document.addEventListener("pointerdown", (event) => {
    const label = event.button === 0 && event.target.closest?.("#inspector label");
    const input = label && label.control;
    if (!isOurs(input) || event.target === input) return;
    const [from, text] = [event.clientX, input.value];
    const abort = new AbortController();
    const drag = ({ clientX }) => {
      const steps = Math.round((clientX - from) / PIXELS);
      if (steps || input.value !== text) nudge(input, text, steps);
    };
    const end = () => {
      abort.abort();
      if (input.value !== text) commit(input);
    };
    document.addEventListener("pointermove", drag, { signal: abort.signal });
    for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, end, { signal: abort.signal });
  });
})();
