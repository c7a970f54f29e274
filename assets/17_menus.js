/* Menus of the inspector: plain details, closed again by a choice, by Esc, and by a click elsewhere. */
(() => {
  "use strict";

  const opened = () => [...document.querySelectorAll("details.menu[open]")];

  document.addEventListener("click", (event) => {
    for (const menu of opened()) {
      if (!menu.contains(event.target) || event.target.closest(".menu-item")) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    const [menu] = opened();
    if (!menu) return;
    const items = [...menu.querySelectorAll(".menu-item")];
    const at = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (step && items.length) items[(at + step + items.length) % items.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
})();
