"""Checks of the arguments of public calls: each names the call, the argument, the rule and what was given."""

from __future__ import annotations

import math
import numbers
import warnings
from collections.abc import Collection
from typing import Any, TypeVar

import numpy as np

from leabra_studio.engine.layout import Floats
from leabra_studio.engine.params import shown
from leabra_studio.engine.spec import Spec
from leabra_studio.errors import LimitError, ValidationError

T = TypeVar("T")
S = TypeVar("S", bound=Spec)


def whole(call: str, field: str, value: Any, low: int, high: int | None = None) -> int:
    """Return `value` as an int of at least `low`.

    Raises
    ------
    ValidationError
        If it is no whole number or too small.
    LimitError
        If it is above `high`.
    """
    if isinstance(value, np.integer):
        value = int(value)
    if type(value) is not int or value < low:
        raise ValidationError(call, field, f"must be a whole number, at least {low} (got {shown(value)})")
    if high is not None and value > high:
        raise LimitError(f"{call}.{field}: at most {high:,} (got {shown(value)})")
    return value


def finite(call: str, field: str, value: Any) -> float:
    """Return `value` as a finite float.

    Raises
    ------
    ValidationError
        If it is no finite number.
    """
    try:
        number = math.nan if isinstance(value, bool) or not isinstance(value, numbers.Real) else float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValidationError(call, field, f"must be a finite number (got {shown(value)})")
    return number


def flag(call: str, field: str, value: Any) -> bool:
    """Return `value` as a bool.

    Raises
    ------
    ValidationError
        If it is neither True nor False.
    """
    if not isinstance(value, bool | np.bool_):
        raise ValidationError(call, field, f"must be True or False (got {shown(value)})")
    return bool(value)


def new_name(call: str, value: Any, taken: Collection[str], most: int) -> str:
    """Return `value` as the name of a new object.

    Raises
    ------
    ValidationError
        If it is empty, no text or taken.
    LimitError
        If there are `most` names already.
    """
    if len(taken) >= most:
        raise LimitError(f"{call}: a net can have at most {most:,} layers and projections")
    if not isinstance(value, str) or not value:
        raise ValidationError(call, "name", f"must be a text that is not empty (got {shown(value)})")
    if value in taken:
        rule = f"is taken (got {shown(value)}); names of layers and projections must differ"
        raise ValidationError(call, "name", rule)
    return value


def known(call: str, field: str, value: Any, names: Collection[str], what: str) -> str:
    """Return `value` as one of `names`.

    Raises
    ------
    ValidationError
        If it is not among them.
    """
    if not isinstance(value, str) or value not in names:
        names = list(names)
        there = ", ".join(shown(name) for name in names[:12]) + (", …" if len(names) > 12 else "")
        raise ValidationError(call, field, f"must name {what} (got {shown(value)}); known are: {there or 'none yet'}")
    return value


def instance(call: str, field: str, value: Any, family: type[T], example: str) -> T:
    """Return `value` as an instance of `family`.

    Raises
    ------
    ValidationError
        If it is not one.
    """
    if not isinstance(value, family):
        raise ValidationError(call, field, f"must be {example} (got {shown(value)})")
    return value


def spec_of(call: str, value: Any, family: type[S]) -> S:
    """Return `value` as a valid spec, a new one for None.

    Raises
    ------
    ValidationError
        If it is another thing or holds an invalid value.
    """
    if value is None:
        return family()
    spec = instance(call, "spec", value, family, f"a {family.__name__}")
    spec.validate()
    return spec


def vector(call: str, field: str, value: Any) -> Floats:
    """Return `value` as a new array of at least one float64.

    Raises
    ------
    ValidationError
        If it is no one-dimensional sequence of numbers.
    """
    numbers_ = array(call, field, value)
    if numbers_.ndim != 1 or numbers_.size == 0:
        rule = f"must be one-dimensional with at least one number (got an array of shape {numbers_.shape})"
        raise ValidationError(call, field, rule)
    return numbers_


def activations(call: str, field: str, value: Any) -> Floats:
    """Return `value` as a new array of at least one activation.

    Raises
    ------
    ValidationError
        If it is no one-dimensional sequence of numbers in [0, 1].
    """
    values = vector(call, field, value)
    wrong = np.flatnonzero(~((values >= 0.0) & (values <= 1.0)))  # True for NaN
    if wrong.size:
        raise no_activation(call, field, values, int(wrong[0]))
    return values


def no_activation(call: str, field: str, values: Floats, index: int) -> ValidationError:
    """Return the error of the value at `index`, which lies outside [0, 1]."""
    rule = f"must lie in [0, 1] (got {float(values[index])!r} at index {index}); scale the pattern into it"
    return ValidationError(call, field, rule)


def array(call: str, field: str, value: Any) -> Floats:
    """Return `value` as a new array of float64 in C order.

    Raises
    ------
    ValidationError
        If it does not consist of real numbers.
    """
    try:
        given = np.asarray(value)
        if given.dtype.kind not in "biufO":
            raise TypeError
        return np.array(given, dtype=np.float64)
    except Exception:  # whatever a foreign type does on conversion
        raise ValidationError(call, field, f"must hold numbers only (got {shown(value)})") from None


def recording(call: str, value: Any, shape: tuple[int, int, int]) -> Floats:
    """Return `value` as an array that kernels can write the state into.

    Raises
    ------
    ValidationError
        If it is not a writable float64 array of that shape in C order.
    """
    good = isinstance(value, np.ndarray) and value.dtype == np.float64 and value.shape == shape
    if not good or not value.flags.c_contiguous or not value.flags.writeable or type(value) is not np.ndarray:
        got = f"{value.dtype} {value.shape}" if isinstance(value, np.ndarray) else shown(value)
        raise ValidationError(
            call, "record", f"must be a writable float64 array of shape {shape} in C order (got {got})"
        )
    result: Floats = value
    return result


def warn_outside(name: str, wts: Floats) -> None:
    """Warn when a weight of a projection lies outside [0, 1]."""
    if wts.size and not (wts.min() >= 0.0 and wts.max() <= 1.0):
        sentence = f"projection {name!r}: some weights lie outside [0, 1], where learning is not defined"
        warnings.warn(sentence, RuntimeWarning, stacklevel=3)
