"""Left column: the palette, and the outline that is the keyboard's and the screen reader's way through a network."""

from __future__ import annotations

import json

import dash_mantine_components as dmc
from dash import html

from leabra_studio.model.document import Layer, Model, Projn
from leabra_studio.model.patterns import PatternTable
from leabra_studio.model.plan import obstacle
from leabra_studio.model.problems import Problem
from leabra_studio.web import ids
from leabra_studio.web.parts import Node, button, icon, intent, sr
from leabra_studio.web.trees import remembered

_TREE = {"data-tree": "[]", "aria-label": "Outline", "aria-multiselectable": "true"}

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
    why = html.P("needs a layer first", className="why")
    return html.Aside(
        [
            html.Section([html.H2("Build"), *tools, why], className="palette"),
            html.Div(id=ids.OUTLINE, className="outline", role="tree", **_TREE),
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
    projns = [_projn_row(p, p.name in selected, problems.get(p.name)) for p in model.projns]
    specs = [_spec_row(model, spec.name) for spec in model.specs]
    return [
        *_group("Layers", layers, "none yet"),
        *_group("Projections", projns, "none yet: connect two layers" if len(layers) else ""),
        *(_group("Shared specs", specs, "") if specs else []),
        *_group("Training", [_plan_row(model, about == "plan")], ""),
        *_group("Tables", [_table_row(table) for table in model.patterns], ""),
    ]


def _group(title: str, rows: list[html.Div], empty: str) -> list[Node]:
    """A part of the tree that folds; its title is a row of its own for the keyboard."""
    if not rows and not empty:
        return []
    group = html.Div(rows or html.P(empty, className="none"), role="group", **{"aria-label": title})
    return [
        html.Div(
            [html.H2(title, **{"aria-hidden": "true"}), group],
            className="section",
            role="treeitem",
            tabIndex="-1",
            **{
                "data-name": title,
                "data-kind": "section",
                "aria-label": f"{title}: {len(rows) or 'none yet'}",
                "aria-level": "1",
                "aria-expanded": "true",
            },
        )
    ]


def _row(kind: str, children: list[Node], about: dict[str, str], *, title: str, selected: bool = False) -> html.Div:
    """One row of the tree; JavaScript lets one of all rows be reached by Tab, the others by arrows from there."""
    spoken = {"aria-level": "2", "aria-selected": "true" if selected else "false"}
    look = f"row {'spec' if kind == 'spec' else ''} {'selected' if selected else ''}"
    return html.Div(
        children,
        className=" ".join(look.split()),
        role="treeitem",
        tabIndex="-1",
        title=title,
        **{"data-kind": kind, **spoken, **about},
    )


@remembered
def _layer_row(layer: Layer, selected: bool, problem: str | None) -> html.Div:
    rows, cols = layer.shape
    children: list[Node] = [icon(ROLE_ICONS[layer.role], small=True), html.Span(layer.name, className="word")]
    children += [*_mark(problem), html.Span(f"{rows}×{cols}", className="count")]
    title = f"{layer.name}: {layer.role} layer, {rows} × {cols}"
    return _row("layer", children, {"data-name": layer.name}, title=problem or title, selected=selected)


@remembered
def _projn_row(projn: Projn, selected: bool, problem: str | None) -> html.Div:
    word = html.Span([projn.pre, html.I(" → "), projn.post], className="word")
    title = f"{projn.name}: projection from {projn.pre} to {projn.post}"
    children = [word, *_mark(problem)]
    return _row("projn", children, {"data-name": projn.name}, title=problem or title, selected=selected)


def _mark(problem: str | None) -> list[Node]:
    return [html.Span(["!", sr(" has a problem")], className="problem", title=problem)] if problem else []


def _spec_row(model: Model, name: str) -> html.Div:
    users = model.users(name)
    count = html.Span(str(len(users)), className="count")
    children = [icon("spec", small=True), html.Span(name, className="word"), count]
    title = f"{name}: spec used by {', '.join(users) or 'nobody'}"
    return _row("spec", children, {"data-name": name, "data-users": json.dumps(users)}, title=title)


def _plan_row(model: Model, selected: bool) -> html.Div:
    name, why = model.plan.train, obstacle(model)
    words: list[Node] = [icon("run", small=True), html.Span("Training plan", className="word")]
    mark = _mark(why) if why and name else []
    return _row("plan", [*words, *mark], {}, title=why or f"Trains on {name}", selected=selected)


def _table_row(table: PatternTable) -> html.Div:
    count = f"{len(table.rows)} row{'' if len(table.rows) == 1 else 's'}"
    children = [icon("table", small=True), html.Span(table.name, className="word"), html.Span(count, className="count")]
    return _row("table", children, {"data-table": table.name}, title=f"{table.name}: show its patterns")


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
