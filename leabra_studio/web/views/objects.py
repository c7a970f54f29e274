"""Forms of what is no parameter: the model itself, and a layer's or projection's own fields."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from leabra_studio.model.document import Model
from leabra_studio.web.fields import as_text
from leabra_studio.web.parts import Node, intent, numeric
from leabra_studio.web.values import UNIT, Setting, settings
from leabra_studio.web.views.outline import ROLE_ICONS


def model_form(model: Model) -> list[Node]:
    """The model's name and notes, and everything in it that differs from the defaults."""
    return [
        field_row("Name", "name", model.name, op="set_name"),
        html.Div(
            "Select a layer or a projection to see its parameters here. What you change is marked, can be undone, "
            "and goes into the Python script.",
            className="hint-text",
        ),
        dcc.Textarea(value=model.notes, id="notes", className="notes", placeholder="Notes on this model"),
        changed_values(model),
    ]


def changed_values(model: Model) -> html.Details:
    """Everything that differs from the defaults, spec by spec; a row leads to what uses it."""
    used = [(spec.name, users) for spec in model.specs if (users := model.users(spec.name))]
    rows = [_changed_row(spec, users, s) for spec, users in used for s in settings(model, users[0]) if s.changed]
    empty = html.P("Every parameter has its default.", className="none")
    summary = html.Summary(
        [html.Span("Changed values", className="word"), html.Span(str(len(rows)), className="count")]
    )
    return html.Details([summary, *(rows or [empty])], open=True, className="group")


def _changed_row(spec: str, users: tuple[str, ...], setting: Setting) -> html.Button:
    path, now = setting.path.replace(f"{UNIT}.", ""), as_text(setting.value)
    was = f"was {as_text(setting.param.fresh()) or 'none'}"
    return html.Button(
        [
            html.Span(path, className="word"),
            html.Span(now, className="value"),
            html.Span(f"{spec} · {', '.join(users)}", className="count"),
            html.Span(was, className="count"),
        ],
        type="button",
        className="changed-row",
        title=f"{path} of {', '.join(users)}: {now}, {was}",
        **intent("select", names=list(users)),
    )


def layer_fields(model: Model, name: str) -> list[Node]:
    """Name, shape, role and clamp of a layer."""
    layer = model.layer(name)
    roles = [html.Option(role, value=role) for role in ROLE_ICONS]
    clamped = model.inputs.get(name)
    return [
        field_row("Name", "name", name, op="rename", name=name),
        html.Div(
            [
                html.Label("Rows × columns", htmlFor="field-rows"),
                _input("field-rows", str(layer.shape[0]), "set_shape", "rows", name, "Rows", **numeric(1)),
                html.Span("×", className="times"),
                _input("field-cols", str(layer.shape[1]), "set_shape", "cols", name, "Columns", **numeric(1)),
            ],
            className="field shape",
        ),
        html.Div(
            [
                html.Label("Role", htmlFor="field-role"),
                html.Select(roles, id="field-role", className="select", **_data("set_role", "role", name, layer.role)),
            ],
            className="field",
        ),
        field_row(
            "Clamped to",
            "inputs",
            "" if clamped is None else ", ".join(as_text(v) for v in clamped),
            op="set_input",
            name=name,
            placeholder="not clamped",
            help_text="Activations in [0, 1] separated by commas, one a unit; a short list repeats; empty: free.",
        ),
        html.Div(className="field-error", **{"data-for": name}),
    ]


def projn_fields(model: Model, name: str) -> list[Node]:
    """The name of a projection."""
    return [
        field_row("Name", "name", name, op="rename", name=name),
        html.Div(className="field-error", **{"data-for": name}),
    ]


def field_row(
    label: str,
    key: str,
    text: str,
    *,
    op: str,
    name: str = "",
    placeholder: str = "",
    help_text: str = "",
    **more: str,
) -> html.Div:
    """A label and a text field whose new text is sent as an edit; `more` are properties of the field."""
    field = _input(f"field-{key}", text, op, key, name, label, placeholder, **more)
    return html.Div(
        [html.Label(label, htmlFor=f"field-{key}"), field],
        className="field",
        title=help_text or None,
        **({"data-help": f"{label}: {help_text}"} if help_text else {}),
    )


def _input(
    id: str, text: str, op: str, key: str, name: str, label: str, placeholder: str = "", **more: str
) -> dmc.TextInput:
    return dmc.TextInput(
        id=id,
        value=text,
        placeholder=placeholder,
        size="xs",
        className="text-field",
        **{"aria-label": label},
        **_data(op, key, name, text),
        **more,
    )


def _data(op: str, key: str, name: str, text: str) -> dict[str, Any]:
    return {"data-op": op, "data-key": key, "data-name": name, "data-value": text}
