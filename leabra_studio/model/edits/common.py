"""What several edits need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model.document import Layer, Model, NamedSpec, Projn
from leabra_studio.model.limits import NAME_LENGTH
from leabra_studio.model.names import checked_name, free_name

SPEC_TAIL = "_spec"
T = TypeVar("T", Layer, Projn, NamedSpec)


def swapped(items: tuple[T, ...], new: T, name: str | None = None) -> tuple[T, ...]:
    """Return `items` with `new` in the place of the one called `name` (its own name when not given)."""
    return tuple(new if item.name == (name or new.name) else item for item in items)


def new_name(model: Model, owner: str, name: str | None, base: str) -> str:
    """Return the name for a new object: `name` if it is free, else one made from `base`.

    Raises
    ------
    ValidationError
        If `name` is given and taken or not allowed.
    """
    if name is None:
        return free_name(base, model.taken)
    return untaken(model, owner, checked_name(owner, name))


def untaken(model: Model, owner: str, name: str) -> str:
    """Return `name`; refuse it if something is called so already."""
    if name not in model.taken:
        return name
    kind = "spec" if name not in model.names else {"layer": "layer", "projn": "projection"}[model.kind_of(name)]
    rule = f"must be a new name (got {shown(name)}, which is a {kind}); {shown(free_name(name, model.taken))} is free"
    raise ValidationError(owner, "name", rule)


def spec_name(user: str) -> str:
    """Return the name of the spec that is made for one layer or projection."""
    return f"{user[: NAME_LENGTH - len(SPEC_TAIL)]}{SPEC_TAIL}"


def checked_names(names: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """Return a set of names that all exist.

    Raises
    ------
    ValidationError
        If there is none, or one is not in `known`.
    """
    wanted = [names] if isinstance(names, str) else list(names)
    if not wanted:
        raise ValidationError("Model", "names", "must hold at least one name (got none); select something first")
    present = frozenset(known)
    for name in wanted:
        if not isinstance(name, str) or name not in present:
            raise ValidationError("Model", "names", f"there is nothing called {shown(name)}")
    return frozenset(wanted)


def without_idle_specs(model: Model) -> Model:
    """Return the model without the specs that were made for one object and that nothing uses any more."""
    used = {item.spec for item in model.objects}
    kept = tuple(spec for spec in model.specs if spec.name in used or not spec.auto)
    return model if len(kept) == len(model.specs) else replace(model, specs=kept)
