"""The Python script that does what the studio did: a model's calls and the journal of a run, as source code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from leabra_studio import __version__
from leabra_studio.export.logged import LOGGED, table_of, uses_constant, with_logs
from leabra_studio.export.page import SECTIONS, Page, Script
from leabra_studio.export.printing import Printer
from leabra_studio.export.replay import shortened
from leabra_studio.export.source import Atom, CallOf, comment, node, quoted, statement
from leabra_studio.model.calls import Call, calls
from leabra_studio.model.document import Model
from leabra_studio.model.live import with_own_specs

ROWS = 5
"""Rows of the table that a script prints."""


@dataclass(frozen=True)
class Library:
    """What a script imports as ``lb``.

    Parameters
    ----------
    module : str
        The module.
    notes : tuple of str
        Comments for the top of the script.
    lines : callable
        Returns the lines of a call, given the printer for this library's own calls.
    """

    module: str
    notes: tuple[str, ...] = ()
    lines: Callable[[Printer, Call], list[str]] = Printer.lines


STUDIO = Library("leabra_studio")


def script(
    model: Model, journal: Iterable[Call] = (), logged: Sequence[str] | None = None, library: Library = STUDIO
) -> Script:
    """Return the script that builds a model and runs it.

    The same model and journal always give the same text.

    Parameters
    ----------
    model : Model
        The model that the net was built from.
    journal : iterable of Call
        What was done with the net since: cycles, changed values, clamps, as `leabra_studio.model.build.run` carried
        them out. After a journal without cycles comes one sweep of `model.cycles`.
    logged : sequence of str, optional
        Attributes that layers without a log of their own log every cycle; without it, what the page shows.
    library : Library
        What the script is for.
    """
    journal = tuple(journal)
    start, model = model, with_own_specs(model, journal)
    attrs = shown(model) if logged is None else tuple(logged)
    steps = list(with_logs(model, calls(model)) if attrs else calls(model))
    printer = Printer(model, (call for call in steps if call.verb in SECTIONS["specs"]))
    lines = partial(library.lines, printer)
    page = Page()
    page.add(map(comment, (f"{model.name}, made with Leabra Studio {__version__}", *library.notes)))
    page.add([f"import {library.module} as lb"])
    if uses_constant(steps):
        page.add(["", *statement(LOGGED, node(attrs))])
    page.add(["", *lines(steps[0])])
    for title, verbs in SECTIONS.items():
        page.section(title, lines, (call for call in steps if call.verb in verbs))
    if model.layers:
        page.run(lines, shortened(model, start, journal), model.cycles)
    table = table_of(model, attrs)
    if table:
        page.add(["", *_table(*table)])
    return page.script()


def shown(model: Model) -> tuple[str, ...]:
    """Return the attributes of what the page shows."""
    return tuple(f"unit_{name}" for name in dict.fromkeys((*model.view.shown, model.view.variable)))


def _table(layer: str, table: str) -> list[str]:
    logs = CallOf("net.logs", (("", Atom('"cycle"')), ("", Atom(quoted(layer)))))
    return [*statement("logs", logs), f"print(logs.{table}.tail({ROWS}).to_string(index=False))"]
