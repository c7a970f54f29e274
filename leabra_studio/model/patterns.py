"""Tables of patterns: what a network is shown, one event after the other.

A table stands for itself: it may hold patterns for layers that a model has no more, or of another width; then
`leabra_studio.model.problems` names them, and `fit_table` among the edits mends them.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model import checks, limits
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.names import checked_name, free_name, is_hidden, listed

if TYPE_CHECKING:
    from leabra_studio.model.document import Layer, Model

Pattern = tuple[float, ...]
"""A number from 0 to 1 for each unit of a layer: unit ``row * columns + column``, row 0 at the bottom."""


@dataclass(frozen=True)
class Row:
    """One event.

    Parameters
    ----------
    name : str
        Its name: one line of at most 80 visible characters; several rows may have the same one, or none.
    values : mapping
        Name of the layer -> its pattern.

    Attributes
    ----------
    widths : mapping
        Name of the layer -> the number of its values.
    """

    name: str = ""
    values: Mapping[str, Pattern] = field(default_factory=FrozenMap)
    widths: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        checks.mapping("Row", "values", self.values)
        values = {layer: checks.pattern("Row", layer, acts) for layer, acts in self.values.items()}
        object.__setattr__(self, "name", row_name(self.name))
        object.__setattr__(self, "values", FrozenMap(values))
        object.__setattr__(self, "widths", {layer: len(acts) for layer, acts in values.items()})


@dataclass(frozen=True)
class PatternTable:
    """Events in order, all with patterns for the same layers.

    Parameters
    ----------
    name : str
        Its name; tables have a namespace of their own.
    rows : tuple of Row
        The events; a table without any is empty, and fits every network.
    """

    name: str
    rows: tuple[Row, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", checked_name("Table", self.name))
        rows = tuple(self.rows) if isinstance(self.rows, Iterable) else (None,)
        if not all(isinstance(row, Row) for row in rows):
            raise ValidationError("Table", "rows", f"must be a list of rows (got {shown(self.rows)})")
        limits.at_most(len(rows), limits.EVENTS, "rows of patterns")
        object.__setattr__(self, "rows", rows)
        first = self.columns
        for layer in first:
            if checked_name("columns", layer) != layer:
                raise ValidationError("Table", "columns", f"must be names of layers (got {shown(layer)})")
        for i, row in enumerate(rows):
            if row.widths != first:
                rule = f"must have values for {_described(first)}, as row 0 has (got {_described(row.widths)})"
                raise ValidationError("Table", f"rows[{i}]", rule)

    @property
    def columns(self) -> Mapping[str, int]:
        """Name of each layer that the table has patterns for -> the number of their values; empty without rows."""
        return self.rows[0].widths if self.rows else {}

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return len(self.rows) * sum(self.columns.values())

    def array(self, layer: str) -> NDArray[np.float64]:
        """Return the patterns [rows, units] of a layer.

        Raises
        ------
        ValidationError
            If the table has none for it.
        """
        if layer not in self.columns:
            rule = f"table {shown(self.name)} has no patterns for {shown(layer)}; it has {listed(tuple(self.columns))}"
            raise ValidationError("Table", "columns", rule)
        return np.array([row.values[layer] for row in self.rows], np.float64)

    def with_row(self, i: int, row: Row) -> PatternTable:
        """Return the table with another row in the place of row `i`."""
        return replace(self, rows=(*self.rows[:i], row, *self.rows[i + 1 :]))

    def changed(self, layer: str, change: Callable[[Pattern], Pattern]) -> PatternTable:
        """Return the table with every pattern of a layer changed; itself where it has none."""
        if layer not in self.columns:
            return self
        rows = (replace(row, values={**row.values, layer: change(row.values[layer])}) for row in self.rows)
        return replace(self, rows=tuple(rows))

    def without(self, layers: Container[str]) -> PatternTable:
        """Return the table without the patterns of some layers; itself where it has none of them."""
        return self._relabelled({layer: layer for layer in self.columns if layer not in layers})

    def renamed(self, names: Mapping[str, str]) -> PatternTable:
        """Return the table for layers that are called otherwise.

        Parameters
        ----------
        names : mapping
            Old name -> new name; a column that stands for no layer gives way to one that gets its name.
        """
        new = set(names.values())
        kept = (layer for layer in self.columns if layer in names or layer not in new)
        return self._relabelled({layer: names.get(layer, layer) for layer in kept})

    def copied(self, names: Mapping[str, str]) -> PatternTable:
        """Return the table with the patterns of some layers a second time, for layers of other names."""
        copies = {layer: copy for layer, copy in names.items() if layer in self.columns}
        if not copies:
            return self
        return self._with_rows(
            {**row.values, **{copy: row.values[layer] for layer, copy in copies.items()}} for row in self.rows
        )

    def _relabelled(self, names: Mapping[str, str]) -> PatternTable:
        if list(names.items()) == [(layer, layer) for layer in self.columns]:
            return self
        return self._with_rows({new: row.values[old] for old, new in names.items()} for row in self.rows)

    def _with_rows(self, values: Iterable[Mapping[str, Pattern]]) -> PatternTable:
        return replace(self, rows=tuple(Row(row.name, v) for row, v in zip(self.rows, values, strict=True)))


def row_name(name: Any) -> str:
    """Return the name of a row without the spaces around it.

    Raises
    ------
    ValidationError
        If it is no line of at most 80 visible characters.
    """
    checks.text("Row", "name", name)
    text: str = name.strip()
    if len(text) > limits.NAME_LENGTH:
        raise ValidationError("Row", "name", f"must have at most {limits.NAME_LENGTH} characters (got {len(text)})")
    if any(is_hidden(character) for character in text):
        raise ValidationError("Row", "name", f"must be one line of visible characters (got {shown(text)})")
    return text


def columns(layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """Return the layers that patterns are for: the inputs, then the targets."""
    known = tuple(layers)
    return tuple(layer for role in ("input", "target") for layer in known if layer.role == role)


def shown_to(model: Model, table: PatternTable) -> tuple[Layer, ...]:
    """Return the layers that a table's patterns are shown to, inputs before targets; hidden ones are left free."""
    return tuple(layer for layer in columns(model.layers) if layer.name in table.columns)


