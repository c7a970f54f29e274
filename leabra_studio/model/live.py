"""Changes of a model whose net is running: which need a new net, and the calls that make the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from leabra_studio.engine.specs import SPECS
from leabra_studio.model.calls import Call, Ref, argument, clamp, lesion
from leabra_studio.model.document import Model
from leabra_studio.model.edits.objects import rename
from leabra_studio.model.edits.params import default_spec
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.names import free_name
from leabra_studio.model.values import find_param, plain


def is_structural(before: Model, after: Model) -> bool:
    """Return whether the net of `before` cannot become that of `after`, but must be built anew.

    So it is when layers or projections come, go, or are renamed, resized or joined otherwise, when a parameter
    changes that is read only when a net is made, when the seed changes, and when objects come to share a spec or no
    longer do.
    """
    if before is after:
        return False
    if _skeleton(before) != _skeleton(after) or _sharing(before) != _sharing(after):
        return True
    return any(_fixed(before, name) != _fixed(after, name) for name in before.names)


def same_projns(before: Model, after: Model) -> dict[str, str]:
    """Return the projections of `after` that are made as one of `before`, and the names that they have there.

    Those of the same names; or all of them by their place, where nothing but names differs.
    """
    if _unnamed(before) == _unnamed(after):
        names = {new.name: old.name for new, old in zip(after.projns, before.projns, strict=True)}
    else:
        ends = {(projn.name, projn.pre, projn.post) for projn in before.projns}
        names = {p.name: p.name for p in after.projns if (p.name, p.pre, p.post) in ends}
    return {new: old for new, old in names.items() if _made(before, old) == _made(after, new)}


def live_calls(before: Model, after: Model) -> tuple[Call, ...]:
    """Return the calls that bring a running net from `before` to `after`, which differ in nothing structural."""
    return (*_spec_calls(before, after), *_lesion_calls(before, after), *_input_calls(before, after))


def with_own_specs(start: Model, journal: Iterable[Call]) -> Model:
    """Return the model that a run started from, its specs called as they were at the end of the run.

    What had no spec and got one in the run has one of defaults, which makes the same net; a script needs it under a
    name, to change it later.

    Parameters
    ----------
    start : Model
        The model that the net was built from.
    journal : iterable of Call
        What was done since.
    """
    for call in journal:
        if call.verb == "own" and call.result is not None:
            start = _with_own_spec(start, call.args["of"], call.result)
    return start


def _with_own_spec(start: Model, user: str, name: str) -> Model:
    """Return `start` with the spec of an object called `name`; one of that name that nothing uses gives way."""
    spec = start.spec_of(user)
    if spec is not None and spec.name == name:
        return start
    idle = next((item for item in start.specs if item.name == name and not start.users(name)), None)
    if idle is not None:
        start = replace(start, specs=tuple(item for item in start.specs if item is not idle))
    if spec is None:
        return default_spec(start, user, free_name(name, start.taken))
    return rename(start, spec.name, free_name(name, start.taken - {spec.name}))


def _skeleton(model: Model) -> object:
    layers = tuple((layer.name, layer.size) for layer in model.layers)
    return model.seed, layers, tuple((p.name, p.pre, p.post) for p in model.projns)


def _unnamed(model: Model) -> object:
    """Return layers and projections without their names."""
    at = {layer.name: i for i, layer in enumerate(model.layers)}
    return [layer.size for layer in model.layers], [(at[p.pre], at[p.post]) for p in model.projns]


def _made(model: Model, name: str) -> object:
    """Return what a projection is made of: the sizes at its ends, and what is read only when it is made."""
    projn = model.projn(name)
    return model.layer(projn.pre).size, model.layer(projn.post).size, _fixed(model, name)


def _sharing(model: Model) -> tuple[int, ...]:
    """Return for each object the number of the first one that uses the same spec."""
    first: dict[str, int] = {}
    return tuple(i if x.spec is None else first.setdefault(x.spec, i) for i, x in enumerate(model.objects))


def _fixed(model: Model, name: str) -> Mapping[str, Any]:
    """Return the values of an object that are read only when it is made, where they are not the defaults."""
    kind = model.kind_of(name)
    return {path: value for path, value in _flat(model, name).items() if find_param(kind, path).structural}


def _flat(model: Model, name: str) -> dict[str, Any]:
    """Return the values of an object's spec by path, those of its units as ``unit_spec.gc_l``."""
    spec = model.spec_of(name)
    result = {}
    for field, value in ({} if spec is None else spec.values).items():
        nested = SPECS[model.kind_of(name)].params()[field].kind == "spec"
        result.update({f"{field}.{inner}": item for inner, item in value.items()} if nested else {field: value})
    return result


def _spec_calls(before: Model, after: Model) -> Iterator[Call]:
    seen = set()
    for name in after.names:
        old, new = before.spec_of(name), after.spec_of(name)
        spec = new or old
        if spec is None or old is new or spec.name in seen:
            continue
        seen.add(spec.name)
        about = frozenset({spec.name, name, *after.users(spec.name)})
        if old is None or old.name != spec.name:
            yield Call("own", FrozenMap({"of": name}), spec.name, about)
        yield from _set_calls(spec.name, about, name, before, after)


def _set_calls(spec: str, about: frozenset[str], user: str, before: Model, after: Model) -> Iterator[Call]:
    kind = after.kind_of(user)
    old, new = _flat(before, user), _flat(after, user)
    for path in dict.fromkeys((*old, *new)):
        declared = find_param(kind, path)
        default = plain(declared.default)
        value = new.get(path, default)
        if value != old.get(path, default):
            args = {"spec": Ref(spec), "path": path, "value": argument(declared, value)}
            yield Call("set", FrozenMap(args), about=about)


def _lesion_calls(before: Model, after: Model) -> Iterator[Call]:
    for name in after.names:
        now = after.lesions.get(name)
        if now != before.lesions.get(name):
            yield lesion(name, now)


def _input_calls(before: Model, after: Model) -> Iterator[Call]:
    for layer in after.layers:
        acts = after.inputs.get(layer.name)
        healed = acts is not None and after.lesions.get(layer.name) != before.lesions.get(layer.name)
        if healed or acts != before.inputs.get(layer.name):
            yield clamp(layer.name, acts)
