/* Keys of the whole page, Run and Step (hold to repeat), and the fields of the transport. */
(() => {
  "use strict";

  const L = window.leabra;
  const FIRST = 350; // ms until a held Step repeats
  const AGAIN = 100; // ms between repeats
  const MOST = 100000; // steps at once

  /* ---- Run, Stop, Rewind ---- */

  function runOrStop() {
    if (L.running()) return L.command("stop");
    const button = L.byId("run");
    if (!L.usable(button)) return L.hint(button.title, true);
    L.command("run", { speed: L.speed(), ...mode() });
  }

  /** What a command is for, where the model trains. */
  const mode = () => (L.trains() ? { mode: L.training.mode } : {});

  /** Rewind, then run: what R does, and Rerun in the stamp. */
  L.rerun = () => {
    if (L.running() || L.usable(L.byId("run"))) L.command("rerun", { speed: L.speed(), ...mode() });
    else L.hint(L.byId("run").title, true);
  };

  function rewind() {
    if (L.usable(L.byId("rewind"))) L.command("rewind", mode());
  }

  /* ---- Step ---- */

  const LEVELS = ["cycle", "phase", "trial", "epoch", "run"];

  /** How many steps at once, or null with the reason in the hint line. */
  function stepCount() {
    const field = L.byId("step-n");
    const text = field ? field.value.trim() : "1";
    const count = /^\d+$/.test(text) ? Number(text) : NaN;
    const good = count >= 1 && count <= MOST;
    if (field) field.classList.toggle("invalid", !good);
    if (good) return count;
    L.hint(`Step: must be a whole number from 1 to ${MOST} (got ${text.slice(0, 20) || "nothing"})`, true);
    return null;
  }

  /** Step at the chosen level, or at `level`. */
  function step(level = L.training.level) {
    const button = L.byId("step");
    if (!L.usable(button)) return L.hint(button.title, true);
    const n = stepCount();
    if (n === null) return;
    L.time.goLive();
    L.command("step", { n, level: L.trains() ? level : "cycle", ...mode() });
  }

  /** Step once at the level above the chosen one. */
  function stepHigher() {
    step(LEVELS[Math.min(LEVELS.indexOf(L.training.level) + 1, LEVELS.length - 1)]);
  }

  let held = 0;

  /** Step once, and again and again while it is held; a slow server is not flooded. */
  function hold() {
    release();
    step();
    held = setTimeout(function again() {
      held = setTimeout(again, AGAIN);
      if (!L.ordering() && !L.running()) step();
    }, FIRST);
  }

  function release() {
    clearTimeout(held);
    held = 0;
  }

  /* ---- Keys ---- */

  const withControl = {
    z: () => L.intent("undo"),
    "shift+z": () => L.intent("redo"),
    y: () => L.intent("redo"),
    a: () => L.selectAll(),
    d: () => L.selection.length && L.intent("duplicate", { names: [...L.selection] }),
  };

  const plain = {
    " ": runOrStop,
    s: hold,
    "shift+s": stepHigher,
    r: () => L.rerun(),
    i: () => L.init(),
    l: () => L.setTool(L.tool === "layer" ? null : "layer"),
    c: () => L.setTool(L.tool === "connect" ? null : "connect"),
    f: () => L.fit(),
    enter: () => L.placeInMiddle(),
    delete: () => L.removeSelected(),
    backspace: () => L.removeSelected(),
    f2: () => (L.selection.length === 1 ? L.rename(L.selection[0]) : L.hint("Select one layer or projection to rename it")),
    escape: leave,
    "?": () => L.setProps("help-sheet", { opened: true }),
  };

  /** Esc: stop connecting, leave the tool, select nothing, in this order. */
  function leave() {
    if (L.cancelConnect()) return;
    if (L.tool) L.setTool(null);
    else if (L.about) L.intent("plan_hide");
    else L.select([]);
  }

  /** A key that a focused control needs itself: Space and Enter on a button reached by keyboard, arrows on a slider. */
  function taken(event) {
    const node = event.target;
    const isControl = node.closest && node.closest("button, summary, a, [role=slider], [role=menuitem]");
    return isControl && [" ", "Enter"].includes(event.key) && node.matches(":focus-visible");
  }

  const UNDO = new Set(["z", "shift+z", "y"]);

  /** Whether keys mean text or a choice; a slider has use for none of the keys above. */
  function typing(event) {
    if (!L.inField(event) || event.target.matches("input[type=range]")) return false;
    const undoes = (event.ctrlKey || event.metaKey) && UNDO.has(keyName(event));
    return !undoes || !L.showsValue(event.target);
  }

  /** The name of a key in the tables above. */
  function keyName(event) {
    const key = event.key.toLowerCase();
    const shifted = `shift+${key}`;
    return event.shiftKey && (Object.hasOwn(withControl, shifted) || Object.hasOwn(plain, shifted)) ? shifted : key;
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || typing(event) || taken(event)) return;
    const control = event.ctrlKey || event.metaKey;
    const table = control ? withControl : plain;
    const name = keyName(event);
    if (!Object.hasOwn(table, name)) return;
    event.preventDefault();
    if (!event.repeat) table[name](event);
  });

  // In a field too Ctrl+S saves the model, and never the page.
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    if (!event.repeat) L.saveFile();
  }, true);

  document.addEventListener("keyup", (event) => event.key.toLowerCase() === "s" && release());
  window.addEventListener("blur", release);

  /* ---- Buttons ---- */

  document.addEventListener("pointerdown", (event) => {
    const button = event.target.closest && event.target.closest("#step");
    if (!button || event.button !== 0) return;
    hold();
    const end = () => ["pointerup", "pointercancel"].forEach((type) => window.removeEventListener(type, end)) || release();
    ["pointerup", "pointercancel"].forEach((type) => window.addEventListener(type, end));
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.id === "run") runOrStop();
    else if (button.id === "rewind") rewind();
    else if (button.id === "init") L.init();
    // A click of the mouse was stepped when the button went down; keyboards and assistive tools only click.
    else if (button.id === "step" && event.detail === 0) step();
  });

  // Leave no pressed button behind as the target of Space.
  document.addEventListener("pointerup", (event) => {
    const button = event.target.closest && event.target.closest(".transport button, .palette button, .canvas-bar button");
    if (button && button === document.activeElement) button.blur();
  });

  /* ---- Seed ---- */

  L.commitSeed = (field) => {
    const value = field.value.trim();
    if (L.page && value !== String(L.page.seed)) L.intent("set_seed", { value });
  };

  document.addEventListener("focusout", (event) => event.target.id === "seed" && L.commitSeed(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.target.id === "step-n" && event.key === "Enter") step();
    if (event.target.id !== "seed") return;
    if (event.key === "Enter") L.commitSeed(event.target);
    if (event.key === "Escape" && L.page) L.fill(event.target, String(L.page.seed));
  });
  L.on("refusal", (page) => page.op === "set_seed" && L.page && L.fill(L.byId("seed"), String(L.page.seed)));
})();
