"""Transport: Rewind, Run, Step, speed, seed and time bar; below it the hint line with the counters."""

from __future__ import annotations

from dash import dcc, html

from leabra_studio.web import ids
from leabra_studio.web.parts import Node, button, icon, sr

HINT = "Drag to move · drag the edge dot to connect · click a unit to trace it · double-click empty canvas adds a layer"


def layout() -> html.Footer:
    """The two lowest lines of the screen."""
    return html.Footer([_transport(), _hint_line()], className="footer")


def _transport() -> html.Div:
    return html.Div(
        [
            button(ids.REWIND, "Rewind", "rewind", kind="outlined", title="Back to cycle 0 with the same seed"),
            _run(),
            _step(),
            *_speed(),
            *_seed(),
            html.Div(className="rule"),
            html.Div(id=ids.TIMEBAR, className="timebar"),
            button(ids.LIVE, "Live", "dot", kind="outlined", title="Show the newest cycle"),
        ],
        className="transport",
        role="toolbar",
        **{"aria-label": "Transport"},
    )


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
            html.Label([sr("Cycles a step"), count]),
            html.Span("cycles", className="unit"),
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
        html.Label([html.Span("Seed"), field], className="seed-label"),
        button(ids.NEW_SEED, "New seed", "dice", kind="outlined", icon_only=True, title=title),
    ]


def _hint_line() -> html.Div:
    return html.Div(
        [
            html.Span(HINT, id=ids.HINT, className="hint"),
            html.Div(className="spring"),
            html.Span(id=ids.PROBLEMS),
            html.Span(id=ids.RATE),
            html.Span(["cycle ", html.B("0", id=ids.CYCLE)]),
            html.Span(
                [html.Span(className="dot"), html.Span("connecting", className="word")],
                id=ids.SERVER,
                className="server",
            ),
        ],
        className="hint-line",
    )
