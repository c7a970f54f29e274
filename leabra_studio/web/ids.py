"""Every id of the page, in one place; JavaScript and the tests use the same words."""

from __future__ import annotations

from typing import Final

# stores
SID: Final = "sid"
CONFIG: Final = "config"
INTENT: Final = "intent"
PAGE: Final = "page"
SHOWN: Final = "shown"
TICK: Final = "tick"
FRAME: Final = "frame"
COMMAND: Final = "command"
ACK: Final = "ack"
VIEW: Final = "view"
AUTOSAVE: Final = "autosave"
THEME: Final = "theme"
INTERVAL: Final = "iv"
DOWNLOAD: Final = "download"
PROVIDER: Final = "provider"

# top bar
MODEL_NAME: Final = "model-name"
SAVED: Final = "saved"
UNDO: Final = "undo"
REDO: Final = "redo"
EXAMPLES: Final = "examples"
EXPORT: Final = "export-button"
DOWNLOAD_SCRIPT: Final = "download-button"
COPY_SCRIPT: Final = "copy-button"
THEME_BUTTON: Final = "theme-button"
HELP: Final = "help-button"
HELP_SHEET: Final = "help-sheet"

SHARE: Final = "share-button"
RECENT: Final = "recent-models"
SCRIPT_FOR: Final = "script-for"

# wizard
WIZARD: Final = "wizard"
WIZARD_NAME: Final = "wizard-name"
WIZARD_COUNT: Final = "wizard-count"
WIZARD_CONNECT: Final = "wizard-connect"
WIZARD_CREATE: Final = "wizard-create"
WIZARD_ERROR: Final = "wizard-error"

# left
TOOL_LAYER: Final = "tool-layer"
TOOL_INPUT: Final = "tool-input"
TOOL_TARGET: Final = "tool-target"
TOOL_CONNECT: Final = "tool-connect"
OUTLINE: Final = "outline"

# canvas
CANVAS: Final = "canvas"
CY: Final = "cy"
COLOUR_BY: Final = "colour-by"
SCALE: Final = "scale"
FIT: Final = "fit"
TIDY: Final = "tidy"
ZOOM: Final = "zoom"
ZOOM_IN: Final = "zoom-in"
ZOOM_OUT: Final = "zoom-out"
MINIMAP: Final = "minimap"
SEARCH: Final = "search"
PINS: Final = "pins"
CANVAS_NOTE: Final = "canvas-note"
CANVAS_EMPTY: Final = "canvas-empty"
TOASTS: Final = "toasts"

# results of training
RESULTS_ASK: Final = "results-ask"
RESULTS: Final = "results"
ANALYSIS: Final = "analysis-panel"
TRIALS_GRID: Final = "trials-grid"
TRIALS_COUNT: Final = "trials-count"
TRIALS_OF: Final = "trials-of"
TRIALS_ERRORS: Final = "trials-errors"
TEST_ALL: Final = "test-all"
TRIALS_CSV: Final = "trials-csv"
WEIGHTS_OF: Final = "weights-of"
ANALYSIS_OF: Final = "analysis-of"

# batches compared
BATCHES_ASK: Final = "batches-ask"
BATCHES: Final = "batches"
COMPARE: Final = "compare-panel"
COMPARE_BODY: Final = "compare-body"
COMPARE_PLOT: Final = "compare-plot"
COMPARE_STAT: Final = "compare-stat"
COMPARE_WHOLE: Final = "compare-whole"
COMPARE_SEEDS: Final = "compare-seeds"
COMPARE_RUN: Final = "compare-run"
COMPARE_ERROR: Final = "compare-error"
COMPARE_STATUS: Final = "compare-status"
COMPARE_LIST: Final = "compare-list"
COMPARE_DIFFERENCES: Final = "compare-differences"
COMPARE_RUNS: Final = "compare-runs"

# inspector
INSPECTOR: Final = "inspector"
INSPECTOR_HEAD: Final = "inspector-head"
PICTURE: Final = "picture"
FILTER: Final = "param-filter"
FORM: Final = "form-pane"
CODE: Final = "code-pane"
LOG: Final = "log-pane"
PARAM_HELP: Final = "param-help"

# dock
DOCK: Final = "dock"
SIDE: Final = "side-dock"
SIDE_WIDE: Final = "side-wide"
SPLITTER: Final = "dock-splitter"
CURVES: Final = "curves"
WEIGHTS_PANEL: Final = "weights-panel"
RESULTS_TABLE: Final = "results-table"
PATTERNS: Final = "patterns"
PATTERN_BAR: Final = "pattern-bar"
PATTERN_BOX: Final = "pattern-box"
PATTERN_GRID: Final = "pattern-grid"
PATTERN_STATUS: Final = "pattern-status"
TABLE_DIALOG: Final = "table-dialog"
TABLE_DIALOG_BODY: Final = "table-dialog-body"
TABLE_DIALOG_ERROR: Final = "table-dialog-error"
BRUSH: Final = "brush"
ROWS: Final = "rows"
ROWS_SENT: Final = "rows-sent"
TRACES_PANEL: Final = "traces-panel"
TRACES: Final = "traces"
PLOTS: Final = "plots"
DRAW: Final = "draw"
TRACE_UNIT: Final = "trace-unit"
TRACE_VARS: Final = "trace-vars"
STAMP: Final = "stamp"
READINGS: Final = "readings"

CURVE_STAT: Final = "curve-stat"
CURVE_RUNS: Final = "curve-runs"
CURVES_BODY: Final = "curves-body"
CURVES_PLOT: Final = "curves-plot"

# transport and hint line
MODES: Final = "modes"
INIT: Final = "init"
LEVEL: Final = "step-level"
FOLLOW: Final = "follow"
PROGRESS: Final = "progress"
PROGRESS_EPOCH: Final = "progress-epoch"
PROGRESS_BAR: Final = "progress-bar"
PROGRESS_LEFT: Final = "progress-left"
RUN: Final = "run"
STEP: Final = "step"
STEP_N: Final = "step-n"
REWIND: Final = "rewind"
SPEED: Final = "speed"
SPEED_TEXT: Final = "speed-text"
SEED: Final = "seed"
NEW_SEED: Final = "new-seed"
TIMEBAR: Final = "timebar"
LIVE: Final = "live"
HINT: Final = "hint"
PROBLEMS: Final = "problems"
CYCLE: Final = "counter-cycle"
RATE: Final = "counter-rate"
SERVER: Final = "server-dot"


def mode(word: str) -> str:
    """Id of the switch to a mode, such as ``mode-train``."""
    return f"mode-{word}"


def counter(word: str) -> str:
    """Id of a counter of the hint line, such as ``counter-epoch``."""
    return f"counter-{word}"


def field(name: str, path: str, place: str = "form") -> dict[str, str]:
    """Id of the control of parameter ``path`` of the layer or projection ``name``, in the form or pinned."""
    return {"type": "field", "name": name, "path": path, "place": place}
