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
    ("Shift+S", "Step at the level above"),
    ("I", "Init: weights anew, counters to 0"),
    ("R", "Rewind and run again"),
    ("L", "Layer tool: click the canvas to place a layer"),
    ("C", "Connect mode: click the sender, then the receiver"),
    ("F", "Fit the network into view"),
    ("F2", "Rename what is selected"),
    ("Del", "Delete what is selected"),
    ("Ctrl+D", "Duplicate what is selected"),
    ("Ctrl+A", "Select all layers; Shift+drag selects some"),
    ("Arrows", "Move the selected layers"),
    ("Shift+F10", "In the outline: what can be done; arrows go on, Shift adds"),
    ("Ctrl+F", "Find a layer, projection or spec"),
    ("Ctrl+S", "Save as file"),
    ("Ctrl+Z", "Undo"),
    ("Ctrl+Shift+Z", "Redo (Ctrl+Y too)"),
    ("Esc", "Leave a tool, or give a field its old value back"),
    ("?", "This sheet"),
)

FILE_ACTIONS: tuple[tuple[str, str, str], ...] = (
    ("rename", "Rename…", ""),
    ("wizard", "New network…", ""),
    ("new", "New, empty model", ""),
    ("open", "Open a file…", ""),
    ("save", "Save as file", "Ctrl+S"),
    ("weights-open", "Open weights…", ""),
    ("weights-npz", "Save weights (.npz)", ""),
    ("weights-wts", "Save weights for Emergent (.wts)", ""),
)


def layout() -> html.Header:
    """The bar across the top."""
    return html.Header([*_about(), html.Div(className="spring"), *_actions(), _help_sheet()], className="topbar")


def _about() -> list[Any]:
    logo = html.Span(className="logo", **{"aria-hidden": "true"})
    saved = html.Span(
        [icon("check", small=True), html.Span("Saved", className="word")], id=ids.SAVED, className="saved"
    )
    return [html.Div([logo, html.Strong("Leabra Studio")], className="brand"), _rule(), _model_menu(), saved]


def _actions() -> list[Any]:
    return [
        button(ids.UNDO, "Undo", "undo", title="Nothing to undo yet"),
        button(ids.REDO, "Redo", "redo", title="Nothing to redo"),
        _rule(),
        _examples_menu(),
        button(ids.SHARE, "Share", "link", title="Copy a link that holds the whole model and its seed"),
        button(ids.EXPORT, "Export", "code", title="Show the Python script of this model"),
        button(ids.DOWNLOAD_SCRIPT, "Download .py", "download", kind="outlined", title="Download the Python script"),
        _rule(),
        button(ids.THEME_BUTTON, "Dark or light", "theme", icon_only=True, title="Dark or light"),
        button(ids.HELP, "Help", "help", icon_only=True, title="Keys and gestures (?)"),
    ]


def _rule() -> html.Div:
    return html.Div(className="rule")


def _model_menu() -> dmc.Menu:
    """What can be done with the model as a whole; JavaScript fills in its name and the recent models."""
    name = html.Button(
        [html.Span("Untitled model", className="word"), icon("caret", small=True)],
        id=ids.MODEL_NAME,
        className="model-name",
        type="button",
        title="Name, files and recent models",
        **{"aria-haspopup": "menu"},
    )
    items = [
        dmc.MenuItem([text, html.Kbd(key)] if key else text, **{"data-file": action})
        for action, text, key in FILE_ACTIONS
    ]
    recent = [dmc.MenuDivider(), dmc.MenuLabel("Recent models"), html.Div(id=ids.RECENT, className="recent")]
    return dmc.Menu(
        [dmc.MenuTarget(name), dmc.MenuDropdown([*items, *recent], className="model-menu")],
        position="bottom-start",
        returnFocus=False,
        transitionProps={"duration": 0},
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
        returnFocus=False,
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
