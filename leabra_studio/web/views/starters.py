"""What an empty canvas says: how to place a layer, three working models to start from, and the other ways in."""

from __future__ import annotations

from dash import html

from leabra_studio.model.document import Layer, Model
from leabra_studio.model.gallery import Example, examples, load_example
from leabra_studio.web import ids
from leabra_studio.web.parts import Node

STARTERS = ("two_neurons", "pattern_association", "error_driven_hidden")
"""The examples that an empty canvas offers: one to watch, one that learns, one that needs a hidden layer."""

CELL = 10
"""Pixels from one unit of a small picture to the next."""


def layout() -> html.Div:
    """The words and starters over an empty canvas."""
    every = examples()
    cards = [_card(example) for example in every if example.key in STARTERS]
    return html.Div(
        [
            html.H1("Click anywhere to place your first layer"),
            html.P(["or press ", html.Kbd("L"), ", then connect layers with ", html.Kbd("C")]),
            html.Div(html.Span("or start from a working model"), className="or"),
            html.Div(cards, className="starters"),
            html.Div(
                [
                    _link("New network…", "wizard", "Layers, connections and an empty table of patterns at once"),
                    _link("Open a file…", "open", "A model saved as .leabra.json; it can also be dropped here"),
                    _all_examples(len(every)),
                ],
                className="other-ways",
            ),
        ],
        id=ids.CANVAS_EMPTY,
        className="canvas-empty",
    )


def _card(example: Example) -> html.Button:
    return html.Button(
        [
            picture(load_example(example.key)),
            html.B(example.title),
            html.Span(example.size_text, className="count"),
            html.P(example.summary),
            html.Span("Open", className="link"),
        ],
        type="button",
        className="starter",
        **{"data-example": example.key},
    )


def _link(word: str, action: str, title: str) -> html.Button:
    return html.Button(word, type="button", className="link", title=title, **{"data-start": action})


def _all_examples(count: int) -> html.Button:
    """The way to the list; to assistive tools it is a link, for the button Examples is in the bar above."""
    made = _link(f"All {count} examples", "examples", "Show the list of examples")
    made.role = "link"
    return made


def picture(model: Model) -> html.Span:
    """The layers of a model in the order of activation, as small grids of units with arrows between them."""
    layers = sorted(model.layers, key=lambda layer: ("input", "hidden", "target").index(layer.role))
    parts: list[Node] = []
    for layer in layers:
        parts += [html.Span(className="arrow"), _grid(layer)]
    return html.Span(parts[1:], className="sketch", **{"aria-hidden": "true"})


def _grid(layer: Layer) -> html.Span:
    rows, cols = layer.shape if layer.shape[0] > 1 else layer.shape[::-1]
    style = {"width": CELL * cols - 1, "height": CELL * rows - 1}
    return html.Span(className=f"units-{layer.role}", style=style)
