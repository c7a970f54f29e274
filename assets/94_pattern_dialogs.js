/* The dialogs about whole tables: what their fields hold goes to the server as one edit; a refusal stays in them. */
(() => {
  "use strict";

  const L = window.leabra;
  const P = L.patterns;
  const OPENS = { split_ask: "Split a table", generate_ask: "Generate patterns", import_read: "Import patterns" };
  const DOES = new Set(["split_table", "generate", "import_table"]);

  const body = () => L.byId("table-dialog-body");
  const parts = () => [...body().querySelectorAll("[data-part]")];
  let open = false;
  let touched = false; // whether something was chosen in it since it was opened

  /** The control of a part; Mantine may put the mark on the input or on what is around it. */
  const control = (node) => (node.matches("input, select") ? node : node.querySelector("input, select"));

  /** What the fields hold. */
  P.dialogValues = () => Object.fromEntries(parts().map((node) => [node.dataset.part, control(node).value]));

  /** Only the fields that the chosen kind of patterns needs. */
  function showKinds() {
    const { kind } = P.dialogValues();
    for (const node of body().querySelectorAll("[data-kinds]")) node.hidden = !node.dataset.kinds.split(" ").includes(kind);
  }

  /** Choices as the server means them, unless a quick hand was first: the page may hold those of the last time. */
  function reset() {
    if (touched) return;
    for (const select of body().querySelectorAll("select[data-value]")) select.value = select.dataset.value;
    showKinds();
  }

  const complain = (text) => L.setText(L.byId("table-dialog-error"), text);

  function send(button) {
    if (!L.usable(button)) return;
    const { table } = button.closest(".table-form").dataset;
    complain("");
    L.intent(button.dataset.dialog, { ...P.dialogExtra?.(button.dataset.dialog), table, ...P.dialogValues() });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#table-dialog-body [data-dialog]");
    if (button) send(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches?.("#table-dialog-body input")) return;
    event.preventDefault();
    send(body().querySelector("[data-dialog]"));
  });
  document.addEventListener("change", (event) => {
    if (!event.target.closest?.("#table-dialog-body")) return;
    touched = true;
    if (event.target.matches("[data-part=kind]")) showKinds();
  });

  L.on("page", (page) => {
    if (page.error) return;
    if (Object.hasOwn(OPENS, page.op)) {
      complain("");
      touched = false;
      requestAnimationFrame(() => requestAnimationFrame(reset)); // when React has drawn it
      L.setProps("table-dialog", { opened: true, title: OPENS[page.op] });
      open = true;
    } else if (DOES.has(page.op)) close();
  });

  function close() {
    open = false;
    L.setProps("table-dialog", { opened: false });
  }

  L.on("refusal", (page) => {
    const asked = page.op === "import_read" && open && L.prop("table-dialog", "opened");
    if (!DOES.has(page.op) && !asked) return;
    page.shown = true;
    complain(page.error.message);
  });
})();
