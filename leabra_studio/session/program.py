"""The program of a run: run > epoch > trial > phase > cycle as one generator, advanced by different amounts.

Step at any level and Run pull the same stretches, so stepping equals running bit for bit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from sys import maxsize


class Level(IntEnum):
    """What a step may be a step of; the end of one level is the end of all below it."""

    CYCLE = 0
    PHASE = 1
    TRIAL = 2
    EPOCH = 3
    RUN = 4


@dataclass(frozen=True)
class Stretch:
    """Cycles that run without a break, and the highest level that ends with the last of them."""

    cycles: int
    ends: Level = Level.CYCLE


def free_run() -> Iterator[Stretch]:
    """Cycles without phases and without an end: what a model does that has no schedule."""
    while True:
        yield Stretch(maxsize)


class Program:
    """How far a run has come in its stretches, and how far it is to go.

    Attributes
    ----------
    done
        Number of ends of each level since the start; `done[Level.CYCLE]` counts cycles.
    """

    def __init__(self, stretches: Iterator[Stretch]) -> None:
        self.done = dict.fromkeys(Level, 0)
        self._stretches = stretches
        self._goal: tuple[Level, int] | None = None
        self._left = 0  # cycles of the present stretch still to run
        self._ends: Level | None = None  # what ends with it; None: the program is over
        self._advance()

    @property
    def stepping(self) -> bool:
        """Whether a number of steps was asked for."""
        return self._goal is not None

    def step(self, count: int, level: Level = Level.CYCLE) -> None:
        """Stop after `count` more ends of `level`; steps asked for but not yet made are added."""
        pending = self._goal[1] if self._goal and self._goal[0] is level else self.done[level]
        self._goal = (level, pending + count)

    def release(self) -> None:
        """Forget the steps asked for: run until stopped."""
        self._goal = None

    def chunk(self, limit: int) -> int:
        """Return how many of `limit` cycles may run now; 0 when the steps are made or the program has ended."""
        allowed = min(limit, self._left)
        if self._goal is None:
            return allowed
        level, target = self._goal
        missing = target - self.done[level]
        if level is Level.CYCLE:
            return min(allowed, missing)
        return allowed if missing > 0 else 0

    def ran(self, cycles: int) -> None:
        """Count `cycles`, at most one `chunk`, as run."""
        self.done[Level.CYCLE] += cycles
        self._left -= cycles
        if self._ends is not None and not self._left:
            for level in Level:
                if Level.CYCLE < level <= self._ends:
                    self.done[level] += 1
            self._advance()

    def _advance(self) -> None:
        stretch = next(self._stretches, None)
        self._left, self._ends = (0, None) if stretch is None else (stretch.cycles, stretch.ends)
