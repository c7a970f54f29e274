"""Statistics of learning in the field's terms, one definition each: for the studio, for programs and for scripts.

The last axis of every array of activities holds the units of a layer; trials, epochs and runs come before it and are
kept. Where a trial has several target layers, its error is the sum of theirs.

Sources: Emergent (emer/leabra, ``Layer.MSE``, and the epoch logs of its simulations) and Leabra7 (leabra7 0.1.0,
layer.py). What they leave open is said at each function.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from leabra_studio.engine import stat_checks as checks
from leabra_studio.engine.checks import whole
from leabra_studio.engine.choices import confusion, winner_error
from leabra_studio.engine.layout import Floats
from leabra_studio.errors import ValidationError

__all__ = [
    "THRESHOLD",
    "TOLERANCE",
    "average_sse",
    "confusion",
    "cos_diff",
    "error_count",
    "first_zero",
    "mean_activity",
    "percent_correct",
    "settling_cycle",
    "sse",
    "winner_error",
]

THRESHOLD = 0.5
"""Difference from the target below which a unit is on the right side, and makes no error."""
TOLERANCE = 0.01
"""Change of an activity from one cycle to the next up to which it counts as settled."""


def sse(targets: ArrayLike, acts: ArrayLike, threshold: float = THRESHOLD) -> Floats | np.float64:
    """Return the sum of squared errors of each pattern.

    Parameters
    ----------
    targets : array_like of shape (..., units)
        What the units should do.
    acts : array_like of shape (..., units)
        What they did: in training the activities at the end of the minus phase, before the target is shown.
    threshold : float
        Differences below it count as 0; with the usual 0.5 a unit only has to be on the right side of 0.5. A
        difference of exactly the threshold is an error.

    Returns
    -------
    ndarray of shape (...) or float
        0 for a pattern without errors.

    Raises
    ------
    ValidationError
        If the arrays differ in shape or hold anything but finite numbers, or the threshold is negative.

    Notes
    -----
    As ``Layer.MSE`` of Emergent.
    """
    total: Floats = _squares("sse", targets, acts, threshold).sum(axis=-1)
    return total


def average_sse(targets: ArrayLike, acts: ArrayLike, threshold: float = THRESHOLD) -> Floats | np.float64:
    """Return the sum of squared errors of each pattern, divided by the number of units.

    Parameters, results and errors are those of `sse`. All units count, not only those in error.
    """
    mean: Floats = _squares("average_sse", targets, acts, threshold).mean(axis=-1)
    return mean


def error_count(sse: ArrayLike) -> NDArray[np.int64] | np.int64:
    """Return how many trials were answered wrongly.

    Parameters
    ----------
    sse : array_like of shape (..., trials)
        The errors as `sse` or `winner_error` returns them; a trial is right when its error is 0.

    Returns
    -------
    ndarray of shape (...) or int

    Raises
    ------
    ValidationError
        If there are no trials, or an error is negative or not finite.
    """
    count: NDArray[np.int64] = checks.wrong("error_count", sse).sum(axis=-1)
    return count


def percent_correct(sse: ArrayLike) -> Floats | np.float64:
    """Return the share of trials that were answered rightly, from 0 to 100.

    Parameters
    ----------
    sse : array_like of shape (..., trials)
        The errors as `sse` or `winner_error` returns them; a trial is right when its error is 0.

    Returns
    -------
    ndarray of shape (...) or float

    Raises
    ------
    ValidationError
        If there are no trials, or an error is negative or not finite.

    Notes
    -----
    Emergent logs the same as ``PctCor``, as a fraction.
    """
    percent: Floats = 100.0 * (~checks.wrong("percent_correct", sse)).mean(axis=-1)
    return percent


def cos_diff(minus: ArrayLike, plus: ArrayLike, *, centred: bool = False) -> Floats | np.float64:
    """Return the cosine between what a layer expected and what came.

    Parameters
    ----------
    minus, plus : array_like of shape (..., units)
        Activities at the end of the minus and of the plus phase.
    centred : bool
        Whether each pattern's mean is taken off first, as Emergent does it (then it is a correlation). Without, as
        Leabra7 does it, and this library in its learning rule.

    Returns
    -------
    ndarray of shape (...) or float
        1 where both patterns are the same but for a factor; 0 where one of them is all zeros (or, when centred, all
        the same).

    Raises
    ------
    ValidationError
        If the arrays differ in shape or hold anything but finite numbers.
    """
    one, other = (_direction(acts, centred) for acts in checks.pair("cos_diff", "minus", minus, "plus", plus))
    cosine: Floats = np.clip((one * other).sum(axis=-1), -1.0, 1.0)
    return cosine


def first_zero(sse: ArrayLike, in_a_row: int = 1) -> int | None:
    """Return the first epoch without an error.

    Parameters
    ----------
    sse : array_like of shape (epochs,)
        The error of each epoch of one run: the sum or mean of its trials'.
    in_a_row : int
        With more than 1: the epoch that ends the first so many without an error, one after the other, which is where
        training stops that waits for them.

    Returns
    -------
    int or None
        Counted from 0; None when there is none.

    Raises
    ------
    ValidationError
        If these are not the epochs of one run, an error is negative or not finite, or `in_a_row` is no whole number
        of at least 1.

    Notes
    -----
    Emergent's ``FirstZero`` and, with `in_a_row`, its ``LastZero`` (-1 there when there is none).
    """
    perfect = ~checks.wrong("first_zero", sse)
    if perfect.ndim != 1:
        rule = f"must hold the epochs of one run (got an array of shape {perfect.shape}); ask for each run by itself"
        raise ValidationError("stats.first_zero", "sse", rule)
    needed = whole("stats.first_zero", "in_a_row", in_a_row, 1)
    if needed > perfect.size:
        return None
    so_far = np.concatenate([[0], np.cumsum(perfect)])
    found = np.flatnonzero(so_far[needed:] - so_far[:-needed] == needed)
    return int(found[0]) + needed - 1 if found.size else None


def mean_activity(acts: ArrayLike) -> Floats | np.float64:
    """Return the mean activity of a layer.

    Parameters
    ----------
    acts : array_like of shape (..., units)
        Activities.

    Returns
    -------
    ndarray of shape (...) or float

    Raises
    ------
    ValidationError
        If there are no units, or an activity is not finite.
    """
    mean: Floats = checks.acts("mean_activity", "acts", acts).mean(axis=-1)
    return mean


def settling_cycle(acts: ArrayLike, tolerance: float = TOLERANCE) -> int | None:
    """Return the first cycle from which on no activity changes by more than a tolerance.

    Parameters
    ----------
    acts : array_like of shape (cycles, units)
        Activities of a layer after each cycle of one phase.
    tolerance : float
        The largest change from one cycle to the next that is none. It is a convention of this library.

    Returns
    -------
    int or None
        Counted from 0, which is for a layer that never moved; None when the last cycle still brought a change.

    Raises
    ------
    ValidationError
        If there are not at least two cycles, an activity is not finite, or the tolerance is negative.
    """
    values = checks.acts("settling_cycle", "acts", acts)
    if values.ndim != 2 or len(values) < 2:
        rule = f"must be at least two cycles of units (got an array of shape {values.shape})"
        raise ValidationError("stats.settling_cycle", "acts", rule)
    allowed = checks.not_negative("settling_cycle", "tolerance", tolerance)
    moved = np.flatnonzero(np.abs(np.diff(values, axis=0)).max(axis=-1) > allowed)
    settled = int(moved[-1]) + 1 if moved.size else 0
    return settled if settled < len(values) - 1 else None


def _squares(call: str, targets: ArrayLike, acts: ArrayLike, threshold: float) -> Floats:
    """Return the squared error of every unit, 0 where it is below the threshold."""
    wanted, given = checks.pair(call, "targets", targets, "acts", acts)
    error = np.abs(wanted - given)
    return np.where(error < checks.not_negative(call, "threshold", threshold), 0.0, error * error)


def _direction(acts: Floats, centred: bool) -> Floats:
    """Return patterns divided by their length, zeros where that is 0; divided twice, as squares can be too small."""
    if centred:
        varied = acts.max(axis=-1, keepdims=True) > acts.min(axis=-1, keepdims=True)
        acts = np.where(varied, acts - acts.mean(axis=-1, keepdims=True), 0.0)
    acts = _divided(acts, np.abs(acts).max(axis=-1, keepdims=True))
    return _divided(acts, np.sqrt((acts * acts).sum(axis=-1, keepdims=True)))


def _divided(values: Floats, divisor: Floats) -> Floats:
    return np.divide(values, divisor, out=np.zeros_like(values), where=divisor > 0)
