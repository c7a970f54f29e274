"""The functions of a training script for what happens in an epoch: trials, tests, statistics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leabra_studio.export.blocks import Column, Columns
from leabra_studio.export.dialects import Dialect
from leabra_studio.export.source import INDENT, Atom, CallOf, Node, quoted, statement

Line = tuple[str, str | None]
"""A line, and the layer that it is about."""
GIVEN = "given = np.array(given)"
PAIRS = "pairs = [(wanted[:, part], given[:, part]) for part in parts]"
COSINES = "cosines = np.mean([lb.stats.cos_diff(*pair) for pair in pairs], axis=0)"


def acts_function(dialect: Dialect) -> Iterator[str]:
    """Yield the function that asks a layer what it does."""
    yield "def acts(net, layer):"
    yield '    """Return the activations of a layer."""'
    yield f"    return {dialect.acts}"


def trial_function(columns: Columns) -> Iterator[Line]:
    """Yield the function of a trial of training."""
    returned = "; return what was expected" if columns.targets else ""
    yield from _plain("def run_trial(net, row):")
    yield from _plain(f'    """Show the inputs, then the targets as well, and learn{returned}."""')
    yield from _clamps(columns.inputs, INDENT)
    yield from _plain("    net.minus_phase_cycle(MINUS_CYCLES)")
    if columns.targets:
        yield from _plain(*statement("expected", _answer(columns), INDENT))
    yield from _clamps(columns.targets, INDENT)
    yield from _plain("    net.plus_phase_cycle(PLUS_CYCLES)")
    yield from _releases(columns.all, INDENT)
    yield from _plain("    net.learn()")
    if columns.targets:
        yield from _plain("    return expected")


def test_function(columns: Columns, dialect: Dialect, *, restores: bool) -> Iterator[Line]:
    """Yield the function of a test.

    Parameters
    ----------
    columns : Columns
        What the table has patterns for.
    dialect : Dialect
        The library.
    restores : bool
        Whether the test leaves no trace in the net.
    """
    inner, judged = INDENT * 2, bool(columns.targets)
    returned = "; return the statistics" if judged else ""
    yield from _plain("def run_test(net):")
    if restores:
        yield from _plain(f'    """Show the inputs alone to a copy of the net{returned}."""', "    net = deepcopy(net)")
    else:
        yield from _plain(f'    """Show the inputs alone, which is part of the net\'s life{returned}."""')
    yield from _plain(*(["    answers = []"] if judged else []), "    for row in TEST:")
    yield from _clamps(columns.inputs, inner)
    yield from _plain(*(inner + line for line in dialect.cycles))
    if judged:
        yield from _plain(*statement("", CallOf("answers.append", (("", _answer(columns)),)), inner))
    yield from _releases(columns.inputs, inner)
    if judged:
        yield from _plain(f"    return {summed(columns, 'TEST')}")


def statistics_function(dialect: Dialect, *, grouped: bool, by_winner: bool) -> Iterator[str]:
    """Yield the function that sums up trials.

    Parameters
    ----------
    dialect : Dialect
        The library.
    grouped : bool
        Whether there are several target layers.
    by_winner : bool
        Whether the most active units count, and not all that are on the right side.
    """
    if by_winner and dialect.winner:
        yield from (*dialect.winner, "", "")
    yield f"def statistics(wanted, given{', parts' if grouped else ''}):"
    yield '    """Return the statistics of trials: what target units should have done, and what they did."""'
    yield from (INDENT + line for line in _sums(dialect, grouped=grouped, by_winner=by_winner))
    yield "    return {"
    values = {name: value.format(errors="wrong" if by_winner else "sse") for name, value in dialect.statistics.items()}
    yield from (f'        "{name}": {expression},' for name, expression in values.items())
    if dialect.cosine:
        yield f'        "cos_diff": {"cosines.mean()" if grouped else dialect.cosine},'
    yield "    }"


def _sums(dialect: Dialect, *, grouped: bool, by_winner: bool) -> Iterator[str]:
    """Yield the lines that the statistics of an epoch are summed up from."""
    cosines = grouped and bool(dialect.cosine)
    if cosines or by_winner:
        yield GIVEN
    if grouped and (cosines or by_winner):
        yield PAIRS
    if cosines:
        yield COSINES
    yield from dialect.before
    if by_winner:
        each = f"{dialect.winner_error}(*pair) for pair in pairs"
        yield f"wrong = np.max([{each}], axis=0)" if grouped else f"wrong = {dialect.winner_error}(wanted, given)"


def summed(columns: Columns, rows: str) -> str:
    """Return the expression for the statistics of `answers` to some rows."""
    parts = f", {columns.parts}" if columns.grouped else ""
    return f"statistics({rows}[:, {columns.wanted}], answers{parts})"


def _plain(*lines: str) -> Iterator[Line]:
    yield from ((line, None) for line in lines)


def _clamps(columns: Iterable[Column], indent: str) -> Iterator[Line]:
    for column in columns:
        name = column.layer.name
        call = CallOf("net.clamp_layer", (("", Atom(quoted(name))), ("", Atom(f"row[{column.constant}]"))))
        yield from ((line, name) for line in statement("", call, indent))


def _releases(columns: Iterable[Column], indent: str) -> Iterator[Line]:
    for column in columns:
        name = column.layer.name
        call = CallOf("net.unclamp_layer", (("", Atom(quoted(name))),))
        yield from ((line, name) for line in statement("", call, indent))


def _answer(columns: Columns) -> Node:
    """Return the expression for what all target layers do."""
    if columns.grouped:
        return Atom(f"np.concatenate([acts(net, layer) for layer in {columns.layers}])")
    return CallOf("acts", (("", Atom("net")), ("", Atom(quoted(columns.targets[0].layer.name)))))
