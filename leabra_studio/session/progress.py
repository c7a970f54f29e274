"""Progress: the part of a frame that tells of a training."""

from __future__ import annotations

from typing import Any

from leabra_studio.model.document import Model
from leabra_studio.model.plan import obstacle
from leabra_studio.session.course import Shown
from leabra_studio.session.frames import Frame, Request
from leabra_studio.session.training import Training

MOST = 2000
"""Records in one frame; the next frames bring the rest."""


def part(training: Training | None, model: Model, request: Request, generation: int, rate: float | None) -> Frame:
    """Return what a frame says of a training, or why there is none.

    Parameters
    ----------
    training
        What is trained, if anything is.
    model
        The document as it is now.
    request
        What the page asks for and has already.
    generation
        That of the session.
    rate
        Cycles per second, measured; None where nothing runs or it is too early to say.
    """
    if training is None:
        return {"train": None, "no_train": obstacle(model)}
    start = request.rows if request.gen == generation and 0 <= request.rows <= len(training.records) else 0
    return {
        "train": {
            **counters(training),
            "left": None if not rate else round(_cycles_left(training) / rate, 1),
            "trials_per_s": None if not rate else round(rate / _length(training, training.mode), 1),
            "from": start,
            "records": training.records.since(start, MOST),
            "tested": training.tested,
            "init": training.changed,
            "problem": training.problem,
        }
    }


def counters(training: Training) -> dict[str, Any]:
    """Return where a training, or the test that was asked for, stands, counted from 1 as people do."""
    plan, last = training.model.plan, training.shown.get(training.mode)
    trials = _trials(training, last)
    told: dict[str, Any] = {
        "mode": training.mode,
        "run": training.run + 1,
        "runs": max(plan.runs, training.run + 1),
        "seed": training.seed,
        "epoch": (training.place or (0, plan.epochs - 1))[1] + 1,
        "epochs": plan.epochs,
        "testing": training.mode == "test",
        "trial": 0,
        "trials": trials,
        "row": None,
        "name": "",
        "phase": "minus",
        "cycle": 0,
        "done": round(_done(training), 6),
    }
    return told if last is None else told | _at(training, last)


def _at(training: Training, last: Shown) -> dict[str, Any]:
    """Return what ran last."""
    stretch = last.stretch
    rows = training.materials[stretch.mode].table.rows
    return {
        "run": stretch.run + 1,
        "epoch": stretch.epoch + 1,
        "testing": stretch.mode == "test",
        "trial": stretch.trial + 1,
        "row": stretch.row,
        "name": rows[stretch.row].name if stretch.row < len(rows) else "",
        "phase": stretch.phase,
        "cycle": last.cycle,
    }


def _trials(training: Training, last: Shown | None) -> int:
    """Return how many trials the present part of an epoch, or the test that was asked for, has."""
    if training.mode == "test":
        return training.probed
    return len(training.materials[last.stretch.mode if last else "train"].table.rows)


def _length(training: Training, mode: str) -> int:
    """Return how many cycles a trial has."""
    plan = training.model.plan
    return plan.test_cycles if mode == "test" else plan.minus_cycles + plan.plus_cycles


def _epoch_cycles(training: Training) -> float:
    """Return how many cycles an epoch has, tests included, on the average."""
    plan, rows = training.model.plan, len(training.materials["train"].table.rows)
    tests = training.test_rows * plan.test_cycles / plan.test_every if plan.test and plan.test_every else 0.0
    return rows * _length(training, "train") + tests


def _cycles_left(training: Training) -> float:
    """Return how many cycles are still to run, if no run ends early."""
    return (1 - _done(training)) * _whole(training)


def _whole(training: Training) -> float:
    plan = training.model.plan
    if training.mode == "test":
        return training.probed * plan.test_cycles
    return max(plan.runs, training.run + 1) * plan.epochs * _epoch_cycles(training)


def _done(training: Training) -> float:
    """Return the share of the whole plan, or of the test that was asked for, that has run."""
    last = training.shown.get(training.mode)
    if training.mode == "test":
        return 0.0 if last is None else (last.stretch.trial + last.cycle / _length(training, "test")) / training.probed
    place, plan = training.place, training.model.plan
    if place is None or training.programs["train"].over:
        return 1.0
    rows = len(training.materials["train"].table.rows)
    within = min(1.0, place[3] / rows) if place[2] == 0 else 1.0
    return min(1.0, (place[0] + (place[1] + within) / plan.epochs) / max(plan.runs, place[0] + 1))
