"""Statistics of choices: the most active unit of a layer is taken for its answer. They are part of `lb.stats`."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from leabra_studio.engine import stat_checks as checks
from leabra_studio.engine.layout import Floats


def winner_error(targets: ArrayLike, acts: ArrayLike) -> Floats | np.float64:
    """Return whether the most active unit of each pattern is the wrong one.

    Parameters
    ----------
    targets : array_like of shape (..., units)
        What the units should do: the right ones are those at the largest value.
    acts : array_like of shape (..., units)
        What they did: in training the activities at the end of the minus phase, before the target is shown.

    Returns
    -------
    ndarray of shape (...) or float
        0 where one unit is more active than all others and is a right one, 1 where not. Where no unit is to be on, 0
        when none is. As input of `error_count`, `percent_correct` and `first_zero` it counts choices, where `sse`
        counts units on the right side of 0.5.

    Raises
    ------
    ValidationError
        If the arrays differ in shape or hold anything but finite numbers.

    Notes
    -----
    How classifiers are judged, and the accuracy of the IRIS example of the Leabra7 paper (figure 4).
    """
    wanted, given = checks.pair("winner_error", "targets", targets, "acts", acts)
    most = wanted.max(axis=-1, keepdims=True)
    first = given == given.max(axis=-1, keepdims=True)
    chosen = (first & (wanted == most)).any(axis=-1) & _decided(first, given)
    silent = (given <= 0).all(axis=-1)
    right = np.where(most[..., 0] > 0, chosen, silent)
    wrong: Floats = (~right).astype(np.float64)
    return wrong[()]


def confusion(targets: ArrayLike, acts: ArrayLike) -> NDArray[np.int64]:
    """Return how often each target was answered by each unit.

    Parameters
    ----------
    targets : array_like of shape (trials, units)
        One unit at 1, the others at 0, in every trial.
    acts : array_like of shape (trials, units)
        What the units did; the most active one is the answer.

    Returns
    -------
    ndarray of shape (units, units + 1)
        Trials by target (row) and answer (column). The last column counts those without an answer: no unit was
        active, or several were most active.

    Raises
    ------
    ValidationError
        If the arrays differ in shape, hold anything but finite numbers, or a target is not one unit.
    """
    wanted, given = checks.pair("confusion", "targets", targets, "acts", acts)
    rows, units = checks.one_hot("confusion", "targets", wanted), wanted.shape[1]
    decided = _decided(given == given.max(axis=1, keepdims=True), given)
    counts = np.zeros((units, units + 1), np.int64)
    np.add.at(counts, (rows, np.where(decided, given.argmax(axis=1), units)), 1)
    return counts


def _decided(first: NDArray[np.bool_], given: Floats) -> NDArray[np.bool_]:
    """Return where a single unit is most active, and is active at all."""
    alone: NDArray[np.bool_] = (first.sum(axis=-1) == 1) & (given.max(axis=-1) > 0)
    return alone
