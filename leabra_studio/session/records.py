"""Records: the statistics of every epoch, kept whole in little space."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from math import isfinite, nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

Plain = dict[str, Any]

PLACE = ("run", "epoch", "seed", "lrate", "rev", "tested")
PARTS = ("train", "test")


class Records:
    """A table with a row for every epoch.

    A column is made when its name first comes up, with NaN in the rows before; NaN is what is not known.
    """

    def __init__(self) -> None:
        self._columns: dict[str, array[float]] = {name: array("d") for name in PLACE}

    def __len__(self) -> int:
        return len(self._columns["run"])

    def add(
        self,
        place: tuple[int, int, int],
        train: Mapping[str, float],
        test: Mapping[str, float] | None,
        lrate: float,
        revision: int,
    ) -> None:
        """Append an epoch: its run and number, counted from 0, its seed, and the statistics of training and test."""
        count = len(self)
        row = dict(zip(PLACE, (*place, lrate, revision, test is not None), strict=True))
        for part, values in zip(PARTS, (train, test or {}), strict=True):
            row |= {f"{part} {name}": value for name, value in values.items()}
        for name in row:
            self._columns.setdefault(name, array("d", [nan]) * count)
        for name, column in self._columns.items():
            column.append(row.get(name, nan))

    def column(self, name: str) -> NDArray[np.float64]:
        """Return a column, such as ``run`` or ``train sse``; NaN in every row when there is none of that name."""
        found = self._columns.get(name)
        return np.full(len(self), nan) if found is None else np.array(found)

    def errors(self, part: str, run: int, epoch: int) -> float:
        """Return the errors of an epoch in training or test; NaN where there is none."""
        found = self._columns.get(f"{part} errors")
        runs, epochs = self._columns["run"], self._columns["epoch"]
        for at in range(len(self) - 1, -1, -1):
            if (runs[at], epochs[at]) == (run, epoch):
                return nan if found is None else found[at]
            if (runs[at], epochs[at]) < (run, epoch):
                break
        return nan

    def drop_run(self, run: int) -> None:
        """Forget a run and those after it."""
        keep = self._columns["run"]
        count = next((i for i, value in enumerate(keep) if value >= run), len(keep))
        for column in self._columns.values():
            del column[count:]

    def since(self, start: int, most: int) -> list[Plain]:
        """Return up to `most` rows from row `start` on as JSON has them, runs and epochs counted from 1."""
        return [self._row(i) for i in range(start, min(len(self), start + most))]

    def names(self) -> list[str]:
        """Return the names of the statistics, those of training, then those of tests."""
        return [name for name in self._columns if name not in PLACE]

    def rows(self) -> Iterator[tuple[float, ...]]:
        """Yield place and statistics of every epoch."""
        return zip(*self._columns.values(), strict=True)

    def arrays(self) -> tuple[list[str], NDArray[np.float64]]:
        """Return the names of the columns, and all of them [columns, epochs]."""
        return list(self._columns), np.array([list(column) for column in self._columns.values()])

    @classmethod
    def of(cls, names: list[str], values: NDArray[np.float64]) -> Records:
        """Return the records that `arrays` was asked of."""
        records = cls()
        records._columns |= {name: array("d", row.tolist()) for name, row in zip(names, values, strict=True)}
        return records

    def _row(self, i: int) -> Plain:
        at = {name: self._columns[name][i] for name in PLACE}
        parts = {part: self._part(part, i) for part in PARTS}
        return {
            "run": int(at["run"]) + 1,
            "epoch": int(at["epoch"]) + 1,
            "seed": int(at["seed"]),
            "train": parts["train"],
            "test": parts["test"] if at["tested"] else None,
            "lrate": at["lrate"],
            "rev": int(at["rev"]),
        }

    def _part(self, part: str, i: int) -> dict[str, float | None]:
        before = f"{part} "
        found = {name.removeprefix(before): c[i] for name, c in self._columns.items() if name.startswith(before)}
        return {name: _rounded(value) for name, value in found.items()}


def _rounded(value: float) -> float | None:
    """Return a number as a picture needs it, in few characters."""
    return float(f"{value:.7g}") if isfinite(value) else None
