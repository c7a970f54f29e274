/* Weights as files: opened from and saved to the menu under the model's name. */
(() => {
  "use strict";

  const L = window.leabra;
  const ADDRESS = "weights";

  const ACTIONS = {
    "weights-open": pick,
    "weights-npz": () => save("npz"),
    "weights-wts": () => save("wts"),
  };

  document.addEventListener("click", (event) => {
    const item = event.target.closest("[data-file]");
    // The menu gives its focus away first.
    if (item && Object.hasOwn(ACTIONS, item.dataset.file)) setTimeout(ACTIONS[item.dataset.file]);
  });

  const headers = (more = {}) => ({ "X-Session": L.prop("sid") || "", ...more });

  function refuse(why) {
    L.hint(why, true);
    L.toast(why, { error: true });
  }

  /** The sentence of an answer that refuses. */
  async function reason(answer) {
    const said = await answer.json().catch(() => null);
    return said && said.error ? said.error : `The server refused (${answer.status})`;
  }

  /* ---- Save ---- */

  async function save(format) {
    const answer = await fetch(`${ADDRESS}?format=${format}`, { headers: headers() }).catch(() => null);
    if (!answer) return refuse("The server cannot be reached. No weights were saved");
    if (!answer.ok) return refuse(await reason(answer));
    const name = answer.headers.get("X-File") || `weights.${format}`;
    const url = URL.createObjectURL(await answer.blob());
    const link = L.el("a", { href: url, download: name, hidden: "" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    L.hint(`Saved as ${name}`);
  }

  /* ---- Open ---- */

  let picker = null;

  /** Let the person choose a file. */
  function pick() {
    if (!picker) {
      picker = L.el("input", { type: "file", id: "weights-picker", accept: ".npz,.wts,.gz", hidden: "" });
      picker.addEventListener("change", () => {
        const [file] = picker.files;
        if (file) open(file);
        picker.value = "";
      });
      document.body.append(picker);
    }
    picker.click();
  }

  /** Give the network the weights in a file; one that does not fit leaves it as it is. */
  async function open(file) {
    L.hint(`Opening ${file.name} …`);
    const options = { method: "POST", body: file, headers: headers({ "X-File": encodeURIComponent(file.name) }) };
    const answer = await fetch(ADDRESS, options).catch(() => null);
    if (!answer) return refuse(`${file.name} could not be sent. The weights are as they were.`);
    if (!answer.ok) return refuse(`${file.name}: ${await reason(answer)}. The weights are as they were.`);
    const { message } = await answer.json();
    L.intent("refresh");
    L.toast(message);
    L.hint(message);
  }
})();
