"""Edits of tables of patterns and of their rows; for what is in the cells see `leabra_studio.model.edits.cells`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model import checks, patterns
from leabra_studio.model.document import Model
from leabra_studio.model.names import checked_name
from leabra_studio.model.patterns import Pattern, PatternTable, Row, columns, find_table, free_table_name
from leabra_studio.model.plan import TrainingPlan

FIRST_NAMES = ("train", "test")


def add_table(model: Model, name: str | None = None, rows: Iterable[Row] = ()) -> Model:
    """Return `model` with one more table of patterns, the last one.

    Parameters
    ----------
    model : Model
        The document. Where its plan has no table to train on, it gets this one.
    name : str, optional
        The table's name; without one it is ``train``, or ``test`` for a further one, with a number where that is taken.
    rows : iterable of Row
        What is in it; without any it is empty, and fits every network.

    Raises
    ------
    ValidationError
        If the name is taken or not allowed, or the rows are not all for the same layers.
    LimitError
        If there would be too many tables, rows or values.
    """
    if name is None:
        name = free_table_name(FIRST_NAMES[bool(model.patterns)], model)
    table = PatternTable(_untaken(model, checked_name("Table", name)), tuple(rows))
    plan = replace(model.plan, train=table.name) if model.plan.train is None else model.plan
    return replace(model, patterns=(*model.patterns, table), plan=plan)


def remove_table(model: Model, table: str) -> Model:
    """Return `model` without a table; the plan has none where it had this one."""
    gone = find_table(model, table)
    return replace(model, patterns=tuple(x for x in model.patterns if x is not gone), plan=_renamed(model, table, None))


def rename_table(model: Model, old: str, new: str) -> Model:
    """Return `model` with a table called by another name, in the plan as well.

    Raises
    ------
    ValidationError
        If there is no such table, or the new name is taken or not allowed.
    """
    table, name = find_table(model, old), checked_name("Table", new)
    if name == table.name:
        return model
    named = replace(table, name=_untaken(model, name))
    tables = tuple(named if x is table else x for x in model.patterns)
    return replace(model, patterns=tables, plan=_renamed(model, old, name))


def set_rows(model: Model, table: str, rows: Iterable[Row]) -> Model:
    """Return `model` with other rows in a table: those of a file, of `split` or of a generator.

    Raises
    ------
    ValidationError
        If there is no such table, or the rows are not all for the same layers.
    LimitError
        If there would be too many rows or values.
    """
    return put(model, replace(find_table(model, table), rows=tuple(rows)))


def split_table(model: Model, table: str, fraction: float, seed: int) -> Model:
    """Return `model` with the rows of a table in two new ones, see `leabra_studio.model.patterns.split`.

    The plan, where it trained on the table, trains on the first of them and tests with the second.
    """
    whole = find_table(model, table)
    parts: list[PatternTable] = []
    for part in patterns.split(whole, fraction, seed):
        taken = replace(model, patterns=(*model.patterns, *parts))
        parts.append(replace(part, name=free_table_name(part.name, taken)))
    both = replace(model, patterns=(*model.patterns, *parts))
    if model.plan.train != whole.name:
        return both
    return replace(both, plan=replace(model.plan, train=parts[0].name, test=parts[1].name))


def fit_table(model: Model, table: str) -> Model:
    """Return `model` with a table that has a pattern of the right width for each input and target, and no others.

    Patterns that are too wide are cut, too narrow ones get zeros at their end; those of layers that are gone, or
    neither input nor target, go; new ones are zeros.
    """
    found = find_table(model, table)
    wanted = {layer.name: layer.size for layer in columns(model.layers)}
    if found.columns == wanted or not found.rows:
        return model
    rows = (
        replace(row, values={name: _fitted(row, name, size) for name, size in wanted.items()}) for row in found.rows
    )
    return put(model, replace(found, rows=tuple(rows)))


def add_row(model: Model, table: str, at: int | None = None, name: str = "") -> Model:
    """Return `model` with one more row of zeros in a table.

    Parameters
    ----------
    model : Model
        The document.
    table : str
        The table.
    at : int, optional
        The row before which it is put; without it, it is the last.
    name : str
        The row's name.

    Raises
    ------
    ValidationError
        If there is no such table or row, or the name is not allowed.
    LimitError
        If there would be too many rows or values.
    """
    found = find_table(model, table)
    place = len(found.rows) if at is None else checks.whole("Table", "at", at, 0, len(found.rows))
    return put(model, replace(found, rows=(*found.rows[:place], blank(model, found, name), *found.rows[place:])))


def duplicate_rows(model: Model, table: str, rows: Iterable[int]) -> Model:
    """Return `model` with copies of some rows of a table, right behind the last of them.

    Raises
    ------
    ValidationError
        If there are none, or no such table or row.
    LimitError
        If there would be too many rows or values.
    """
    found = find_table(model, table)
    chosen = _chosen(found, rows)
    copies = tuple(found.rows[i] for i in chosen)
    place = chosen[-1] + 1
    return put(model, replace(found, rows=(*found.rows[:place], *copies, *found.rows[place:])))


def remove_rows(model: Model, table: str, rows: Iterable[int]) -> Model:
    """Return `model` without some rows of a table.

    Raises
    ------
    ValidationError
        If there are none, or no such table or row.
    """
    found = find_table(model, table)
    doomed = frozenset(_chosen(found, rows))
    return put(model, replace(found, rows=tuple(row for i, row in enumerate(found.rows) if i not in doomed)))


def move_rows(model: Model, table: str, rows: Iterable[int], before: int) -> Model:
    """Return `model` with some rows of a table in another place, together and in their order.

    Parameters
    ----------
    model : Model
        The document.
    table : str
        The table.
    rows : iterable of int
        The rows to move.
    before : int
        The row in front of which they are put; the number of rows for the end.

    Raises
    ------
    ValidationError
        If there are none, or no such table or row.
    """
    found = find_table(model, table)
    chosen = _chosen(found, rows)
    place = checks.whole("Table", "before", before, 0, len(found.rows))
    moved = frozenset(chosen)
    ahead = [row for i, row in enumerate(found.rows[:place]) if i not in moved]
    behind = [row for i, row in enumerate(found.rows[place:], place) if i not in moved]
    return put(model, replace(found, rows=(*ahead, *(found.rows[i] for i in chosen), *behind)))


def set_row_name(model: Model, table: str, row: int, name: str) -> Model:
    """Return `model` with another name of a row.

    Raises
    ------
    ValidationError
        If there is no such table or row, or it is no line of at most 80 visible characters.
    """
    found = find_table(model, table)
    i = row_index(found, row)
    return put(model, found.with_row(i, replace(found.rows[i], name=name)))


def put(model: Model, table: PatternTable) -> Model:
    """Return `model` with a table in the place of the one of the same name."""
    return replace(model, patterns=tuple(table if x.name == table.name else x for x in model.patterns))


def row_index(table: PatternTable, row: int) -> int:
    """Return the number of a row.

    Raises
    ------
    ValidationError
        If the table has no such row.
    """
    if not table.rows:
        raise ValidationError("Table", "row", f"must be a row of table {shown(table.name)}, which has none; add one")
    return checks.whole("Table", "row", row, 0, len(table.rows) - 1)


def blank(model: Model, table: PatternTable, name: str = "") -> Row:
    """Return a row of zeros as it fits a table; for an empty one, as it fits the model."""
    widths = table.columns if table.rows else {layer.name: layer.size for layer in columns(model.layers)}
    return Row(name, {layer: (0.0,) * width for layer, width in widths.items()})


def _chosen(table: PatternTable, rows: Iterable[int]) -> tuple[int, ...]:
    """Return numbers of rows in order, each once."""
    chosen = {row_index(table, row) for row in rows}
    if not chosen:
        raise ValidationError("Table", "rows", "must be at least one (got none); select some first")
    return tuple(sorted(chosen))


def _fitted(row: Row, layer: str, size: int) -> Pattern:
    values = row.values.get(layer, ())[:size]
    return values + (0.0,) * (size - len(values))


def _renamed(model: Model, old: str, new: str | None) -> TrainingPlan:
    """Return the model's plan with another table in the place of one."""
    train, test = (new if name == old else name for name in (model.plan.train, model.plan.test))
    return replace(model.plan, train=train, test=test)


def _untaken(model: Model, name: str) -> str:
    if all(table.name != name for table in model.patterns):
        return name
    rule = f"must be a new name (got {shown(name)}); {shown(free_table_name(name, model))} is free"
    raise ValidationError("Table", "name", rule)
