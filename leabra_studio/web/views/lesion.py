"""What is lesioned of a layer or projection, and the button that lesions or heals it."""

from __future__ import annotations

from dash import html

from leabra_studio.engine.lesion import Lesion
from leabra_studio.model.document import Layer, Model, Projn
from leabra_studio.web.fields import as_text
from leabra_studio.web.parts import Node, button, intent, numeric
from leabra_studio.web.views.objects import field_row

WHAT_IT_DOES = (
    "Lesioned units are silent: they send nothing, learn nothing and do not count for inhibition. Weights are kept."
)


def lesion_group(model: Model, name: str) -> html.Details:
    """The foldable section of the form."""
    cut = model.lesions.get(name)
    is_layer = model.kind_of(name) == "layer"
    rows = _rows(name, cut) if is_layer else []
    what = "layer" if is_layer else "projection"
    summary = [html.Span("Lesion", className="word"), html.Span(lesioned(model, name) or "none", className="count")]
    children = [html.Summary(summary), *rows, _button(name, what, cut), html.P(WHAT_IT_DOES, className="hint-text")]
    return html.Details(children, open=cut is not None, className="group lesion", id="group-Lesion")


def lesioned(model: Model, name: str) -> str:
    """How much of an object is lesioned, in a few words; empty for nothing."""
    cut = model.lesions.get(name)
    if cut is None:
        return ""
    if model.kind_of(name) == "projn" or cut.fraction == 1.0:
        return "lesioned"
    size = model.layer(name).size
    return f"{len(cut.units(size))} of {size} lesioned"


def off(model: Model, layer: Layer) -> list[int]:
    """The units of a layer that are lesioned."""
    cut = model.lesions.get(layer.name)
    return [] if cut is None else cut.units(layer.size).tolist()


def is_cut(model: Model, projn: Projn) -> bool:
    """Whether a projection sends nothing, because it is lesioned or one of its layers is, whole."""
    cuts = [model.lesions.get(name) for name in (projn.name, projn.pre, projn.post)]
    return any(cut is not None and cut.fraction == 1.0 for cut in cuts)


def _rows(name: str, cut: Lesion | None) -> list[Node]:
    percent = as_text(round(100 * cut.fraction, 6)) if cut else "0"
    rows: list[Node] = [
        field_row(
            "Lesioned units, %",
            "fraction",
            percent,
            op="set_lesion",
            name=name,
            help_text="How many of the layer's units are lesioned: 0 heals all of them, 100 lesions the whole layer.",
            **numeric(0, 100),
        )
    ]
    if cut is not None and cut.fraction < 1.0:
        help_text = "Says which units: another number, other units; with the same one a larger part holds the smaller."
        rows.append(
            field_row(
                "Which, seed", "seed", str(cut.seed), op="set_lesion", name=name, help_text=help_text, **numeric(0)
            )
        )
    return rows


def _button(name: str, what: str, cut: Lesion | None) -> html.Div:
    op, word = ("lesion", f"Lesion {what}") if cut is None else ("heal", f"Heal {what}")
    title = "Take it out of the network; its weights are kept" if cut is None else "Let all of it take part again"
    made = button("lesion", word, kind="outlined", title=title)
    for key, value in intent(op, name=name).items():
        setattr(made, key, value)
    return html.Div(made, className="lesion-actions")
