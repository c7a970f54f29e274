"""Checks of single values of the document: each returns the value in the type that is stored, or refuses it."""

from __future__ import annotations

import math
import numbers
import operator
from collections.abc import Iterable, Mapping
from typing import Any

from leabra_studio.engine.lesion import Lesion
from leabra_studio.engine.params import shown
from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.errors import LimitError, ValidationError
from leabra_studio.model import limits

_BINARY = {0.0: 0.0, 1.0: 1.0}


def one_of(owner: str, field: str, value: Any, allowed: tuple[str, ...]) -> None:
    """Refuse anything but one of a few words."""
    if not isinstance(value, str) or value not in allowed:
        raise ValidationError(owner, field, f"must be one of {', '.join(allowed)} (got {shown(value)})")


def text(owner: str, field: str, value: Any) -> None:
    """Refuse anything but text."""
    if not isinstance(value, str):
        raise ValidationError(owner, field, f"must be a text (got {shown(value)})")


def spec_name(owner: str, value: Any) -> None:
    """Refuse anything but the name of a spec or None."""
    if value is not None:
        text(owner, "spec", value)


def mapping(owner: str, field: str, value: Any) -> None:
    """Refuse anything but a mapping."""
    if not isinstance(value, Mapping):
        raise ValidationError(owner, field, f"must be a mapping (got {shown(value)})")


def flag(owner: str, field: str, value: Any) -> None:
    """Refuse anything but True and False."""
    if not isinstance(value, bool):
        raise ValidationError(owner, field, f"must be True or False (got {shown(value)})")


def whole(owner: str, field: str, value: Any, low: int = 0, high: int | None = None) -> int:
    """Return a whole number from `low` to `high`."""
    bounds = f", at least {low:,}" if high is None else f" from {low:,} to {high:,}"
    index = _index(value)
    if index is None or index < low or (high is not None and index > high):
        raise ValidationError(owner, field, f"must be a whole number{bounds} (got {shown(value)})")
    return index


def number(owner: str, field: str, value: Any, low: float, high: float) -> float:
    """Return a number from `low` to `high` as a float."""
    is_number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    if not is_number or not low <= value <= high:  # False for NaN
        raise ValidationError(owner, field, f"must be a number from {low:,.10g} to {high:,.10g} (got {shown(value)})")
    return float(value)


def lesion(name: str, value: Any, projn: bool) -> Lesion:
    """Return the lesion of a layer, or of a projection, which is always whole."""
    fields = {"fraction": value.fraction, "seed": value.seed} if isinstance(value, Lesion) else value
    if not isinstance(fields, Mapping) or not set(fields) <= {"fraction", "seed"}:
        raise ValidationError("lesions", name, f"must have a fraction and a seed, nothing else (got {shown(value)})")
    fraction = number("lesions", f"{name}.fraction", fields.get("fraction", 1.0), 1.0 if projn else 0.0, 1.0)
    if fraction == 0.0:
        raise ValidationError("lesions", f"{name}.fraction", "must be above 0; what is not lesioned is left out")
    return Lesion(fraction, whole("lesions", f"{name}.seed", fields.get("seed", 0), 0, limits.SEED))


def place(field: str, value: Any) -> float:
    """Return a coordinate on the canvas."""
    return number("Layer", field, value, -limits.CANVAS, limits.CANVAS)


def shape(value: Any) -> tuple[int, int]:
    """Return the rows and columns of a layer."""
    pair = tuple(value) if isinstance(value, list | tuple) else ()
    if len(pair) != 2:
        raise ValidationError("Layer", "shape", f"must be two numbers, rows and columns (got {shown(value)})")
    rows, cols = (whole("Layer", f"shape[{i}]", side, 1) for i, side in enumerate(pair))
    if rows * cols > limits.LAYER_UNITS:
        raise LimitError(f"A layer may have at most {limits.LAYER_UNITS:,} units (got {shown(rows)} x {shown(cols)})")
    return rows, cols


def activations(layer: str, value: Any, size: int) -> tuple[float, ...]:
    """Return the values that a layer of `size` units is clamped to."""
    if not isinstance(value, Iterable) or isinstance(value, str | bytes | Mapping):
        raise ValidationError("inputs", layer, f"must be a list of numbers (got {shown(value)})")
    values = tuple(value)
    if not 1 <= len(values) <= size:
        count = "1 value" if size == 1 else f"1 to {size} values, one for each unit or fewer that repeat"
        raise ValidationError("inputs", layer, f"must have {count} (got {len(values)})")
    return tuple(number("inputs", f"{layer}[{i}]", item, 0, 1) for i, item in enumerate(values))


def pattern(owner: str, field: str, value: Any) -> tuple[float, ...]:
    """Return a pattern: at least one number from 0 to 1."""
    if not isinstance(value, Iterable) or isinstance(value, str | bytes | Mapping):
        raise ValidationError(owner, field, f"must be a list of numbers (got {shown(value)})")
    values = tuple(value)
    if not values:
        raise ValidationError(owner, field, "must have a number for each unit (got none)")
    if set(map(type, values)) <= {float, int}:  # fast, for large tables
        if set(values) <= _BINARY.keys():
            return tuple(map(_BINARY.__getitem__, values))
        if all(0 <= item <= 1 for item in values):
            return tuple([abs(float(item)) for item in values])
    return tuple(abs(number(owner, f"{field}[{i}]", item, 0, 1)) for i, item in enumerate(values))


def variable(field: str, value: Any) -> None:
    """Refuse anything but the name of a unit variable."""
    one_of("View", field, value, UNIT_NAMES)


def variables(field: str, value: Any) -> tuple[str, ...]:
    """Return names of unit variables, each once."""
    if not isinstance(value, list | tuple):
        raise ValidationError("View", field, f"must be a list of unit variables (got {shown(value)})")
    for name in value:
        variable(field, name)
    return tuple(dict.fromkeys(value))


def notes(value: Any) -> None:
    """Refuse anything but text of a sensible length that can be written to a file."""
    text("Model", "notes", value)
    if len(value) > limits.NOTES_LENGTH:
        raise LimitError(f"Notes may have at most {limits.NOTES_LENGTH:,} characters (got {len(value):,})")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValidationError("Model", "notes", "must not hold half a character (a lone surrogate)")


def _index(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value.is_integer() else None
    try:
        return operator.index(value)
    except TypeError:
        return None


def pins(value: Any) -> tuple[tuple[str, str], ...]:
    """Return the parameters on the canvas, as pairs of the name of an object and a path."""
    found = value if isinstance(value, list | tuple) else None
    if found is None or len(found) > limits.PINS:
        raise ValidationError("View", "pins", f"must be a list of at most {limits.PINS} (got {shown(value)})")
    for i, pair in enumerate(found):
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise ValidationError("View", f"pins[{i}]", f"must be an object's name and a parameter (got {shown(pair)})")
        text("View", f"pins[{i}][0]", pair[0])
        text("View", f"pins[{i}][1]", pair[1])
    return tuple((pair[0], pair[1]) for pair in found)
