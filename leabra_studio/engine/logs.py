"""Logs: rows taken from the state at four frequencies, and the tables made from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from leabra_studio.engine.connect import Connections
from leabra_studio.engine.kernels.recording import WEIGHTS, WHOLE, record_row
from leabra_studio.engine.layout import Floats, Longs
from leabra_studio.engine.state import State
from leabra_studio.engine.variables import LAYER_WHOLE, PROJN_PARTS, UNIT_NAMES
from leabra_studio.errors import LimitError

if TYPE_CHECKING:
    import pandas as pd

FIRST_CHUNK = 64
"""Rows that a log has room for at first."""

CHUNK = 1 << 20
"""Numbers by which a large log grows, 8 MB."""


class Logs(NamedTuple):
    """The log of one object at one frequency, as two tables.

    Attributes
    ----------
    whole : pandas.DataFrame
        One row a moment: the attributes of the whole object, ``time``.
    parts : pandas.DataFrame
        One row a moment and part: ``unit`` (of a layer) or ``pre_unit`` and ``post_unit`` (of a projection), their
        attributes, ``time``.
    """

    whole: pd.DataFrame
    parts: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Source:
    """What can be logged of one layer or projection.

    Parameters
    ----------
    name : str
        Its name.
    at : int
        Its index among the layers (of a layer).
    start, stop : int
        The columns of its units, or of its weights.
    conns : Connections, optional
        The connections of a projection; None for a layer.
    """

    name: str
    at: int
    start: int
    stop: int
    conns: Connections | None = None

    def segment(self, attr: str) -> tuple[int, int, int]:
        """Return where an attribute is found: kind, place and length, see `record_row`."""
        if attr in LAYER_WHOLE:
            return WHOLE + LAYER_WHOLE.index(attr), self.at, 1
        if attr in PROJN_PARTS:
            return WEIGHTS + PROJN_PARTS.index(attr), self.start, self.stop - self.start
        return UNIT_NAMES.index(attr.removeprefix("unit_")), self.start, self.stop - self.start


@dataclass(frozen=True, eq=False)
class Column:
    """One attribute of one object in a log, and where it is in each row."""

    source: Source
    attr: str
    born: int
    start: int
    stop: int


class Room(NamedTuple):
    """Where the next rows go.

    Attributes
    ----------
    segments : ndarray of int64
        What each row takes, see `record_row`.
    rows : ndarray of float64
        A part of a block.
    first : int
        The next row in it.
    """

    segments: Longs
    rows: Floats
    first: int


@dataclass(eq=False)
class Block:
    """Rows of one width: a log has one for every time its columns changed.

    Parameters
    ----------
    columns : tuple of Column
        What each row holds.
    segments : ndarray of int64
        The same for kernels, see `record_row`.
    width : int
        Length of a row.
    chunks : list of ndarray
        The rows, in arrays that are never copied to grow; only the last has rows that are still empty.
    used : int
        Rows that are filled.
    last : int
        Those of them that are in the last chunk.
    spans : list of (int, int)
        Moments of the rows: the first and the number of consecutive ones.
    """

    columns: tuple[Column, ...]
    segments: Longs
    width: int
    chunks: list[Floats] = field(default_factory=list)
    used: int = 0
    last: int = 0
    spans: list[tuple[int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, wanted: Sequence[tuple[Source, str, int]]) -> Block:
        """Return an empty block for (object, attribute, birth) columns."""
        columns, start = [], 0
        segments = [source.segment(attr) for source, attr, _ in wanted]
        for (source, attr, born), (_, _, n) in zip(wanted, segments, strict=True):
            columns.append(Column(source, attr, born, start, start + n))
            start += n
        return cls(tuple(columns), np.array(segments, np.int64).reshape(-1, 3), start)

    def reserve(self, n: int) -> Room:
        """Return a place for `n` more rows.

        Raises
        ------
        LimitError
            If they do not fit into memory.
        """
        if not self.chunks or self.last + n > len(self.chunks[-1]):
            rows = max(n, min(self.used, CHUNK // max(1, self.width)), FIRST_CHUNK)
            try:
                chunk = np.empty((rows, self.width))
            except (MemoryError, ValueError):
                raise LimitError("the log does not fit into memory; pause logging or log less") from None
            if self.chunks:
                self.chunks[-1] = self.chunks[-1][: self.last]
            self.chunks.append(chunk)
            self.last = 0
        return Room(self.segments, self.chunks[-1], self.last)

    def add(self, n: int, first_time: int) -> None:
        """Note that `n` rows were filled, for moments from `first_time` on."""
        self.used += n
        self.last += n
        if self.spans and sum(self.spans[-1]) == first_time:
            first_time, before = self.spans.pop()
            n += before
        self.spans.append((first_time, n))

    def values(self, start: int, stop: int) -> Floats:
        """Return the filled rows from column `start` to `stop`, a copy [used, stop - start]."""
        parts = [chunk[:, start:stop] for chunk in self.chunks[:-1]]
        parts += [chunk[: self.last, start:stop] for chunk in self.chunks[-1:]]
        return np.concatenate([np.zeros((0, stop - start)), *parts])

    def times(self) -> Longs:
        """Return the moment of each row."""
        return np.concatenate([np.zeros(0, np.int64), *(np.arange(first, first + n) for first, n in self.spans)])


@dataclass(eq=False)
class Log:
    """All that is logged at one frequency.

    Parameters
    ----------
    count : int
        Events of that frequency so far; they are counted while paused, too.
    paused : bool
        Whether rows are left out.
    wanted : list of (Source, str, int)
        What each row holds: object, attribute, and the count at which the object was made.
    blocks : list of Block
        The rows.
    current : Block, optional
        The block that is being filled; None when the next row needs another one.
    """

    count: int = 0
    paused: bool = False
    wanted: list[tuple[Source, str, int]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    current: Block | None = None

    def add(self, source: Source, attrs: Iterable[str]) -> None:
        """Log attributes of one more object from now on."""
        more = [(source, attr, self.count) for attr in attrs]
        if more:
            self.wanted += more
            self.current = None

    def replace(self, source: Source) -> None:
        """Log a projection from new places, with new connections."""
        self.wanted = [(source if old.name == source.name else old, a, born) for old, a, born in self.wanted]
        self.current = None

    def clear(self) -> None:
        """Forget all rows and count from 0 again."""
        self.count = 0
        self.wanted = [(source, attr, 0) for source, attr, _ in self.wanted]
        self.blocks.clear()
        self.current = None

    def begin(self, n: int) -> Room | None:
        """Return a place for the next `n` rows; None when none are taken."""
        if self.paused or not self.wanted:
            return None
        if self.current is None:
            self.current = Block.of(self.wanted)
            self.blocks.append(self.current)
        return self.current.reserve(n)

    def end(self, n: int) -> None:
        """Note that `n` events have passed."""
        if self.wanted and not self.paused and self.current is not None:
            self.current.add(n, self.count)
        self.count += n

    def take(self, state: State) -> None:
        """Take a row from the state as it is now."""
        room = self.begin(1)
        if room is not None:
            record_row(room.rows[room.first], room.segments, state.units, state.layers, state.weights)
        self.end(1)
