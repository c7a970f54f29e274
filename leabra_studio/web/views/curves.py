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
        html.Div(
            [
                _choice(),
                *_legend(),
                html.Div(className="spring"),
                _runs(),
                *save_buttons("data-curves", "learning curves"),
            ],
            className="curve-head",
        ),
        empty_training(
            "curve",
            "No learning curves yet",
            "Press Run: each epoch adds a point for training and, where it is tested, one for the test.",
        ),
        plot_place(ids.CURVES_PLOT, ids.CURVES_BODY, "Learning curves"),
    ]


def plot_place(plot: str, body: str, label: str) -> html.Div:
    """Where JavaScript draws lines over epochs; `plot` and `body` are ids."""
    role = {"aria-label": f"{label}; the arrow keys move from epoch to epoch"}
    drawn = html.Div(id=plot, className="curves-plot", tabIndex=0, role="application", **role)
    return html.Div(drawn, id=body, className="curves-body")


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


def save_buttons(mark: str, whose: str) -> list[html.Button]:
    """The buttons that save curves, told apart by the attribute `mark`."""
    return [
        html.Button(
            [icon("download")] * (key == "csv") + [html.Span(word, className="word")],
            type="button",
            className="button quiet",
            title=title,
            **{mark: key, "data-title": title, "aria-label": f"{word} of the {whose}"},
        )
        for key, word, title in SAVED
    ]
