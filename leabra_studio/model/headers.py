"""Headers of pattern files: which columns belong together, and which unit each of them is.

Two forms are known: plain columns, ``input_0, input_1`` or ``input[0,0], input[0,1]``, and those of Emergent,
``%Input[2:0,0]<2:5,5>`` (type of the cells, name, number of dimensions and index, and on the first column the shape).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from leabra_studio.model.cell_text import guarded, unguarded
from leabra_studio.model.document import Layer

Index = tuple[int, ...]

PLAIN = re.compile(r"(.*)_([0-9]{1,6})|(.*)\[([0-9]{1,6})(?:\s*,\s*([0-9]{1,6}))?\]", re.DOTALL)
NUMBERS = r"([0-9]{1,6}(?:,[0-9]{1,6}){0,5})"
TENSOR = re.compile(rf"[%#|@^](.*)\[[0-9]:{NUMBERS}\](?:<[0-9]:{NUMBERS}>)?", re.DOTALL)
TYPES = "$%#|@&^"
"""First characters of Emergent's columns; ``$`` and ``&`` are for text."""
HEAD, DATA = "_H:", "_D:"
NAMES = ("name", "event")


@dataclass(frozen=True)
class Group:
    """Columns of a file that belong together.

    Parameters
    ----------
    name : str
        What their headers have in common: the name of a layer, if all is well.
    shape : tuple of int
        Rows and columns.
    places : tuple of int
        For each unit the number of its column in the file, from 0; in the order of the file where there is a problem.
    problem : str
        Why they make no layer; empty when they do.
    """

    name: str
    shape: tuple[int, int] = (0, 0)
    places: tuple[int, ...] = ()
    problem: str = ""


def is_emergent(cells: Sequence[str]) -> bool:
    """Return whether a header has the form of Emergent's: a mark, or a type before every name."""
    named = [cell for cell in cells if cell]
    return named[:1] == [HEAD] or (bool(named) and all(cell[0] in TYPES for cell in named))


def name_column(cells: Sequence[str]) -> int | None:
    """Return the number of the column that holds the names of the rows, None when there is none."""
    if is_emergent(cells):
        texts = [i for i, cell in enumerate(cells) if cell[:1] in ("$", "&") and cell]
        return next((i for i in texts if cells[i][1:].casefold() in NAMES), texts[0] if texts else None)
    return next((i for i, cell in enumerate(cells) if cell.strip().casefold() in NAMES), None)


def groups(cells: Sequence[str], layers: Iterable[Layer]) -> tuple[Group, ...]:
    """Return the columns of a header that belong together, in the order of the file.

    Parameters
    ----------
    cells : sequence of str
        The header.
    layers : iterable of Layer
        The layers of the network: the bare name of one that has a single unit is a column as well.
    """
    sizes = {layer.name: layer.size for layer in layers}
    emergent = is_emergent(cells)
    found: dict[str, list[tuple[int, Index]]] = {}
    shapes: dict[str, Index] = {}
    for place, cell in enumerate(cells):
        parsed = _tensor(cell) if emergent else _plain(cell, sizes)
        if parsed is not None:
            name, index, shape = parsed
            found.setdefault(name, []).append((place, index))
            shapes.setdefault(name, shape)
    return tuple(_group(name, columns, shapes[name], emergent) for name, columns in found.items())


def plain_header(name: str, shape: tuple[int, int]) -> list[str]:
    """Return the headers of a layer's columns: ``name_0`` for a single row, else ``name[0,0]``."""
    rows, cols = shape
    tails = [f"_{i}" for i in range(cols)] if rows == 1 else [f"[{r},{c}]" for r in range(rows) for c in range(cols)]
    return [guarded(name + tail) for tail in tails]


def emergent_header(name: str, shape: tuple[int, int]) -> list[str]:
    """Return the headers of a layer's columns as Emergent writes them."""
    rows, cols = shape
    first, *others = (f"%{name}[2:{r},{c}]" for r in range(rows) for c in range(cols))
    return [f"{first}<2:{rows},{cols}>", *others]


def _plain(cell: str, sizes: Mapping[str, int]) -> tuple[str, Index, Index] | None:
    """Return name, index and shape (unknown) of a plain column, None where it is none of a layer."""
    text = unguarded(cell.strip())
    match = PLAIN.fullmatch(text)
    if match and (match[1] or match[3] or "") not in sizes and sizes.get(text) == 1:
        match = None  # a layer of one unit whose name ends like a number of one
    if match:
        numbers = [part for part in (match[2], match[4], match[5]) if part is not None]
        return match[1] or match[3] or "", tuple(map(int, numbers)), ()
    return (text, (0,), ()) if sizes.get(text) == 1 else None


def _tensor(cell: str) -> tuple[str, Index, Index] | None:
    """Return name, index and shape (where it is given) of one of Emergent's columns, None for text and marks."""
    if match := TENSOR.fullmatch(cell):
        index, shape = (tuple(map(int, text.split(","))) if text else () for text in match.group(2, 3))
        return match[1], index, shape
    return (cell[1:], (0,), (1,)) if cell[:1] and cell[:1] in "%#|@^" else None


def _group(name: str, columns: Sequence[tuple[int, Index]], shape: Index, emergent: bool) -> Group:
    """Return columns as a group, with a problem where their indices are not all those of a grid."""
    indices = [index for _, index in columns]
    places = tuple(place for place, _ in columns)
    if len({len(index) for index in indices}) > 1:
        return Group(name, places=places, problem="some of its columns have one number, some have two")
    dims = range(len(indices[0]))
    if not emergent and all(min(index[d] for index in indices) == 1 for d in dims):
        indices = [tuple(i - 1 for i in index) for index in indices]
    if emergent and _first_runs_fastest(indices):
        indices, shape = [index[::-1] for index in indices], shape[::-1]
    shape = shape or tuple(max(index[d] for index in indices) + 1 for d in dims)
    if len(shape) not in (1, 2, 4):
        return Group(name, places=places, problem=f"it has {len(shape)} dimensions; 1, 2 and 4 can be read")
    if problem := _incomplete(indices, shape):
        return Group(name, _grid(shape), places, problem)
    ordered = sorted((_unit(index, shape), place) for index, place in zip(indices, places, strict=True))
    return Group(name, _grid(shape), tuple(place for _, place in ordered))


def _first_runs_fastest(indices: Sequence[Index]) -> bool:
    """Return whether indices are in the order of old files, whose dimensions are x and y instead of row and column."""
    turned = [index[::-1] for index in indices]
    return turned == sorted(turned) and list(indices) != sorted(indices)


def _incomplete(indices: Sequence[Index], shape: Index) -> str:
    count, text = prod(shape), " x ".join(map(str, shape))
    if len(set(indices)) < len(indices):
        return "one of its columns is there twice"
    if count != len(indices) or set(indices) != set(product(*map(range, shape))):
        return f"it has {len(indices):,} columns, for {text} units there must be {count:,} with indices from 0 on"
    return ""


def _grid(shape: Index) -> tuple[int, int]:
    """Return rows and columns: of one dimension a single row, of four (groups of units) all groups side by side."""
    if len(shape) == 4:
        return shape[0] * shape[2], shape[1] * shape[3]
    return (1, shape[0]) if len(shape) == 1 else (shape[0], shape[1])


def _unit(index: Index, shape: Index) -> int:
    if len(shape) == 4:
        row, col = index[0] * shape[2] + index[2], index[1] * shape[3] + index[3]
        return row * shape[1] * shape[3] + col
    return index[0] if len(shape) == 1 else index[0] * shape[1] + index[1]
