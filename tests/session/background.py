"""What the tests of batches in the background share: waiting for them, and a plan that nobody waits for."""

import time
from collections.abc import Callable

from leabra_studio.session.batch_job import BatchJob
from tests.session.lessons import model

ENDLESS = model(epochs=100_000, test_every=0)
"""A plan that nobody waits for."""


def until(condition: Callable[[], object]) -> None:
    """Wait until something is so."""
    for _ in range(6000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to that")


def ended(job: BatchJob) -> BatchJob:
    until(lambda: job.at_rest)
    return job


def under_way(job: BatchJob) -> BatchJob:
    """Wait until a run of a batch says how far it is."""
    until(lambda: job.snapshot().share > 0)
    return job


def seeds_of(job: BatchJob) -> list[int]:
    return list(job.snapshot().runs)
