"""Learning curves: what is drawn of each epoch, its legend, and where JavaScript draws it."""

from __future__ import annotations

from dash import html

from leabra_studio.session.statistics import EPOCH
from leabra_studio.web import ids
from leabra_studio.web.parts import Node, icon, select, sr
from leabra_studio.web.views.tabs import empty

ERROR = ("error", "Error, % of patterns")
"""What is drawn at first: the patterns that are not correct."""
UNDRAWN = ("errors", "settling")
"""Statistics of an epoch that the table of records has and no curve shows."""

SAVED = (
    ("csv", "CSV", "Save all statistics of all epochs as a table"),
    ("png", "PNG", "Save what is drawn as a picture"),
    ("svg", "SVG", "Save what is drawn as a picture without pixels"),
)


def layout() -> list[Node]:
    """What the pane holds: head, empty state, and the plot under its overlay."""
    return [
        html.Div([_choice(), *_legend(), html.Div(className="spring"), *_buttons()], className="curve-head"),
        empty("curve", "No learning curves yet", "Press Run: each epoch adds a point for training and, where it is tested, one for the test."),
        html.Div(
            html.Div(
                id=ids.CURVES_PLOT,
                className="curves-plot",
                tabIndex=0,
                role="application",
                **{"aria-label": "Learning curves; the arrow keys move from epoch to epoch"},
            ),
            id=ids.CURVES_BODY,
            className="curves-body",
        ),
    ]


def statistics() -> list[tuple[str, str]]:
    """Name and label of what can be drawn; the activity of layers is added by JavaScript, which knows of them."""
    return [ERROR, *((s.name, _labelled(s.label, s.unit)) for s in EPOCH if s.name not in UNDRAWN)]


def _labelled(label: str, unit: str) -> str:
    return f"{label}, {unit} of patterns" if unit == "%" else label


def _choice() -> html.Label:
    return html.Label([sr("Statistic"), select(ids.CURVE_STAT, statistics(), ERROR[0])])


def _legend() -> list[Node]:
    parts = (("train", "mean of runs"), ("test", "mean of runs"))
    lines = [
        html.Span(
            [html.I(className=f"curve-swatch {part}"), html.Span(part), html.Span(more, className="count of-several")],
            className="legend-item",
        )
        for part, more in parts
    ]
    band = html.Span([html.I(className="band"), html.Span("range")], className="legend-item of-several")
    return [*lines, band]


def _buttons() -> list[html.Button]:
    return [
        html.Button(
            [icon("download")] * (key == "csv") + [html.Span(word, className="word")],
            type="button",
            className="button quiet",
            title=title,
            **{"data-curves": key, "data-title": title, "aria-label": f"{word} of the learning curves"},
        )
        for key, word, title in SAVED
    ]
