"""What the learning programs share: trials, epochs, losses, and what may change the learning rate on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import leabra_studio as lb

Floats = NDArray[np.float64]
Tick = Callable[[int], object]
"""Told how many epochs have just ended, for a progress bar."""

ACT = [variable.name for variable in lb.variables.UNIT_VARIABLES].index("act")
PERFECT = 3
"""So many epochs without an error, one after the other, and a task counts as solved."""


class Phases(NamedTuple):
    """How many cycles the minus phase, the plus phase and a test take."""

    minus: int
    plus: int
    test: int = 50


@dataclass(frozen=True)
class Rate:
    """The learning rate, and what changes it while a network learns.

    Parameters
    ----------
    lrate : float
        The rate at the start.
    schedule : lb.schedules.Schedule, optional
        How it changes from epoch to epoch.
    cos_diff : bool
        Whether the rate of a trial depends on how well the receiving layer predicted the outcome (`cos_diff_lrate`).
    """

    lrate: float
    schedule: lb.schedules.Schedule | None = None
    cos_diff: bool = False

    def attach(self, net: lb.Net) -> None:
        """Let the schedule, if there is one, change the rate of all projections of `net`."""
        if self.schedule is not None:
            net.schedule_lrate(self.schedule)


def nothing(epochs: int) -> None:
    """Take no notice of the progress."""


def trial(net: lb.Net, x: Floats, y: Floats, phases: Phases) -> Floats:
    """Show an input `x` [inputs], then the outcome `y` [outputs], learn, and return what the net had expected."""
    output = net.unit_slice("output")
    net.clamp_layer("input", x)
    net.minus_phase_cycle(phases.minus)
    expected = net.units[ACT, output].copy()
    net.clamp_layer("output", y)
    net.plus_phase_cycle(phases.plus)
    net.unclamp_layer("input")
    net.unclamp_layer("output")
    net.learn()
    return expected


def train_epoch(net: lb.Net, x: Floats, y: Floats, phases: Phases) -> Floats:
    """Run a trial for each row of `x` [patterns, inputs] and `y` [patterns, outputs]; return the expectations."""
    return np.array([trial(net, row, target, phases) for row, target in zip(x, y, strict=True)])


def answers(net: lb.Net, x: Floats, cycles: int) -> Floats:
    """Return the output's activations [patterns, outputs] for each row of `x` [patterns, inputs].

    These cycles are part of the net's life: nothing is set back before or after them.
    """
    output = net.unit_slice("output")
    found = np.empty((len(x), output.stop - output.start))
    for row, act in zip(x, found, strict=True):
        net.clamp_layer("input", row)
        net.cycle(cycles)
        net.unclamp_layer("input")
        act[:] = net.units[ACT, output]
    return found


def mse(target: Floats, actual: Floats) -> float:
    """Return the mean squared error."""
    return float(np.mean((target - actual) ** 2))


def thresholded_mse(target: Floats, actual: Floats) -> float:
    """Return the mean squared error when a unit on the right side of 0.5 makes no error."""
    error = np.abs(target - actual)
    return float(np.mean(np.where(error < 0.5, 0.0, error) ** 2))


class Patterns(NamedTuple):
    """A task of a few patterns: inputs [patterns, inputs], targets [patterns, outputs], cycles."""

    x: Floats
    y: Floats
    phases: Phases


def train_patterns(
    net: lb.Net, task: Patterns, epochs: int, *, keep_going: bool = False, tick: Tick = nothing
) -> pd.DataFrame:
    """Train on a few patterns, testing all of them after every epoch.

    Parameters
    ----------
    net : lb.Net
        A net with layers "input" and "output".
    task : Patterns
        What to learn.
    epochs : int
        Epochs at most.
    keep_going : bool
        Whether to train on after the task is solved.
    tick : callable
        Called with 1 after each epoch.

    Returns
    -------
    pandas.DataFrame
        One row an epoch: ``epoch`` from 1, ``loss`` (thresholded), ``mse``.
    """
    rows: list[tuple[int, float, float]] = []
    perfect = 0
    while len(rows) < epochs and (perfect < PERFECT or keep_going):
        train_epoch(net, task.x, task.y, task.phases)
        actual = answers(net, task.x, task.phases.test)
        loss = thresholded_mse(task.y, actual)
        net.end_epoch(loss)
        rows.append((len(rows) + 1, loss, mse(task.y, actual)))
        perfect = perfect + 1 if loss == 0.0 else 0
        tick(1)
    return pd.DataFrame(rows, columns=["epoch", "loss", "mse"])


def solved_at(loss: pd.Series[float]) -> int | None:
    """Return the epoch, from 1, that ends the first three in a row without an error; None if there is none."""
    in_a_row = (loss == 0.0).rolling(PERFECT).sum().to_numpy() == PERFECT
    return int(in_a_row.argmax()) + 1 if in_a_row.any() else None
