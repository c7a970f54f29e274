/* Find a parameter in the form, and how many of a group were changed. */
(() => {
  "use strict";

  const L = window.leabra;

  const form = () => L.byId("form-pane");
  const field = () => L.byId("param-filter");

  /* ---- Filter ---- */

  /** Whether a row's label or help has the letters. */
  function has(row, letters) {
    const label = row.querySelector(".param-label");
    return `${label ? label.textContent : ""} ${row.dataset.help || ""}`.toLowerCase().includes(letters);
  }

  /** Open a fold for as long as the filter needs it, and remember how it was. */
  function open(fold) {
    if (fold.dataset.was === undefined) fold.dataset.was = String(fold.open);
    fold.open = true;
  }

  /** Everything as it was before the first letter. */
  function restore(pane) {
    for (const node of pane.querySelectorAll("[data-sifted]")) {
      node.hidden = false;
      delete node.dataset.sifted;
    }
    for (const fold of pane.querySelectorAll("details[data-was]")) {
      fold.open = fold.dataset.was === "true";
      delete fold.dataset.was;
    }
  }

  function sift(node, shown) {
    node.hidden = !shown;
    node.dataset.sifted = "";
  }

  /** Leave only the rows that have the letters, and open what they are in. */
  function apply() {
    const pane = form();
    const letters = field() ? field().value.trim().toLowerCase() : "";
    if (!pane) return;
    if (!letters) restore(pane);
    else for (const row of pane.querySelectorAll(".param")) sift(row, has(row, letters));
    if (letters) for (const fold of pane.querySelectorAll("details")) showFold(fold);
    showNone(pane, letters);
  }

  function showFold(fold) {
    const hit = fold.querySelector(".param:not([hidden])") !== null;
    sift(fold, hit);
    if (hit) open(fold);
  }

  /** Say so when nothing is left. */
  function showNone(pane, letters) {
    const none = letters && !pane.querySelector(".param:not([hidden])");
    let note = L.byId("filter-none");
    if (!none) return note && note.remove();
    if (!note) note = L.el("p", { id: "filter-none", class: "none", role: "status" });
    L.setText(note, `No parameter has “${field().value.trim()}” in its name or help`);
    if (!note.isConnected) field().closest(".filter").append(note);
  }

  document.addEventListener("input", (event) => event.target.id === "param-filter" && apply());
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "param-filter" || event.key !== "Escape") return;
    event.preventDefault();
    L.fill(event.target, "");
    apply();
  });

  /* ---- Counts ---- */

  /** How many rows of each group differ from their defaults, before the size that Python wrote. */
  function count() {
    for (const group of form().querySelectorAll("details.group")) {
      const place = group.querySelector(":scope > summary .count[data-size]");
      const changed = group.querySelectorAll(".param.changed").length;
      if (place) L.setText(place, changed ? `${changed} changed · ${place.dataset.size}` : place.dataset.size);
    }
  }

  L.on("page", () => form() && count());

  // Another object has another form, for which the same letters may be typed.
  const rendered = new MutationObserver(L.onceAFrame(() => {
    if (field()?.value) apply();
    count();
  }));
  L.on("boot", () => rendered.observe(form(), { childList: true, subtree: true }));
})();
