"""Changes of a model whose net is running: which need a new net, and the calls that make the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from leabra_studio.engine.specs import SPECS
from leabra_studio.model.calls import Call, Ref, argument, clamp
from leabra_studio.model.document import Model
from leabra_studio.model.edits.params import default_spec
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.names import free_name
from leabra_studio.model.values import find_param, plain


def is_structural(before: Model, after: Model) -> bool:
    """Return whether the net of `before` cannot become that of `after`, but must be built anew.

    So it is when layers or projections come, go, or are renamed, resized or joined otherwise, when a parameter
    changes that is read only when a net is made, when the seed changes, and when an object is given a spec that other
    objects use.
    """
    if before is after:
        return False
    if _skeleton(before) != _skeleton(after):
        return True
    return any(_rebinds(before, after, n) or _fixed(before, n) != _fixed(after, n) for n in before.names)


def live_calls(before: Model, after: Model) -> tuple[Call, ...]:
    """Return the calls that bring a running net from `before` to `after`, which differ in nothing structural."""
    return (*_spec_calls(before, after), *_input_calls(before, after))


def with_own_specs(start: Model, journal: Iterable[Call]) -> Model:
    """Return the model that a run started from, with a spec of defaults for whatever had none and got one in the run.

    With the defaults as its values such a spec makes the same net; a script needs it under a name, to change it later.

    Parameters
    ----------
    start : Model
        The model that the net was built from.
    journal : iterable of Call
        What was done since.
    """
    for call in journal:
        if call.verb == "own" and call.result is not None and start.spec_of(call.args["of"]) is None:
            start = default_spec(start, call.args["of"], free_name(call.result, start.taken))
    return start


def _skeleton(model: Model) -> object:
    layers = tuple((layer.name, layer.size) for layer in model.layers)
    return model.seed, layers, tuple((p.name, p.pre, p.post) for p in model.projns)


def _rebinds(before: Model, after: Model, name: str) -> bool:
    """Return whether an object changes to a spec that is, or was, not its alone."""
    old, new = before.spec_of(name), after.spec_of(name)
    if old is None or new is None or old.name == new.name:
        joins = new is not None and old is None and (new.name in before.taken or len(after.users(new.name)) > 1)
        leaves = old is not None and new is None and len(before.users(old.name)) > 1
        return joins or leaves
    return True


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
        if old is None:
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


def _input_calls(before: Model, after: Model) -> Iterator[Call]:
    for layer in after.layers:
        acts = after.inputs.get(layer.name)
        if acts != before.inputs.get(layer.name):
            yield clamp(layer.name, acts)
