"""Pictures of what was learnt: weights before and now, confusion, similarity and clusters; JavaScript draws them."""

from __future__ import annotations

from dash import html

from leabra_studio.web import ids
from leabra_studio.web.parts import Node, select
from leabra_studio.web.views.tabs import empty_training

WEIGHTS = (
    ("before", "Start of the run", "scale", ("0", "1")),
    ("now", "Now", "scale", ("0", "1")),
    ("change", "Change", "signed", ("−", "+")),
)
"""Key, caption, scale and its ends of the three pictures of a projection."""


def weights() -> list[Node]:
    """The weights of a projection at the start of the run and now, and what has changed."""
    figures = [_figure(key, caption, _scale(kind, ends)) for key, caption, kind, ends in WEIGHTS]
    return [
        html.Div(
            [
                html.Label([html.Span("Projection"), select(ids.WEIGHTS_OF, ())], className="choice"),
                html.Span("receivers down, senders across; hatched: no connection", className="count"),
                html.Div(className="spring"),
                html.Span(className="readout-line", role="status"),
            ],
            className="analysis-head",
        ),
        empty_training(
            "connect",
            "No weights to compare",
            "Press Run: the weights at the start of the run stand beside those of now.",
        ),
        html.Div(figures, className="analysis-body"),
    ]


def analysis() -> list[Node]:
    """What the last test tells: which answer was given for which, and how alike a layer's activations are."""
    figures = [
        _figure("confusion", "Confusion: answers across, targets down", None),
        _figure("similarity", "Similarity of activations (cosine)", _scale("scale", ("0", "1"))),
        _figure("clusters", "Clusters: joined at their mean distance, 1 − cosine", None),
    ]
    return [
        html.Div(
            [
                html.Label([html.Span("Layer"), select(ids.ANALYSIS_OF, ())], className="choice"),
                html.Span("activations at the end of the minus phases of the last test", className="count"),
                html.Span(className="stale-word", role="status"),
                html.Div(className="spring"),
                html.Span(className="readout-line", role="status"),
            ],
            className="analysis-head",
        ),
        empty_training(
            "table", "Nothing to compare yet", "Press Test all in the test table: its rows are compared here."
        ),
        html.Div(figures, className="analysis-body"),
    ]


def _figure(key: str, caption: str, scale: html.Span | None) -> html.Figure:
    drawing = html.Div(className="drawing", role="img", **{"aria-label": caption})
    head = html.Figcaption([html.Span(caption, className="word"), *([scale] if scale else [])])
    return html.Figure([head, drawing], className="picture-box", **{"data-picture": key})


def _scale(kind: str, ends: tuple[str, str]) -> html.Span:
    ramp = html.Span(className=f"small-ramp {kind}")
    return html.Span([html.Span(ends[0]), ramp, html.Span(ends[1])], className="small-scale count")
