"""Tables of patterns inside the document: names of the layers once, then a line for each row."""

from __future__ import annotations

import json
from typing import Any

from leabra_studio.errors import FormatError, LimitError, ValidationError
from leabra_studio.model import limits
from leabra_studio.model.checks import pattern
from leabra_studio.model.patterns import PatternTable, Row
from leabra_studio.model.reading import At

FIELDS = ("name", "layers", "rows")
BINARY = frozenset((0.0, 1.0))


def plain(table: PatternTable) -> dict[str, Any]:
    """Return a table as dicts, lists, texts and numbers: each row its name, then a pattern for each layer."""
    rows = [[row.name, *(_short(row.values[layer]) for layer in table.columns)] for row in table.rows]
    return {"name": table.name, "layers": list(table.columns), "rows": rows}


def text(table: dict[str, Any]) -> str:
    """Return a plain table as JSON, a line for each row."""
    head = ", ".join(f"{_line(key)}: {_line(table[key])}" for key in FIELDS[:2])
    rows = ",\n   ".join(map(_dense, table["rows"]))
    return f'{{{head}, "rows": [\n   {rows}\n  ]}}' if rows else f'{{{head}, "rows": []}}'


def read(at: At) -> PatternTable:
    """Return the table that a part of a document describes.

    Raises
    ------
    FormatError
        If it describes none; names the place.
    """
    items = at.fields(FIELDS, ("name",))
    layers = _layers(items["layers"]) if "layers" in items else ()
    rows = items["rows"].items(limits.EVENTS) if "rows" in items else ()
    try:
        return PatternTable(items["name"].value, tuple(_row(row, layers) for row in rows))
    except ValidationError as error:
        field = "layers" if "columns" in (error.field, error.owner) else error.field
        raise FormatError(error.rule, f"{at.path}.{field}") from None
    except LimitError as error:
        raise FormatError(str(error), at.path) from None


def _layers(at: At) -> tuple[str, ...]:
    names = [item.value for item in at.items(limits.LAYERS)]
    if not all(isinstance(name, str) for name in names) or len(set(names)) < len(names):
        at.fail("must be names of layers, each once")
    return tuple(names)


def _row(at: At, layers: tuple[str, ...]) -> Row:
    cells = [item.value for item in at.items(len(layers) + 1)]
    if len(cells) != len(layers) + 1:
        at.fail(f"must hold a name and {len(layers)} patterns (got {len(cells)} items)")
    try:
        return Row(cells[0], dict(zip(layers, cells[1:], strict=True)))
    except ValidationError as error:
        raise FormatError(error.rule, at.path + _place(cells)) from None


def _place(cells: list[Any]) -> str:
    """Return where in a row that is refused its first fault is."""
    for i, acts in enumerate(cells[1:], 1):
        try:
            pattern("Row", f"[{i}]", acts)
        except ValidationError as error:
            return error.field
    return "[0]"


def _short(values: tuple[float, ...]) -> list[float]:
    if BINARY.issuperset(values):
        return list(map(int, values))
    return [int(value) if value in BINARY else value for value in values]


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _dense(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
