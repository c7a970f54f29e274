"""Editors beside a parameter's text: the numbers of a distribution, the cells of a mask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_mantine_components as dmc
from dash import html

from leabra_studio.engine.rand import DISTRIBUTIONS, Distribution
from leabra_studio.web.fields import ALL, as_text
from leabra_studio.web.parts import Node, intent, numeric
from leabra_studio.web.values import Setting

MOST_CELLS = 256
"""Units of a layer up to which its mask is shown cell by cell."""

FIRST_NUMBERS: Mapping[str, Mapping[str, float]] = {
    "Scalar": {"value": 0.5},
    "Uniform": {"low": 0.25, "high": 0.75},
    "Gaussian": {"mean": 0.5, "var": 0.01},
    "LogNormal": {"mean": -0.7, "var": 0.05},
    "Exponential": {"lambd": 2.0},
}
"""What a distribution starts with when it is chosen: weights around one half."""


def extras(name: str, setting: Setting) -> list[Node]:
    """What stands below the row of a parameter, for one object."""
    if name == ALL or setting.mixed:
        return []
    if setting.param.kind == "dist":
        return [_distribution(name, setting)]
    if setting.param.kind == "mask" and setting.shape and setting.shape[0] * setting.shape[1] <= MOST_CELLS:
        return [_mask(name, setting, *setting.shape)]
    return []


def _distribution(name: str, setting: Setting) -> html.Div:
    dist: Distribution = setting.value
    chosen = type(dist).__name__
    kinds = [html.Option(word, value=word, selected=word == chosen) for word in DISTRIBUTIONS]
    kind = html.Select(
        kinds, id="dist-type", className="select", **_data(name, "type", chosen), **{"aria-label": "Distribution"}
    )
    return html.Div(
        [kind, *(_number(name, key, getattr(dist, key)) for key in type(dist).params())], className="dist-editor"
    )


def _number(name: str, key: str, value: float) -> html.Label:
    text = as_text(value)
    about = {"aria-label": key, **_data(name, key, text), **numeric()}
    field = dmc.TextInput(id=f"dist-{key}", value=text, size="xs", **about)
    return html.Label([html.Span(key, className="count"), field])


def _data(name: str, key: str, text: str) -> dict[str, Any]:
    return {"data-op": "set_dist", "data-key": f"dist.{key}", "data-name": name, "data-value": text}


def _mask(name: str, setting: Setting, rows: int, cols: int) -> html.Div:
    """The mask as the layer is drawn, row 0 at the bottom; a click takes a unit in or out."""
    mask = setting.value
    order = [row * cols + col for row in reversed(range(rows)) for col in range(cols)]
    cells = [_cell(name, setting.path, unit, bool(mask[unit % len(mask)]), divmod(unit, cols)) for unit in order]
    return html.Div(
        cells,
        className="mask-editor",
        style={"gridTemplateColumns": f"repeat({cols}, 14px)"},
        role="group",
        **{"aria-label": f"{setting.path}: units that take part"},
    )


def _cell(name: str, path: str, unit: int, on: bool, place: tuple[int, int]) -> html.Button:
    return html.Button(
        type="button",
        className="mask-cell",
        title=f"[{place[0]}, {place[1]}] {'takes part' if on else 'is left out'}",
        **{"aria-label": f"Unit {place[0]}, {place[1]}", "aria-pressed": str(on).lower()},
        **intent("toggle_mask", name=name, path=path, unit=unit),
    )
