"""Specs, schedules and generators as plain data for a file, and back; nothing that is read is trusted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np

from leabra_studio.engine.rand import DISTRIBUTIONS, Distribution
from leabra_studio.engine.schedules import SCHEDULES, Outlook, Schedule
from leabra_studio.engine.spec import Spec
from leabra_studio.engine.specs import SPECS
from leabra_studio.engine.value import Value
from leabra_studio.errors import FormatError, ValidationError

Data = dict[str, Any]

MAX_COUNT = 2**62
"""Bound of every count in a file, so that sums of two stay inside 64 bits."""

V = TypeVar("V", bound=Value)
T = TypeVar("T")


def take(data: Any, key: str, kind: type[T], path: str) -> T:
    """Return ``data[key]`` as a `kind`.

    Raises
    ------
    FormatError
        If `data` is no object, or has no such value.
    """
    value = data.get(key) if isinstance(data, dict) else None
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise FormatError(f"must be of type {kind.__name__}", f"{path}.{key}" if path else key)
    return value


def take_count(data: Any, key: str, path: str) -> int:
    """Return ``data[key]`` as an int from 0 to the largest index.

    Raises
    ------
    FormatError
        If it is not one.
    """
    value = take(data, key, int, path)
    if not 0 <= value < MAX_COUNT:
        raise FormatError("must be a count", f"{path}.{key}")
    return value


def item(values: list[T], index: int, path: str) -> T:
    """Return ``values[index]``.

    Raises
    ------
    FormatError
        If there is no such item.
    """
    if not 0 <= index < len(values):
        raise FormatError(f"must be from 0 to {len(values) - 1}", path)
    return values[index]


def spec_data(spec: Spec) -> Data:
    """Return a spec as plain data: its kind, and every value that Leabra Studio declares for it."""
    kind = next(kind for kind, family in SPECS.items() if isinstance(spec, family))
    return {"kind": kind, "values": {name: _plain(getattr(spec, name)) for name in SPECS[kind].params()}}


def spec_of(data: Any, path: str) -> Spec:
    """Return the spec that plain data describes.

    Raises
    ------
    FormatError
        If the data is malformed.
    ValidationError
        If a name or a value is invalid.
    """
    family = SPECS.get(take(data, "kind", str, path))
    if family is None:
        raise FormatError(f"must be one of {', '.join(SPECS)}", f"{path}.kind")
    values = {}
    for name, value in take(data, "values", dict, path).items():
        declared = family.params().get(name)
        if declared is not None and declared.kind == "spec":
            value = spec_of(value, f"{path}.values.{name}")
        elif declared is not None and declared.kind == "dist":
            value = value_of(value, DISTRIBUTIONS, f"{path}.values.{name}")
        values[name] = value
    spec = family(**values)
    spec.validate()
    return spec


def value_of(data: Any, families: Mapping[str, type[V]], path: str) -> V:
    """Return the distribution or schedule that plain data describes.

    Raises
    ------
    FormatError
        If the data is malformed.
    ValidationError
        If a value is invalid.
    """
    family = families.get(take(data, "type", str, path))
    if family is None:
        raise FormatError(f"must be one of {', '.join(families)}", f"{path}.type")
    values = {name: value for name, value in data.items() if name != "type"}
    if values.keys() != family.params().keys():
        raise FormatError(f"must hold type, {', '.join(family.params())}", path)
    return family(**values)


def schedule_data(schedule: Schedule, outlook: Outlook) -> Data:
    """Return a schedule and where it stands as plain data."""
    best = None if math.isinf(outlook.best) else outlook.best
    return {"rule": _plain(schedule), "outlook": {**outlook._asdict(), "best": best}}


def schedule_of(data: Any, path: str) -> tuple[Schedule, Outlook]:
    """Return a schedule and where it stands.

    Raises
    ------
    FormatError
        If the data is malformed.
    ValidationError
        If a value is invalid.
    """
    rule = value_of(take(data, "rule", dict, path), SCHEDULES, f"{path}.rule")
    stands = take(data, "outlook", dict, path)
    factor = take(stands, "factor", float, path)
    best = math.inf if stands.get("best") is None else take(stands, "best", float, path)
    if not (0.0 <= factor < math.inf) or math.isnan(best):
        raise FormatError("must hold finite numbers", f"{path}.outlook")
    return rule, Outlook(factor, take_count(stands, "epochs", path), best, take_count(stands, "waited", path))


def generator_data(rng: np.random.Generator) -> Data:
    """Return a generator's state as plain data."""
    return dict(rng.bit_generator.state)


def generator_of(data: Data, path: str) -> np.random.Generator:
    """Return a generator in the state that plain data describes.

    Raises
    ------
    FormatError
        If it is no state of numpy's default generator.
    """
    rng = np.random.default_rng(0)
    try:
        rng.bit_generator.state = data
    except (TypeError, ValueError, KeyError, OverflowError, AttributeError):
        raise FormatError("must be the state of a PCG64 generator", path) from None
    return rng


def _plain(value: Any) -> Any:
    if isinstance(value, Spec):
        return spec_data(value)
    if isinstance(value, Distribution | Schedule):
        known = DISTRIBUTIONS if isinstance(value, Distribution) else SCHEDULES
        if known.get(type(value).__name__) is not type(value):
            rule = f"cannot be kept in a file, which holds no code; use one of {', '.join(known)} before saving"
            raise ValidationError("Net.save", type(value).__name__, rule)
        return {"type": type(value).__name__, **{name: getattr(value, name) for name in value.params()}}
    return list(value) if isinstance(value, tuple) else value
