"""The values in force for a layer or projection: what its spec says, else the declared default."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from leabra_studio.engine.params import Param
from leabra_studio.engine.specs import SPECS
from leabra_studio.model.document import Model
from leabra_studio.model.values import find_param, value_at

UNIT = "unit_spec"
UNIT_KIND = "unit"


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
    mixed
        Whether several objects are meant and their values differ.
    pinned
        Whether it stands on the canvas.
    shape
        Rows and columns of the layer that a mask is for.
    """

    path: str
    param: Param
    value: Any
    changed: bool
    mixed: bool = False
    pinned: bool = False
    shape: tuple[int, int] | None = None


def settings(model: Model, name: str) -> Iterator[Setting]:
    """Every parameter of a layer (its units' too) or projection, in the order of declaration."""
    for field, param in SPECS[model.kind_of(name)].params().items():
        if param.kind == "spec":
            for inner in SPECS[UNIT_KIND].params():
                yield setting(model, name, f"{field}.{inner}")
        else:
            yield setting(model, name, field)


def setting(model: Model, name: str, path: str) -> Setting:
    """One parameter by its path.

    Raises
    ------
    ValidationError
        No such layer, projection or parameter.
    """
    spec = model.spec_of(name)
    changed = spec is not None and value_at(spec.values, path) is not None
    param = find_param(model.kind_of(name), path)
    shape = _masked(model, name, path) if param.kind == "mask" else None
    return Setting(path, param, model.value(name, path), changed, shape=shape)


def _masked(model: Model, name: str, path: str) -> tuple[int, int]:
    """The shape of the layer at the end that a mask is for."""
    projn = model.projn(name)
    return model.layer(projn.pre if path.startswith("pre") else projn.post).shape


def common_settings(model: Model, names: tuple[str, ...]) -> Iterator[Setting]:
    """The parameters of several objects of one kind; where their values differ there is none in common."""
    columns = [list(settings(model, name)) for name in names]
    for row in zip(*columns, strict=True):
        differs = any(s.value != row[0].value for s in row)
        yield replace(row[0], mixed=differs, changed=any(s.changed for s in row))
