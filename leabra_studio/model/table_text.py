"""Files of patterns as text: their rows, and writing them."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from leabra_studio.engine.params import shown
from leabra_studio.errors import FormatError
from leabra_studio.model import limits
from leabra_studio.model.cell_text import DIVIDERS, LINE_END, guarded
from leabra_studio.model.document import Layer
from leabra_studio.model.headers import DATA, HEAD, emergent_header, plain_header
from leabra_studio.model.patterns import PatternTable, columns

Form = Literal["csv", "tsv", "emergent"]
Numbered = tuple[int, list[str]]
"""The number of a row in its file, from 1 on, and its cells."""
COLUMNS = 20_000
FIRST_CHARACTERS = 2**20
"""Where the first row is looked for to see what divides the cells."""
QUOTED = re.compile(r'"(?:[^"]|"")*"')


def decoded(data: str | bytes) -> str:
    """Return a file as text.

    Raises
    ------
    FormatError
        If it is none, or too large.
    """
    if not isinstance(data, str | bytes):
        raise FormatError(f"A table must be text or bytes (got {shown(data)})")
    if len(data) > limits.TABLE_BYTES:
        raise FormatError(f"The file is too large: {len(data):,} bytes, at most {limits.TABLE_BYTES:,} are read")
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise FormatError("The file is not text in UTF-8; save it as CSV UTF-8") from None


def records_of(text: str) -> tuple[str, Iterator[Numbered]]:
    """Return what divides the cells of a file, and its rows that are not empty, with their numbers from 1 on.

    Raises
    ------
    FormatError
        While the rows are gone through, where they are no table.
    """
    line = LINE_END.split(text[:FIRST_CHARACTERS].lstrip("\r\n"), maxsplit=1)[0]
    divider = next((mark for mark in DIVIDERS if mark in QUOTED.sub("", line)), ",")
    return divider, _rows(csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True))


def _rows(reader: Iterator[list[str]]) -> Iterator[Numbered]:
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if len(cells) > COLUMNS:
                raise FormatError(f"Row {number:,} has too many cells; at most {COLUMNS:,} are read")
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        raise FormatError(f"The file is no table: {error} after row {number:,}") from None


def written(table: PatternTable, layers: Sequence[Layer], form: Form = "csv") -> str:
    """Return a table as a file.

    Parameters
    ----------
    table : PatternTable
        The table; of an empty one the header is written, for the inputs and targets.
    layers : sequence of Layer
        The layers of the network, for their shapes.
    form : str
        ``csv`` or ``tsv`` (plain columns), or ``emergent`` (``_H:`` and ``_D:`` lines).

    Notes
    -----
    In plain columns a name that a spreadsheet would take for a formula has a quote before it, which
    `leabra_studio.model.tables.read` takes away.
    """
    emergent = form == "emergent"
    shapes, columns_of = _shapes(table, layers), emergent_header if emergent else plain_header
    header = [cell for name, shape in shapes.items() for cell in columns_of(name, shape)]
    file, divider = io.StringIO(), "," if form == "csv" else "\t"
    quoting: Literal[0, 2] = csv.QUOTE_MINIMAL if emergent else csv.QUOTE_NONNUMERIC
    writer = csv.writer(file, delimiter=divider, quoting=quoting, lineterminator="\n")
    writer.writerow([HEAD, "$Name", *header] if emergent else ["name", *header])
    for row in table.rows:
        values = [int(value) if value in (0, 1) else value for name in shapes for value in row.values[name]]
        writer.writerow([DATA, row.name, *values] if emergent else [guarded(row.name), *values])
    return file.getvalue()


def _shapes(table: PatternTable, layers: Sequence[Layer]) -> dict[str, tuple[int, int]]:
    """Return the shape in which each layer is written: a single row where the patterns do not fit the layer."""
    known = {layer.name: layer for layer in layers}
    widths = table.columns if table.rows else {layer.name: layer.size for layer in columns(layers)}
    fits = {name: name in known and known[name].size == width for name, width in widths.items()}
    return {name: known[name].shape if fits[name] else (1, width) for name, width in widths.items()}
