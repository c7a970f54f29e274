"""What must hold between the objects of a model; owners in the errors are paths in its document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leabra_studio.engine.lesion import Lesion
from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model import checks, limits
from leabra_studio.model.frozen import FrozenMap

if TYPE_CHECKING:
    from leabra_studio.model.document import Layer, Model, NamedSpec


def check(model: Model) -> None:
    """Refuse a model whose parts contradict each other or that is larger than the limits.

    Raises
    ------
    ValidationError
        At the first contradiction; ``owner.field`` is its path in the document.
    LimitError
        If there is too much of something.
    """
    _check_names(model)
    _check_references(model)
    _check_size(model)
    _check_patterns(model)
    _check_view(model)


def _check_names(model: Model) -> None:
    seen: dict[str, str] = {}
    for part in ("layers", "projns", "specs"):
        for i, item in enumerate(getattr(model, part)):
            if item.name in seen:
                rule = f"must be a new name (got {shown(item.name)}, which {seen[item.name]} has already)"
                raise ValidationError(f"{part}[{i}]", "name", rule)
            seen[item.name] = f"{part}[{i}]"


def _check_references(model: Model) -> None:
    layers = {layer.name: layer for layer in model.layers}
    specs = {spec.name: spec for spec in model.specs}
    for i, layer in enumerate(model.layers):
        _check_spec(f"layers[{i}]", layer.spec, "layer", specs)
    for i, projn in enumerate(model.projns):
        for end in ("pre", "post"):
            _check_layer(f"projns[{i}]", end, getattr(projn, end), layers)
        _check_spec(f"projns[{i}]", projn.spec, "projn", specs)


def _check_layer(owner: str, field: str, name: str, layers: dict[str, Layer]) -> None:
    if name not in layers:
        raise ValidationError(owner, field, f"must be the name of a layer (got {shown(name)})")


def _check_spec(owner: str, name: str | None, kind: str, specs: dict[str, NamedSpec]) -> None:
    if name is not None and (name not in specs or specs[name].kind != kind):
        raise ValidationError(owner, "spec", f"must be the name of a {kind} spec (got {shown(name)})")


def _check_size(model: Model) -> None:
    sizes = {layer.name: layer.size for layer in model.layers}
    limits.at_most(len(model.layers), limits.LAYERS, "layers")
    limits.at_most(len(model.projns), limits.PROJNS, "projections")
    limits.at_most(len(model.specs), limits.SPECS, "specs")
    limits.at_most(sum(sizes.values()), limits.UNITS, "units")
    limits.at_most(sum(sizes[p.pre] * sizes[p.post] for p in model.projns), limits.CONNECTIONS, "connections")


def _check_patterns(model: Model) -> None:
    names = [table.name for table in model.patterns]
    for i, name in enumerate(names):
        if name in names[:i]:
            raise ValidationError(f"patterns[{i}]", "name", f"must be a new name (got {shown(name)} again)")
    limits.at_most(len(names), limits.TABLES, "tables of patterns")
    limits.at_most(sum(len(table.rows) for table in model.patterns), limits.EVENTS, "rows of patterns")
    limits.at_most(sum(table.size for table in model.patterns), limits.PATTERN_VALUES, "values in patterns")
    for field in ("train", "test"):
        name = getattr(model.plan, field)
        if name is not None and name not in names:
            raise ValidationError("plan", field, f"must be the name of a table of patterns (got {shown(name)})")


def checked_inputs(model: Model) -> FrozenMap[tuple[float, ...]]:
    """Return the model's clamped values, each a number that is allowed.

    Raises
    ------
    ValidationError
        If they belong to no layer, are too many for it or out of range.
    """
    sizes = {layer.name: layer.size for layer in model.layers}
    for name in model.inputs:
        if name not in sizes:
            raise ValidationError("inputs", shown(name), f"must be the name of a layer (got {shown(name)})")
    return FrozenMap((name, checks.activations(name, values, sizes[name])) for name, values in model.inputs.items())


def checked_lesions(model: Model) -> FrozenMap[Lesion]:
    """Return the model's lesions, each of something that can have it.

    Raises
    ------
    ValidationError
        If they belong to no layer or projection, or their numbers are out of range.
    """
    projns = {projn.name for projn in model.projns}
    known = {layer.name for layer in model.layers} | projns
    for name in model.lesions:
        if name not in known:
            raise ValidationError("lesions", shown(name), f"must be a layer or projection (got {shown(name)})")
    return FrozenMap((name, checks.lesion(name, value, name in projns)) for name, value in model.lesions.items())


def _check_view(model: Model) -> None:
    name, unit = model.view.layer, model.view.unit
    sizes = {layer.name: layer.size for layer in model.layers}
    if name is not None and (not isinstance(name, str) or name not in sizes):
        raise ValidationError("view", "layer", f"must be the name of a layer or nothing (got {shown(name)})")
    if name is not None and unit >= sizes[name]:
        raise ValidationError("view", "unit", f"must be below the {sizes[name]} units of {name} (got {unit})")
