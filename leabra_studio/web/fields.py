"""Form controls made from parameter declarations, and the texts around them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from leabra_studio.engine.params import Param
from leabra_studio.engine.rand import DISTRIBUTIONS
from leabra_studio.web import ids
from leabra_studio.web.parts import Node, icon, intent, number, numeric, sr
from leabra_studio.web.trees import remembered
from leabra_studio.web.values import Setting

FieldId = dict[str, str]

ALL = "*"
"""Stands for everything that is selected, where a row names its object."""


def as_text(value: Any) -> str:
    """A parameter's value as its field shows it."""
    match value:
        case bool():
            return "on" if value else "off"
        case int() | float():
            return number(value)
        case Mapping():
            inner = ", ".join(f"{k}={as_text(v)}" for k, v in value.items() if k != "type")
            return f"{value['type']}({inner})"
        case tuple() | list():
            return ", ".join(as_text(v) for v in value)
        case str():
            return value
    inner = ", ".join(f"{name}={as_text(getattr(value, name))}" for name in type(value).params())
    return f"{type(value).__name__}({inner})"


@lru_cache
def help_text(param: Param) -> str:
    """One line of help: what it is, range, unit, default, Emergent's name."""
    pieces = [param.doc.rstrip(".")]
    if param.kind in ("float", "int"):
        pieces.append(f"range {param.range_text()}")
    if param.unit:
        pieces.append(f"unit {param.unit}")
    pieces.append(f"default {as_text(param.fresh()) or 'none'}")
    if param.emergent:
        pieces.append(f"Emergent: {param.emergent}")
    return f"{param.name}: " + " · ".join(pieces)


def note(setting: Setting) -> Node:
    """What stands below a row: the default and the way back to it, when the value was changed."""
    if not setting.changed:
        return []
    return [
        html.Span(f"was {as_text(setting.param.fresh()) or 'none'}"),
        html.Button("Reset", type="button", className="param-reset link"),
    ]


def field_update(setting: Setting) -> dict[str, Any]:
    """The state of one row for JavaScript, so that a form is not rendered anew while someone types in it."""
    return {
        "path": setting.path,
        "value": setting.value if isinstance(setting.value, bool | int | float | str) else as_text(setting.value),
        "text": _text_of(setting),
        "mixed": setting.mixed,
        "changed": setting.changed,
        "was": as_text(setting.param.fresh()) or "none",
        "error": None,
    }


def param_row(name: str, setting: Setting, place: str = "form") -> html.Div:
    """One labelled control for one declared parameter.

    Parameters
    ----------
    name
        The layer or projection it belongs to, ``*`` for all that is selected.
    setting
        The parameter and its value.
    place
        Where the row stands: the same parameter may be in the form and pinned on the canvas.
    """
    return _param_row(name, setting, place, repr(setting.value))


@remembered
def _param_row(name: str, setting: Setting, place: str, exact: str) -> html.Div:
    """Make the row; `exact` tells values apart that are equal and look different, such as 1 and 1.0."""
    param = setting.param
    look = ("param", "changed" if setting.changed else "", "mixed" if setting.mixed else "")
    return html.Div(
        [
            html.Label(param.name, htmlFor=_dom_id(name, setting.path, place), className="param-label"),
            *_control(ids.field(name, setting.path, place), setting),
            html.Div([] if setting.mixed else note(setting), className="param-note", role="status"),
            *([] if name == ALL or not param.slider else [_pin(name, setting)]),
        ],
        className=" ".join(filter(None, look)),
        **{
            "data-target": name,
            "data-path": setting.path,
            "data-kind": param.kind,
            "data-help": help_text(param),
            "data-value": _text_of(setting),
            **limits(param),
        },
    )


def limits(param: Param) -> dict[str, str]:
    """How far arrows, wheel and drags take a number; one that must stay above a limit stops at its slider's end."""
    if param.kind not in ("float", "int"):
        return {}
    low, high = param.slider or (None, None)
    least = low if param.gt is not None else param.ge
    most = high if param.lt is not None else param.le
    return numeric(least, most)


def _text_of(setting: Setting) -> str:
    return "" if setting.mixed else as_text(setting.value)


def _pin(name: str, setting: Setting) -> html.Button:
    word = "Unpin" if setting.pinned else "Pin"
    return html.Button(
        icon("pin", small=True),
        type="button",
        className="pin",
        title=f"{word} {setting.param.name}: a slider on the canvas",
        **{"aria-label": f"{word} {setting.param.name}", "aria-pressed": str(setting.pinned).lower()},
        **intent("pin", name=name, path=setting.path),
    )


def _dom_id(name: str, path: str, place: str) -> str:
    return json.dumps(ids.field(name, path, place), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _control(id: FieldId, setting: Setting) -> list[Node]:
    param = setting.param
    match param.kind:
        case "choice":
            return [_select(id, setting, param.choices)]
        case "bool":
            return [_select(id, setting, ("off", "on"))]
        case "float" | "int" if param.slider:
            return [_slider(setting), _text(id, setting, "param-number")]
        case "float" | "int":
            return [html.Span(param.range_text(), className="count range"), _text(id, setting, "param-number")]
        case _:
            return [_text(id, setting, "param-text")]


def _select(id: FieldId, setting: Setting, choices: tuple[str, ...]) -> html.Select:
    current = _text_of(setting)
    choices = choices if current in choices else ("", *choices)
    options = [html.Option(choice, value=choice, selected=choice == current) for choice in choices]
    return html.Select(options, id=id, className="select param-choice")


def _text(id: FieldId, setting: Setting, look: str) -> dmc.TextInput:
    param = setting.param
    exact = repr(setting.value) if isinstance(setting.value, float) else as_text(setting.value)
    text = _text_of(setting)
    return dmc.TextInput(
        id=id,
        value=text,
        size="xs",
        className=look,
        placeholder="differs" if setting.mixed else _placeholder(param),
        **{"aria-label": param.name, "aria-description": help_text(param), "data-exact": text and exact},
    )


def _placeholder(param: Param) -> str:
    return f"{' | '.join(DISTRIBUTIONS)} (…)" if param.kind == "dist" else ""


def _slider(setting: Setting) -> html.Label:
    low, high = setting.param.slider or (0.0, 1.0)
    default = (setting.param.fresh() - low) / (high - low)
    return html.Label(
        [
            sr(f"{setting.param.name} slider"),
            dcc.Input(type="range", min=low, max=high, step="any", value=setting.value, className="param-range"),
        ],
        className="param-slider",
        style={"--default": f"{min(1.0, max(0.0, default)):.4f}"},
    )
