"""The form of several selected objects: what they share, and how to place them."""

from __future__ import annotations

from dash import html

from leabra_studio.model.document import Model
from leabra_studio.web.fields import ALL
from leabra_studio.web.parts import Node, button, intent
from leabra_studio.web.values import common_settings
from leabra_studio.web.views.groups import groups

ALIGNMENTS = (
    ("left", "Left"),
    ("centre", "Centre"),
    ("right", "Right"),
    ("top", "Top"),
    ("middle", "Middle"),
    ("bottom", "Bottom"),
)
DISTRIBUTIONS = (("horizontal", "Spread across"), ("vertical", "Spread down"))


def several_form(model: Model, selected: tuple[str, ...]) -> list[Node]:
    """Placing for layers; the parameters too when all are layers or all are projections."""
    layers = tuple(name for name in selected if model.kind_of(name) == "layer")
    projns = tuple(name for name in selected if name not in layers)
    names = html.P(", ".join(selected), className="hint-text")
    placing = [_placing(len(layers))] if len(layers) > 1 else []
    if layers and projns:
        return [
            names,
            *placing,
            html.P("Select only layers or only projections to set their parameters.", className="hint-text"),
        ]
    return [names, *placing, *groups(ALL, list(common_settings(model, selected)))]


def _placing(count: int) -> html.Div:
    align = [_button(f"align-{how}", word, "align", how) for how, word in ALIGNMENTS]
    spread = [_button(f"spread-{way}", word, "distribute", way) for way, word in DISTRIBUTIONS] if count > 2 else []
    return html.Div(
        [html.Div("Align", className="group-caption"), html.Div([*align, *spread], className="buttons")],
        className="placing",
    )


def _button(id: str, word: str, op: str, how: str) -> html.Button:
    made = button(
        id,
        word,
        kind="outlined",
        title=f"{word} the selected layers" if op == "distribute" else f"Align: {word.lower()}",
    )
    for name, value in intent(op, how=how).items():
        setattr(made, name, value)
    return made
