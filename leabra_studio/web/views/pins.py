"""Parameters pinned as sliders on the canvas."""

from __future__ import annotations

from dataclasses import replace

from dash import html

from leabra_studio.errors import ValidationError
from leabra_studio.model.document import Model
from leabra_studio.web.fields import param_row
from leabra_studio.web.parts import Node
from leabra_studio.web.values import setting


def known(model: Model) -> list[tuple[str, str]]:
    """The pins whose object and parameter are still in the model."""
    return [pin for pin in model.view.pins if _exists(model, *pin)]


def render(model: Model) -> list[Node]:
    """One row a pin, under the name of what it belongs to."""
    rows: list[Node] = []
    for name, path in known(model):
        rows.append(html.Div(name, className="owner", title=name))
        rows.append(param_row(name, replace(setting(model, name, path), pinned=True), place="pin"))
    return rows


def _exists(model: Model, name: str, path: str) -> bool:
    try:
        setting(model, name, path)
    except ValidationError:
        return False
    return True
