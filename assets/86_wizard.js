/* The new-network dialogue: as many rows as layers are wanted, and what they hold as one request. */
(() => {
  "use strict";

  const L = window.leabra;
  const PARTS = ["name", "rows", "cols", "role"];

  const inside = (event) => event.target.closest?.("#wizard-create, .wizard-row, #wizard-name, #wizard-count, #wizard-connect");
  const rows = () => [...document.querySelectorAll(".wizard-row[data-row]")];
  const count = () => Number(L.byId("wizard-count").value);

  /** One part of a row; Mantine may put the mark on the input or on what is around it. */
  function part(row, name) {
    const marked = row.querySelector(`[data-part=${name}]`);
    return marked.matches("input, select") ? marked : marked.querySelector("input, select");
  }

  function showRows() {
    for (const row of rows()) row.hidden = Number(row.dataset.row) >= count();
  }

  function create() {
    const layers = rows()
      .slice(0, count())
      .map((row) => Object.fromEntries(PARTS.map((name) => [name, part(row, name).value])));
    complain("");
    L.intent("wizard", { name: L.byId("wizard-name").value, connect: L.byId("wizard-connect").value, layers });
  }

  function complain(text) {
    L.setText(L.byId("wizard-error"), text);
  }

  document.addEventListener("change", (event) => event.target.id === "wizard-count" && showRows());
  document.addEventListener("click", (event) => event.target.closest("#wizard-create") && create());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !inside(event) || !event.target.matches("input")) return;
    event.preventDefault();
    create();
  });

  L.on("refusal", (page) => {
    if (page.op !== "wizard") return;
    page.shown = true;
    complain(page.error.message);
  });

  L.on("page", (page) => {
    if (page.op !== "wizard" || page.error) return;
    L.setProps("wizard", { opened: false });
    L.showDock("side-dock", "patterns", { remember: false }); // its table is empty yet
  });

  /** Open the dialogue as it was left, without the complaint of the last time. */
  L.openWizard = () => {
    L.setAttr(L.byId("wizard-name"), "data-autofocus", "true"); // for Mantine
    complain("");
    showRows();
    L.setProps("wizard", { opened: true });
  };
})();
