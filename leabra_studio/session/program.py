"""The program of a run: run > epoch > trial > phase > cycle as one generator, advanced by different amounts.

Step at any level and Run pull the same stretches, so stepping equals running bit for bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from sys import maxsize
from typing import Generic, Protocol, TypeVar

from leabra_studio.model.program import Level


class Stretches(Protocol):
    """Cycles that run without a break, and the highest level that ends with the last of them."""

    @property
    def cycles(self) -> int:
        """How many; 0 for an end that comes by itself."""

    @property
    def ends(self) -> Level:
        """What ends with them."""


S = TypeVar("S", bound=Stretches)


@dataclass(frozen=True)
class Stretch:
    """Cycles that belong to no trial."""

    cycles: int
    ends: Level = Level.CYCLE


def free_run() -> Iterator[Stretch]:
    """Cycles without phases and without an end: what a model does that has no schedule."""
    while True:
        yield Stretch(maxsize)


def _nothing(stretch: Stretches) -> None:
    """Let a stretch end that changes nothing."""


class Program(Generic[S]):
    """How far a run has come in its stretches, and how far it is to go.

    Parameters
    ----------
    stretches
        What to run.
    ended
        Told of every stretch when its last cycle has run, before the next one is asked for.

    Attributes
    ----------
    done
        Number of ends of each level since the start; `done[Level.CYCLE]` counts cycles.
    stretch
        What runs next or is running; None when the program is over.
    left
        How many of its cycles are still to run.
    """

    def __init__(self, stretches: Iterator[S], ended: Callable[[S], object] = _nothing) -> None:
        self.done = dict.fromkeys(Level, 0)
        self.stretch: S | None = None
        self.left = 0
        self._goal: tuple[Level, int] | None = None
        self._ended = ended
        self.follow(stretches)

    def follow(self, stretches: Iterator[S]) -> None:
        """Go on with other stretches; what was run and the steps asked for are counted on."""
        self._stretches = stretches
        self._advance()

    @property
    def over(self) -> bool:
        """Whether there is nothing more to run."""
        return self.stretch is None

    @property
    def stepping(self) -> bool:
        """Whether a number of steps was asked for."""
        return self._goal is not None

    @property
    def level(self) -> Level | None:
        """What the steps asked for are steps of."""
        return self._goal[0] if self._goal else None

    def step(self, count: int, level: Level = Level.CYCLE) -> None:
        """Stop after `count` more ends of `level`; steps asked for but not yet made are added."""
        pending = self._goal[1] if self._goal and self._goal[0] is level else self.done[level]
        self._goal = (level, pending + count)

    def release(self) -> None:
        """Forget the steps asked for: run until stopped."""
        self._goal = None

    def missing(self, level: Level) -> int:
        """Return how many ends of `level` may come before the steps asked for are made."""
        if self._goal is None:
            return maxsize
        asked, target = self._goal
        left = target - self.done[asked]
        return maxsize if asked > level and left > 0 else left

    def chunk(self, limit: int) -> int:
        """Return how many of `limit` cycles may run now; 0 when the steps are made or the program has ended."""
        return min(limit, self.left, max(0, self.missing(Level.CYCLE)))

    def ran(self, cycles: int) -> None:
        """Count `cycles`, at most one `chunk`, as run."""
        self.done[Level.CYCLE] += cycles
        self.left -= cycles
        if self.stretch is not None and not self.left:
            self._end(self.stretch)
            self._advance()

    def leap(self) -> None:
        """Count the trial that is about to begin as run, without word of its stretches."""
        while self.stretch is not None:
            ends = self.stretch.ends
            self.done[Level.CYCLE] += self.left
            self._count(self.stretch)
            self._advance()
            if ends >= Level.TRIAL:
                return

    def _end(self, stretch: S) -> None:
        self._ended(stretch)
        self._count(stretch)

    def _count(self, stretch: S) -> None:
        """Count what ends with a stretch; one without cycles comes after the end of a trial."""
        below = Level.CYCLE if stretch.cycles else Level.TRIAL
        for level in Level:
            if below < level <= stretch.ends:
                self.done[level] += 1

    def _advance(self) -> None:
        """Go on to the next stretch that has cycles; those without any end as soon as their turn comes."""
        while (stretch := next(self._stretches, None)) is not None and not stretch.cycles:
            self._end(stretch)
        self.stretch = stretch
        self.left = 0 if stretch is None else stretch.cycles
