"""The dialogs about whole tables: one window, whose content the server draws when it is opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import dash_mantine_components as dmc
from dash import html

from leabra_studio.model.document import Model
from leabra_studio.model.patterns import PatternTable, columns
from leabra_studio.web import ids
from leabra_studio.web.parts import Node

MADE = (("one_hot", "One-hot: each pattern has another unit on"), ("random", "Random: the same number of units on"))
NOISE = (("flipped", "Noise: some values turned over"), ("gaussian", "Noise: Gaussian"))
ALL_LAYERS = ("", "all inputs and targets")


def layout() -> dmc.Modal:
    """The empty window; below its content stands why something was refused."""
    return dmc.Modal(
        [
            html.Div(id=ids.TABLE_DIALOG_BODY),
            html.Div(id=ids.TABLE_DIALOG_ERROR, className="field-error", role="alert"),
        ],
        id=ids.TABLE_DIALOG,
        title="Table",
        size="lg",
        keepMounted=True,
        transitionProps={"duration": 0},
    )


def split(table: PatternTable) -> Node:
    """How much of a table is to train on, and with which seed it is drawn."""
    told = (
        f"The {len(table.rows)} rows of {table.name} are drawn at random into two new tables. "
        f"The training plan will train on the first and test with the second; {table.name} stays as it is."
    )
    fields = [field("fraction", "To train on, %", "80"), field("seed", "Seed", "0")]
    return form("split_table", "Split", [html.P(told, className="hint-text"), *fields], table.name)


def generate(model: Model, table: PatternTable | None) -> Node:
    """Which patterns are made, for which layer, and where they go."""
    layers = [(layer.name, f"{layer.name} ({layer.size} units)") for layer in columns(model.layers)]
    named = "" if table is None else table.name
    places = [("new", "a new table"), *([] if table is None else [("shown", f"{named}, which is shown")])]
    noise = NOISE if table is not None and table.rows else ()
    fields = [
        choice("kind", "Patterns", (*MADE, *noise), MADE[0][0]),
        choice("layer", "For", [*layers, ALL_LAYERS], layers[0][0] if layers else ""),
        choice("into", "Into", places, "new", only="one_hot random"),
        field("count", "How many", "10", only="random"),
        field("active", "Units on in each", "2", only="random"),
        field("distance", "Units two differ in, at least", "0", only="random"),
        field("probability", "Probability of each value", "0.1", only="flipped"),
        field("deviation", "Standard deviation", "0.1", only="gaussian"),
        field("seed", "Seed", "0", only="random flipped gaussian"),
        html.P(f"A copy of {named} with noise becomes a table.", className="hint-text", **_only("flipped gaussian")),
    ]
    return form("generate", "Generate", fields, named)


def form(op: str, word: str, children: list[Node], table: str, *, reason: str = "") -> html.Div:
    """The fields of a dialog, and the button that sends what is in them; with a reason it is disabled."""
    refused = {"aria-disabled": "true", "title": reason} if reason else {}
    button = html.Button(word, type="button", className="button primary", **{"data-dialog": op, **refused})
    return html.Div(
        [*children, html.Div(button, className="wizard-end")], className="table-form", **{"data-table": table}
    )


def field(key: str, label: str, value: str, *, only: str = "") -> html.Div:
    """A text field; `only` names the kinds of patterns that it is for."""
    made = dmc.TextInput(id=f"dialog-{key}", value=value, size="xs", **{"data-part": key})
    return _labelled(key, label, made, only)


def choice(key: str, label: str, options: Iterable[tuple[str, str]], chosen: str, *, only: str = "") -> html.Div:
    """A choice; JavaScript sets it to `chosen`, since the page may hold an earlier one."""
    made = [html.Option(word, value=value) for value, word in options]
    marks = {"data-part": key, "data-value": chosen}
    return _labelled(key, label, html.Select(made, id=f"dialog-{key}", className="select", **marks), only)


def _labelled(key: str, label: str, control: Node, only: str) -> html.Div:
    return html.Div([html.Label(label, htmlFor=f"dialog-{key}"), control], className="field", **_only(only))


def _only(kinds: str) -> dict[str, Any]:
    return {"data-kinds": kinds} if kinds else {}
