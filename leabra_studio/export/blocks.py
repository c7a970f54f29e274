"""Tables of patterns in a script: arrays, written as text that reads like the patterns themselves."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from leabra_studio.export.source import INDENT, Atom, Items, comment, identifier, in_block, quoted, statement
from leabra_studio.model.document import Layer, Model
from leabra_studio.model.patterns import Pattern, PatternTable, Row, shown_to

NAME_LENGTH = 24
BITS = {"0.0": "0", "1.0": "1"}
READERS: Mapping[str, tuple[str, ...]] = {
    "digits": (
        "def digits(text):",
        '    """Return patterns [rows, units] from lines of digits; what follows a # is a name."""',
        '    lines = (line.partition("#")[0] for line in text.strip().splitlines())',
        '    return np.array([list(line.replace(" ", "")) for line in lines], float)',
    ),
    "numbers": (
        "def numbers(text):",
        '    """Return patterns [rows, units] from lines of numbers; what follows a # is a name."""',
        "    return np.loadtxt(text.splitlines(), ndmin=2)",
    ),
}
"""The functions that make an array of a table's text: a table of zeros and ones needs one digit a unit."""


@dataclass(frozen=True)
class Column:
    """The units of one layer in the rows of a table.

    Parameters
    ----------
    layer : Layer
        The layer.
    constant : str
        The script's name for the slice of them.
    start, stop : int
        The first of them, and the one behind the last.
    """

    layer: Layer
    constant: str
    start: int
    stop: int


@dataclass(frozen=True)
class Columns:
    """What a table has patterns for, the inputs before the targets.

    Parameters
    ----------
    inputs, targets : tuple of Column
        The layers.
    prefix : str
        Begins the names of its constants.
    grouped : bool
        Whether its targets have constants together: where a table has several of them.
    """

    inputs: tuple[Column, ...]
    targets: tuple[Column, ...]
    prefix: str
    grouped: bool

    @property
    def all(self) -> tuple[Column, ...]:
        """All of them, from left to right."""
        return (*self.inputs, *self.targets)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the layers."""
        return tuple(column.layer.name for column in self.all)

    @property
    def wanted(self) -> str:
        """The script's name for the slice of all target units."""
        return f"{self.prefix}TARGETS" if self.grouped else self.targets[0].constant

    @property
    def layers(self) -> str:
        """The script's name for the list of target layers."""
        return f"{self.prefix}TARGET_LAYERS"

    @property
    def parts(self) -> str:
        """The script's name for where each target layer is among them."""
        return f"{self.prefix}TARGET_PARTS"

    def lines(self) -> Iterator[str]:
        """Yield the lines of the constants."""
        for column in self.all:
            yield f"{column.constant} = slice({column.start}, {column.stop})"
        if self.grouped and self.targets:
            first, last = self.targets[0].start, self.targets[-1].stop
            yield f"{self.wanted} = slice({first}, {last})"
            names = tuple(Atom(quoted(column.layer.name)) for column in self.targets)
            yield from statement(self.layers, Items("[]", names))
            parts = tuple(Atom(f"slice({x.start - first}, {x.stop - first})") for x in self.targets)
            yield from statement(self.parts, Items("[]", parts))


def columns_of(model: Model, table: PatternTable, taken: Container[str], prefix: str = "") -> Columns:
    """Return where the layers of a table are in the rows of its array.

    Parameters
    ----------
    model : Model
        The model.
    table : PatternTable
        One of its tables.
    taken : container of str
        Names that constants cannot have.
    prefix : str
        Begins the names of the constants.
    """
    found: dict[str, list[Column]] = {"input": [], "target": []}
    start, used = 0, set()
    for layer in shown_to(model, table):
        word = identifier(layer.name[:NAME_LENGTH], "layer", (), ())
        names = (f"{prefix}{w}".upper() for w in _numbered(word))
        constant = next(name for name in names if name not in taken and name not in used)
        used.add(constant)
        found[layer.role].append(Column(layer, constant, start, start + layer.size))
        start += layer.size
    inputs, targets = (tuple(found[role]) for role in ("input", "target"))
    return Columns(inputs, targets, prefix, grouped=len(targets) > 1)


def _numbered(word: str) -> Iterator[str]:
    yield word
    yield from (f"{word}_{i}" for i in range(2, 10_000))


def reader(table: PatternTable, columns: Columns) -> str:
    """Return the name of the function among `READERS` that a table needs."""
    cells = (row.values[name] for row in table.rows for name in columns.names)
    return "digits" if all(repr(value) in BITS for acts in cells for value in acts) else "numbers"


def block(variable: str, table: PatternTable, columns: Columns) -> Iterator[str]:
    """Yield the lines of a table: a row a line, its name behind it as a comment."""
    function = reader(table, columns)
    write = _digits if function == "digits" else _numbers
    yield f'{variable} = {function}("""'
    for row, text in zip(table.rows, write(table.rows, columns), strict=True):
        yield INDENT + text + (f"  # {in_block(row.name)}" if row.name else "")
    yield '""")'


def legend(columns: Columns, *, of_digits: bool) -> str:
    """Return the comment that says what the columns of tables are."""
    names = ", ".join(columns.names)
    return comment(f"patterns: {'a digit' if of_digits else 'a number'} for each unit of {names}")


def _digits(rows: Iterable[Row], columns: Columns) -> Iterator[str]:
    """Yield rows of digits; layers of several rows are parted as the page draws them, their first row first."""
    for row in rows:
        yield "  ".join(
            " ".join(_parted(row.values[column.layer.name], column.layer.shape[1])) for column in columns.all
        )


def _parted(acts: Pattern, width: int) -> Iterator[str]:
    digits = "".join(BITS[repr(act)] for act in acts)
    yield from (digits[i : i + width] for i in range(0, len(digits), width))


def _numbers(rows: Iterable[Row], columns: Columns) -> Iterator[str]:
    """Yield rows of numbers, those of one unit in one column."""
    texts = [[[_number(act) for act in row.values[name]] for name in columns.names] for row in rows]
    widths = [[max(map(len, cells)) for cells in zip(*layer, strict=True)] for layer in zip(*texts, strict=True)]
    for row in texts:
        layers = zip(row, widths, strict=True)
        yield "  ".join(" ".join(x.ljust(w) for x, w in zip(*layer, strict=True)) for layer in layers).rstrip()


def _number(act: float) -> str:
    return BITS.get(repr(act), repr(act))
