"""The journal of a run, made short without changing what it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from leabra_studio.model.calls import Call, Ref, cycle
from leabra_studio.model.document import Model
from leabra_studio.model.frozen import FrozenMap


def shortened(model: Model, start: Model, journal: Iterable[Call]) -> Iterator[Call]:
    """Return the calls of a journal with consecutive cycles as one call, and of a dragged slider the last value only.

    Parameters
    ----------
    model : Model
        The model that the script builds: `start` with a spec for everything that is changed.
    start : Model
        The model that the run started from.
    journal : iterable of Call
        Cycles, clamps and changed values.
    """
    for verb, group in groupby(_resolved(model, start, journal), key=lambda call: call.verb):
        if verb == "cycle":
            yield cycle(sum(call.args["num_cycles"] for call in group))
        elif verb == "set":
            yield from _last_values(group)
        else:
            yield from group


def _resolved(model: Model, start: Model, journal: Iterable[Call]) -> Iterator[Call]:
    """Yield the calls with every spec under the name that it has in `model`, whatever it was called at that moment."""
    names = {x.spec: named.name for x in start.objects if x.spec and (named := model.spec_of(x.name))}
    for call in journal:
        spec = call.args.get("spec")
        if call.verb == "own" and call.result is not None:
            named = model.spec_of(call.args["of"])
            names[call.result] = call.result if named is None else named.name
        elif isinstance(spec, Ref) and names.get(spec.spec, spec.spec) != spec.spec:
            args = FrozenMap({**call.args, "spec": Ref(names[spec.spec])})
            yield replace(call, args=args, about=call.about - {spec.spec} | {names[spec.spec]})
        else:
            yield call


def _last_values(group: Iterable[Call]) -> Iterator[Call]:
    last: dict[object, Call] = {}
    for call in group:
        key = (call.args["spec"], call.args["path"])
        last.pop(key, None)
        last[key] = call
    return iter(last.values())
