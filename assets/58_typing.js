/* Whether a field holds something that is only typed: the browser's own undo takes that back, the page's all else. */
(() => {
  "use strict";

  const L = window.leabra;
  const OURS = "#inspector, #pins, .transport, .canvas-bar"; // where a field shows a value of the model or of the page

  let typed = null; // the field that was typed in since its value was last taken over

  const rests = () => (typed = null);

  document.addEventListener("input", (event) => {
    if (!L.filling && !event.target.matches("select, [type=range]")) typed = event.target;
  });
  document.addEventListener("change", rests);
  document.addEventListener("focusout", rests);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || (event.key === "Enter" && event.target.matches("input"))) rests();
  });

  /** Whether what was typed is what was there before. */
  function isSame(field) {
    const row = field.closest(".param");
    return field.value === (row ? L.form.textOf(row) : field.dataset.value);
  }

  /** Whether a field shows what is in force, so that Undo there means the last edit. */
  L.showsValue = (field) => {
    if (!field.closest(OURS) || field.closest("[role=dialog]")) return false;
    return isSame(field) || (field !== typed && !field.closest(".invalid"));
  };
})();
