/* The choices around the views: colour by, its scale, the chips of traced variables, speed, theme, tabs, examples. */
(() => {
  "use strict";

  const L = window.leabra;
  const FASTEST = 100; // the slider's end: as fast as possible

  /* ---- Speed: 1 to 1000 cycles a second, logarithmic, then no limit ---- */

  /** Cycles a second of a slider position, null for no limit. */
  function speedOf(position) {
    if (position >= FASTEST) return null;
    const speed = 10 ** ((3 * position) / (FASTEST - 1));
    return speed < 10 ? Math.round(speed * 10) / 10 : Math.round(speed);
  }

  /** The chosen speed as the server wants it. */
  L.speed = () => {
    const slider = L.byId("speed");
    return speedOf(slider ? Number(slider.value) : FASTEST);
  };

  function showSpeed() {
    const speed = L.speed();
    const text = speed === null ? "max" : `${speed} ${speed === 1 ? "cycle" : "cycles"}/s`;
    L.setText(L.byId("speed-text"), text);
    L.setAttr(L.byId("speed"), "aria-valuetext", text);
  }

  const USUAL = 66; // the slider's place for a model that does not train
  let chosen = false; // the person has moved it

  /** Full speed for training, a speed that eyes can follow for single cycles; a choice made by hand stays. */
  L.suggestSpeed = (full) => {
    if (!chosen && L.byId("speed")) L.fill(L.byId("speed"), String(full ? FASTEST : USUAL));
    showSpeed();
  };

  /* ---- Colour by ---- */

  const WORDS = { act: "activity", v_m: "potential" };

  /** Numbers as short as they can be told. */
  const short = (value) => String(value).replace("-", "−");

  /** The colour scale beside the choice: ends, ramp and what it colours. */
  function showScale() {
    const select = L.byId("colour-by");
    const variable = L.config().variables[L.view.var];
    if (!select || !variable) return;
    if (select.value !== L.view.var) select.value = L.view.var;
    L.setAttr(select, "title", variable.doc);
    const scale = L.byId("scale");
    scale.classList.toggle("signed", variable.signed);
    const [lo, , hi, word] = scale.children;
    L.setText(lo, short(variable.lo));
    L.setText(hi, variable.signed ? `+${short(variable.hi)}` : short(variable.hi));
    L.setText(word, WORDS[L.view.var] || L.view.var);
  }

  /** Pressed chips are drawn. */
  function showChips() {
    for (const chip of document.querySelectorAll("#trace-vars [data-var]")) {
      L.setAttr(chip, "aria-pressed", String(L.view.vars.includes(chip.dataset.var)));
    }
    const unit = L.records.unit;
    const layer = L.view.layer === null && unit ? unit.layer : L.view.layer;
    L.setText(L.byId("trace-unit"), layer === null ? "no unit" : L.unitName(layer, L.view.unit));
  }

  /** Draw a variable, or no longer; the order is that of the chips. */
  function toggleVariable(name) {
    const shown = new Set(L.view.vars);
    if (!shown.delete(name)) shown.add(name);
    L.setView({ vars: L.config().plotted.filter((one) => shown.has(one)) });
  }

  L.on("view", () => {
    showScale();
    showChips();
  });
  L.on("page", showChips);
  L.on("frame", showChips);

  /* ---- Theme ---- */

  /** Switch page, network and plots to a theme. */
  function setTheme(theme) {
    L.setProps("provider", { forceColorScheme: theme });
    const sheets = L.config().stylesheets;
    if (sheets) L.setProps("cy", { stylesheet: sheets[theme] });
    const button = L.byId("theme-button");
    L.setAttr(button, "title", theme === "dark" ? "Light theme" : "Dark theme");
  }

  L.on("boot", () => {
    const saved = L.prop("theme");
    const dark = saved ? saved === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
    if (dark) setTheme("dark");
    showSpeed();
    showScale();
  });

  function toggleTheme() {
    const theme = L.theme() === "dark" ? "light" : "dark";
    L.send("theme", theme);
    setTheme(theme);
  }

  /* ---- Tabs of the inspector ---- */

  /** Show the form, the code or the log. */
  L.showTab = (name) => {
    L.setAttr(L.byId("inspector"), "data-tab", name);
    for (const tab of document.querySelectorAll("#inspector [role=tab]")) {
      L.setAttr(tab, "aria-selected", String(tab.dataset.tab === name));
    }
    if (name !== "code") return;
    showLitLine();
    if (L.ready) L.intent("refresh"); // the script of a large model is written only while it is looked at
  };

  /** Bring the first lit line of the script into view. */
  function showLitLine() {
    const lit = document.querySelectorAll("#code-pane .line.lit");
    L.setText(L.byId("tab-count-code"), lit.length ? `${lit.length} line${lit.length > 1 ? "s" : ""}` : "");
    const pane = L.byId("code-pane");
    if (lit.length && pane.clientHeight) pane.scrollTop = Math.max(0, lit[0].offsetTop - 72);
  }

  const codeChanged = new MutationObserver(L.onceAFrame(showLitLine));
  L.on("boot", () => codeChanged.observe(L.byId("code-pane"), { childList: true, subtree: true, attributeFilter: ["class"] }));

  /** Put the script on the clipboard. */
  async function copyScript() {
    const text = [...document.querySelectorAll("#code-pane .line code")].map((line) => line.textContent).join("\n");
    try {
      await navigator.clipboard.writeText(text + "\n");
      L.toast("The script is on the clipboard");
    } catch {
      L.toast("This browser does not let a page copy; use Download .py", { error: true });
    }
  }

  /* ---- Buttons ---- */

  const BUTTONS = {
    undo: () => L.intent("undo"),
    redo: () => L.intent("redo"),
    tidy: () => L.intent("tidy"),
    deselect: () => L.select([]),
    "new-seed": () => L.intent("new_seed"),
    "theme-button": toggleTheme,
    "help-button": () => L.setProps("help-sheet", { opened: true }),
    "export-button": () => L.showTab("code"),
    "copy-button": copyScript,
  };

  /** Send the edit that Python has written beside an element. */
  function sendIntent(node) {
    const { op, ...fields } = JSON.parse(node.dataset.intent);
    L.intent(op, fields);
  }

  document.addEventListener("click", (event) => {
    const node = event.target.closest("button, [data-example], [data-intent]");
    if (!node || !L.usable(node)) return;
    if (Object.hasOwn(BUTTONS, node.id)) BUTTONS[node.id]();
    else if (node.dataset.intent !== undefined) sendIntent(node);
    else if (node.dataset.example !== undefined) L.intent("example", { key: node.dataset.example });
    else if (node.dataset.select !== undefined) L.select([node.dataset.select]);
    else if (node.matches("#trace-vars [data-var]")) toggleVariable(node.dataset.var);
    else if (node.matches("#inspector [role=tab]")) L.showTab(node.dataset.tab);
  });

  /** A click on an entry of the history goes back or forth to just after it. */
  document.addEventListener("click", (event) => {
    const entry = event.target.closest(".edits li");
    if (!entry) return;
    const all = [...entry.parentElement.children];
    const [at, now] = [all.indexOf(entry), all.findIndex((one) => !one.matches(".undone"))];
    if (at !== now) L.intent(at > now ? "undo" : "redo", { steps: Math.abs(at - now) });
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "colour-by") L.setView({ var: event.target.value });
    if (event.target.id === "script-for") L.intent("script_for", { value: event.target.value });
  });

  document.addEventListener("input", (event) => {
    if (event.target.id !== "speed") return;
    chosen = chosen || !L.filling;
    showSpeed();
    if (L.running()) L.command("run", { speed: L.speed() });
  });
})();
