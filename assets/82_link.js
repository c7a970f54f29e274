/* The model in a link: Share puts one on the clipboard, and a page that is opened by one shows its model. */
(() => {
  "use strict";

  const L = window.leabra;
  const MARK = "#m=";
  const COPIED = "Link copied: it holds the whole model and its seed";
  const REFUSED = "This browser does not let a page copy. Copy the link from here:";

  /* ---- Arriving by a link ---- */

  /** Take the model out of the address, so that a reload or a bookmark does not open it again over later edits. */
  function takeLink() {
    if (!location.hash.startsWith(MARK)) return null;
    const link = location.hash.slice(MARK.length);
    history.replaceState(history.state, "", location.pathname + location.search);
    return link;
  }

  /** The link this page was opened with, until it has been opened. */
  L.arrived = takeLink();

  window.addEventListener("hashchange", () => {
    const link = takeLink();
    if (link) L.intent("open_link", { link });
  });

  /* ---- Sharing ---- */

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#share-button");
    if (button && L.usable(button)) L.intent("share");
  });

  /** Put a link on the clipboard, or show it where the browser forbids that. */
  async function share(fragment) {
    const link = `${location.origin}${location.pathname}${MARK}${fragment}`;
    try {
      await navigator.clipboard.writeText(link);
      L.toast(COPIED);
      L.hint(COPIED);
    } catch {
      showLink(link);
    }
  }

  function showLink(link) {
    const field = L.el("input", { type: "text", class: "link-field", readonly: "", "aria-label": "Link to this model" });
    field.value = link;
    field.addEventListener("focus", () => field.select());
    field.addEventListener("keydown", (event) => event.key === "Escape" && notice.remove());
    const notice = L.notice(REFUSED);
    notice.firstChild.after(field);
    field.focus();
  }

  L.on("page", (page) => page.link && share(page.link));
})();
