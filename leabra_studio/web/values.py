"""The values in force for a layer or projection: what its spec says, else the declared default."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from leabra_studio.engine.params import Param
from leabra_studio.engine.specs import SPECS
from leabra_studio.model import Model

UNIT = "unit_spec"


@dataclass(frozen=True)
class Setting:
    """One parameter of one layer or projection, as the form shows it.

    Attributes
    ----------
    path
        ``gi``, or ``unit_spec.gc_l`` for a parameter of the layer's units.
    param
        The declaration.
    value, changed
        The value in force, and whether it differs from the default.
    """

    path: str
    param: Param
    value: Any
    changed: bool


def kind_of(model: Model, name: str) -> str:
    """``layer`` or ``projn``: what ``name`` is in ``model``."""
    return "layer" if any(layer.name == name for layer in model.layers) else "projn"


def settings(model: Model, name: str) -> Iterator[Setting]:
    """Every parameter of a layer (its units' too) or projection, in the order of declaration."""
    kind = kind_of(model, name)
    for field, param in SPECS[kind].params().items():
        if param.kind == "spec":
            for inner, unit_param in SPECS["unit"].params().items():
                yield _setting(model, name, f"{UNIT}.{inner}", unit_param)
        else:
            yield _setting(model, name, field, param)


def setting(model: Model, name: str, path: str) -> Setting:
    """One parameter by its path.

    Raises
    ------
    KeyError
        No such parameter.
    """
    group, _, inner = path.rpartition(".")
    return _setting(model, name, path, SPECS["unit" if group == UNIT else kind_of(model, name)].params()[inner])


def value(model: Model, name: str, path: str) -> Any:
    """The value in force at ``path``."""
    return setting(model, name, path).value


def _setting(model: Model, name: str, path: str, param: Param) -> Setting:
    spec = model.spec_of(name)
    values: Any = spec.values if spec else {}
    *groups, field = path.split(".")
    for group in groups:
        values = values.get(group, {})
    return Setting(path, param, values.get(field, param.fresh()), field in values)
