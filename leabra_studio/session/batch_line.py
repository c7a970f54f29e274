"""The line of batches: few are at work at once, over all sessions; the others wait until it is their turn."""

from __future__ import annotations

import threading

from leabra_studio.session.batch_job import BatchJob
from leabra_studio.session.batch_pool import Pool
from leabra_studio.session.batch_work import carry_out

AT_ONCE = 2
"""Batches at work; they share the workers, run by run."""


class Line:
    """Where batches wait for their turn.

    Parameters
    ----------
    pool
        The workers.
    at_once
        How many batches are at work at the same time.
    """

    def __init__(self, pool: Pool | None = None, at_once: int = AT_ONCE) -> None:
        self.pool = pool or Pool()
        self._at_once = at_once
        self._waiting: list[BatchJob] = []
        self._at_work: dict[BatchJob, threading.Thread] = {}
        self._lock = threading.Lock()

    def add(self, job: BatchJob) -> None:
        """Let a batch wait for its turn, which may be now."""
        with self._lock:
            self._waiting.append(job)
        self._next()

    def before(self, job: BatchJob) -> int:
        """Return how many batches have to end before it is the turn of this one; 0 where it does not wait."""
        with self._lock:
            line = [one for one in self._waiting if not one.at_rest]
            return line.index(job) + 1 if job in line else 0

    def close(self) -> None:
        """Cancel all batches and wait until none is at work."""
        with self._lock:
            jobs, threads = [*self._waiting, *self._at_work], list(self._at_work.values())
            self._waiting.clear()
        for job in jobs:
            job.cancel()
        for thread in threads:
            thread.join()
        self.pool.close()

    def _next(self) -> None:
        """Begin as many batches as there is room for; those that were cancelled while they waited are left out."""
        with self._lock:
            self._waiting = [job for job in self._waiting if not job.at_rest]
            while self._waiting and len(self._at_work) < self._at_once:
                job = self._waiting.pop(0)
                self._at_work[job] = threading.Thread(target=self._work, args=(job,), name="batch", daemon=True)
                self._at_work[job].start()

    def _work(self, job: BatchJob) -> None:
        try:
            carry_out(job, self.pool)
        finally:
            with self._lock:
                del self._at_work[job]
            self._next()


_shared: Line | None = None
_shared_lock = threading.Lock()


def shared() -> Line:
    """Return the line of this process: there is one set of cores, however many studios it serves."""
    global _shared  # one for the process, made when it is first needed
    with _shared_lock:
        if _shared is None:
            _shared = Line()
        return _shared
