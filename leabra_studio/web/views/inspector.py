"""Inspector: the form of what is selected, generated from the parameter declarations."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from leabra_studio.model.document import Model
from leabra_studio.web import ids
from leabra_studio.web.fields import as_text, param_row
from leabra_studio.web.parts import Node, button, icon
from leabra_studio.web.values import UNIT, Setting, settings
from leabra_studio.web.views.outline import ROLE_ICONS

TABS = (("form", "Form"), ("code", "Code"), ("log", "Log"))


def layout() -> html.Aside:
    """Head, tabs and three panes; which pane shows is the attribute ``data-tab``."""
    tabs = [
        html.Button(
            [html.Span(word), html.Span(className="count", id=f"tab-count-{key}")],
            type="button",
            className="tab",
            role="tab",
            **{"data-tab": key, "aria-selected": str(key == "form").lower(), "aria-controls": pane},
        )
        for (key, word), pane in zip(TABS, (ids.FORM, ids.CODE, ids.LOG), strict=True)
    ]
    return html.Aside(
        [
            html.Div(id=ids.INSPECTOR_HEAD, className="panel-head"),
            html.Div(tabs, className="tabs", role="tablist"),
            html.Div(id=ids.FORM, className="pane form", role="tabpanel", **{"aria-label": "Form"}),
            html.Div(id=ids.CODE, className="pane code-pane", role="tabpanel", **{"aria-label": "Code"}),
            html.Div(id=ids.LOG, className="pane log", role="tabpanel", **{"aria-label": "Log"}),
            html.Div(
                "Point at a parameter to read what it does.",
                id=ids.PARAM_HELP,
                className="param-help",
                **{"aria-live": "polite"},
            ),
        ],
        id=ids.INSPECTOR,
        className="inspector",
        **{"data-tab": "form"},
    )


def head(model: Model, selected: tuple[str, ...]) -> list[Node]:
    """The title line: what is selected and how large it is."""
    if not selected:
        return [icon("model"), html.H2("Model"), html.Span("nothing selected", className="sub")]
    if len(selected) > 1:
        return [
            icon("model"),
            html.H2(f"{len(selected)} selected"),
            html.Span("Del deletes, drag moves", className="sub"),
        ]
    name = selected[0]
    if model.kind_of(name) == "layer":
        layer = model.layer(name)
        rows, cols = layer.shape
        units = "1 unit" if rows * cols == 1 else f"{rows * cols} units"
        return [
            icon(ROLE_ICONS[layer.role]),
            html.H2(name, title=name),
            html.Span(f"{rows} × {cols} · {units}", className="sub"),
            _close(),
        ]
    projn = model.projn(name)
    sub = html.Span([projn.pre, " → ", projn.post], className="sub")
    return [icon("connect"), html.H2(name, title=name), sub, _close()]


def _close() -> html.Button:
    return button("deselect", "Close", "close", icon_only=True, title="Select nothing")


def form(model: Model, selected: tuple[str, ...]) -> list[Node]:
    """The form of one layer or projection, of the model when nothing is selected."""
    if len(selected) > 1:
        return [html.P(name, className="hint-text") for name in selected]
    if not selected:
        return _model_form(model)
    name = selected[0]
    about = _layer_fields(model, name) if model.kind_of(name) == "layer" else _projn_fields(model, name)
    return [*about, _spec_chip(model, name), *_groups(model, name)]


def _model_form(model: Model) -> list[Node]:
    return [
        _field_row("Name", "name", model.name, op="set_name"),
        html.Div(
            "Select a layer or a projection to see its parameters here. What you change is marked, can be undone, "
            "and goes into the Python script.",
            className="hint-text",
        ),
        dcc.Textarea(value=model.notes, id="notes", className="notes", placeholder="Notes on this model"),
    ]


def _layer_fields(model: Model, name: str) -> list[Node]:
    layer = model.layer(name)
    roles = [html.Option(role, value=role) for role in ROLE_ICONS]
    clamped = model.inputs.get(name)
    return [
        _field_row("Name", "name", name, op="rename", name=name),
        html.Div(
            [
                html.Label("Rows × columns", htmlFor="field-rows"),
                _input("field-rows", str(layer.shape[0]), "set_shape", "rows", name, "Rows"),
                html.Span("×", className="times"),
                _input("field-cols", str(layer.shape[1]), "set_shape", "cols", name, "Columns"),
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
        _field_row(
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


def _projn_fields(model: Model, name: str) -> list[Node]:
    return [
        _field_row("Name", "name", name, op="rename", name=name),
        html.Div(className="field-error", **{"data-for": name}),
    ]


def _field_row(
    label: str, key: str, text: str, *, op: str, name: str = "", placeholder: str = "", help_text: str = ""
) -> html.Div:
    return html.Div(
        [html.Label(label, htmlFor=f"field-{key}"), _input(f"field-{key}", text, op, key, name, label, placeholder)],
        className="field",
        title=help_text or None,
        **({"data-help": f"{label}: {help_text}"} if help_text else {}),
    )


def _input(id: str, text: str, op: str, key: str, name: str, label: str, placeholder: str = "") -> dmc.TextInput:
    return dmc.TextInput(
        id=id,
        value=text,
        placeholder=placeholder,
        size="xs",
        className="text-field",
        **{"aria-label": label},
        **_data(op, key, name, text),
    )


def _data(op: str, key: str, name: str, text: str) -> dict[str, Any]:
    return {"data-op": op, "data-key": key, "data-name": name, "data-value": text}


def _spec_chip(model: Model, name: str) -> html.Div:
    spec = model.spec_of(name)
    if spec is None:
        return html.Div(
            [html.Span("default spec", className="chip"), html.Span("a change makes its own", className="count")],
            className="spec-line",
        )
    others = len(model.users(spec.name))
    kind = "layer" if spec.kind == "layer" else "projection"
    used = f"used by {others} {kind}{'s' if others != 1 else ''}"
    return html.Div(
        [html.Span([icon("spec", small=True), spec.name], className="chip"), html.Span(used, className="count")],
        className="spec-line",
        title=f"A change here changes {', '.join(model.users(spec.name))}",
    )


def _groups(model: Model, name: str) -> list[Node]:
    every = list(settings(model, name))
    own = [s for s in every if not s.path.startswith(UNIT + ".")]
    units = [s for s in every if s.path.startswith(UNIT + ".")]
    sections: list[Node] = []
    for i, (title, group) in enumerate(groupby(sorted(own, key=_group_order(own)), key=lambda s: s.param.group)):
        sections.append(_section(name, title, list(group), is_open=i == 0))
    if units:
        sections.append(_section(name, "Unit", units, is_open=False))
    if model.kind_of(name) == "layer":
        sections.append(_projections(model, name))
    return sections


def _group_order(all_settings: list[Setting]) -> Any:
    order = {s.param.group: i for i, s in reversed(list(enumerate(all_settings)))}
    return lambda s: order[s.param.group]


def _section(name: str, title: str, group: list[Setting], *, is_open: bool) -> html.Details:
    shown = [s for s in group if s.param.key or s.changed] or group
    folded = [s for s in group if s not in shown]
    changed = sum(s.changed for s in group)
    size = f"{len(shown)} of {len(group)} shown" if folded else f"{len(group)} parameters"
    children: list[Node] = [
        html.Summary([html.Span(title or "Other", className="word"), _count(changed, size)]),
        *(param_row(name, s) for s in shown),
    ]
    if folded:
        more = [html.Summary(f"All parameters ({len(group)})", className="more"), *(param_row(name, s) for s in folded)]
        children.append(html.Details(more, className="folded"))
    return html.Details(children, open=is_open, className="group", id=f"group-{title}", **{"data-group": title})


def _count(changed: int, size: str) -> html.Span:
    text = f"{changed} changed · {size}" if changed else size
    return html.Span(text, className="count", **{"data-size": size})


def _projections(model: Model, name: str) -> html.Details:
    into = [p for p in model.projns if p.post == name]
    out = [p for p in model.projns if p.pre == name]
    rows = [_projn_row(model, word, p.name, p.pre, p.post) for word, ps in (("in", into), ("out", out)) for p in ps]
    count = f"in {len(into)} · out {len(out)}"
    empty = html.P("none yet: drag the dot on the card's upper edge to another layer", className="none")
    summary = html.Summary([html.Span("Projections", className="word"), html.Span(count, className="count")])
    return html.Details([summary, *(rows or [empty])], open=True, className="group")


def _projn_row(model: Model, word: str, name: str, pre: str, post: str) -> html.Button:
    note = f"{model.value(name, 'projn_type')} · lrate {as_text(model.value(name, 'lrate'))}".replace("0.", ".")
    return html.Button(
        [
            html.Span(word, className="count"),
            html.Span([pre, " → ", post], className="word"),
            html.Span(note, className="count"),
        ],
        type="button",
        className="projn-row",
        title=f"Select {name}",
        **{"data-select": name},
    )


def log(done: tuple[str, ...], undone: tuple[str, ...]) -> list[Node]:
    """The list of edits, newest first; those taken back are faded."""
    if not done and not undone:
        return [
            html.P("No changes yet. What you do to the model is listed here and can be undone.", className="hint-text")
        ]
    rows = [html.Li(label, className="undone", title="Taken back; Redo brings it again") for label in undone]
    rows += [html.Li(label) for label in reversed(done)]
    return [html.Ol(rows, className="edits")]
