"""Learning curves: what is drawn of each epoch, its legend, and where JavaScript draws it."""

from __future__ import annotations

from dash import html

from leabra_studio.session.statistics import EPOCH
from leabra_studio.web import ids
from leabra_studio.web.parts import Node, icon, select, sr
from leabra_studio.web.views.tabs import empty_training

STATISTICS = (
    ("error", "Error, % of patterns"),
    *((one.name, f"{one.label}, {one.unit}" if one.unit else one.label) for one in EPOCH),
)
"""Name on the wire and word of what can be drawn, the error being what is not correct; JavaScript adds the mean
activity of each layer, which the records tell of."""

SAVED = (
    ("csv", "CSV", "Save all statistics of all epochs as a table"),
    ("png", "PNG", "Save what is drawn as a picture"),
    ("svg", "SVG", "Save what is drawn as a picture without pixels"),
)


def layout() -> list[Node]:
    """What the pane holds: head, empty state, and the plot under its overlay."""
    return [
        html.Div([_choice(), *_legend(), html.Div(className="spring"), _runs(), *_buttons()], className="curve-head"),
        empty_training(
            "curve",
            "No learning curves yet",
            "Press Run: each epoch adds a point for training and, where it is tested, one for the test.",
        ),
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


def _choice() -> html.Label:
    return html.Label([sr("Statistic"), select(ids.CURVE_STAT, STATISTICS, "error")])


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


def _runs() -> html.Details:
    """The runs: what of them counts most in a word, a table of them behind it; JavaScript writes both."""
    word = html.Summary("No run yet", className="button quiet", title="Statistics of each run")
    table = html.Div(className="run-table", role="group", **{"aria-label": "Runs"})
    return html.Details([word, html.Div(table, className="menu-items")], id=ids.CURVE_RUNS, className="menu")


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
