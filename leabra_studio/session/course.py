"""The course of a training: its program from any place on, also when the plan is another one than at the start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import dropwhile
from typing import NamedTuple

from leabra_studio.model.document import Model
from leabra_studio.model.plan import TrainingPlan
from leabra_studio.model.program import Perfect, Stretch, order, program

Place = tuple[int, int, int, int, int]
"""Run, epoch, part (trials of training, test, end), trial and phase of a stretch: stretches come in this order."""


class Shown(NamedTuple):
    """What ran last: a stretch, and how many cycles of its trial have run."""

    stretch: Stretch
    cycle: int


START: Place = (0, 0, 0, 0, 0)


def place(stretch: Stretch) -> Place:
    """Return where a stretch stands."""
    part = 1 if stretch.mode == "test" else 0 if stretch.cycles else 2
    return stretch.run, stretch.epoch, part, stretch.trial, int(stretch.phase == "plus")


def stretches(model: Model, at: Place, seed: int, perfect: Perfect) -> Iterator[Stretch]:
    """Return the program of a model's plan from a place on.

    Parameters
    ----------
    model : Model
        Its plan may have changed since training began: an epoch that has begun is always finished.
    at : tuple
        The first stretch that is not run yet; where it is there no more, the one after it.
    seed : int
        The seed that the present run has begun with.
    perfect : callable
        As `leabra_studio.model.program.program` asks it.
    """
    plan = extended(model.plan, model.seed, at, seed)
    stream = program(plan, model.patterns, model.seed, perfect, at[:2])
    return dropwhile(lambda stretch: place(stretch) < at, stream)


def extended(plan: TrainingPlan, seed: int, at: Place, now: int) -> TrainingPlan:
    """Return the plan, made long enough to hold a place, with the seed that the present run has."""
    runs = max(plan.runs, at[0] + 1)
    seeds = [plan.seed_of(run, seed) if run < plan.runs else now for run in range(runs)]
    seeds[at[0]] = now
    return replace(plan, runs=runs, seeds=tuple(seeds), epochs=max(plan.epochs, at[1] + 1))


def after(at: Place, plan: TrainingPlan) -> Place | None:
    """Return where training goes on that ended with the epoch of a place; None where the plan has no more."""
    if at[1] + 1 < plan.epochs:
        return at[0], at[1] + 1, 0, 0, 0
    return (at[0] + 1, 0, 0, 0, 0) if at[0] + 1 < plan.runs else None


def rows(plan: TrainingPlan, count: int, stretch: Stretch, seed: int) -> list[int]:
    """Return the rows of the part of an epoch that a stretch is in, in their order."""
    if stretch.mode == "test":
        return list(range(count))
    return list(order(plan, count, seed, stretch.epoch))
