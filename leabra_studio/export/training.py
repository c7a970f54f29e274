"""The Python script of a model that is trained: its network, its patterns and the loop of its plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from leabra_studio import __version__
from leabra_studio.export.blocks import READERS, Columns, block, columns_of, legend, reader
from leabra_studio.export.dialects import STUDIO as OURS
from leabra_studio.export.dialects import Dialect
from leabra_studio.export.loop import Loop
from leabra_studio.export.page import PLAN, SECTIONS, Page, Script, Table
from leabra_studio.export.printing import Printer
from leabra_studio.export.script import STUDIO, Library
from leabra_studio.export.source import INDENT, RESERVED, Atom, comment, identifier
from leabra_studio.export.trials import acts_function, statistics_function, test_function, trial_function
from leabra_studio.model.calls import Call, calls
from leabra_studio.model.document import Model
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.patterns import PatternTable, find_table, shown_to
from leabra_studio.model.plan import shown_layers

WORDS = frozenset({
    "acts", "answers", "build", "cells", "cosines", "deepcopy", "digits", "epoch", "error", "expected", "first",
    "given", "last", "layer", "line", "lines", "np", "numbers", "order", "pair", "pairs", "part", "parts", "perfect",
    "r", "record", "records", "right", "row", "run", "run_test", "run_trial", "runs", "seed", "show", "squares",
    "sse", "statistics", "tested", "text", "trained", "wanted", "watched", "winner_error", "wrong",
})  # fmt: skip  # a word a line would fill the page
"""What the script itself calls things: no spec and no table can have these names."""
CONSTANTS = frozenset({
    "ACT", "EPOCHS", "MINUS_CYCLES", "PLUS_CYCLES", "SEEDS", "SHOW_EVERY", "STOP_AFTER", "TARGETS",
    "TARGET_LAYERS", "TARGET_PARTS", "TEST", "TEST_CYCLES", "TEST_EVERY", "TEST_TARGETS", "TEST_TARGET_LAYERS",
    "TEST_TARGET_PARTS", "TRAIN",
})  # fmt: skip  # as above
"""The same of its constants, for the columns of tables."""


@dataclass(frozen=True)
class _Tables:
    """The tables of a plan.

    Parameters
    ----------
    train : PatternTable
        The one to train on.
    test : PatternTable, optional
        The one to test with, where something comes of the tests.
    columns : tuple of Columns
        What they have patterns for; those of the test may be the very same.
    """

    train: PatternTable
    test: PatternTable | None
    columns: tuple[Columns, Columns | None]

    @property
    def all(self) -> tuple[tuple[PatternTable, Columns], ...]:
        """Each table once, with its columns."""
        train, test = self.columns
        first = (self.train, train)
        if self.test is None or test is None or self.test.name == self.train.name:
            return (first,)
        return first, (self.test, test)


def training_script(
    model: Model, notes: Sequence[str] = (), library: Library = STUDIO, dialect: Dialect = OURS
) -> Script:
    """Return the script that trains a model by its plan, from the start.

    Run, it has the weights and the statistics that the studio has, to the last bit. The same model always gives the
    same text.

    Parameters
    ----------
    model : Model
        A model without an `leabra_studio.model.plan.obstacle`.
    notes : sequence of str
        Comments for the top.
    library : Library
        What the script is for.
    dialect : Dialect
        How that library is spoken to in a loop.
    """
    tables = _tables(model)
    loop = Loop(model.plan, _seeds(model), *tables.columns, dialect)
    shown = shown_layers(model)
    steps = [call for call in calls(model) if call.verb != "clamp_layer" or call.args["name"] not in shown]
    reserved = RESERVED | WORDS
    printer = Printer(model, (call for call in steps if call.verb in SECTIONS["specs"]), reserved)
    lines = partial(library.lines, printer)
    page = Page()
    page.add(map(comment, (f"{model.name}, made with Leabra Studio {__version__}", *library.notes, *notes)))
    page.add(_imports(library, loop))
    page.section("specs", lines, (call for call in steps if call.verb in SECTIONS["specs"]))
    _add_patterns(page, tables, printer.variables, reserved)
    _add_build(page, printer, lines, steps, pauses=_logs_cycles(model))
    _add_plan(page, loop)
    return page.script()


def _tables(model: Model) -> _Tables:
    plan = model.plan
    train = find_table(model, plan.train)
    test = find_table(model, plan.test) if plan.test is not None and plan.test_every else None
    columns = columns_of(model, train, CONSTANTS)
    if test is None or (plan.test_state == "restored" and not _targets(model, test)):
        return _Tables(train, None, (columns, None))
    if shown_to(model, test) == shown_to(model, train):
        return _Tables(train, test, (columns, columns))
    taken = CONSTANTS | {column.constant for column in columns.all}
    others = columns_of(model, test, taken, "TEST_")
    grouped = columns.grouped or others.grouped
    return _Tables(train, test, (replace(columns, grouped=grouped), replace(others, grouped=grouped)))


def _targets(model: Model, table: PatternTable) -> bool:
    return any(layer.role == "target" for layer in shown_to(model, table))


def _seeds(model: Model) -> tuple[int, ...]:
    return tuple(model.plan.seed_of(run, model.seed) for run in range(model.plan.runs))


def _logs_cycles(model: Model) -> bool:
    return any(model.value(name, "log_on_cycle") for name in model.names)


def _imports(library: Library, loop: Loop) -> Iterator[str]:
    if loop.test is not None and loop.plan.test_state == "restored":
        yield from ("from copy import deepcopy", "")
    yield from ("import numpy as np", "", f"import {library.module} as lb")


def _add_patterns(page: Page, tables: _Tables, taken: frozenset[str], reserved: frozenset[str]) -> None:
    """Add the tables, the functions that read them and the constants for their columns."""
    readers = dict.fromkeys(reader(table, columns) for table, columns in tables.all)
    for name in readers:
        page.add(["", "", *READERS[name]])
    variables: list[str] = []
    page.add([""])
    for i, (table, columns) in enumerate(tables.all):
        about = (Table(table.name),)
        if not i or columns is not tables.columns[0]:
            page.add(["", legend(columns, of_digits="numbers" not in readers), *columns.lines()], about)
        variable = identifier(table.name, "table", taken | set(variables), reserved)
        variables.append(variable)
        page.add(["", *block(variable, table, columns)], about)
    page.add(["", f"TRAIN = {variables[0]}"], (Table(tables.train.name), PLAN))
    if tables.test is not None:
        page.add([f"TEST = {variables[-1]}"], (Table(tables.test.name), PLAN))


def _add_build(
    page: Page, printer: Printer, lines: Callable[[Call], list[str]], steps: Iterable[Call], *, pauses: bool
) -> None:
    """Add the function that builds a net."""
    printer.indent = INDENT
    page.add(["", "", "def build(seed):", '    """Return an untrained net."""'])
    first, *rest = (call for call in steps if call.verb not in SECTIONS["specs"])
    page.add(lines(replace(first, args=FrozenMap({**first.args, "seed": Atom("seed")}))))
    if pauses:
        page.add(['    net.pause_logging("cycle")  # the cycles of a training are too many'])
    for title in ("layers", "projections", "lesions", "inputs"):
        page.section(title, lines, (call for call in rest if call.verb in SECTIONS[title]), INDENT)
    page.add(["    return net"])


def _statistics(loop: Loop) -> Iterator[str]:
    return statistics_function(loop.dialect, grouped=loop.train.grouped, by_winner=loop.plan.correct_by == "winner")


def _add_plan(page: Page, loop: Loop) -> None:
    """Add the functions of the loop and what runs it."""
    about = (PLAN,)
    page.add(["", "", "# training"])
    page.add(loop.constants(), about)
    if loop.judged:
        page.add(["", "", *acts_function(loop.dialect)])
    functions = [trial_function(loop.train)]
    if loop.test is not None:
        functions.append(test_function(loop.test, loop.dialect, restores=loop.plan.test_state == "restored"))
    for function in functions:
        page.add(["", ""])
        for line, layer in function:
            page.add([line], about if layer is None else (PLAN, layer))
    if loop.judged:
        page.add(["", "", *_statistics(loop)])
        page.add(["", "", *loop.show_function()])
    page.add(["", ""])
    page.add(loop.run_function(), about)
    page.add(["", ""])
    page.add(loop.summary(), about)
