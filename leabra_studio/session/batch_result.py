"""What a batch gives: the records of all its epochs, a row for every run, and what sets its variants apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from leabra_studio.model.changes import Difference
from leabra_studio.model.plan import TrainingPlan
from leabra_studio.session.records import PARTS, Records
from leabra_studio.session.single_run import Trained, facts

KEYS = ("variant", "seed")
"""What tells runs apart."""


@dataclass(frozen=True)
class FinishedRun:
    """Word of a run that has ended.

    Parameters
    ----------
    variant, seed
        Which.
    done, total
        How many runs have ended, this one included, of how many.
    epochs
        How many epochs it had.
    problem
        Why it stopped by itself; empty when it did not.
    """

    variant: str
    seed: int
    done: int
    total: int
    epochs: int
    problem: str


@dataclass(frozen=True, eq=False)
class BatchResult:
    """The result of `leabra_studio.batch`.

    Parameters
    ----------
    records : pandas.DataFrame
        A row for every variant, seed, epoch (counted from 1) and mode, ``train`` or ``test``, with its statistics;
        epochs without a test have no row of it. NaN is what is not known.
    runs : pandas.DataFrame
        A row for every variant and seed: ``epochs``; ``first_zero``, the first epoch without an error in training,
        counted from 1, or NA; ``solved``, whether the last epochs (tests, where the plan stops by tests) had no error,
        as many as end a run by the plan and at least one; ``problem``, why a run stopped by itself, else empty; and
        the statistics of its last epoch (``train sse``) and of its last test (``test sse``).
    differences : mapping
        Name of each variant -> in what it differs from the model, a tuple of `Difference`.
    left : tuple
        Variant and seed of the runs that did not come to their end because the batch was cancelled.
    """

    records: pd.DataFrame
    runs: pd.DataFrame
    differences: Mapping[str, tuple[Difference, ...]]
    left: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(
        cls,
        plan: TrainingPlan,
        found: Mapping[tuple[str, int], Trained],
        differences: Mapping[str, tuple[Difference, ...]],
        left: tuple[tuple[str, int], ...],
    ) -> BatchResult:
        """Return the result of runs by variant and seed."""
        past = {key: run.records for key, run in found.items()}
        tables = [_epochs(key, records, part) for key, records in past.items() for part in PARTS]
        rows = [{**dict(zip(KEYS, key, strict=True)), **facts(plan, run)} for key, run in found.items()]
        return cls(_joined(tables), _runs(rows), differences, left)

    def summary(self) -> pd.DataFrame:
        """Return mean and range of every column of `runs`, a row for every variant.

        Returns
        -------
        pandas.DataFrame
            Columns are pairs such as ``("epochs", "mean")``, with ``mean``, ``min`` and ``max``; ``("runs", "count")``
            is the number of runs, the mean of ``solved`` the share of those that solved the task. What a run lacks
            does not count: the mean of ``first_zero`` is that of the runs that had one.
        """
        numbers = self.runs.drop(columns=["seed", "problem"]).set_index("variant").astype("float64")
        groups = numbers.groupby(level="variant", sort=False)
        counts = pd.DataFrame({("runs", "count"): groups.size()})
        return pd.concat([counts, groups.agg(["mean", "min", "max"])], axis=1)


def _epochs(key: tuple[str, int], records: Records, part: str) -> pd.DataFrame:
    """Return the epochs of a run in training or in tests."""
    kept = records.column("tested") == 1 if part == "test" else np.ones(len(records), dtype=bool)
    epochs = records.column("epoch")[kept].astype(np.int64) + 1
    place = {**dict(zip(KEYS, key, strict=True)), "epoch": epochs, "mode": part}
    known = {name: records.column(f"{part} {name}")[kept] for name in _statistics(records, part)}
    return pd.DataFrame({**place, **known})


def _statistics(records: Records, part: str) -> list[str]:
    before = f"{part} "
    return [name.removeprefix(before) for name in records.names() if name.startswith(before)]


def _joined(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Return all epochs, run by run in the order given, training before the test of an epoch."""
    filled = [table for table in tables if len(table)]
    if not filled:
        return pd.DataFrame(columns=[*KEYS, "epoch", "mode"])
    whole = pd.concat(filled, ignore_index=True)
    run = whole.groupby(list(KEYS), sort=False).ngroup()
    order = np.lexsort((whole["mode"] == "test", whole["epoch"], run))
    return whole.iloc[order].reset_index(drop=True)


def _runs(rows: list[dict[str, Any]]) -> pd.DataFrame:
    fixed = [*KEYS, "epochs", "first_zero", "solved", "problem"]
    table = pd.DataFrame(rows) if rows else pd.DataFrame(columns=fixed)
    return table.astype({"first_zero": "Int64"})
