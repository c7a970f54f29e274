/* The model as a file: what the menu under its name does, and a file that is dropped on the page. */
(() => {
  "use strict";

  const L = window.leabra;
  const DROP_PAUSE = 400; // ms without a dragged file after which the drop zone goes away again

  /* ---- Menu ---- */

  const ACTIONS = {
    rename: renameModel,
    wizard: () => L.openWizard(),
    new: () => L.intent("example", { key: "" }),
    open: pick,
    save: () => L.saveFile(),
    examples: () => L.byId("examples").click(),
  };

  /** Type the model's name over the button that shows it. */
  function renameModel() {
    const button = L.byId("model-name");
    const name = L.page ? L.page.name : "";
    L.typeName(name, () => button.getBoundingClientRect(), (value) => L.intent("set_name", { value }));
  }

  document.addEventListener("click", (event) => {
    const item = event.target.closest("[data-file], [data-start]");
    const action = item && (item.dataset.file || item.dataset.start);
    // The menu gives its focus away first.
    if (item && Object.hasOwn(ACTIONS, action)) setTimeout(ACTIONS[action]);
  });

  /* ---- Open ---- */

  let picker = null;

  /** Let the person choose a file. */
  function pick() {
    if (!picker) {
      picker = L.el("input", { type: "file", id: "file-picker", accept: ".json,.leabra.json", hidden: "" });
      picker.addEventListener("change", () => {
        const [file] = picker.files;
        if (file) openFile(file);
        picker.value = "";
      });
      document.body.append(picker);
    }
    picker.click();
  }

  const named = new Map(); // seq of an edit -> name of the file it opens

  /** Ask the server to open a file, unless it is too large to be a model. */
  async function openFile(file) {
    const most = L.config().bytes.document;
    if (file.size > most) return refuse(`${file.name} has ${(file.size / 2 ** 20).toFixed(0)} MB; a model has at most ${most / 2 ** 20} MB`);
    let text = null;
    try {
      text = await file.text();
    } catch {
      return refuse(`${file.name} could not be read`);
    }
    L.hint(`Opening ${file.name} …`);
    named.set(L.intent("open", { document: text, filename: file.name }), file.name);
  }

  function refuse(why) {
    const text = `${why}. The open model is untouched.`;
    L.hint(text, true);
    L.toast(text, { error: true });
  }

  L.on("refusal", (page) => {
    const name = named.get(page.seq);
    named.delete(page.seq);
    if (name === undefined) return;
    page.shown = true;
    refuse(`${name}: ${page.error.message.replace(/\.$/, "")}`);
  });

  /* ---- Drop ---- */

  let leaving = 0;

  const carriesFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");

  /** Show that the page takes the file while it is dragged over it. */
  function showDrop(on, target = null) {
    clearTimeout(leaving);
    const overPatterns = Boolean(target?.closest?.("#patterns"));
    L.byId("canvas").classList.toggle("dropping", on && !overPatterns);
    L.byId("patterns").classList.toggle("dropping", on && overPatterns);
    if (on) leaving = setTimeout(() => showDrop(false), DROP_PAUSE);
  }

  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    showDrop(true, event.target);
  });

  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    showDrop(false);
    const { files } = event.dataTransfer;
    if (files.length !== 1) refuse("One file at a time can be opened");
    else if (!L.patterns.takeFile(files[0], event.target)) openFile(files[0]);
  });

  /* ---- Save ---- */

  /** Save the model as a file; what is being typed belongs to it. */
  L.saveFile = () => {
    const field = document.activeElement;
    if (field && field.matches("input, textarea")) field.blur();
    L.intent("save_file");
  };

  /** Hand a text to the browser as a file. */
  L.download = ({ filename, content, type }) => {
    const url = URL.createObjectURL(new Blob([content], { type }));
    const link = L.el("a", { href: url, download: filename, hidden: "" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };

  L.on("page", (page) => {
    named.delete(page.seq);
    if (page.download) L.download(page.download);
  });
})();
