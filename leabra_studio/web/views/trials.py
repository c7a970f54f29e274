"""Test table: what each row of a table gave, with its patterns as small images; JavaScript fills a window of it."""

from __future__ import annotations

from dash import html

from leabra_studio.web import ids
from leabra_studio.web.parts import Node, button, select, sr
from leabra_studio.web.views.tabs import empty_training

OF = (("test", "of the last test"), ("train", "of the last epoch"))
"""Mode -> which trials are listed."""

COLUMNS = (
    ("row", "row", "number of the row in its table, from 1"),
    ("name", "name", ""),
    ("input", "input", "what the inputs were clamped to"),
    ("target", "target", "what was wanted"),
    ("output", "output", "what the network expected at the end of its minus phase"),
    ("cos", "cos diff", "cosine between output and target"),
    ("settling", "settling", "cycles until nothing changed any more"),
    ("sse", "SSE", "sum of squared errors, those below 0.5 left out"),
    ("mark", "", ""),
)
"""Class, word and tooltip of each column; cosine and settling are there when the table is wide."""


def layout() -> list[Node]:
    """Head, empty state, and the grid with its column heads."""
    return [
        html.Div(
            [
                html.Span(id=ids.TRIALS_COUNT, className="trials-count", role="status"),
                html.Div(className="spring"),
                html.Button(
                    "Only errors", id=ids.TRIALS_ERRORS, type="button", className="link", **{"aria-pressed": "false"}
                ),
            ],
            className="trials-head",
        ),
        html.Div(
            [
                button(ids.TEST_ALL, "Test all", "table", kind="outlined", title="Test every row of the table"),
                html.Label([sr("Trials"), select(ids.TRIALS_OF, OF, "test")]),
                html.Div(className="spring"),
                button(ids.TRIALS_CSV, "CSV", "download", title="Save the trials as a table"),
            ],
            className="trials-tools",
        ),
        empty_training(
            "table", "No test yet", "Press Test all: each row is shown with its target and what the network expected."
        ),
        html.Div(
            [_heads(), html.Div(className="trial-scroll")],
            id=ids.TRIALS_GRID,
            className="trials",
            role="grid",
            tabIndex=0,
            **{"aria-label": "Trials; Enter tests the row alone"},
        ),
    ]


def _heads() -> html.Div:
    return html.Div(
        [
            html.Span(word, className=f"cell c-{kind}", role="columnheader", title=title or None)
            for kind, word, title in COLUMNS
        ],
        className="trial-row heads",
        role="row",
    )
