"""Edits of several layers or several projections at once, and what they have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, Final

from leabra_studio.engine.specs import SPECS
from leabra_studio.errors import ValidationError
from leabra_studio.model.document import Kind, Model
from leabra_studio.model.edits.common import checked_names
from leabra_studio.model.edits.params import set_param
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.names import listed
from leabra_studio.model.values import find_param, live, paths


class Mixed(Enum):
    """Stands where several objects have different values."""

    MIXED = "MIXED"

    def __repr__(self) -> str:
        return self.value


MIXED: Final = Mixed.MIXED


def set_param_of(model: Model, names: Iterable[str], path: str, value: Any) -> Model:
    """Return `model` with another value of a parameter for several layers, or for several projections.

    Each one's spec is changed as `set_param` does it: one that they share once, and with it everything else that uses
    it; one without a spec gets its own.

    Parameters
    ----------
    model : Model
        The document.
    names : iterable of str
        Layers only, or projections only.
    path : str
        Such as ``gi``, or ``unit_spec.gc_l`` for the units of layers.
    value : object
        As for `set_param`.

    Raises
    ------
    ValidationError
        If there are none, one does not exist, they are of both kinds, or one of them refuses the value.
    """
    wanted, kind = _alike(model, names)
    declared = find_param(kind, path)
    declared.check(SPECS["unit" if "." in path else kind].__name__, live(declared, value))
    done: set[str] = set()
    for name in wanted:
        spec = model.spec_of(name)
        if spec is not None and spec.name in done:
            continue
        model = _set_param(model, name, path, value)
        done.update({spec.name} if spec is not None else ())
    return model


def reset_param_of(model: Model, names: Iterable[str], path: str) -> Model:
    """Return `model` with a parameter of several layers, or of several projections, back at its default.

    Raises
    ------
    ValidationError
        If there are none, one does not exist, they are of both kinds, or there is no such parameter.
    """
    wanted, kind = _alike(model, names)
    return set_param_of(model, wanted, path, find_param(kind, path).fresh())


def common_values(model: Model, names: Iterable[str]) -> Mapping[str, Any]:
    """Return the values in force for several layers, or for several projections.

    Returns
    -------
    mapping
        Every parameter's path -> the value as a spec holds it, or `MIXED` where they differ.

    Raises
    ------
    ValidationError
        If there are none, one does not exist, or they are of both kinds.
    """
    wanted, kind = _alike(model, names)
    specs = {None if spec is None else spec.name: name for name in wanted for spec in [model.spec_of(name)]}
    return FrozenMap((path, _common([model.value(name, path) for name in specs.values()])) for path, _ in paths(kind))


def _common(values: list[Any]) -> Any:
    return values[0] if all(value == values[0] for value in values) else MIXED


def _alike(model: Model, names: Iterable[str]) -> tuple[tuple[str, ...], Kind]:
    """Return names that all exist, in the model's order, and what they all are."""
    wanted = checked_names(names, model.names)
    ordered = tuple(name for name in model.names if name in wanted)
    kinds = {model.kind_of(name) for name in ordered}
    if len(kinds) > 1:
        rule = f"must be layers only or projections only (got {listed(ordered)}); select one kind"
        raise ValidationError("Model", "names", rule)
    return ordered, kinds.pop()


def _set_param(model: Model, name: str, path: str, value: Any) -> Model:
    try:
        return set_param(model, name, path, value)
    except ValidationError as error:
        raise ValidationError(error.owner, error.field, f"{error.rule}; refused for {listed((name,))}") from None
