"""Files of patterns: reading them with a preview of what is in them and what is wrong, and writing them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from leabra_studio.engine.params import shown
from leabra_studio.errors import FormatError, ValidationError
from leabra_studio.model import limits
from leabra_studio.model.cell_text import unguarded, value_of
from leabra_studio.model.document import Layer
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.headers import DATA, HEAD, Group, groups, is_emergent, name_column
from leabra_studio.model.names import listed
from leabra_studio.model.patterns import Row, columns, row_name
from leabra_studio.model.table_text import Numbered, decoded, records_of, written

__all__ = ["Fault", "Preview", "read", "written"]

FAULTS = 200
"""Faults that are listed; those beyond are counted."""


@dataclass(frozen=True)
class Fault:
    """Something wrong in a file.

    Parameters
    ----------
    message : str
        What is wrong.
    row, column : int, optional
        Where, counted from 1 as a spreadsheet does, the header included.
    """

    message: str
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Preview:
    """What a file of patterns holds, before any of it is taken over.

    Parameters
    ----------
    groups : tuple of Group
        Columns that belong together.
    mapping : mapping
        Name of the group -> name of the layer that its values are for; groups that are for none are missing.
    missing : tuple of str
        Inputs and targets of the network that get no values.
    ignored : tuple of str
        Headers of columns that are neither values nor names of rows.
    rows : tuple of Row
        The rows without a fault.
    count : int
        How many rows the file has.
    faults : tuple of Fault
        What is wrong; the first 200.
    fault_count : int
        How many things are wrong.
    """

    groups: tuple[Group, ...]
    mapping: Mapping[str, str]
    missing: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    count: int = 0
    faults: tuple[Fault, ...] = ()
    fault_count: int = 0


def read(data: str | bytes, layers: Sequence[Layer], mapping: Mapping[str, str | None] | None = None) -> Preview:
    """Return what a file of patterns holds.

    Its first row names the columns: a ``name`` column where rows have names, and for every unit of a layer one such as
    ``input_0`` or ``input[0,0]``, or as Emergent writes them. Cells are divided by tabs, semicolons or commas; with
    tabs and semicolons a number may have a decimal comma.

    Parameters
    ----------
    data : str or bytes
        The file: UTF-8, or UTF-16 with a byte order mark as spreadsheets save "Unicode text".
    layers : sequence of Layer
        The layers of the network.
    mapping : mapping, optional
        Name of a group of columns -> the layer that its values are for, None for none. What is not in it goes by name.

    Raises
    ------
    FormatError
        If it is too large, no text, or no table at all. Everything else is in the preview's `faults`.
    """
    divider, records = records_of(decoded(data))
    first = next(records, None)
    if first is None:
        raise FormatError("The file is empty; its first row must name the columns")
    return _Reading(first, layers, mapping or {}, comma=divider != ",").preview(records)


class _Reading:
    """One file being read, from its header on."""

    def __init__(
        self, first: Numbered, layers: Sequence[Layer], mapping: Mapping[str, str | None], *, comma: bool
    ) -> None:
        self.header_row, self.header = first
        self.layers, self.comma = {layer.name: layer for layer in layers}, comma
        self.faults: list[Fault] = []
        self.fault_count = 0
        self.emergent = is_emergent(self.header)
        self.names_at = name_column(self.header)
        self.groups = groups(self.header, layers)
        self.mapping = FrozenMap(self._mapped(mapping))
        places = {group.name: group.places for group in self.groups}
        order = [*columns(layers), *(layer for layer in layers if layer.role == "hidden")]
        group_of = {layer: group for group, layer in self.mapping.items()}
        self.sources = {layer.name: places[group_of[layer.name]] for layer in order if layer.name in group_of}

    def preview(self, records: Iterator[Numbered]) -> Preview:
        """Return what is in the rows."""
        rows, count, width = [], 0, sum(map(len, self.sources.values()))
        for number, cells in records:
            count += 1
            if count > limits.EVENTS:
                raise FormatError(f"The file has too many rows; at most {limits.EVENTS:,} are read")
            if count * width > limits.PATTERN_VALUES:
                raise FormatError(f"The file holds too many values; at most {limits.PATTERN_VALUES:,} are read")
            row = self._row(number, cells)
            rows += [] if row is None else [row]
        if not count:
            self._fault("The file has no rows of patterns under its header")
        used = {self.names_at, *(i for group in self.groups for i in group.places)}
        ignored = [cell for i, cell in enumerate(self.header) if i not in used and cell.strip() not in ("", HEAD)]
        missing = [layer.name for layer in columns(self.layers.values()) if layer.name not in self.sources]
        return Preview(
            self.groups,
            self.mapping,
            tuple(missing),
            tuple(ignored),
            tuple(rows),
            count,
            tuple(self.faults),
            self.fault_count,
        )

    def _mapped(self, wishes: Mapping[str, str | None]) -> dict[str, str]:
        """Return which group is for which layer; what cannot be is a fault."""
        found: dict[str, str] = {}
        for group in self.groups:
            layer = wishes[group.name] if group.name in wishes else self._by_name(group.name)
            problem = "" if layer is None else self._misfit(group, layer, found)
            if problem:
                self._fault(f"{shown(group.name)}: {problem}", self.header_row, group.places[0])
            elif layer is not None:
                found[group.name] = layer
        if not found and not self.faults:
            there, wanted = listed(tuple(group.name for group in self.groups)), listed(tuple(self.layers))
            self._fault(f"No column is for a layer: the file has {there}, the network {wanted}", self.header_row)
        return found

    def _by_name(self, name: str) -> str | None:
        alike = [layer for layer in self.layers if layer.casefold() == name.casefold()]
        return name if name in self.layers else alike[0] if len(alike) == 1 else None

    def _misfit(self, group: Group, layer: object, found: Mapping[str, str]) -> str:
        if not isinstance(layer, str) or layer not in self.layers:
            return f"there is no layer {shown(layer)}"
        if group.problem or layer in found.values():
            return group.problem or f"other columns are for {shown(layer)} already"
        width, size = len(group.places), self.layers[layer].size
        return "" if width == size else f"it has {width} columns, {shown(layer)} has {size} units"

    def _row(self, number: int, cells: list[str]) -> Row | None:
        """Return a row, None where something is wrong with it."""
        before = self.fault_count
        if any(cell.strip() for cell in cells[len(self.header) :]):
            self._fault(f"has {len(cells)} cells, the header {len(self.header)}", number)
        if self.header[0] == HEAD and cells[0] != DATA:
            self._fault(f"must begin with {DATA} (got {shown(cells[0])})", number, 0)
        name = self._named(number, cells)
        values = {layer: self._pattern(number, cells, places) for layer, places in self.sources.items()}
        return None if self.fault_count > before or not values else Row(name, values)

    def _named(self, number: int, cells: list[str]) -> str:
        if self.names_at is None or self.names_at >= len(cells):
            return ""
        cell = cells[self.names_at]
        try:
            return row_name(cell if self.emergent else unguarded(cell.strip()))
        except ValidationError as error:
            self._fault(f"the name {error.rule}", number, self.names_at)
            return ""

    def _pattern(self, number: int, cells: list[str], places: Sequence[int]) -> tuple[float, ...]:
        texts = [cells[place] if place < len(cells) else "" for place in places]
        values = [value_of(text, comma=self.comma) for text in texts]
        for place, text, value in zip(places, texts, values, strict=True) if None in values else ():
            if value is None:
                got = f"(got {shown(text)})" if text.strip() else "(the cell is empty)"
                self._fault(f"must be a number from 0 to 1 {got}", number, place)
        return tuple(value for value in values if value is not None)

    def _fault(self, message: str, row: int | None = None, place: int | None = None) -> None:
        self.fault_count += 1
        if len(self.faults) < FAULTS:
            self.faults.append(Fault(message, row, None if place is None else place + 1))
