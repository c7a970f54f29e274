"""A batch in the background: the runs of one state of a model for many seeds, which can be watched and cancelled."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from leabra_studio.model.document import Model
from leabra_studio.session.single_run import Trained, facts

State = Literal["waiting", "running", "done", "cancelled"]

# A share of a run below which it is too early to say how long it takes.
EARLY = 0.02

FORGOTTEN = "Nobody has looked at it for a while, so it was cancelled."


@dataclass(frozen=True)
class Snapshot:
    """What is known of a batch at one moment.

    Parameters
    ----------
    state
        ``waiting``, ``running``, ``done`` or ``cancelled``.
    runs
        Seed -> what the run has recorded, of those that have ended, in the order of the seeds.
    rows
        Seed -> what a row says of it, see `facts`.
    share
        How much of the batch has been carried out, 0 to 1.
    left
        Seconds until it ends, if no run ends early; None where that is not known.
    problem
        Why it was cancelled by itself; else empty.
    """

    state: State
    runs: Mapping[int, Trained]
    rows: Mapping[int, Mapping[str, Any]]
    share: float
    left: float | None
    problem: str


class BatchJob:
    """One batch. All of it may be used from any thread, and nothing of it waits for a run.

    Parameters
    ----------
    ident
        What requests call it.
    name
        What people call it.
    model, revision
        The model as it was when the batch was asked for.
    seeds
        Those of its runs.
    wanted
        Whether somebody still looks at it.
    clock
        Returns seconds that only grow.
    """

    def __init__(
        self,
        ident: str,
        name: str,
        model: Model,
        revision: int,
        seeds: Sequence[int],
        *,
        wanted: Callable[[], bool] = lambda: True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.ident, self.name, self.model, self.revision, self.seeds = ident, name, model, revision, tuple(seeds)
        self._wanted, self._clock = wanted, clock
        self._lock = threading.Lock()
        self._state: State = "waiting"
        self._problem = ""
        self._runs: dict[int, Trained] = {}
        self._rows: dict[int, dict[str, Any]] = {}
        self._begun: dict[int, float] = {}
        self._shares: dict[int, float] = {}
        self._took: list[float] = []

    @property
    def at_rest(self) -> bool:
        """Whether nothing more comes of it."""
        return self._state in ("done", "cancelled")

    @property
    def cancelled(self) -> bool:
        """Whether no more runs should begin, and those under way be given up."""
        if not self.at_rest and not self._wanted():
            self.cancel(FORGOTTEN)
        return self._state == "cancelled"

    def cancel(self, problem: str = "") -> None:
        """End it: what has ended stays, runs under way are given up within a fraction of a second."""
        with self._lock:
            if not self.at_rest:
                self._state, self._problem = "cancelled", problem

    def begin(self) -> bool:
        """Begin, unless it was cancelled before; return whether it has begun."""
        with self._lock:
            if self._state == "waiting":
                self._state = "running"
            return self._state == "running"

    def began(self, seed: int) -> None:
        """Take note that a run has begun."""
        with self._lock:
            self._begun[seed] = self._clock()

    def see(self, shares: Mapping[int, float]) -> None:
        """Take note of how much of their plan the runs under way have carried out."""
        with self._lock:
            self._shares = dict(shares)

    def keep(self, seed: int, run: Trained) -> None:
        """Take what a run has given."""
        row = facts(self.model.plan, run)
        with self._lock:
            self._runs[seed], self._rows[seed] = run, row
            self._shares.pop(seed, None)
            self._took.append(self._clock() - self._begun.pop(seed, self._clock()))

    def end(self) -> None:
        """Take note that no run is under way any more."""
        with self._lock:
            self._begun.clear()
            self._shares.clear()
            if self._state == "running":
                self._state = "done"

    def snapshot(self) -> Snapshot:
        """Return what is known of it now."""
        with self._lock:
            order = [seed for seed in self.seeds if seed in self._runs]
            runs, rows = {seed: self._runs[seed] for seed in order}, {seed: self._rows[seed] for seed in order}
            share = (len(order) + sum(self._shares.values())) / len(self.seeds)
            return Snapshot(self._state, runs, rows, share, self._left(), self._problem)

    def _left(self) -> float | None:
        """Return how many seconds there are left, from what runs took or from how far the present ones are."""
        if self._state != "running" or not self._begun:
            return None
        now = self._clock()
        since = {seed: now - begun for seed, begun in self._begun.items()}
        guessed = [since[seed] / share for seed, share in self._shares.items() if seed in since and share > EARLY]
        known = self._took or guessed
        if not known:
            return None
        each = sum(known) / len(known)
        todo = each * (len(self.seeds) - len(self._runs)) - sum(min(each, time) for time in since.values())
        return max(0.0, todo) / len(since)
