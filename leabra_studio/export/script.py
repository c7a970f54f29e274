"""The Python script that does what the studio did: a model's calls and the journal of a run, as source code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from leabra_studio import __version__
from leabra_studio.export.logged import LOGGED, table_of, uses_constant, with_logs
from leabra_studio.export.printing import Printer
from leabra_studio.export.replay import shortened
from leabra_studio.export.source import Atom, CallOf, comment, node, quoted, statement
from leabra_studio.model.calls import Call, calls, cycle
from leabra_studio.model.document import Model
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.live import with_own_specs

Lines = Callable[[Call], list[str]]

ROWS = 5
"""Rows of the table that a script prints."""
SECTIONS = {
    "specs": ("LayerSpec", "ProjnSpec"),
    "layers": ("new_layer",),
    "projections": ("new_projn",),
    "lesions": ("lesion",),
    "inputs": ("clamp_layer",),
}


@dataclass(frozen=True)
class Script:
    """A script.

    Parameters
    ----------
    text : str
        The Python source.
    lines : mapping
        Name of a layer, projection or spec -> the numbers of its lines, the first line of the script being 1; those
        of a layer or projection include its spec's.
    """

    text: str
    lines: Mapping[str, tuple[int, ...]]


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
    page = _Page()
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


class _Page:
    """The lines of a script, and which belong to what."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._where: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, lines: Iterable[str], about: Iterable[str] = ()) -> None:
        """Add lines that belong to the objects named in `about`."""
        first = len(self._lines) + 1
        self._lines += lines
        for name in about:
            self._where[name] += range(first, len(self._lines) + 1)

    def section(self, title: str, lines: Lines, steps: Iterable[Call]) -> None:
        """Add a section with its title, if it has any calls."""
        for i, call in enumerate(steps):
            self.add([] if i else ["", f"# {title}"])
            self.add(lines(call), call.about)

    def run(self, lines: Lines, steps: Iterable[Call], cycles: int) -> None:
        """Add what was done with the net, saying at which cycle; `cycles` cycles if none was run."""
        self.add(["", "# run"])
        done, running = 0, False
        for call in steps:
            if running and call.verb != "cycle":
                self.add([f"# at cycle {done}"])
            running = call.verb == "cycle"
            done += call.args["num_cycles"] if running else 0
            self.add(lines(call), call.about)
        if not done:
            self.add(lines(cycle(cycles)))

    def script(self) -> Script:
        """Return the script."""
        where = {name: tuple(lines) for name, lines in self._where.items()}
        return Script("\n".join(self._lines) + "\n", FrozenMap(where))


def shown(model: Model) -> tuple[str, ...]:
    """Return the attributes of what the page shows."""
    return tuple(f"unit_{name}" for name in dict.fromkeys((*model.view.shown, model.view.variable)))


def _table(layer: str, table: str) -> list[str]:
    logs = CallOf("net.logs", (("", Atom('"cycle"')), ("", Atom(quoted(layer)))))
    return [*statement("logs", logs), f"print(logs.{table}.tail({ROWS}).to_string(index=False))"]
