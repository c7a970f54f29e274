"""Left column: the palette, and the outline that is the keyboard's and the screen reader's way through a network."""

from __future__ import annotations

import json

import dash_mantine_components as dmc
from dash import html

from leabra_studio.model.document import Layer, Model
from leabra_studio.model.patterns import PatternTable
from leabra_studio.model.plan import obstacle
from leabra_studio.model.problems import Problem
from leabra_studio.web import ids
from leabra_studio.web.parts import Node, button, icon, intent

ROLE_ICONS = {"input": "input", "hidden": "hidden", "target": "target"}


TOOLS: tuple[tuple[str, str, str, str, str], ...] = (
    (ids.TOOL_LAYER, "Layer", "layer", "L", "Place a layer: then click the canvas"),
    (ids.TOOL_INPUT, "Input", "input", "", "Place an input layer, clamped: then click the canvas"),
    (ids.TOOL_TARGET, "Target", "target", "", "Place a target layer: then click the canvas"),
    (ids.TOOL_CONNECT, "Connect", "connect", "C", "Connect two layers: click the sender, then the receiver"),
)
"""Id, word, icon, key and tooltip of what the palette offers."""


def layout() -> html.Aside:
    """The palette above an empty outline."""
    tools = [button(id, word, sign, kind="outlined", key=key, title=title) for id, word, sign, key, title in TOOLS]
    return html.Aside(
        [
            html.Section([html.H2("Build"), *tools], className="palette"),
            html.Div(id=ids.OUTLINE, className="outline", role="tree", **{"data-tree": "[]", "aria-label": "Outline"}),
        ],
        className="left",
    )


def render(model: Model, selected: tuple[str, ...], problems: dict[str, str], about: str = "") -> list[Node]:
    """The rows of the outline.

    Parameters
    ----------
    model
        The document.
    selected
        Names of the selected layers and projections.
    problems
        Name -> sentence for what keeps the network from running.
    about
        What the inspector shows where nothing is selected, such as ``plan``.
    """
    layers = [_layer_row(layer, layer.name in selected, problems.get(layer.name)) for layer in model.layers]
    projns = [
        _row(
            p.name,
            "projn",
            [html.Span([p.pre, html.I(" → "), p.post], className="word")],
            "",
            p.name in selected,
            problems.get(p.name),
        )
        for p in model.projns
    ]
    specs = [_spec_row(model, spec.name) for spec in model.specs]
    return [
        *_group("Layers", layers, "none yet"),
        *_group("Projections", projns, "none yet: connect two layers" if len(layers) else ""),
        *(_group("Shared specs", specs, "") if specs else []),
        *_group("Training", [_plan_row(model, about == "plan")], ""),
        *_group("Tables", [_table_row(table) for table in model.patterns], ""),
    ]


def _group(title: str, rows: list[html.Div], empty: str) -> list[Node]:
    if not rows and not empty:
        return []
    return [html.H2(title), html.Div(rows or html.P(empty, className="none"), role="group", **{"aria-label": title})]


def _layer_row(layer: Layer, selected: bool, problem: str | None) -> html.Div:
    rows, cols = layer.shape
    children: list[Node] = [icon(ROLE_ICONS[layer.role], small=True), html.Span(layer.name, className="word")]
    return _row(layer.name, "layer", children, f"{rows}×{cols}", selected, problem)


def _row(name: str, kind: str, children: list[Node], count: str, selected: bool, problem: str | None) -> html.Div:
    mark = [html.Span("!", className="problem", title=problem)] if problem else []
    return html.Div(
        [*children, *mark, html.Span(count, className="count")],
        className="row selected" if selected else "row",
        role="treeitem",
        tabIndex="0",
        title=problem or name,
        **{"data-name": name, "data-kind": kind, "aria-selected": "true" if selected else "false"},
    )


def _spec_row(model: Model, name: str) -> html.Div:
    users = model.users(name)
    return html.Div(
        [icon("spec", small=True), html.Span(name, className="word"), html.Span(str(len(users)), className="count")],
        className="row spec",
        role="treeitem",
        tabIndex="0",
        title=f"{name}: used by {', '.join(users) or 'nobody'}",
        **{"data-name": name, "data-kind": "spec", "data-users": json.dumps(users), "aria-selected": "false"},
    )


def _plan_row(model: Model, selected: bool) -> html.Div:
    name, why = model.plan.train, obstacle(model)
    mark = [html.Span("!", className="problem", title=why)] if why and name else []
    words: list[Node] = [icon("run", small=True), html.Span("Training plan", className="word")]
    return html.Div(
        [*words, *mark],
        className="row selected" if selected else "row",
        role="treeitem",
        tabIndex="0",
        title=why or f"Trains on {name}",
        **{"data-kind": "plan", "aria-selected": "true" if selected else "false"},
    )


def _table_row(table: PatternTable) -> html.Div:
    count = f"{len(table.rows)} row{'' if len(table.rows) == 1 else 's'}"
    return html.Div(
        [icon("table", small=True), html.Span(table.name, className="word"), html.Span(count, className="count")],
        className="row",
        role="treeitem",
        tabIndex="0",
        title=f"{table.name}: show its patterns",
        **{"data-kind": "table", "data-table": table.name, "aria-selected": "false"},
    )


def problem_menu(problems: tuple[Problem, ...]) -> list[Node]:
    """What keeps the network from running as it should, each a way to where it is mended; nothing when all is well."""
    if not problems:
        return []
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
    button = html.Button(count, type="button", className="problems", id="problem-count", title="Show what is wrong")
    items = [dmc.MenuItem([html.B(p.name), " ", p.message], **_jump(p)) for p in problems]
    unfit = dict.fromkeys(p.table for p in problems if p.fits)
    mends = [dmc.MenuItem(f"Fit {table} to the network", **intent("table_fit", table=table)) for table in unfit]
    items += [dmc.MenuDivider(), *mends] if mends else []
    return [
        dmc.Menu(
            [dmc.MenuTarget(button), dmc.MenuDropdown(items, className="problem-menu")],
            position="top-end",
            returnFocus=False,
            transitionProps={"duration": 0},
        )
    ]


def _jump(problem: Problem) -> dict[str, str]:
    """The way to where a problem is mended: the table, the plan, or the object."""
    if problem.table is not None:
        return intent("table_show", table=problem.table)
    return intent("plan_show") if problem.plan else intent("select", names=[problem.name])
