"""Statistics of training in the field's terms: their names, declared once, and how `lb.stats` gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine import stats

Floats = NDArray[np.float64]
Patterns = Mapping[str, Floats]
"""Name of the layer -> patterns [trials, units]."""

ACT = "act:"
"""Begins the name of the mean activity of a layer, which follows."""


@dataclass(frozen=True)
class Statistic:
    """One statistic.

    Parameters
    ----------
    name : str
        Its name on the wire and in tables.
    label : str
        What a person reads.
    unit : str
        What it counts; empty for a bare number.
    doc : str
        One sentence.
    """

    name: str
    label: str
    unit: str
    doc: str


TRIAL = (
    Statistic(
        "sse", "SSE", "", "Sum of squared errors of all target units, those on the right side of 0.5 making none."
    ),
    Statistic("avg_sse", "Average SSE", "", "SSE divided by the number of target units."),
    Statistic("cos_diff", "Cosine", "", "Cosine between expectation and target, mean over the target layers."),
    Statistic("settling", "Settling", "cycles", "First cycle of the minus phase after which no activity changes."),
    Statistic("error", "Error", "", "1 where the trial was answered wrongly, as the plan has it, else 0."),
)
EPOCH = (
    Statistic("sse", "SSE", "", "Sum over the trials of the epoch."),
    Statistic("avg_sse", "Average SSE", "", "Mean over the trials of the epoch."),
    Statistic("errors", "Errors", "trials", "Trials that were answered wrongly, as the plan has it."),
    Statistic("percent_correct", "Correct", "%", "Trials without an error."),
    Statistic("cos_diff", "Cosine", "", "Mean over the trials of the epoch."),
    Statistic(
        "settling", "Settling", "cycles", "Mean over the trials of the epoch that settled, where it was observed."
    ),
)
RUN = (
    Statistic("first_zero", "First zero", "epoch", "First epoch without an error, counted from 1."),
    Statistic("epochs", "Epochs", "epochs", "How many the run had."),
)


def of_trials(targets: Patterns, acts: Patterns, settling: Floats, correct_by: str) -> dict[str, Floats]:
    """Return the statistics of each trial; NaN where there is no target, or settling was not observed.

    Parameters
    ----------
    targets : mapping
        The patterns of the target layers.
    acts : mapping
        What the same layers did at the end of the minus phases.
    settling : ndarray of float64, shape (trials,)
        When each trial settled.
    correct_by : str
        ``threshold`` or ``winner``, see `leabra_studio.model.plan.TrainingPlan`.
    """
    unknown = np.full(len(settling), nan)
    if not targets:
        return {"sse": unknown, "avg_sse": unknown, "cos_diff": unknown, "settling": settling, "error": unknown}
    wanted = np.concatenate(list(targets.values()), axis=1)
    given = np.concatenate([acts[layer] for layer in targets], axis=1)
    cosines = [stats.cos_diff(acts[layer], patterns) for layer, patterns in targets.items()]
    sse = np.asarray(stats.sse(wanted, given))
    return {
        "sse": sse,
        "avg_sse": np.asarray(stats.average_sse(wanted, given)),
        "cos_diff": np.mean(cosines, axis=0),
        "settling": settling,
        "error": _winner_errors(targets, acts) if correct_by == "winner" else (sse > 0).astype(np.float64),
    }


def _winner_errors(targets: Patterns, acts: Patterns) -> Floats:
    """Return 1 for the trials in which any target layer chose a wrong unit, 0 for the others."""
    layers = [np.asarray(stats.winner_error(patterns, acts[layer])) for layer, patterns in targets.items()]
    worst: Floats = np.max(layers, axis=0)
    return worst


def of_epoch(trials: Mapping[str, Floats], activity: Mapping[str, float]) -> dict[str, float]:
    """Return the statistics of an epoch.

    Parameters
    ----------
    trials : mapping
        What `of_trials` has returned.
    activity : mapping
        Name of the layer -> its mean activity over the trials.
    """
    errors = trials["error"]
    known = bool(np.isfinite(errors).all())
    settled = trials["settling"][np.isfinite(trials["settling"])]
    return {
        "sse": float(trials["sse"].sum()),
        "avg_sse": float(trials["avg_sse"].mean()),
        "errors": float(stats.error_count(errors)) if known else nan,
        "percent_correct": float(stats.percent_correct(errors)) if known else nan,
        "cos_diff": float(trials["cos_diff"].mean()),
        "settling": float(settled.mean()) if settled.size else nan,
        **{ACT + layer: mean for layer, mean in activity.items()},
    }


def of_run(errors: Floats) -> dict[str, float | None]:
    """Return the statistics of a run from the number of errors [epochs] in each of its epochs."""
    first = stats.first_zero(errors) if errors.size and np.isfinite(errors).all() else None
    return {"first_zero": None if first is None else first + 1, "epochs": errors.size}
