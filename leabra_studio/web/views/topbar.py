"""Top bar: the model's name, Saved, Undo, Redo, Examples, Export, theme and help."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import html

from leabra_studio.model.gallery import examples
from leabra_studio.web import ids
from leabra_studio.web.parts import button, icon

KEYS: tuple[tuple[str, str], ...] = (
    ("Space", "Run or stop"),
    ("S", "Step; hold to repeat"),
    ("R", "Rewind and run again"),
    ("L", "Layer tool: click the canvas to place a layer"),
    ("C", "Connect mode: click the sender, then the receiver"),
    ("F", "Fit the network into view"),
    ("F2", "Rename what is selected"),
    ("Del", "Delete what is selected"),
    ("Ctrl+Z", "Undo"),
    ("Ctrl+Shift+Z", "Redo (Ctrl+Y too)"),
    ("Esc", "Leave a tool, or give a field its old value back"),
    ("?", "This sheet"),
)


def layout() -> html.Header:
    """The bar across the top."""
    return html.Header(
        [
            html.Div(
                [html.Span(className="logo", **{"aria-hidden": "true"}), html.Strong("Leabra Studio")],
                className="brand",
            ),
            html.Div(className="rule"),
            html.Button("", id=ids.MODEL_NAME, className="model-name", type="button", title="Rename this model"),
            html.Span(
                [icon("check", small=True), html.Span("Saved", className="word")], id=ids.SAVED, className="saved"
            ),
            html.Div(className="spring"),
            button(ids.UNDO, "Undo", "undo", title="Nothing to undo yet"),
            button(ids.REDO, "Redo", "redo", title="Nothing to redo"),
            html.Div(className="rule"),
            _examples_menu(),
            button(ids.EXPORT, "Export", "code", title="Show the Python script of this model"),
            button(
                ids.DOWNLOAD_SCRIPT, "Download .py", "download", kind="outlined", title="Download the Python script"
            ),
            html.Div(className="rule"),
            button(ids.THEME_BUTTON, "Dark or light", "theme", icon_only=True, title="Dark or light"),
            button(ids.HELP, "Help", "help", icon_only=True, key="", title="Keys and gestures (?)"),
            _help_sheet(),
        ],
        className="topbar",
    )


def _examples_menu() -> dmc.Menu:
    items: list[Any] = [
        dmc.MenuItem(
            [html.B(example.title), html.Span(example.size_text, className="count"), html.P(example.summary)],
            id={"type": "example", "key": example.key},
            **{"data-example": example.key},
        )
        for example in examples()
    ]
    items += [
        dmc.MenuDivider(),
        dmc.MenuItem("New, empty model", id={"type": "example", "key": ""}, **{"data-example": ""}),
    ]
    return dmc.Menu(
        [
            dmc.MenuTarget(button(ids.EXAMPLES, "Examples", "book", title="Open a working model")),
            dmc.MenuDropdown(items, className="examples-menu"),
        ],
        position="bottom-end",
        keepMounted=True,
        transitionProps={"duration": 0},
    )


def _help_sheet() -> dmc.Modal:
    rows = [html.Tr([html.Th(html.Kbd(key), scope="row"), html.Td(text)]) for key, text in KEYS]
    return dmc.Modal(
        [
            html.P(
                "Click a layer or a projection to change its parameters, click a unit to trace it. "
                "Drag a layer to move it, drag the dot on its upper edge to another layer to connect the two."
            ),
            html.Table(html.Tbody(rows), className="keys"),
        ],
        id=ids.HELP_SHEET,
        title="Keys and gestures",
        size="md",
        transitionProps={"duration": 0},
    )
