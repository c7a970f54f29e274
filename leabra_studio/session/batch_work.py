"""How a batch is carried out: one thread hands its runs to workers and takes what they give."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait

import numpy as np

from leabra_studio.engine import warm
from leabra_studio.errors import LeabraError
from leabra_studio.model import codec
from leabra_studio.session.batch_job import BatchJob
from leabra_studio.session.batch_pool import Pool, end_with_interpreter
from leabra_studio.session.records import PLACE
from leabra_studio.session.single_run import Trained

logger = logging.getLogger(__name__)

# How often a batch looks after its runs, in seconds.
GLANCE = 0.1

DIED = "The process that trained this run has ended; there may be too little memory."

Results = Future[Trained | None]


def carry_out(job: BatchJob, pool: Pool) -> None:
    """Carry out all runs of a batch with the workers of `pool`; returns when none is under way any more."""
    warm.wait()  # else every worker would compile the kernels for itself
    if not job.begin():
        return
    work = _Work(job, pool)
    try:
        while work.hand_out():
            work.look()
    except Exception as error:  # whatever a system without room for workers may raise: it is told, not lost
        logger.exception("a batch has failed")
        job.cancel(f"It could not be carried out ({error}).")
    finally:
        work.end()


class _Work:
    """What the thread of a batch knows while it is at work."""

    def __init__(self, job: BatchJob, pool: Pool) -> None:
        self._job, self._pool = job, pool
        self._document = codec.dumps(job.model)
        self._signals = pool.signals()
        self._waiting = list(reversed(job.seeds))
        self._under_way: dict[Results, int] = {}
        self._died: set[int] = set()

    def hand_out(self) -> bool:
        """Give runs to the workers that have nothing to do; return whether any is under way."""
        while self._waiting and not self._job.cancelled and len(self._under_way) < self._pool.size:
            seed = self._waiting.pop()
            self._under_way[self._pool.submit(self._document, seed, self._signals)] = seed
            self._job.began(seed)
            end_with_interpreter()
        return bool(self._under_way)

    def look(self) -> None:
        """Wait a moment for results, take them, and see how far the other runs are."""
        ended, _ = wait(self._under_way, timeout=GLANCE, return_when=FIRST_COMPLETED)
        self._take({future: self._under_way.pop(future) for future in ended})
        self._job.see({seed: self._signals.share(seed) for seed in self._under_way.values()})
        if not self._signals.wanted:  # the interpreter ends
            self._job.cancel()
        if self._job.cancelled:
            self._signals.stop()
            for future in self._under_way:
                future.cancel()

    def end(self) -> None:
        """Let go of what runs, and of the directory of its signals."""
        self._pool.dismiss(self._signals)
        self._job.end()

    def _take(self, ended: Mapping[Results, int]) -> None:
        errors = {seed: f.exception() for f, seed in ended.items() if not f.cancelled()}
        broken = {seed: error for seed, error in errors.items() if isinstance(error, BrokenExecutor)}
        for future, seed in ended.items():
            error = errors.get(seed)
            if seed in errors and error is None:
                self._keep(seed, future.result())
            elif error is not None and seed not in broken:
                self._fail(seed, error)
        if broken:
            self._pool.mend(next(iter(broken.values())))
            self._repeat(list(broken))

    def _keep(self, seed: int, run: Trained | None) -> None:
        if run is not None:
            self._pool.worked()
            self._job.keep(seed, run)

    def _fail(self, seed: int, error: BaseException) -> None:
        if not isinstance(error, LeabraError):
            logger.error("the run with seed %d has failed", seed, exc_info=error)
        self._job.keep(seed, _nothing(str(error) or type(error).__name__))

    def _repeat(self, seeds: list[int]) -> None:
        """Give runs whose worker has died to another one, once."""
        for seed in seeds:
            if seed in self._died:
                self._job.keep(seed, _nothing(DIED))
        self._waiting += [seed for seed in seeds if seed not in self._died]
        self._died.update(seeds)


def _nothing(problem: str) -> Trained:
    """Return what is kept of a run that has given nothing."""
    return Trained(list(PLACE), np.empty((len(PLACE), 0)), problem)
