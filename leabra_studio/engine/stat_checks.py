"""Checks of the arguments of statistics, see `leabra_studio.engine.stats`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine.checks import array, finite
from leabra_studio.engine.layout import Floats
from leabra_studio.errors import ValidationError

LARGEST = 1e100
"""Beyond it squares and sums would no longer be numbers."""


def acts(call: str, field: str, value: Any) -> Floats:
    """Return finite numbers, at least one along the last axis.

    Raises
    ------
    ValidationError
        If it is anything else.
    """
    values = array(f"stats.{call}", field, value)
    if values.ndim == 0 or values.shape[-1] == 0:
        rule = f"must be a sequence with at least one number (got an array of shape {values.shape})"
        raise ValidationError(f"stats.{call}", field, rule)
    if not (np.abs(values) <= LARGEST).all():  # False for NaN
        raise ValidationError(f"stats.{call}", field, f"must hold numbers between -{LARGEST:g} and {LARGEST:g} only")
    return values


def pair(call: str, one: str, a: Any, other: str, b: Any) -> tuple[Floats, Floats]:
    """Return two arguments of finite numbers that must have the same shape.

    Raises
    ------
    ValidationError
        If they have not.
    """
    first, second = acts(call, one, a), acts(call, other, b)
    if first.shape != second.shape:
        rule = f"must have the shape of {one}, {first.shape} (got {second.shape})"
        raise ValidationError(f"stats.{call}", other, rule)
    return first, second


def wrong(call: str, value: Any) -> NDArray[np.bool_]:
    """Return which sums of squared errors are not 0.

    Raises
    ------
    ValidationError
        If they are no such sums.
    """
    errors = acts(call, "sse", value)
    if errors.size and errors.min() < 0:
        raise ValidationError(f"stats.{call}", "sse", f"must not be negative (got {errors.min():g})")
    found: NDArray[np.bool_] = errors > 0
    return found


def one_hot(call: str, field: str, values: Floats) -> NDArray[np.intp]:
    """Return for each trial the number of the unit that is at 1.

    Raises
    ------
    ValidationError
        If the others are not all at 0, or more or less than one unit is at 1.
    """
    if values.ndim != 2:
        raise ValidationError(f"stats.{call}", field, f"must be trials of units (got an array of shape {values.shape})")
    units = values.shape[1]
    broken = np.flatnonzero(((values == 1).sum(axis=1) != 1) | ((values == 0).sum(axis=1) != units - 1))
    if broken.size:
        rule = f"must have one unit at 1 and the others at 0 in every trial (trial {broken[0]} has not)"
        raise ValidationError(f"stats.{call}", field, rule)
    numbers: NDArray[np.intp] = values.argmax(axis=1)
    return numbers


def not_negative(call: str, field: str, value: Any) -> float:
    """Return a finite number of at least 0.

    Raises
    ------
    ValidationError
        If it is anything else.
    """
    number = finite(f"stats.{call}", field, value)
    if number < 0:
        raise ValidationError(f"stats.{call}", field, f"must not be negative (got {number:g})")
    return number
