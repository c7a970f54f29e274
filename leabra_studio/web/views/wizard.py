"""The new-network wizard: how many layers, their names, shapes and roles, and how they are joined."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import dcc, html

from leabra_studio.model.document import ROLES
from leabra_studio.web import ids

MOST = 6
"""Layers the wizard can make; more are added on the canvas."""

START = (("input", 5, 5, "input"), ("hidden", 7, 7, "hidden"), ("output", 5, 5, "target"))
"""What the rows hold at first: the textbook's three layers."""

MAKES = (
    "Makes the layers, their projections and specs, and an empty table of patterns with a column for each unit "
    "of the inputs and targets."
)

CONNECTS = (("feedforward", "Feedforward: each layer to the next"), ("bidirectional", "Bidirectional: and weakly back"))


def layout() -> dmc.Modal:
    """The dialog; JavaScript shows as many rows as were asked for, and sends what they hold."""
    return dmc.Modal(
        [
            _labelled("Name", dcc.Input(id=ids.WIZARD_NAME, type="text", value="New network"), ids.WIZARD_NAME),
            _labelled("How many layers?", _select(ids.WIZARD_COUNT, _counts(), "3"), ids.WIZARD_COUNT),
            html.Div([html.Span(word) for word in ("Layer", "Rows", "Columns", "Role")], className="wizard-row head"),
            *(_row(i) for i in range(MOST)),
            _labelled("Connections", _select(ids.WIZARD_CONNECT, CONNECTS, "bidirectional"), ids.WIZARD_CONNECT),
            html.Div(id=ids.WIZARD_ERROR, className="field-error", role="alert"),
            html.P(MAKES, className="hint-text"),
            html.Div(
                html.Button("Create", id=ids.WIZARD_CREATE, type="button", className="button primary"),
                className="wizard-end",
            ),
        ],
        id=ids.WIZARD,
        title="New network",
        size="md",
        keepMounted=True,
        transitionProps={"duration": 0},
    )


def _counts() -> tuple[tuple[str, str], ...]:
    return tuple((str(n), str(n)) for n in range(2, MOST + 1))


def _labelled(text: str, control: html.Select | dcc.Input, target: str) -> html.Div:
    return html.Div([html.Label(text, htmlFor=target), control], className="field")


def _select(id: str, options: tuple[tuple[str, str], ...], chosen: str) -> html.Select:
    return html.Select(
        [html.Option(text, value=key, selected=key == chosen) for key, text in options], id=id, className="select"
    )


def _row(index: int) -> html.Div:
    name, rows, cols, role = START[index] if index < len(START) else (f"hidden_{index - 1}", 7, 7, "hidden")
    roles = [html.Option(word, value=word, selected=word == role) for word in ROLES]
    return html.Div(
        [
            _cell(index, "name", name, "Name"),
            _cell(index, "rows", str(rows), "Rows"),
            _cell(index, "cols", str(cols), "Columns"),
            html.Select(roles, className="select", **{"data-part": "role", "aria-label": f"Role of layer {index + 1}"}),
        ],
        className="wizard-row",
        hidden=index >= len(START),
        **{"data-row": index},
    )


def _cell(index: int, part: str, value: str, word: str) -> dmc.TextInput:
    label = {"aria-label": f"{word} of layer {index + 1}"}
    return dmc.TextInput(id=f"wizard-{part}-{index}", value=value, size="xs", **label, **{"data-part": part})
