"""The batches of one session: asked for, named, watched, cancelled, removed; from any thread, while it works."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from string import ascii_uppercase

from leabra_studio.engine.params import shown
from leabra_studio.errors import LeabraError, LimitError, ValidationError
from leabra_studio.model import checks, limits
from leabra_studio.model.document import Model
from leabra_studio.model.problems import untrainable
from leabra_studio.model.side_by_side import change_text
from leabra_studio.session.batch_job import BatchJob
from leabra_studio.session.batch_line import Line, shared

# Batches that a session keeps, runs of one batch, and epochs of training whose records it keeps at most.
MOST, RUNS, EPOCHS = 12, 100, 500_000
# Runs of a first batch; it begins with the seed of the model.
FIRST = 10
# A batch that nobody has asked about for so many seconds is cancelled: its page was closed.
PATIENCE = 15 * 60.0


class Batches:
    """All batches of a session, the oldest first. Safe for threads, and never waits for a run.

    Parameters
    ----------
    line
        Where batches wait for their turn; that of the process when left out.
    clock
        Returns seconds that only grow.
    """

    def __init__(self, line: Line | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._line, self._clock = line, clock
        self._lock = threading.RLock()
        self._jobs: list[BatchJob] = []
        self._removed: tuple[int, BatchJob] | None = None
        self._asked = clock()

    def __len__(self) -> int:
        return len(self._jobs)

    @property
    def jobs(self) -> tuple[BatchJob, ...]:
        """The batches."""
        with self._lock:
            return tuple(self._jobs)

    @property
    def removed(self) -> BatchJob | None:
        """The batch that was removed last, while it can come back."""
        return self._removed[1] if self._removed else None

    def touch(self) -> None:
        """Take note that somebody looks at them."""
        self._asked = self._clock()

    def before(self, job: BatchJob) -> int:
        """Return how many batches, of all sessions, have to end before it is the turn of this one."""
        return 0 if self._line is None else self._line.before(job)

    def add(self, model: Model, revision: int, seeds: Sequence[int]) -> BatchJob:
        """Train a model with some seeds in the background.

        Raises
        ------
        LeabraError
            If the model cannot be trained.
        LimitError
            If there are too many batches, runs or epochs.
        """
        if why := untrainable(model):
            raise LeabraError(why)
        with self._lock:
            self._check_room(model, len(seeds))
            self._line = self._line or shared()
            name = self._name(model, revision)
            job = BatchJob(self._letter(), name, model, revision, seeds, wanted=self._wanted, clock=self._clock)
            self._jobs.append(job)
            self._removed = None
        self.touch()
        self._line.add(job)
        return job

    def get(self, ident: object) -> BatchJob:
        """Return a batch.

        Raises
        ------
        ValidationError
            If there is none.
        """
        for job in self.jobs:
            if job.ident == ident:
                return job
        known = ", ".join(job.ident for job in self.jobs) or "none"
        raise ValidationError("Batches", "batch", f"must be one of those that there are, {known} (got {shown(ident)})")

    def rename(self, ident: object, name: object) -> None:
        """Call a batch something else.

        Raises
        ------
        ValidationError
            If there is no such batch, or the name is none.
        """
        checks.text("Batches", "name", name)
        wanted = " ".join(str(name).split())
        if not wanted or len(wanted) > limits.NAME_LENGTH:
            rule = f"must have 1 to {limits.NAME_LENGTH} characters (got {shown(wanted)})"
            raise ValidationError("Batches", "name", rule)
        self.get(ident).name = wanted

    def cancel(self, ident: object) -> None:
        """Cancel a batch; what has ended of it stays."""
        self.get(ident).cancel()

    def remove(self, ident: object) -> None:
        """Remove a batch, which `restore` brings back.

        Raises
        ------
        LeabraError
            If it is still at work.
        """
        with self._lock:
            job = self.get(ident)
            if not job.at_rest:
                raise LeabraError(f"Batch {job.ident} is still at work: cancel it first.")
            self._removed = self._jobs.index(job), job
            self._jobs.remove(job)

    def restore(self) -> None:
        """Bring back the batch that was removed last.

        Raises
        ------
        LeabraError
            If there is none.
        """
        with self._lock:
            if self._removed is None:
                raise LeabraError("There is no batch to bring back.")
            at, job = self._removed
            self._jobs.insert(at, job)
            self._removed = None

    def close(self) -> None:
        """Cancel all of them: their session ends."""
        for job in self.jobs:
            job.cancel()

    def _wanted(self) -> bool:
        return self._clock() - self._asked <= PATIENCE

    def _check_room(self, model: Model, runs: int) -> None:
        if len(self._jobs) >= MOST:
            raise LimitError(f"A session keeps {MOST} batches at most: remove one.")
        if not 1 <= runs <= RUNS:
            raise LimitError(f"A batch has 1 to {RUNS} runs (this would have {runs:,}).")
        kept = sum(_epochs(job) for job in self._jobs)
        if kept + runs * model.plan.epochs > EPOCHS:
            asked = f"{runs:,} runs of up to {model.plan.epochs:,} epochs"
            others = f" beside the {kept:,} of the other batches: remove some" if kept else ""
            raise LimitError(
                f"A session keeps the records of {EPOCHS:,} epochs at most; {asked} are too many{others}. "
                "Take fewer seeds or epochs, or run it from Python with lb.batch."
            )

    def _letter(self) -> str:
        """Return the first letter that no batch has, the removed one included."""
        taken = {job.ident for job in self._jobs} | ({self.removed.ident} if self.removed else set())
        return next(letter for letter in ascii_uppercase if letter not in taken)

    def _name(self, model: Model, revision: int) -> str:
        """Return a name: what was changed since the last batch, or the revision; of another model its name as well."""
        before = self._jobs[-1].model if self._jobs else model
        of = f"{model.name}, " if model.name != before.name else ""
        return change_text(before, model)[: limits.NAME_LENGTH] or f"{of}revision {revision}"[-limits.NAME_LENGTH :]


def _epochs(job: BatchJob) -> int:
    """Return how many epochs a batch keeps, or will keep at most."""
    runs = job.snapshot().runs
    ended = sum(run.epochs for run in runs.values())
    return ended if job.at_rest else ended + (len(job.seeds) - len(runs)) * job.model.plan.epochs
