/* Files of patterns: chosen or dropped, looked at by the server, taken over when the person says so. */
(() => {
  "use strict";

  const L = window.leabra;
  const P = L.patterns;
  const ENDINGS = ".csv,.tsv,.txt,.dat,.dtbl";

  let held = null; // {data, filename} while its dialog is open

  function refuse(name, why) {
    const text = `${name}: ${why.replace(/\.$/, "")}. Nothing was changed.`;
    L.hint(text, true);
    L.toast(text, { error: true });
  }

  /** The bytes of a file as base64. */
  const encoded = (file) =>
    new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
      reader.onerror = failed;
      reader.readAsDataURL(file);
    });

  /** Show what is in a file, unless it is too large. */
  async function importFile(file) {
    const most = L.config().bytes.table;
    if (file.size > most) return refuse(file.name, `it has ${(file.size / 2 ** 20).toFixed(0)} MB; a file of patterns has at most ${most / 2 ** 20} MB`);
    if (!file.size) return refuse(file.name, "the file is empty; its first row must name the columns");
    try {
      held = { data: await encoded(file), filename: file.name };
    } catch {
      return refuse(file.name, "it could not be read");
    }
    L.hint(`Reading ${file.name} …`);
    L.intent("import_read", { ...held, mapping: null });
  }

  /** Take a dropped file over where it is one of patterns; false where it is for somebody else. */
  P.takeFile = (file, target) => {
    const name = file.name.toLowerCase();
    const meant = ENDINGS.split(",").some((ending) => name.endsWith(ending)) || (!name.endsWith(".json") && target.closest?.("#patterns"));
    if (meant) importFile(file);
    return Boolean(meant);
  };

  let picker = null;

  function pick() {
    if (!picker) {
      picker = L.el("input", { type: "file", id: "pattern-picker", accept: ENDINGS, hidden: "" });
      picker.addEventListener("change", () => {
        const [file] = picker.files;
        if (file) importFile(file);
        picker.value = "";
      });
      document.body.append(picker);
    }
    picker.click();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-pattern=import]");
    if (button && L.usable(button)) pick();
  });

  /* ---- The dialog ---- */

  const groups = () => [...document.querySelectorAll("#table-dialog-body [data-group]")];
  const mapping = () => Object.fromEntries(groups().map((select) => [select.dataset.group, select.value || null]));

  /** What the dialog sends besides its fields. */
  P.dialogExtra = (op) => (op === "import_table" ? { ...held, mapping: mapping() } : {});

  document.addEventListener("change", (event) => {
    if (held && event.target.matches?.("#table-dialog-body [data-group]")) L.intent("import_read", { ...held, mapping: mapping() });
  });

  L.on("page", (page) => {
    if (page.op === "import_table" && !page.error) held = null;
  });

  L.on("refusal", (page) => {
    if (page.op !== "import_read" || page.shown) return;
    page.shown = true;
    refuse(held ? held.filename : "The file", page.error.message);
  });
})();
