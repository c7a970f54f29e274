"""Tallies: what the trials of an epoch or of a test gave, and the sum of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from leabra_studio.session import statistics
from leabra_studio.session.material import Material, Patterns

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

Parts = tuple[Longs, Floats, Floats, Floats, Floats]
"""Rows, activations, targets and means of some trials, and when they settled."""

MOST = 4_000_000
"""Activations that are kept of one epoch; of a larger one only those of the target layers are."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What the trials of one epoch of training, or of one test, gave.

    Parameters
    ----------
    material : Material
        The patterns that were shown.
    run, epoch, revision : int
        Where training stood, counted from 0, and the number of the document's state.
    rows : ndarray of int64, shape (trials,)
        The rows in the order in which they were shown.
    targets : mapping
        Name of the target layer -> what it should have done [trials, units].
    acts : mapping
        Name of the layer -> its activations at the end of the minus phases [trials, units].
    means : mapping
        Name of every layer -> its mean activity in each trial [trials].
    settling : ndarray of float64, shape (trials,)
        When each trial settled; NaN where it did not, or was not observed.
    """

    material: Material
    run: int
    epoch: int
    revision: int
    rows: Longs
    targets: Patterns
    acts: Patterns
    means: Patterns
    settling: Floats

    @cached_property
    def trials(self) -> dict[str, Floats]:
        """The statistics of each trial."""
        return statistics.of_trials(self.targets, self.acts, self.settling, self.material.correct_by)

    @cached_property
    def epoch_stats(self) -> dict[str, float]:
        """The statistics of all of them."""
        return statistics.of_epoch(self.trials, {name: float(values.mean()) for name, values in self.means.items()})

    @property
    def parts(self) -> Parts:
        """The same as a tally has it."""
        acts, wanted = (_beside(list(values.values()), self.rows) for values in (self.acts, self.targets))
        return self.rows, acts, wanted, np.stack(list(self.means.values()), axis=1), self.settling

    def name(self, row: int) -> str:
        """Return the name of a row as it was shown."""
        rows = self.material.table.rows
        return rows[row].name if row < len(rows) else ""

    @property
    def perfect(self) -> bool:
        """Whether every trial was answered rightly."""
        return self.epoch_stats["errors"] == 0

    @property
    def loss(self) -> float | None:
        """The error that learning-rate schedules watch: the mean of the trials, None without targets."""
        return self.epoch_stats["avg_sse"] if self.targets else None


def latest(before: Outcome | None, new: Outcome) -> Outcome:
    """Return which of two tests a table lists: the new one, unless it is of a part of the rows and `before` of all."""
    partial = len(new.rows) < len(new.material.table.rows)
    return before if partial and before is not None and before.material is new.material else new


class Tally:
    """Collects what trials give.

    Parameters
    ----------
    layers
        Name of the layer -> its columns among the units of the net.
    material
        The patterns that are shown.
    """

    def __init__(self, layers: Mapping[str, slice], material: Material) -> None:
        self.material = material
        self.parts: list[Parts] = []
        self.wide = len(material.table.rows) * _width(layers) <= MOST
        self._layers = layers

    @property
    def kept(self) -> list[str]:
        """The layers whose activations are kept."""
        return [name for name in self._layers if self.wide or name in self.material.targets]

    def add(self, material: Material, rows: Sequence[int], acts: Floats, settling: Floats) -> None:
        """Take in trials: their rows, the activations [trials, units] of the whole net, and when they settled."""
        index = np.array(rows, np.int64)
        columns = [acts[:, self._layers[name]] for name in self.kept]
        wanted = [material.targets[name][index] for name in self.material.targets]
        means = [acts[:, where].mean(axis=1) for where in self._layers.values()]
        self.parts.append((index, _beside(columns, index), _beside(wanted, index), np.stack(means, axis=1), settling))

    def joined(self) -> Parts:
        """Return all that was taken in."""
        rows, acts, wanted, means, settling = (np.concatenate(part) for part in zip(*self.parts, strict=True))
        return rows, acts, wanted, means, settling

    def outcome(self, run: int, epoch: int, revision: int) -> Outcome:
        """Return the sum of it."""
        rows, acts, wanted, means, settling = self.joined()
        widths = {name: where.stop - where.start for name, where in self._layers.items()}
        return Outcome(
            self.material, run, epoch, revision, rows,
            targets=_split(wanted, {name: widths[name] for name in self.material.targets}),
            acts=_split(acts, {name: widths[name] for name in self.kept}),
            means={name: means[:, i] for i, name in enumerate(self._layers)},
            settling=settling,
        )  # fmt: skip  # where and when, then what


def _width(layers: Mapping[str, slice]) -> int:
    return sum(where.stop - where.start for where in layers.values())


def _beside(blocks: list[Floats], rows: Longs) -> Floats:
    """Return blocks [trials, units] side by side, also where there are none."""
    return np.concatenate([np.zeros((len(rows), 0)), *blocks], axis=1)


def _split(values: Floats, widths: Mapping[str, int]) -> dict[str, Floats]:
    """Return side-by-side blocks by name."""
    ends = np.cumsum([0, *widths.values()])
    return {name: values[:, a:b] for name, a, b in zip(widths, ends[:-1], ends[1:], strict=True)}
