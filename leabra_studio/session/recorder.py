"""The recorder: the last cycles of every unit variable, so that the page can draw and scrub back."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

CYCLES = 500
BYTES = 32 * 2**20


class Mark(NamedTuple):
    """From `cycle` on, the model of `revision` was in force; `label` says what had changed."""

    cycle: int
    revision: int
    label: str


class Recorder:
    """A ring of unit states, the oldest cycle overwritten first.

    The state of cycle `c` is `data[c % capacity]`, so a net can write many cycles in place without a copy.

    Parameters
    ----------
    n_vars, n_units
        Shape of the state of one cycle.
    start
        Number of the first cycle to come.
    cycles, limit
        How many cycles to hold at most, and in how many bytes.
    """

    def __init__(self, n_vars: int, n_units: int, *, start: int = 0, cycles: int = CYCLES, limit: int = BYTES) -> None:
        row = max(1, n_vars * n_units * np.dtype(np.float64).itemsize)
        self.capacity = max(1, min(cycles, limit // row))
        self.data: NDArray[np.float64] = np.empty((self.capacity, n_vars, n_units))
        self.first = start  # the oldest cycle held
        self.stop = start  # one past the latest
        self._marks: list[Mark] = []

    def room(self, wanted: int) -> NDArray[np.float64]:
        """Return the rows for the next cycles, [1..wanted, n_vars, n_units]; what they held is forgotten."""
        at = self.stop % self.capacity
        rows = self.data[at : at + wanted]
        self.first = max(self.first, self.stop + len(rows) - self.capacity)
        return rows

    def commit(self, count: int, revision: int, label: str = "") -> None:
        """Take over `count` cycles written into `room`, run with the model of `revision`."""
        if not self._marks or self._marks[-1].revision != revision:
            self._marks.append(Mark(self.stop, revision, label))
        self.stop += count
        while len(self._marks) > 1 and self._marks[1].cycle <= self.first:
            del self._marks[0]

    def forget(self, start: int) -> None:
        """Begin again with cycle `start`: those before it were not recorded, and a plot shows no holes."""
        self.first = self.stop = start
        self._marks.clear()

    def since(self, cursor: int) -> int:
        """Return the first cycle to send to someone who holds all before `cursor` (-1: nothing)."""
        return cursor if self.first <= cursor <= self.stop else self.first

    def series(self, variable: int, unit: int, start: int) -> NDArray[np.float64]:
        """Return one variable of one unit from cycle `start` to the latest, [count]."""
        return self._in_order(self.data[:, variable, unit], start)

    def grid(self, variable: int, start: int) -> NDArray[np.float64]:
        """Return one variable of all units from cycle `start` to the latest, [count, n_units]."""
        return self._in_order(self.data[:, variable], start)

    def latest(self) -> NDArray[np.float64]:
        """Return the state after the latest cycle, [n_vars, n_units]."""
        values: NDArray[np.float64] = self.data[(self.stop - 1) % self.capacity]
        return values

    def marks(self, start: int) -> list[Mark]:
        """Return the revisions in force from cycle `start` to the latest, oldest first."""
        ends = [mark.cycle for mark in self._marks[1:]] + [self.stop]
        inside = [mark for mark, end in zip(self._marks, ends, strict=False) if end > start]
        return [Mark(start, m.revision, "") if m.cycle < start else m for m in inside]

    def _in_order(self, ring: NDArray[np.float64], start: int) -> NDArray[np.float64]:
        """Return the cycles from `start` on of a part of the ring, [count, ...]; a view where they lie side by side."""
        at, count = start % self.capacity, self.stop - start
        rows = ring[at : at + count]
        return rows if len(rows) == count else np.concatenate([rows, ring[: count - len(rows)]])