def find_table(model: Model, name: Any) -> PatternTable:
    """Return a table by its name.

    Raises
    ------
    ValidationError
        If there is none.
    """
    for table in model.patterns:
        if table.name == name:
            return table
    known = listed(tuple(table.name for table in model.patterns))
    raise ValidationError("Model", "patterns", f"there is no table {shown(name)}; there is {known}")


def split(table: PatternTable, fraction: float, seed: int) -> tuple[PatternTable, PatternTable]:
    """Return the rows of a table in two tables, drawn at random; each keeps their order.

    Parameters
    ----------
    table : PatternTable
        At least two rows.
    fraction : float
        The share of the first table, between 0 and 1; each table gets at least one row.
    seed : int
        Seed of the draw.

    Returns
    -------
    tuple of PatternTable
        Called after the table, with ``_train`` and ``_test`` behind it.

    Raises
    ------
    ValidationError
        If there are not two rows, or an argument is out of range.
    """
    count = len(table.rows)
    if count < 2:
        rule = f"must have at least two rows to be split (table {shown(table.name)} has {count})"
        raise ValidationError("Table", "rows", rule)
    share = checks.number("Split", "fraction", fraction, 0, 1)
    rng = np.random.default_rng(checks.whole("Split", "seed", seed, 0, limits.SEED))
    first = set(rng.permutation(count)[: min(max(1, round(share * count)), count - 1)].tolist())
    parts = ([row for i, row in enumerate(table.rows) if (i in first) is wanted] for wanted in (True, False))
    names = (f"{table.name[: limits.NAME_LENGTH - 6].rstrip()}{tail}" for tail in ("_train", "_test"))
    one, other = (PatternTable(name, tuple(rows)) for name, rows in zip(names, parts, strict=True))
    return one, other


def free_table_name(base: str, model: Model) -> str:
    """Return `base`, or with the first number behind it that makes it a new name of a table."""
    return free_name(base, {table.name for table in model.patterns})


def _described(widths: Mapping[str, int]) -> str:
    return ", ".join(f"{shown(layer)} ({width})" for layer, width in widths.items()) or "no layer"
