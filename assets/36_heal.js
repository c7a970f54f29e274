/* What dash-cytoscape forgets: when a card gets another id, Cytoscape drops its lines and nothing puts them back; and an
   element called like a property of every object is not told from one that was there before. */
(() => {
  "use strict";

  const L = window.leabra;

  /** Whether a line in the graph is missing or joins other cards than it should. */
  function astray(cy, { id, source, target }) {
    const edge = cy.getElementById(id);
    return edge.empty() || edge.data("source") !== source || edge.source().id() !== source || edge.target().id() !== target;
  }

  /** Put back every element that the page has and the graph has not, and drop what only the graph has. */
  function heal() {
    const cy = window.cy;
    const elements = L.prop("cy", "elements");
    if (!cy || cy.destroyed() || !elements) return;
    const wanted = new Set(elements.map(({ data }) => data.id));
    const left = cy.elements().filter((element) => !wanted.has(element.id()));
    const lost = elements.filter(({ data }) =>
      data.source === undefined ? cy.getElementById(data.id).empty() : astray(cy, data),
    );
    if (!lost.length && left.empty()) return;
    cy.batch(() => {
      left.remove();
      for (const { data } of lost) cy.getElementById(data.id).remove();
      cy.add(lost.map((element) => ({ ...element, data: { ...element.data } })));
    });
  }

  // The graph has been brought up to date when the answer is spread over the page, and Dash's own echo of it comes later.
  L.on("page", heal);
})();
