"""One run of a training plan, as every worker of a batch carries it out: what it records, and what its row says."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass
from math import inf, nan
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leabra_studio.model import codec, edits
from leabra_studio.model.plan import TrainingPlan
from leabra_studio.session import statistics
from leabra_studio.session.records import PARTS, Records
from leabra_studio.session.runner import Runner
from leabra_studio.session.training import Training

# How long a run works until it looks whether it is still wanted, in seconds.
SLICE = 0.1


@dataclass(frozen=True, eq=False)
class Trained:
    """What one run has recorded: the names of the columns, the columns [columns, epochs], and why it stopped if so."""

    names: list[str]
    values: NDArray[np.float64]
    problem: str

    @property
    def epochs(self) -> int:
        """How many epochs it had."""
        return int(self.values.shape[1])

    def column(self, name: str) -> NDArray[np.float64]:
        """Return a column, such as ``epoch`` or ``train sse``; NaN in every row when there is none of that name."""
        return self.values[self.names.index(name)] if name in self.names else np.full(self.epochs, nan)

    @property
    def records(self) -> Records:
        """Its statistics, epoch by epoch."""
        return Records.of(self.names, self.values)


@dataclass(frozen=True)
class Signals:
    """Word between a batch and its runs, which may be in other processes: a directory, there while they are wanted.

    Parameters
    ----------
    folder : str
        The directory.
    owner : int
        The process that the runs work for; they end with it.
    """

    folder: str
    owner: int

    @property
    def wanted(self) -> bool:
        """Whether the runs should go on; the last process that is left behind puts the directory away."""
        orphaned = os.getpid() != self.owner and os.getppid() != self.owner
        if orphaned:
            self.stop()
        return not orphaned and os.path.isdir(self.folder)

    def stop(self) -> None:
        """Let the runs end within a fraction of a second."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def tell(self, seed: int, share: float) -> None:
        """Say how much of its plan the run with a seed has carried out."""
        if os.path.isdir(self.folder):
            try:
                Path(self.folder, str(seed)).write_text(f"{share:.4f}", "ascii")
            except OSError:
                return  # the directory was taken away meanwhile: nobody wants to know any more

    def share(self, seed: int) -> float:
        """Return how much of its plan a run has carried out; 0 where that is not known."""
        try:
            return float(Path(self.folder, str(seed)).read_text("ascii"))
        except (OSError, ValueError):  # it has not begun, or is being written
            return 0.0


def trained(document: str, seed: int) -> Trained:
    """Carry out the plan of a model's JSON text in one run with a seed."""
    training, runner = _begun(document, seed)
    runner.slice(training, _nothing, inf)
    return _recorded(training)


def trained_while_wanted(document: str, seed: int, signals: Signals) -> Trained | None:
    """Do what `trained` does, telling `signals` how far it is; None when it was not wanted any more."""
    training, runner = _begun(document, seed)
    while runner.slice(training, _nothing, SLICE):
        if not signals.wanted:
            return None
        signals.tell(seed, len(training.records) / training.model.plan.epochs)
    return _recorded(training)


def _begun(document: str, seed: int) -> tuple[Training, Runner]:
    training = Training(edits.set_plan(codec.loads(document), seeds=(seed,)), 0)
    training.whole = True
    training.start("train")
    runner = Runner(time.monotonic)
    runner.start(None)
    return training, runner


def _recorded(training: Training) -> Trained:
    names, values = training.records.arrays()
    return Trained(names, values, training.problem)


def _nothing() -> None:
    """Leave the net as it is: nobody edits the model meanwhile."""


def facts(plan: TrainingPlan, run: Trained) -> dict[str, Any]:
    """Return the row of a run: epochs, first zero, whether it solved the task, problem, and its last statistics."""
    tested = np.flatnonzero(run.column("tested") == 1)
    last = {"train": run.epochs - 1, "test": int(tested[-1]) if len(tested) else -1}
    finals = {
        name: run.column(name)[last[part]] if last[part] >= 0 else nan
        for part in PARTS
        for name in run.names
        if name.startswith(f"{part} ")
    }
    of_run = statistics.of_run(run.column("train errors"))
    known = {"epochs": run.epochs, "first_zero": of_run["first_zero"], "solved": solved(plan, run)}
    return {**known, "problem": run.problem, **finals}


def solved(plan: TrainingPlan, run: Trained) -> bool:
    """Return whether the errors that the plan stops by were none in the last epochs, as many as it asks for."""
    errors = run.column(f"{plan.stop_by} errors")
    counted = errors[run.column("tested") == 1] if plan.stop_by == "test" else errors
    needed = max(1, plan.stop_after)
    return len(counted) >= needed and bool((counted[-needed:] == 0).all())
