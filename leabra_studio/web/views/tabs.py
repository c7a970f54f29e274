"""Tabs of the dock, their panes, and the empty states in them."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from leabra_studio.web import ids
from leabra_studio.web.parts import Node, icon

Tab = tuple[str, str, str]
"""Key, word, and id of the pane."""


def tab_list(owner: str, tabs: Sequence[Tab], chosen: str, label: str) -> html.Div:
    """The tabs of a section; JavaScript moves the focus with the arrows and keeps the choice in the browser."""
    return html.Div(
        [_tab(owner, tab, chosen=tab[0] == chosen) for tab in tabs],
        className="tab-list",
        role="tablist",
        **{"aria-label": label, "data-owner": owner},
    )


def _tab(owner: str, tab: Tab, *, chosen: bool) -> html.Button:
    key, word, pane = tab
    return html.Button(
        word,
        id=f"{owner}-tab-{key}",
        type="button",
        className="tab",
        role="tab",
        tabIndex=0 if chosen else -1,
        **{"data-key": key, "aria-selected": str(chosen).lower(), "aria-controls": pane},
    )


def tab_pane(
    owner: str, key: str, id: str, children: Sequence[Node], *, shown: bool = True, extra: str = ""
) -> html.Div:
    """What a tab shows."""
    return html.Div(
        list(children),
        id=id,
        className=f"dock-pane {extra}".strip(),
        role="tabpanel",
        hidden=not shown,
        **{"data-for": key, "aria-labelledby": f"{owner}-tab-{key}"},
    )


def empty(icon_name: str, title: str, sentence: str, *, id: str = "") -> html.Div:
    """What a pane says while there is nothing in it: what is missing, and what to do."""
    named = {"id": id} if id else {}
    return html.Div([icon(icon_name), html.B(title), html.P(sentence)], className="empty-state", **named)


FREE = "This model runs free cycles. Give it a table of patterns, in Patterns at the right, to train it."


def empty_training(icon_name: str, title: str, sentence: str) -> html.Div:
    """The empty state of a pane about training; a model that does not train is told what it lacks."""
    words = [html.P(sentence, className="of-training"), html.P(FREE, className="of-free")]
    return html.Div([icon(icon_name), html.B(title), *words], className="empty-state")


def splitter() -> html.Div:
    """The upper edge of the dock, which is dragged or moved with the arrow keys."""
    return html.Div(
        id=ids.SPLITTER,
        className="splitter",
        role="separator",
        tabIndex=0,
        title="Drag, or press the arrow keys: height of the dock. Double-click: as it was",
        **{"aria-orientation": "horizontal", "aria-label": "Height of the dock"},
    )
