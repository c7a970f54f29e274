"""The program of a training plan: run > epoch > trial > phase > cycle, one stretch of cycles after the other.

A program is a pure function of the plan, the tables, the seed and the answers it gets about perfect epochs. It can be
begun at any epoch, for the order of an epoch follows from the seed of its run and its number alone.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

import numpy as np

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model import checks
from leabra_studio.model.patterns import PatternTable
from leabra_studio.model.plan import TrainingPlan

Perfect = Callable[[int, int], bool]
"""Says of a run and an epoch, both counted from 0, whether all its trials were answered rightly: those of training, or
those of its test, as the plan's `stop_by` has it."""

NO_ROW = -1
"""The row of a stretch that shows none."""


class Level(IntEnum):
    """What a stretch may end; the end of one level is the end of all below it."""

    CYCLE = 0
    PHASE = 1
    TRIAL = 2
    EPOCH = 3
    RUN = 4


@dataclass(frozen=True)
class Stretch:
    """Cycles that run without a break.

    Parameters
    ----------
    cycles : int
        How many; 0 for the end of an epoch or run, which comes after its last trial.
    ends : Level
        The highest level that ends with the last of them.
    mode : str
        ``train`` or ``test``: which of the plan's tables the row is from, and whether anything is learnt.
    phase : str
        ``minus``: inputs alone; ``plus``: inputs and targets. A trial of a test has a minus phase only.
    run, epoch, trial : int
        Where it stands, each counted from 0 within the next. A test belongs to the epoch before it and counts its own
        trials.
    row : int
        The row of the table; `NO_ROW` at the end of an epoch.
    """

    cycles: int
    ends: Level
    mode: Literal["train", "test"]
    phase: Literal["minus", "plus"]
    run: int
    epoch: int
    trial: int
    row: int


def never(run: int, epoch: int) -> bool:
    """Say that no epoch was perfect, so that a run has all its epochs."""
    return False


def program(
    plan: TrainingPlan,
    tables: Iterable[PatternTable],
    seed: int,
    perfect: Perfect = never,
    start: tuple[int, int] = (0, 0),
) -> Iterator[Stretch]:
    """Return the stretches of a training.

    An epoch ends after its last trial of training, or, where it is tested, after the last trial of the test, with a
    stretch of no cycles; so one step of an epoch trains and tests.

    Parameters
    ----------
    plan : TrainingPlan
        What to do.
    tables : iterable of PatternTable
        The model's tables, among them those that the plan names.
    seed : int
        The model's seed.
    perfect : callable
        Asked about an epoch when the trials that count, of training or of its test, have run; and about the epochs
        before it, as far as they count. Not asked where the plan does not stop early.
    start : tuple of int
        The run and the epoch to begin with.

    Raises
    ------
    ValidationError
        If a table is missing or has no rows, or there is no such run or epoch.
    """
    known = tuple(tables)
    run = checks.whole("Program", "run", start[0], 0, plan.runs - 1)
    epoch = checks.whole("Program", "epoch", start[1], 0, plan.epochs - 1)
    tests = _rows(known, plan.test, "test") if plan.test is not None and plan.test_every else 0
    return _Training(plan, _rows(known, plan.train, "train"), tests, seed, perfect).stretches(run, epoch)


def probe(
    plan: TrainingPlan, rows: Sequence[int], run: int = 0, epoch: int = 0, end: Level = Level.EPOCH
) -> Iterator[Stretch]:
    """Return the stretches of a test of one row or several.

    Parameters
    ----------
    plan : TrainingPlan
        Its `test_cycles` are the length of a trial.
    rows : sequence of int
        The rows of the table, in the order in which they are shown.
    run, epoch : int
        Where training stands.
    end : Level
        What ends with the last trial.
    """
    for trial, row in enumerate(rows):
        ends = Level.TRIAL if trial + 1 < len(rows) else end
        yield Stretch(plan.test_cycles, ends, "test", "minus", run, epoch, trial, row)


def order(plan: TrainingPlan, rows: int, seed: int, epoch: int) -> Sequence[int]:
    """Return the rows of an epoch of training in the order in which they are shown.

    Parameters
    ----------
    plan : TrainingPlan
        Says how they are ordered.
    rows : int
        How many there are.
    seed : int
        The seed of the run.
    epoch : int
        The epoch, counted from 0.
    """
    if plan.order == "sequential":
        return range(rows)
    return [int(row) for row in np.random.default_rng((seed, epoch)).permutation(rows)]


@dataclass(frozen=True)
class _Training:
    """A plan, the number of rows to train on and to test with (0 for no tests), and what decides about its end."""

    plan: TrainingPlan
    rows: int
    tests: int
    seed: int
    perfect: Perfect

    def stretches(self, run: int, epoch: int) -> Iterator[Stretch]:
        """Yield everything from one epoch on."""
        while run < self.plan.runs:
            end = yield from self._epoch(run, epoch)
            run, epoch = (run + 1, 0) if end is Level.RUN else (run, epoch + 1)

    def _epoch(self, run: int, epoch: int) -> Generator[Stretch, None, Level]:
        """Yield one epoch; return what ends with it, the epoch or the run as well."""
        plan = self.plan
        for trial, row in enumerate(order(plan, self.rows, plan.seed_of(run, self.seed), epoch)):
            yield Stretch(plan.minus_cycles, Level.PHASE, "train", "minus", run, epoch, trial, row)
            yield Stretch(plan.plus_cycles, Level.TRIAL, "train", "plus", run, epoch, trial, row)
        last = epoch + 1 == plan.epochs or (plan.stop_by == "train" and self._solved(run, epoch))
        if self._tested(epoch, last):
            yield from probe(plan, range(self.tests), run, epoch, Level.TRIAL)
            last = last or (plan.stop_by == "test" and self._solved(run, epoch))
        end = Level.RUN if last else Level.EPOCH
        yield Stretch(0, end, "train", "plus", run, epoch, self.rows, NO_ROW)
        return end

    def _solved(self, run: int, epoch: int) -> bool:
        """Return whether the last epochs that count were perfect, as many as are needed."""
        needed, every = self.plan.stop_after, self.plan.test_every if self.plan.stop_by == "test" else 1
        counted = range(epoch - (epoch + 1) % every, -1, -every)[:needed]
        return 0 < needed == len(counted) and all(self.perfect(run, past) for past in counted)

    def _tested(self, epoch: int, last: bool) -> bool:
        return self.tests > 0 and (last or (epoch + 1) % self.plan.test_every == 0)


def _rows(tables: Sequence[PatternTable], name: str | None, field: str) -> int:
    """Return how many rows a table of the plan has."""
    for table in tables:
        if table.name == name and table.rows:
            return len(table.rows)
    rule = "must be the name of a table with at least one row" if name is not None else "must name a table"
    raise ValidationError("Plan", field, f"{rule} (got {shown(name)})")
