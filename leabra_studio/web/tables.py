"""Tables of patterns as the page gets them: what they look like, and a window of their rows."""

from __future__ import annotations

import secrets
import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from leabra_studio.errors import ValidationError
from leabra_studio.model.document import Model
from leabra_studio.model.patterns import PatternTable, Row, columns, find_table

WINDOW_VALUES = 20_000
"""Numbers in one window of rows."""
MOST_ROWS, FEWEST_ROWS = 100, 5
"""Rows in one window."""
MOST_CHANGED = 200
"""Rows that an answer to an edit carries; where more have changed the page asks for its window again."""
LATER = 20_000
"""Numbers in tables from which on the browser keeps the document only when the hand rests."""


@dataclass(frozen=True)
class Column:
    """What the page shows the patterns of one layer in.

    Attributes
    ----------
    layer
        Its name.
    shape
        Rows and columns of a picture; a single row where the patterns do not fit.
    role
        ``input`` or ``target``, empty where the model has no such layer that is shown patterns.
    problem
        Why its patterns cannot be shown to the network, empty when they can.
    """

    layer: str
    shape: tuple[int, int]
    role: str
    problem: str = ""


def chosen(model: Model, wanted: str) -> PatternTable | None:
    """The table that is shown: the wanted one, else the one to train on, else the first."""
    by_name = {table.name: table for table in model.patterns}
    names = (wanted, model.plan.train, next(iter(by_name), None))
    return next((by_name[name] for name in names if name in by_name), None)


def columns_of(model: Model, table: PatternTable) -> tuple[Column, ...]:
    """One column for each input and target, then those for which the model has no layer."""
    known = columns(model.layers)
    names = {layer.name for layer in known}
    found = []
    for layer in known:
        width = table.columns.get(layer.name, layer.size if not table.rows else 0)
        shape = layer.shape if width in (0, layer.size) else (1, width)
        found.append(Column(layer.name, shape, layer.role, _misfit(width, layer.size)))
    gone = ((name, width) for name, width in table.columns.items() if name not in names)
    return (*found, *(Column(name, (1, width), "", "no input or target is called so") for name, width in gone))


def _misfit(width: int, size: int) -> str:
    if width == size:
        return ""
    return f"{width} values, the layer has {size} units" if width else "no patterns yet"


def window_rows(width: int) -> int:
    """How many rows with so many numbers are sent at a time."""
    return max(FEWEST_ROWS, min(MOST_ROWS, WINDOW_VALUES // max(1, width)))


def about(model: Model, table: PatternTable | None) -> dict[str, Any]:
    """What the page must know of the shown table besides its rows."""
    if table is None:
        return {"table": None, "mark": 0, "count": 0, "columns": []}
    made = [
        {"layer": c.layer, "rows": c.shape[0], "cols": c.shape[1], "role": c.role, "problem": c.problem}
        for c in columns_of(model, table)
    ]
    return {"table": table.name, "mark": mark(table), "count": len(table.rows), "columns": made}


def window(model: Model, name: object, first: object, last: object) -> dict[str, Any]:
    """Rows `first` to `last` (not included) of a table, no more than are sent at a time.

    Raises
    ------
    ValidationError
        There is no such table, or the bounds are no numbers of rows.
    """
    table = find_table(model, name)
    if not all(isinstance(at, int) and not isinstance(at, bool) and at >= 0 for at in (first, last)):
        raise ValidationError("Request", "first", "must be the number of a row, from 0 on, as must last")
    low = min(int(str(first)), len(table.rows))
    high = min(int(str(last)), low + MOST_ROWS, len(table.rows))
    return {"table": table.name, "mark": mark(table), "count": len(table.rows), "rows": rows(model, table, low, high)}


def rows(model: Model, table: PatternTable, low: int, high: int) -> list[dict[str, Any]]:
    """Some rows as the grid takes them."""
    return [row_data(model, table, i) for i in range(low, high)]


def row_data(model: Model, table: PatternTable, i: int) -> dict[str, Any]:
    """One row: its number from 1 on, its name, and the numbers of each column."""
    row: Row = table.rows[i]
    cells = {f"c{at}": _short(row.values.get(c.layer, ())) for at, c in enumerate(columns_of(model, table))}
    return {"id": str(i), "n": i + 1, "name": row.name, **cells}


def changed(model: Model, before: int, table: PatternTable | None, numbers: Iterable[int]) -> dict[str, Any] | None:
    """The rows that alone have changed since the table had the mark `before`."""
    some = list(numbers)
    if table is None or not 0 < len(some) <= MOST_CHANGED:
        return None
    return {"before": before, "rows": [row_data(model, table, i) for i in some if i < len(table.rows)]}


def is_large(model: Model) -> bool:
    """Whether the tables are so large that the document is not sent with every edit of a cell."""
    return sum(table.size for table in model.patterns) > LATER


def _short(values: Iterable[float]) -> list[float]:
    return [int(value) if value in (0, 1) else value for value in values]


_marks: dict[int, tuple[weakref.ref[PatternTable], int]] = {}
_next = count(secrets.randbelow(2**40) + 1)


def mark(table: PatternTable) -> int:
    """A number that a table has alone, as long as it lives: another one is another table, or another state of it."""
    key = id(table)
    found = _marks.get(key)
    if found is not None and found[0]() is table:
        return found[1]
    number = next(_next)
    _marks[key] = (weakref.ref(table, lambda gone: _forget(key, gone)), number)
    return number


def _forget(key: int, gone: weakref.ref[PatternTable]) -> None:
    found = _marks.get(key)
    if found is not None and found[0] is gone:
        del _marks[key]
