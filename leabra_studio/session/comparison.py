"""Batches compared: curves with mean and range, the numbers of their runs, tables of all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite, nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leabra_studio.session import statistics
from leabra_studio.session.batch_job import BatchJob, Snapshot
from leabra_studio.session.csv_text import csv_text
from leabra_studio.session.records import PARTS
from leabra_studio.session.single_run import Trained

Floats = NDArray[np.float64]
Plain = dict[str, Any]

ERROR = "error"
"""What is not correct, in percent: the statistic ``percent_correct`` the other way round."""
POINTS = 2000
"""Epochs of one line that are drawn at most."""
FACTS = ("epochs", "first_zero", "solved", "problem")
"""What a row says besides statistics."""


def curves(snapshot: Snapshot, part: str, stat: str, *, single: bool) -> Plain:
    """Return one statistic of all runs of a batch that have ended.

    Parameters
    ----------
    snapshot
        The batch.
    part
        ``train`` or ``test``.
    stat
        A statistic of the records, or `ERROR`.
    single
        Whether the curves of the single runs are wanted as well.

    Returns
    -------
    dict
        ``epochs``, ``mean``, ``low`` and ``high`` where every run has a value; ``runs`` with seed, epochs and values;
        how many runs there are (``count``) and the highest epoch of any (``end``). Of a line of more than `POINTS`
        epochs one out of several is told.
    """
    lines = {seed: _line(run, part, stat) for seed, run in snapshot.runs.items()}
    lines = {seed: values for seed, values in lines.items() if np.isfinite(values).any()}
    end = max((len(values) for values in lines.values()), default=0)
    shared = _shared(list(lines.values()))
    return {
        **_spread(shared),
        "runs": [{"seed": seed, **_points(values)} for seed, values in lines.items()] if single else [],
        "count": len(lines),
        "end": end,
    }


def _line(run: Trained, part: str, stat: str) -> Floats:
    """Return a statistic for each epoch, NaN where there is none."""
    values = run.column(f"{part} {'percent_correct' if stat == ERROR else stat}")
    if part == "test":
        values = np.where(run.column("tested") == 1, values, nan)
    return 100.0 - values if stat == ERROR else values


def _shared(lines: Sequence[Floats]) -> Floats:
    """Return the lines as far as all of them reach, [runs, epochs]."""
    if not lines:
        return np.empty((0, 0))
    reach = min(len(values) for values in lines)
    return np.array([values[:reach] for values in lines])


def _spread(shared: Floats) -> Plain:
    """Return mean and range, at the epochs where every run has a value."""
    known = np.flatnonzero(np.isfinite(shared).all(axis=0)) if len(shared) else np.empty(0, dtype=np.int64)
    at = _thinned(known)
    values = shared[:, at] if len(shared) else np.empty((1, 0))
    found = {"mean": values.mean(axis=0), "low": values.min(axis=0), "high": values.max(axis=0)}
    return {"epochs": (at + 1).tolist(), **{name: _rounded(line) for name, line in found.items()}}


def _points(values: Floats) -> Plain:
    at = _thinned(np.flatnonzero(np.isfinite(values)))
    return {"epochs": (at + 1).tolist(), "values": _rounded(values[at])}


def _thinned(at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return one out of several epochs where there are too many, and the last one in any case."""
    every = -(-len(at) // POINTS)
    return at if every < 2 else np.unique(np.append(at[::every], at[-1]))


def _rounded(values: Floats) -> list[float]:
    return [float(f"{value:.6g}") for value in values]


def summary(job: BatchJob, snapshot: Snapshot) -> Plain:
    """Return how the runs of a batch came out: how many solved the task, and mean and range of what they came to."""
    rows, part = list(snapshot.rows.values()), job.model.plan.stop_by
    return {
        "solved": sum(bool(row["solved"]) for row in rows),
        "problems": sum(bool(row["problem"]) for row in rows),
        "first_zero": _range([first_zero(run, part) for run in snapshot.runs.values()]),
        "epochs": _range([row["epochs"] for row in rows]),
        **{part: _range([final_error(row, part) for row in rows]) for part in PARTS},
        "tested": bool(job.model.plan.test and job.model.plan.test_every),
    }


def first_zero(run: Trained, part: str) -> int | None:
    """Return the first epoch of a run without an error in training, or in its tests, counted from 1; None if none."""
    kept = run.column("tested") == 1 if part == "test" else np.ones(run.epochs, dtype=bool)
    found = statistics.of_run(run.column(f"{part} errors")[kept])["first_zero"]
    return None if found is None else int(run.column("epoch")[kept][int(found) - 1]) + 1


def final_error(row: Mapping[str, Any], part: str) -> float:
    """Return the error in percent of the last epoch, or of the last test, of a run; NaN where there is none."""
    return 100.0 - float(row.get(f"{part} percent_correct", nan))


def _range(values: Sequence[float | None]) -> Plain | None:
    """Return mean and range of the values that are known, and of how many runs they are; None where there are none."""
    known = [float(value) for value in values if value is not None and isfinite(value)]
    if not known:
        return None
    mean = float(f"{sum(known) / len(known):.6g}")
    return {"mean": mean, "low": min(known), "high": max(known), "count": len(known)}


def runs(job: BatchJob, snapshot: Snapshot) -> list[Plain]:
    """Return a row for each run that has ended, as JSON has it; the first zero is of what the plan stops by."""
    return [
        {
            "seed": seed,
            **{name: row[name] for name in ("epochs", "solved", "problem")},
            "first_zero": first_zero(snapshot.runs[seed], job.model.plan.stop_by),
            **{part: _known(row, part) for part in PARTS},
        }
        for seed, row in snapshot.rows.items()
    ]


def _known(row: Mapping[str, Any], part: str) -> float | None:
    error = final_error(row, part)
    return float(f"{error:.6g}") if isfinite(error) else None


def runs_csv(snapshot: Snapshot) -> str:
    """Return the runs of a batch as CSV: what is known of each, then the statistics of its last epoch and test."""
    stats = list(dict.fromkeys(name for row in snapshot.rows.values() for name in row if name not in FACTS))
    head = ["seed", "epochs", *(f"first_zero {part}" for part in PARTS), "solved", "problem", *stats]
    rows = [
        [
            seed, run.epochs, *(_cell(first_zero(run, part)) for part in PARTS), _cell(row["solved"]), row["problem"],
            *(float(row.get(name, nan)) for name in stats),
        ]
        for (seed, row), run in zip(snapshot.rows.items(), snapshot.runs.values(), strict=True)
    ]  # fmt: skip  # which run, what of it, then every statistic
    return csv_text(head, rows)


def records_csv(batches: Sequence[tuple[BatchJob, Snapshot]]) -> str:
    """Return the records of all epochs of some batches as CSV, a row for each epoch in training and each test."""
    tables = [(job, seed, run) for job, snapshot in batches for seed, run in snapshot.runs.items()]
    stats = list(dict.fromkeys(name.partition(" ")[2] for _, _, run in tables for name in run.names if " " in name))
    rows = (row for job, seed, run in tables for row in _records(job, seed, run, stats))
    return csv_text(["batch", "name", "revision", "seed", "epoch", "mode", *stats], rows)


def _records(job: BatchJob, seed: int, run: Trained, stats: Sequence[str]) -> list[list[Any]]:
    columns = {part: [run.column(f"{part} {name}").tolist() for name in stats] for part in PARTS}
    tested, epochs = run.column("tested"), run.column("epoch")
    return [
        [job.ident, job.name, job.revision, seed, int(epochs[i]) + 1, part, *(column[i] for column in columns[part])]
        for i in range(run.epochs)
        for part in PARTS
        if part == "train" or tested[i]
    ]


def _cell(value: Any) -> Any:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value
