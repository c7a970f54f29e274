"""The calls that make a model: the one list that `build` carries out and that the exported script prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from leabra_studio.engine.lesion import Lesion
from leabra_studio.engine.params import Param
from leabra_studio.engine.specs import SPECS
from leabra_studio.model.document import Layer, Model, Projn
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.values import TYPE, declaration

Verb = Literal[
    "Net",
    "LayerSpec",
    "ProjnSpec",
    "new_layer",
    "new_projn",
    "clamp_layer",
    "unclamp_layer",
    "set_weights",
    "load_weights",
    "lesion",
    "heal",
    "cycle",
    "own",
    "set",
]


SPEC_VERBS: Mapping[str, Verb] = MappingProxyType({"layer": "LayerSpec", "projn": "ProjnSpec"})
"""The verb that makes a spec, by the kind of the spec."""


@dataclass(frozen=True)
class Make:
    """A constructor call as an argument, such as ``UnitSpec(gc_l=0.2)`` or ``Uniform(low=0.25, high=0.75)``."""

    type: str
    args: Mapping[str, Any]


@dataclass(frozen=True)
class Ref:
    """The spec object of this name as an argument."""

    spec: str


@dataclass(frozen=True)
class Call:
    """One call.

    Parameters
    ----------
    verb : str
        ``Net``, ``LayerSpec`` and ``ProjnSpec`` make an object; ``new_layer``, ``new_projn``, ``clamp_layer``,
        ``unclamp_layer``, ``set_weights``, ``load_weights``, ``lesion``, ``heal`` and ``cycle`` are methods of the
        net; ``set`` gives the attribute `path` of a spec a new value; ``own`` lets the name `result` stand for the
        default spec that a layer or projection was made with.
    args : mapping
        The arguments by name: numbers, texts, flags, tuples of them, `Make` or `Ref`.
    result : str, optional
        The name of the spec that is made.
    about : frozenset of str
        The names of the objects in the model that the call is there for.
    """

    verb: Verb
    args: Mapping[str, Any]
    result: str | None = None
    about: frozenset[str] = frozenset()


def calls(model: Model) -> Iterator[Call]:
    """Return the calls that make a net from a model, in order: net, specs, layers, projections, lesions, inputs."""
    yield Call("Net", FrozenMap({"seed": model.seed}))
    users: dict[str, set[str]] = {}
    for item in model.objects:
        users.setdefault(item.spec or "", set()).add(item.name)
    for spec in model.specs:
        about = frozenset({spec.name, *users.get(spec.name, ())})
        yield Call(SPEC_VERBS[spec.kind], _arguments(SPECS[spec.kind], spec.values), spec.name, about)
    for layer in model.layers:
        yield Call("new_layer", _with_spec(layer, name=layer.name, size=layer.size), about=frozenset({layer.name}))
    for p in model.projns:
        yield Call("new_projn", _with_spec(p, name=p.name, pre=p.pre, post=p.post), about=frozenset({p.name}))
    for name, cut in model.lesions.items():
        yield lesion(name, cut)
    for name, acts in model.inputs.items():
        yield clamp(name, acts)


def clamp(layer: str, acts: tuple[float, ...] | None) -> Call:
    """Return the call that clamps a layer, or lets go of it where `acts` is None."""
    if acts is None:
        return Call("unclamp_layer", FrozenMap({"name": layer}), about=frozenset({layer}))
    return Call("clamp_layer", FrozenMap({"name": layer, "acts": acts}), about=frozenset({layer}))


def lesion(name: str, cut: Lesion | None) -> Call:
    """Return the call that lesions a layer or projection, or heals it where `cut` is None."""
    if cut is None:
        return Call("heal", FrozenMap({"name": name}), about=frozenset({name}))
    part = {} if cut.fraction == 1.0 else {"fraction": cut.fraction, "seed": cut.seed}
    return Call("lesion", FrozenMap({"name": name, **part}), about=frozenset({name}))


def cycle(num_cycles: int) -> Call:
    """Return the call that runs some cycles."""
    return Call("cycle", FrozenMap({"num_cycles": num_cycles}))


def argument(declared: Param, value: Any) -> Any:
    """Return the document's `value` of a parameter as an argument of a call."""
    if declared.kind == "dist":
        return Make(value[TYPE], FrozenMap((key, item) for key, item in value.items() if key != TYPE))
    if declared.kind == "spec":
        return Make(declared.family.__name__, _arguments(declared.family, value))
    return value


def _arguments(cls: type[Any], values: Mapping[str, Any]) -> FrozenMap[Any]:
    return FrozenMap((name, argument(declaration(cls, name), value)) for name, value in values.items())


def _with_spec(item: Layer | Projn, **args: Any) -> FrozenMap[Any]:
    return FrozenMap(args if item.spec is None else {**args, "spec": Ref(item.spec)})
