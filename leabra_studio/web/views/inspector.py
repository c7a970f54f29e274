"""Inspector: the form of what is selected, generated from the parameter declarations."""

from __future__ import annotations

from dataclasses import replace

from dash import dcc, html

from leabra_studio.model.document import Model
from leabra_studio.web import ids
from leabra_studio.web.parts import Node, button, icon, sr
from leabra_studio.web.values import settings
from leabra_studio.web.views.groups import groups, projections
from leabra_studio.web.views.lesion import lesion_group
from leabra_studio.web.views.objects import layer_fields, model_form, projn_fields
from leabra_studio.web.views.outline import ROLE_ICONS
from leabra_studio.web.views.several import several_form
from leabra_studio.web.views.spec_line import spec_line

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
            html.Div(id=ids.PICTURE, className="picture"),
            html.Div(id=ids.FORM, className="pane form", role="tabpanel", **{"data-tree": "[]", "aria-label": "Form"}),
            html.Div(
                id=ids.CODE, className="pane code-pane", role="tabpanel", **{"data-tree": "[]", "aria-label": "Code"}
            ),
            html.Div(id=ids.LOG, className="pane log", role="tabpanel", **{"data-tree": "[]", "aria-label": "Log"}),
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


def form(model: Model, selected: tuple[str, ...], pinned: frozenset[tuple[str, str]] = frozenset()) -> list[Node]:
    """The form of what is selected: one object, several at once, or the model when nothing is."""
    if not selected:
        return model_form(model)
    if len(selected) > 1:
        return several_form(model, selected)
    name = selected[0]
    is_layer = model.kind_of(name) == "layer"
    about = layer_fields(model, name) if is_layer else projn_fields(model, name)
    found = [replace(s, pinned=(name, s.path) in pinned) for s in settings(model, name)]
    ends = [projections(model, name)] if is_layer else []
    return [*about, spec_line(model, name), filter_box(), *groups(name, found), *ends, lesion_group(model, name)]


def filter_box() -> html.Div:
    """A field that leaves only the parameters whose name or help has the typed letters."""
    field = dcc.Input(id=ids.FILTER, type="search", placeholder="Find a parameter", value="")
    return html.Div([html.Label(sr("Find a parameter"), htmlFor=ids.FILTER), field], className="filter")


def log(done: tuple[str, ...], undone: tuple[str, ...]) -> list[Node]:
    """The list of edits, newest first; those taken back are faded."""
    if not done and not undone:
        return [
            html.P("No changes yet. What you do to the model is listed here and can be undone.", className="hint-text")
        ]
    rows = [_entry(label, "undone", "Taken back; a click does it again") for label in undone]
    rows += [_entry(label) for label in reversed(done)]
    return [
        html.P("A click goes back or forth to just after an edit.", className="none"),
        html.Ol([*rows, _entry("As it was before", "start")], className="edits"),
    ]


def _entry(label: str, look: str = "", title: str | None = None) -> html.Li:
    return html.Li(html.Button(label, type="button", title=title), className=look)
