/* What every script of the page shares: events, properties of Dash components, small DOM helpers, colours. */
(() => {
  "use strict";

  const L = (window.leabra = window.leabra || {});
  const dash = (window.dash_clientside = window.dash_clientside || {});
  dash.tick = dash.tick || {};
  dash.studio = dash.studio || {};

  const listeners = new Map();

  /** Call `listener` at every `emit` of this name. */
  L.on = (name, listener) => {
    if (!listeners.has(name)) listeners.set(name, []);
    listeners.get(name).push(listener);
  };

  /** Tell all listeners of `name`. */
  L.emit = (name, ...values) => {
    for (const listener of listeners.get(name) || []) listener(...values);
  };

  /** Write the `data` of a Dash store. */
  L.send = (id, data) => dash.set_props(id, { data });

  /** Write properties of a Dash component. */
  L.setProps = (id, props) => dash.set_props(id, props);

  /** Read a property of a Dash component, undefined before the page is there. */
  L.prop = (id, name = "data") => {
    const found = window.dash_component_api && window.dash_component_api.getLayout(id);
    return found && found.props ? found.props[name] : undefined;
  };

  L.byId = (id) => document.getElementById(id);

  /** Make an element; attributes whose value is null or false are left out, texts become text nodes. */
  L.el = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) L.setAttr(node, name, value);
    node.append(...children);
    return node;
  };

  /** A decorative icon of the style sheet. */
  L.icon = (name) => L.el("span", { class: `icon small icon-${name}`, "aria-hidden": "true" });

  /** Set an attribute if it is not already so; null and false remove it. */
  L.setAttr = (node, name, value) => {
    if (!node) return;
    if (value === null || value === undefined || value === false) node.removeAttribute(name);
    else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
  };

  /** Set the text of an element if it differs, by its one text node where it has one: React may own that node. */
  L.setText = (node, text) => {
    if (!node || node.textContent === text) return;
    if (node.childNodes.length === 1 && node.firstChild.nodeType === Node.TEXT_NODE) node.firstChild.data = text;
    else node.textContent = text;
  };

  /** Disable a button with the reason as its tooltip, or enable it with `title`; it stays focusable either way. */
  L.enable = (button, enabled, title) => {
    L.setAttr(button, "aria-disabled", enabled ? null : "true");
    L.setAttr(button, "title", title);
  };

  /** Whether a button may be used. */
  L.usable = (button) => Boolean(button) && button.getAttribute("aria-disabled") !== "true";

  /** Write into an input that React controls, so that React knows of it too. */
  L.fill = (input, text) => {
    if (input.value === text) return;
    L.filling = true;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input), "value").set.call(input, text);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    L.filling = false;
  };

  /** A function that runs `work` once in the next animation frame, however often it is called. */
  L.onceAFrame = (work) => {
    let waiting = 0;
    return () => {
      waiting = waiting || requestAnimationFrame(() => {
        waiting = 0;
        work();
      });
    };
  };

  /** Bytes of a base64 text. */
  L.bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  /** Little-endian float64 numbers of a base64 text. */
  L.floats = (text) => new Float64Array(L.bytes(text).buffer);

  /** A value as the page shows it: three decimals, exponents where that would show nothing, a dash when unknown. */
  L.valueText = (value) => {
    if (typeof value !== "number" || !Number.isFinite(value)) return "–";
    const size = Math.abs(value);
    if (size >= 1e5 || (size > 0 && size < 5e-4)) return value.toExponential(1);
    return value.toFixed(size >= 1000 ? 1 : 3).replace("-", "−");
  };

  const NOTHING = { variables: {}, scales: {}, tokens: {}, plotted: [], bytes: {} };
  let config = null;

  /** What Python says of variables and colours; it never changes. */
  L.config = () => (config = config || L.prop("config")) || NOTHING;

  /** `light` or `dark`. */
  L.theme = () => (document.documentElement.getAttribute("data-mantine-color-scheme") === "dark" ? "dark" : "light");

  /** A colour of the current theme by its name. */
  L.token = (name) => (L.config().tokens[L.theme()] || {})[name] || "#888888";

  /** The fixed colour of a unit variable in the current theme. */
  L.colour = (variable) => {
    const found = L.config().variables[variable];
    return found ? found.colour[L.theme()] : L.token("text-3");
  };

  /** Whether the person asked for less motion. */
  L.calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  /** Whether an event belongs to a field in which keys mean text. */
  L.inField = (event) => {
    const node = event.target;
    return Boolean(node.closest && node.closest("input, textarea, select, [contenteditable=true], [role=dialog]"));
  };

  let complained = 0; // when the error was said that stands in the hint line

  /** Show a sentence in the hint line; the standing hint of the page comes back with an empty one. */
  L.hint = (text, isError = false) => {
    const node = L.byId("hint");
    if (!node) return;
    if (L.ownHint === undefined) L.ownHint = L.standingHint = node.textContent;
    L.setText(node, text || L.standingHint);
    node.classList.toggle("error", Boolean(isError));
    complained = isError ? Date.now() : 0;
    L.setAttr(node, "title", text || L.standingHint);
  };

  /** Change what the hint line says when there is nothing else to say; null for the page's own hint. */
  L.standing = (text) => {
    const node = L.byId("hint");
    if (!node) return;
    if (L.ownHint === undefined) L.ownHint = L.standingHint = node.textContent;
    const resting = node.textContent === L.standingHint;
    L.standingHint = text === null ? L.ownHint : text;
    if (resting) L.hint("");
  };

  /** Take an error out of the hint line once a request has worked that was made after it; their numbers are times. */
  L.forgive = (seq) => {
    if (complained && seq > complained) L.hint("");
  };

  const themes = new MutationObserver(() => L.emit("theme"));
  themes.observe(document.documentElement, { attributeFilter: ["data-mantine-color-scheme"] });
})();
