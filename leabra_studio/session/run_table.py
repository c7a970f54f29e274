"""The runs of a training, a row each: their statistics in the field's terms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leabra_studio.session import statistics
from leabra_studio.session.records import PARTS, Records


@dataclass(frozen=True)
class RunRow:
    """What is told of one run, counted from 1 as people do; None is what it has not, or not yet.

    Parameters
    ----------
    run, seed, epochs : int
        Which, and how many epochs it has had.
    first_zero : dict
        ``train`` and ``test`` -> the first epoch without an error.
    correct : dict
        ``train`` and ``test`` -> percent of the trials that were correct last.
    """

    run: int
    seed: int
    epochs: int
    first_zero: dict[str, int | None]
    correct: dict[str, float | None]


def rows(records: Records) -> list[RunRow]:
    """Return a row for every run that has ended an epoch."""
    return [_row(records, int(run)) for run in np.unique(records.column("run"))]


def _row(records: Records, run: int) -> RunRow:
    mine = records.column("run") == run
    seed = int(records.column("seed")[mine][-1])
    judged = {part: mine & (records.column("tested") == 1) if part == "test" else mine for part in PARTS}
    return RunRow(
        run + 1,
        seed,
        int(mine.sum()),
        {part: _first_zero(records, part, kept) for part, kept in judged.items()},
        {part: _last(records, part, kept) for part, kept in judged.items()},
    )


def _first_zero(records: Records, part: str, kept: NDArray[np.bool_]) -> int | None:
    """Return the epoch, from 1, not the number of the test: not every epoch is tested."""
    found = statistics.of_run(records.column(f"{part} errors")[kept])["first_zero"]
    return None if found is None else int(records.column("epoch")[kept][int(found) - 1]) + 1


def _last(records: Records, part: str, kept: NDArray[np.bool_]) -> float | None:
    values = records.column(f"{part} percent_correct")[kept]
    return float(values[-1]) if values.size and np.isfinite(values[-1]) else None
