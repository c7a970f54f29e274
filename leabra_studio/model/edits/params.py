"""Edits of parameters: they act on the spec, and so on everything that shares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from leabra_studio.model.document import Model, NamedSpec
from leabra_studio.model.edits.common import spec_name, swapped
from leabra_studio.model.names import free_name
from leabra_studio.model.values import find_param, plain


def set_param(model: Model, name: str, path: str, value: Any) -> Model:
    """Return `model` with another value of a parameter.

    Parameters
    ----------
    model : Model
        The document.
    name : str
        A layer or projection. If it shares its spec the others change with it; if it has none it gets its own,
        called ``<name>_spec``, which goes again with the last changed value.
    path : str
        Such as ``gi``, or ``unit_spec.gc_l`` for the units of a layer.
    value : object
        The value; a distribution may also be a mapping such as ``{"type": "Uniform", "low": 0.2, "high": 0.4}``. The
        default takes the parameter out of the spec.

    Raises
    ------
    ValidationError
        If there is no such object or parameter, or the value is not allowed.
    """
    kind = model.kind_of(name)
    find_param(kind, path)
    spec = model.spec_of(name)
    new = spec or NamedSpec(free_name(spec_name(name), model.taken), kind, auto=True)
    new = replace(new, values=with_value(new.values, path, plain(value)))
    if new.auto and not new.values and model.users(new.name) in ((), (name,)):
        return using(model, name, None, tuple(s for s in model.specs if s is not spec))
    specs = (*model.specs, new) if spec is None else swapped(model.specs, new)
    return using(model, name, new.name, specs)


def reset_param(model: Model, name: str, path: str) -> Model:
    """Return `model` with a parameter back at its default.

    Raises
    ------
    ValidationError
        If there is no such object or parameter.
    """
    return set_param(model, name, path, find_param(model.kind_of(name), path).fresh())


def default_spec(model: Model, name: str, spec: str) -> Model:
    """Return `model` with a new spec of default values for a layer or projection that has none.

    Parameters
    ----------
    model : Model
        The document.
    name : str
        The layer or projection.
    spec : str
        The name of the new spec.

    Raises
    ------
    ValidationError
        If there is no such object or the name is taken.
    """
    return using(model, name, spec, (*model.specs, NamedSpec(spec, model.kind_of(name), auto=True)))


def using(model: Model, name: str, spec: str | None, specs: tuple[NamedSpec, ...]) -> Model:
    """Return `model` with the layer or projection `name` using `spec`, and `specs` as all that there are."""
    layers = tuple(replace(x, spec=spec) if x.name == name and x.spec != spec else x for x in model.layers)
    projns = tuple(replace(x, spec=spec) if x.name == name and x.spec != spec else x for x in model.projns)
    return replace(model, layers=layers, projns=projns, specs=specs)


def with_value(values: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return the values of a spec with another one at a path."""
    group, dot, name = path.rpartition(".")
    if not dot:
        return {**values, name: value}
    return {**values, group: {**values.get(group, {}), name: value}}
