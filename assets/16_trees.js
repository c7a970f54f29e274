/* Panes that Python describes component by component and that are drawn here, not by React: Dash asks every component of
   the page at every step of every callback, and forms, lists and scripts have hundreds of them. */
(() => {
  "use strict";

  const L = window.leabra;
  const NAMES = { className: "class", htmlFor: "for", tabIndex: "tabindex", tabindex: "tabindex" };
  const PROPERTIES = new Set(["value", "selected"]); // what a person may have changed since it was drawn
  const INPUTS = new Set(["Input", "TextInput"]);
  const drawn = new WeakMap(); // element -> the description that it was drawn from

  /** A row that Python takes to be here is not. */
  class Missing extends Error {}

  const list = (children) => (Array.isArray(children) ? children.flatMap(list) : children === null || children === undefined ? [] : [children]);

  /** A field's own element; the class of its component goes to the box around it. */
  function inputOf({ type, props }) {
    const { className, children, size, label, ...rest } = props;
    const text = type === "TextInput" || !props.type || props.type === "text";
    const look = props.type === "range" ? className : text ? "text" : "dash-input-element";
    const input = { type: "input", props: { type: "text", autoComplete: "off", ...rest, className: look } };
    return props.type === "range" ? input : { type: "div", props: { className: className || "", children: [input] } };
  }

  /** What Python sent as a plain element: tag, properties, children. */
  const plain = (node) => (INPUTS.has(node.type) ? inputOf(node) : node);

  function setStyle(element, style) {
    element.removeAttribute("style");
    for (const [name, value] of Object.entries(style || {})) {
      if (name.startsWith("--")) element.style.setProperty(name, value);
      else element.style[name] = typeof value === "number" && value ? `${value}px` : value;
    }
  }

  function setProperty(element, name, value) {
    const attribute = NAMES[name] || name.toLowerCase();
    if (name === "style") return setStyle(element, value);
    const text = name === "id" && typeof value === "object" ? JSON.stringify(value, Object.keys(value).sort()) : value;
    const spoken = attribute.startsWith("aria-") || attribute.startsWith("data-");
    L.setAttr(element, attribute, text === true && !spoken ? "" : text === false && spoken ? "false" : text);
    if (PROPERTIES.has(name)) element[name] = text ?? "";
  }

  /** Bring an element's own properties up to date; what stays the same keeps what a person has done to it. */
  function patchProperties(element, before, after) {
    for (const name of Object.keys(before)) if (!(name in after) && name !== "children") setProperty(element, name, null);
    for (const [name, value] of Object.entries(after)) {
      if (name !== "children" && JSON.stringify(before[name]) !== JSON.stringify(value)) setProperty(element, name, value);
    }
  }

  function create(node) {
    if (typeof node !== "object") return document.createTextNode(String(node));
    if (node.same) throw new Missing(keyOf(node));
    const { type, props } = plain(node);
    const element = document.createElement(type.toLowerCase());
    element.append(...list(props.children).map(create));
    patchProperties(element, {}, props);
    drawn.set(element, { node, text: null });
    return element;
  }

  /** The JSON that an element was drawn from. */
  function textOf(element) {
    const made = drawn.get(element);
    made.text = made.text || JSON.stringify(made.node);
    return made.text;
  }

  const sameKind = (before, after) => before && typeof after === "object" && before.type === after.type && JSON.stringify(before.props.id) === JSON.stringify(after.props.id) && before.props["data-name"] === after.props["data-name"];

  /** Turn what stands there into what is wanted, and return it; a row that Python sends by its key alone stays. */
  function renew(element, after) {
    const before = element && drawn.get(element)?.node;
    if (before && after.same && keyOf(before) === keyOf(after)) return element;
    if (!sameKind(before, after)) return create(after);
    const text = JSON.stringify(after);
    if (textOf(element) === text) return element;
    const [was, is] = [plain(before), plain(after)];
    fill(element, list(is.props.children));
    patchProperties(element, was.props, is.props);
    drawn.set(element, { node: after, text });
    return element;
  }

  /** Make `children` the content of an element; lines keep their elements by place, named ones by name. */
  function fill(element, children) {
    const old = [...element.childNodes];
    const named = new Map(old.filter((node) => drawn.get(node)?.node.props["data-name"]).map((node) => [keyOf(drawn.get(node).node), node]));
    const places = old.filter((node) => drawn.has(node) || node.nodeType === Node.TEXT_NODE);
    const next = children.map((child, i) => renew((typeof child === "object" && named.get(keyOf(child))) || places[i], child));
    arrange(element, next);
  }

  /** Bring nodes into an element, in this order; those that are there already are moved only where they must be. */
  function arrange(element, nodes) {
    const wanted = new Set(nodes);
    for (const node of [...element.childNodes]) if (!wanted.has(node)) node.remove();
    let at = element.firstChild;
    for (const node of nodes) {
      if (node === at) at = at.nextSibling;
      else element.insertBefore(node, at);
    }
  }

  /** What tells a named row from the others beside it, null for any other. */
  function keyOf({ same, type, props }) {
    if (same) return JSON.stringify([...same, null]);
    return props["data-name"] ? JSON.stringify([type, props["data-kind"], props["data-name"], props.id]) : null;
  }

  /** Draw a pane; the focus stays where it was, as far as that place is still there. */
  function draw(pane, tree) {
    const focused = pane.contains(document.activeElement) ? document.activeElement : null;
    fill(pane, list(JSON.parse(tree || "[]")));
    if (focused && focused.isConnected && focused !== document.activeElement) focused.focus();
    else if (focused && !focused.isConnected && focused.id) L.byId(focused.id)?.focus();
  }

  /** Draw every pane whose description has changed. */
  L.drawTrees = () => {
    for (const pane of document.querySelectorAll("[data-tree]")) {
      const tree = pane.dataset.tree;
      if (pane.drawnTree === tree) continue;
      pane.drawnTree = tree;
      try {
        draw(pane, tree);
      } catch (error) {
        if (!(error instanceof Missing)) throw error;
        redraw();
      }
    }
  };

  /** Let the server send all panes whole. */
  function redraw() {
    L.setProps("shown", { data: {} });
    L.intent("refresh");
  }

  /** Give a pane its description past React, and draw it. */
  L.drawTree = (id, tree) => {
    L.byId(id).dataset.tree = tree;
    L.drawTrees();
  };

  const changed = new MutationObserver(L.drawTrees);
  L.on("boot", () => {
    for (const pane of document.querySelectorAll("[data-tree]")) changed.observe(pane, { attributeFilter: ["data-tree"] });
    L.drawTrees();
  });
  L.on("page", L.drawTrees);
})();
