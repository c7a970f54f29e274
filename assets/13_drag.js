/* Drags: edits in quick succession only bring the form up to date; the rest of the page follows when they are over. */
(() => {
  "use strict";

  const L = window.leabra;
  const END = 250; // ms without a further edit after which a drag is over

  let last = null; // the newest edit that was answered
  let unsaved = null; // the document as it left it
  let timer = 0;

  /** Send one edit of a drag past Dash: rendering the panes for each would make the trace lag behind the slider. */
  L.sendDrag = (intent) =>
    L.ask("intent", "page", intent, (page, parts) => {
      last = intent;
      if (parts.autosave) unsaved = parts.autosave.data;
      window.dash_clientside.studio.page(page);
      clearTimeout(timer);
      timer = setTimeout(finish, END);
    });

  /** Save the document, and ask for the last value once more: it changes nothing, but renders every pane that differs. */
  function finish() {
    if (!L.idle()) return;
    save();
    const { name, path, value } = last;
    L.intent("set_param", { name, path, value });
  }

  function save() {
    if (unsaved !== null) L.send("autosave", unsaved);
    unsaved = null;
  }

  // Whatever else is done now renders the panes itself; the last value must not come back after an undo.
  L.on("intent", ({ op, drag }) => {
    if (op === "set_param" && drag) return;
    clearTimeout(timer);
    save();
  });
})();
