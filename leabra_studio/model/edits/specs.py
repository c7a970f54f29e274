"""Edits of specs as objects of their own, and of which layer or projection uses which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model import checks
from leabra_studio.model.document import KINDS, Kind, Model, NamedSpec
from leabra_studio.model.edits.common import new_name, spec_name, swapped, untaken, without_idle_specs
from leabra_studio.model.edits.objects import rename
from leabra_studio.model.edits.params import using, with_value
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.names import checked_name, free_name, listed
from leabra_studio.model.values import find_param, plain

WORDS: Mapping[str, str] = {"layer": "layers", "projn": "projections"}


def add_spec(model: Model, kind: Kind, name: str | None = None, values: Mapping[str, Any] | None = None) -> Model:
    """Return `model` with one more spec, which nothing uses yet.

    Parameters
    ----------
    model : Model
        The document.
    kind : str
        ``layer`` or ``projn``: what can use it.
    name : str, optional
        Its name; without one ``layer_spec`` or ``projn_spec``, with a number where that is taken.
    values : mapping, optional
        Its values by parameter; what is missing has its default.

    Raises
    ------
    ValidationError
        If the kind is unknown, the name is taken, or a value is not allowed.
    LimitError
        If there would be too many specs.
    """
    checks.one_of("Spec", "kind", kind, KINDS)
    name = new_name(model, "Spec", name, spec_name(kind))
    return replace(model, specs=(*model.specs, NamedSpec(name, kind, FrozenMap() if values is None else values)))


def own_copy(model: Model, name: str) -> Model:
    """Return `model` with a spec for one layer or projection alone, of the same values as the one it had.

    A copy is called after the object and goes with it. An object with the defaults gets a named spec that stays;
    one that shares its spec with nobody is left as it is.

    Raises
    ------
    ValidationError
        If there is no such layer or projection.
    """
    spec = model.spec_of(name)
    if spec is not None and model.users(spec.name) == (name,):
        return model
    free = free_name(spec_name(name), model.taken)
    own = NamedSpec(free, model.kind_of(name)) if spec is None else replace(spec, name=free, auto=True)
    return using(model, name, free, (*model.specs, own))


def use_spec(model: Model, name: str, spec: str | None) -> Model:
    """Return `model` with a layer or projection using another spec.

    A spec that was made for one object alone goes when that one leaves it, and stays for good once two share it.

    Parameters
    ----------
    model : Model
        The document.
    name : str
        The layer or projection.
    spec : str, optional
        The spec; None for the defaults.

    Raises
    ------
    ValidationError
        If there is no such object or spec, or the spec is one for objects of the other kind.
    """
    kind = model.kind_of(name)
    if spec is None:
        return without_idle_specs(using(model, name, None, model.specs))
    found = model.spec(spec)
    if found.kind != kind:
        rule = f"must be a spec for {WORDS[kind]} (got {shown(spec)}, which is one for {WORDS[found.kind]})"
        raise ValidationError(kind.title(), "spec", rule)
    shared = any(user != name for user in model.users(spec))
    specs = swapped(model.specs, replace(found, auto=found.auto and not shared))
    return without_idle_specs(using(model, name, spec, specs))


def rename_spec(model: Model, old: str, new: str) -> Model:
    """Return `model` with a spec called by another name; it then stays when what uses it goes.

    Raises
    ------
    ValidationError
        If there is no such spec, or the new name is taken or not allowed.
    """
    model.spec(old)
    new = checked_name("Spec", new)
    if new == old:
        return model
    renamed = rename(model, old, untaken(model, "Spec", new))
    return replace(renamed, specs=swapped(renamed.specs, replace(renamed.spec(new), auto=False)))


def remove_spec(model: Model, spec: str) -> Model:
    """Return `model` without a spec.

    Raises
    ------
    ValidationError
        If there is no such spec, or anything uses it: the sentence lists what does.
    """
    found = model.spec(spec)
    users = model.users(spec)
    if users:
        rule = f"{shown(spec)} must not be removed while {listed(users)} {'uses' if len(users) == 1 else 'use'} it"
        raise ValidationError("Model", "specs", f"{rule}; use another spec there first")
    return replace(model, specs=tuple(item for item in model.specs if item is not found))


def set_spec_param(model: Model, spec: str, path: str, value: Any) -> Model:
    """Return `model` with another value in a spec, whether anything uses it or not; the spec itself always stays.

    Parameters
    ----------
    model : Model
        The document.
    spec : str
        The name of the spec.
    path : str
        Such as ``gi``, or ``unit_spec.gc_l`` for the units of a layer.
    value : object
        As for `set_param`; the default takes the parameter out of the spec.

    Raises
    ------
    ValidationError
        If there is no such spec or parameter, or the value is not allowed.
    """
    found = model.spec(spec)
    find_param(found.kind, path)
    changed = replace(found, values=with_value(found.values, path, plain(value)))
    return replace(model, specs=swapped(model.specs, changed))


def reset_spec_param(model: Model, spec: str, path: str) -> Model:
    """Return `model` with a parameter of a spec back at its default.

    Raises
    ------
    ValidationError
        If there is no such spec or parameter.
    """
    return set_spec_param(model, spec, path, find_param(model.spec(spec).kind, path).fresh())
