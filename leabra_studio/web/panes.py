"""The panes of the page: how each is rendered, and what tells whether it looks the same as before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from leabra_studio.model.document import Model
from leabra_studio.model.patterns import columns
from leabra_studio.model.problems import Problem
from leabra_studio.session.session import Session
from leabra_studio.web import tables
from leabra_studio.web.editor_intents import ORIGINAL
from leabra_studio.web.trees import Tree
from leabra_studio.web.views import canvas, code, inspector, outline, patterns, picture, pins, plan

PANES = (
    *("elements", "outline", "head", "picture", "form", "code", "log", "pins", "problems"),
    *("pattern_bar", "pattern_grid"),
)
FIELD_PANES = ("form", "pins")
"""Panes with fields, which are left alone while someone types in them."""
PLAN = "plan"
"""What the inspector is about when it shows the training plan."""
LARGE = 60
"""Objects in a model from which on its script is written only while it is looked at."""


@dataclass(frozen=True)
class Pane:
    """One part of the page.

    Attributes
    ----------
    render
        Makes its content.
    key
        What the content depends on; None where the content itself is as quick to compare.
    """

    render: Callable[[], list[Any]]
    key: Any = None


@dataclass(frozen=True)
class Look:
    """What the page shows besides the document.

    Attributes
    ----------
    selected
        Names of the selected objects.
    problems
        Name -> sentence for what is wrong with the model.
    script_for
        The library that the script is written for.
    tab, dock
        The open tabs of the inspector and of the tables in the dock, empty when not known.
    table
        The table of patterns that was chosen last.
    every_problem
        All that is wrong, also several things with one object.
    about
        What the inspector shows where nothing is selected: `PLAN`, or empty for the model.
    """

    selected: tuple[str, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    script_for: str = ""
    tab: str = ""
    dock: str = ""
    table: str = ""
    every_problem: tuple[Problem, ...] = ()
    about: str = ""


def panes(session: Session, look: Look) -> dict[str, Pane]:
    """Every pane of the page; the script of a large model only while it is open."""
    model, chosen, found = session.model, look.selected, dict(look.problems)
    pinned = frozenset(model.view.pins)
    history = session.history
    every = {
        "elements": Pane(lambda: canvas.elements(model)),
        "outline": Pane(lambda: outline.render(model, chosen, found, look.about)),
        "head": Pane(lambda: plan.head(model) if look.about else inspector.head(model, chosen)),
        "picture": Pane(lambda: _picture(session, chosen)),
        "form": Pane(lambda: plan.form(model) if look.about else inspector.form(model, chosen, pinned)),
        "log": Pane(lambda: inspector.log(history.done_labels, history.undone_labels)),
        "pins": Pane(lambda: pins.render(model)),
        "problems": Pane(lambda: outline.problem_menu(look.every_problem)),
        "pattern_bar": _pattern_bar(model, look),
    }
    if look.dock in ("", "patterns"):
        every["pattern_grid"] = _pattern_grid(model, look)
    if look.tab in ("", "code") or len(model.names) < LARGE:
        every["code"] = _code(session, look)
    return every


def _code(session: Session, look: Look) -> Pane:
    script = session.script(for_leabra7=look.script_for == ORIGINAL)
    lit = [script.lines.get(name) for name in look.selected]
    return Pane(lambda: code.render(script, look.selected, look.script_for), (script.text, lit, look.script_for))


def _pattern_bar(model: Model, look: Look) -> Pane:
    table = tables.chosen(model, look.table)
    names = [(one.name, len(one.rows)) for one in model.patterns]
    faults = [] if table is None else [c.problem for c in tables.columns_of(model, table)]
    key = [bool(columns(model.layers)), names, table and table.name, model.plan.train, model.plan.test, faults]
    return Pane(lambda: patterns.bar(model, table), key)


def _pattern_grid(model: Model, look: Look) -> Pane:
    table = tables.chosen(model, look.table)
    shown = None if table is None else tables.columns_of(model, table)
    return Pane(lambda: [patterns.grid(shown)], None if shown is None else [vars(column) for column in shown] or "none")


def _picture(session: Session, selected: tuple[str, ...]) -> list[Any]:
    """The weights of the one selected projection."""
    if len(selected) != 1 or session.model.kind_of(selected[0]) != "projn":
        return []
    return picture.render(selected[0], session.weights(selected[0]))


def changed(
    every: Mapping[str, Pane], shown: Mapping[str, str], kept: Collection[str] = ()
) -> tuple[dict[str, Tree], dict[str, str]]:
    """The content and the fingerprints of the panes that look different from what is shown.

    Parameters
    ----------
    every
        The panes.
    shown
        Name -> fingerprint of what the browser has.
    kept
        Panes to leave alone whatever they look like.
    """
    contents, prints = {}, {}
    for name, pane in every.items():
        if name in kept:
            continue
        content = Tree(pane.render()) if pane.key is None else None
        mark = fingerprint(pane.key) if content is None else content.mark
        if mark != shown.get(name):
            contents[name], prints[name] = Tree(pane.render()) if content is None else content, mark
    return contents, prints


def fingerprint(key: Any) -> str:
    """A short digest that tells whether the key of a pane, or anything else that JSON can hold, is the same."""
    return Tree([key]).mark
