"""Edits of what is in the cells of a table of patterns: one value, a pattern, a column, a block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model import checks, limits
from leabra_studio.model.cell_text import pasted
from leabra_studio.model.document import Layer, Model
from leabra_studio.model.edits.patterns import blank, put, row_index
from leabra_studio.model.names import listed
from leabra_studio.model.patterns import Pattern, PatternTable, Row, columns, find_table


def set_value(model: Model, table: str, row: int, layer: str, unit: int, value: float) -> Model:
    """Return `model` with another value of one unit in one row of a table.

    Parameters
    ----------
    model : Model
        The document.
    table : str
        The table. Where it has no patterns for the layer yet, it gets zeros for it in all rows.
    row : int
        The number of the row, from 0.
    layer : str
        An input or target.
    unit : int
        The unit: ``row * columns + column`` of the layer's shape.
    value : float
        A number from 0 to 1.

    Raises
    ------
    ValidationError
        If there is no such table, row, layer or unit, the table has patterns of another width for the layer, or the
        value is not allowed.
    """
    return set_values(model, table, row, layer, {unit: value})


def set_values(model: Model, table: str, row: int, layer: str, values: Mapping[int, float]) -> Model:
    """Return `model` with other values of some units in one row of a table, such as a stroke of a brush.

    Parameters
    ----------
    model : Model
        The document.
    table : str
        The table. Where it has no patterns for the layer yet, it gets zeros for it in all rows.
    row : int
        The number of the row, from 0.
    layer : str
        An input or target.
    values : mapping
        Unit -> a number from 0 to 1.

    Raises
    ------
    ValidationError
        If there is no such table, row, layer or unit, or a value is not allowed.
    """
    found, size = _for_layer(model, table, layer)
    i = row_index(found, row)
    acts = list(found.rows[i].values[layer])
    for unit, value in values.items():
        acts[checks.whole("Table", "unit", unit, 0, size - 1)] = checks.number("Table", "value", value, 0, 1)
    return put(model, _with(found, i, layer, acts))


def set_pattern(model: Model, table: str, row: int, layer: str, values: Iterable[float]) -> Model:
    """Return `model` with another pattern for one layer in one row of a table.

    Parameters
    ----------
    model : Model
        The document.
    table : str
        The table. Where it has no patterns for the layer yet, it gets zeros for it in all other rows.
    row : int
        The number of the row, from 0.
    layer : str
        An input or target.
    values : iterable of float
        A number from 0 to 1 for each unit.

    Raises
    ------
    ValidationError
        If there is no such table, row or layer, or the values are not as many as the layer has units, or not allowed.
    """
    found, size = _for_layer(model, table, layer)
    return put(model, _with(found, row_index(found, row), layer, _whole(layer, values, size)))


def set_column(model: Model, table: str, layer: str, values: Iterable[Iterable[float]]) -> Model:
    """Return `model` with patterns for one layer in the first rows of a table, such as a generator makes them.

    Parameters
    ----------
    model : Model
        The document.
    table : str
        The table. Rows that are missing are added, with zeros for its other layers.
    layer : str
        An input or target.
    values : iterable
        A pattern for each row, from the first one on.

    Raises
    ------
    ValidationError
        If there is no such table or layer, or a pattern is not as long as the layer has units, or not allowed.
    LimitError
        If there would be too many rows or values.
    """
    found, size = _for_layer(model, table, layer)
    given = [_whole(layer, item, size) for item in values]
    found = _long_enough(model, found, len(given))
    rows = (_with_values(row, {layer: acts}) for row, acts in zip(found.rows, given, strict=False))
    return put(model, replace(found, rows=(*rows, *found.rows[len(given) :])))


def paste(model: Model, table: str, row: int, layer: str, unit: int, text: str) -> Model:
    """Return `model` with a block of values in a table, as a spreadsheet puts it on the clipboard.

    The block goes on to the right through the units of the layer and then through those of the next input or target;
    rows that are missing are added.

    Parameters
    ----------
    model : Model
        The document.
    table : str
        The table.
    row, layer, unit : int, str, int
        The cell where the upper left corner of the block goes; the row may be the one after the last.
    text : str
        Lines of values, divided by tabs, commas, semicolons or spaces.

    Raises
    ------
    ValidationError
        If there is no such table or cell, or the text is no block of numbers from 0 to 1 that fits; names the line
        and the place in it. Nothing has changed then.
    LimitError
        If there would be too many rows or values.
    """
    found, size = _for_layer(model, table, layer)
    first = checks.whole("Paste", "row", row, 0, len(found.rows))
    limits.at_most(len(text), limits.TABLE_BYTES, "characters in what is pasted")
    block = pasted(text)
    right = [(x, i) for x in columns(model.layers) for i in range(x.size)]
    start = [(x.name, i) for x, i in right].index((layer, checks.whole("Paste", "unit", unit, 0, size - 1)))
    places = right[start : start + len(block[0])]
    if len(places) < len(block[0]):
        rule = f"must not be wider than what is left of the row, {len(places)} (got {len(block[0])} values in a line)"
        raise ValidationError("Paste", "text", rule)
    for item in dict.fromkeys(item for item, _ in places):
        found = _wide_enough(found, item)
    found = _long_enough(model, found, first + len(block))
    rows = list(found.rows)
    for i, cells in enumerate(block, first):
        rows[i] = _pasted_into(rows[i], [(item.name, unit) for item, unit in places], cells)
    return put(model, replace(found, rows=tuple(rows)))


def _for_layer(model: Model, table: str, layer: str) -> tuple[PatternTable, int]:
    """Return a table with patterns for a layer in every row, and the number of their values."""
    found = find_table(model, table)
    for item in columns(model.layers):
        if item.name == layer:
            return _wide_enough(found, item), item.size
    known = listed(tuple(item.name for item in columns(model.layers)))
    raise ValidationError("Table", "layer", f"must be an input or target (got {shown(layer)}); there is {known}")


def _wide_enough(table: PatternTable, layer: Layer) -> PatternTable:
    """Return a table with patterns for a layer, zeros where it had none."""
    width = table.columns.get(layer.name, 0)
    if not table.rows or width == layer.size:
        return table
    if width:
        values = f"{width} values for {shown(layer.name)}, not {layer.size}"
        raise ValidationError(
            "Table", "columns", f"table {shown(table.name)} has {values}; fit it to the network first"
        )
    zeros = (0.0,) * layer.size
    return replace(table, rows=tuple(_with_values(row, {layer.name: zeros}) for row in table.rows))


def _long_enough(model: Model, table: PatternTable, count: int) -> PatternTable:
    missing = count - len(table.rows)
    limits.at_most(count, limits.EVENTS, "rows of patterns")
    return replace(table, rows=(*table.rows, *[blank(model, table)] * missing)) if missing > 0 else table


def _with(table: PatternTable, i: int, layer: str, acts: Iterable[float]) -> PatternTable:
    return table.with_row(i, _with_values(table.rows[i], {layer: tuple(acts)}))


def _with_values(row: Row, values: Mapping[str, Pattern]) -> Row:
    return replace(row, values={**row.values, **values})


def _whole(layer: str, values: Iterable[float], size: int) -> Pattern:
    acts = checks.pattern("Table", layer, values)
    if len(acts) != size:
        raise ValidationError("Table", layer, f"must have {size} values, one for each unit (got {len(acts)})")
    return acts


def _pasted_into(row: Row, places: Sequence[tuple[str, int]], values: Iterable[float]) -> Row:
    acts = {layer: list(row.values[layer]) for layer, _ in places}
    for (layer, unit), value in zip(places, values, strict=True):
        acts[layer][unit] = value
    return _with_values(row, {layer: tuple(values) for layer, values in acts.items()})
