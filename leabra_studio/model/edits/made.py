"""Edits that make tables of patterns: parts of one, patterns of a generator, noise on a table, rows of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from leabra_studio.errors import ValidationError
from leabra_studio.model.document import Model
from leabra_studio.model.edits.patterns import add_table, put, set_rows, split_table
from leabra_studio.model.patterns import Pattern, PatternTable, Row, columns, find_table, free_table_name


def split_for_training(model: Model, table: str, fraction: float, seed: int) -> Model:
    """Return `model` with the rows of a table in two new ones, to train on the first and to test with the second.

    Parameters
    ----------
    model : Model
        The document.
    table : str
        The table; it stays as it is.
    fraction : float
        Share of the rows to train on, 0 to 1; each part gets at least one row.
    seed : int
        Seed of the draw.

    Raises
    ------
    ValidationError
        If there is no such table, it has not two rows, or an argument is out of range.
    LimitError
        If there would be too many tables, rows or values.
    """
    split = split_table(model, table, fraction, seed)
    train, test = (part.name for part in split.patterns[-2:])
    return replace(split, plan=replace(split.plan, train=train, test=test))


def put_made(model: Model, made: Mapping[str, Sequence[Pattern]], table: str | None = None) -> Model:
    """Return `model` with made patterns in a table.

    Parameters
    ----------
    model : Model
        The document.
    made : mapping
        Input or target -> its patterns, as many for each.
    table : str, optional
        The table whose patterns for these layers they replace, one in each row, or whose rows they become where it has
        none; without it a new one. Other layers keep what they have, zeros in new rows.

    Raises
    ------
    ValidationError
        If there is no such table, or the numbers of patterns differ.
    LimitError
        If there would be too many tables, rows or values.
    """
    counts = {len(patterns) for patterns in made.values()}
    if len(counts) != 1:
        raise ValidationError("Generator", "layers", "must all get the same number of patterns; make them one by one")
    if table is None:
        return add_table(model, _name(model, "made"), _rows(model, made, counts.pop()))
    found = find_table(model, table)
    if not found.rows:
        return set_rows(model, table, _rows(model, made, counts.pop()))
    if counts != {len(found.rows)}:
        rule = f"must be {len(found.rows)}, one for each row of the table (these would be {counts.pop()})"
        raise ValidationError("Generator", "count", rule)
    new = (
        replace(row, values={**row.values, **{layer: patterns[i] for layer, patterns in made.items()}})
        for i, row in enumerate(found.rows)
    )
    return put(model, replace(found, rows=tuple(new)))


def add_copy(model: Model, table: PatternTable) -> Model:
    """Return `model` with a table that was made of one it has, under the next free name such as ``train_noisy``."""
    return add_table(model, free_table_name(table.name, model), table.rows)


def import_rows(model: Model, rows: Iterable[Row], name: str, into: str | None = None) -> Model:
    """Return `model` with the rows of a file in a new table called `name`, or instead of those of the table `into`.

    Raises
    ------
    ValidationError
        If there is no such table, the name is not allowed, or the rows are not all for the same layers.
    LimitError
        If there would be too many tables, rows or values.
    """
    return add_table(model, free_table_name(name, model), rows) if into is None else set_rows(model, into, rows)


def _name(model: Model, base: str) -> str | None:
    """Return a free name for a further table; the first one is called as `add_table` calls it."""
    return free_table_name(base, model) if model.patterns else None


def _rows(model: Model, made: Mapping[str, Sequence[Pattern]], count: int) -> list[Row]:
    zeros = {layer.name: (0.0,) * layer.size for layer in columns(model.layers)}
    return [Row("", {**zeros, **{layer: patterns[i] for layer, patterns in made.items()}}) for i in range(count)]
