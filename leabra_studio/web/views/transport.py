"""Transport: Train or Test, Init, Rewind, Run, Step, speed, seed, time bar or progress; below it the hint line."""

from __future__ import annotations

from dash import dcc, html

from leabra_studio.model.program import Level
from leabra_studio.web import ids
from leabra_studio.web.parts import Node, button, icon, select, sr

HINT = "Drag to move · drag the edge dot to connect · click a unit to trace it · double-click empty canvas adds a layer"


def layout() -> html.Footer:
    """The two lowest lines of the screen."""
    return html.Footer([_transport(), _hint_line()], className="footer")


MODES = {"train": "Train", "test": "Test"}
COUNTERS = ("run", "epoch", "trial", "phase")


def _transport() -> html.Div:
    return html.Div(
        [
            _modes(),
            html.Div(
                [
                    button(ids.INIT, "Init", "init", kind="outlined", title="Weights anew from the seed"),
                    button(ids.REWIND, "Rewind", "rewind", kind="outlined", title="Back to cycle 0 with the same seed"),
                ],
                className="pair",
            ),
            _run(),
            _step(),
            *_speed(),
            *_seed(),
            html.Div(className="rule"),
            _progress(),
            html.Div(id=ids.TIMEBAR, className="timebar"),
            button(ids.LIVE, "Live", "dot", kind="outlined", title="Show the newest cycle"),
        ],
        className="transport",
        role="toolbar",
        **{"aria-label": "Transport"},
    )


def _modes() -> html.Div:
    """The switch between training and test; a model without a plan has neither."""
    switches = [
        html.Button(
            word,
            id=ids.mode(mode),
            type="button",
            title="There is no table of patterns to train on",
            **{"data-mode": mode, "aria-pressed": "false", "aria-disabled": "true"},
        )
        for mode, word in MODES.items()
    ]
    return html.Div(switches, id=ids.MODES, className="segmented", role="group", **{"aria-label": "Mode"})


def _run() -> html.Button:
    return html.Button(
        [icon("run"), html.Span("Run", className="word"), html.Kbd("Space", **{"aria-hidden": "true"})],
        id=ids.RUN,
        type="button",
        className="run",
        title="Run until Stop (Space)",
        **{"aria-label": "Run", "aria-keyshortcuts": "Space"},
    )


def _step() -> html.Div:
    count = dcc.Input(id=ids.STEP_N, type="text", value="1", className="step-n")
    return html.Div(
        [
            button(ids.STEP, "Step", "", kind="joined", title="Step; hold to repeat (S)"),
            html.Label([sr("Steps at once"), count]),
            html.Label([sr("Level of a step"), select(ids.LEVEL, ((x.name.lower(),) * 2 for x in Level), "cycle")]),
        ],
        className="join",
    )


def _speed() -> list[Node]:
    slider = dcc.Input(id=ids.SPEED, type="range", min=0, max=100, step=1, value=66, className="speed-range")
    return [
        html.Label([html.Span("Speed"), slider], className="speed"),
        html.Span("100 cycles/s", id=ids.SPEED_TEXT, className="speed-text"),
    ]


def _seed() -> list[Node]:
    field = dcc.Input(id=ids.SEED, type="text", value="", className="seed")
    title = "Draw a new seed for the weights"
    return [
        html.Div(
            [
                html.Label([html.Span("Seed"), field], className="seed-label"),
                button(ids.NEW_SEED, "New seed", "dice", kind="outlined", icon_only=True, title=title),
            ],
            className="seed-join",
        ),
    ]


def _progress() -> html.Div:
    """Where a training is, in place of the time bar while it runs."""
    return html.Div(
        [
            html.Span(id=ids.PROGRESS_EPOCH, className="progress-word"),
            html.Div(
                html.Div(className="progress-fill"),
                id=ids.PROGRESS_BAR,
                className="progress-track",
                role="progressbar",
                **{"aria-label": "Progress", "aria-valuemin": "0", "aria-valuemax": "100"},
            ),
            html.Span(id=ids.PROGRESS_LEFT, className="progress-word"),
        ],
        id=ids.PROGRESS,
        className="progress",
    )


def _hint_line() -> html.Div:
    return html.Div(
        [
            html.Span(HINT, id=ids.HINT, className="hint"),
            html.Div(className="spring"),
            html.Span(id=ids.PROBLEMS),
            *(_counter(word) for word in COUNTERS),
            html.Span(["cycle ", html.B("0", id=ids.CYCLE)]),
            html.Span(id=ids.RATE),
            html.Span(
                [html.Span(className="dot"), html.Span("connecting", className="word")],
                id=ids.SERVER,
                className="server",
            ),
        ],
        className="hint-line",
    )


def _counter(word: str) -> html.Span:
    return html.Span([f"{word} ", html.B("–", id=ids.counter(word))], className="of-training")
