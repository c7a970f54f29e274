"""What a script logs: layers without a log of their own get one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from leabra_studio.export.source import Atom
from leabra_studio.model.calls import Call, Ref
from leabra_studio.model.document import Layer, Model
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.names import free_name

LOGGED = "LOGGED"
"""The script's constant that holds the attributes to log."""
PLAIN_SPEC = "layer_spec"
"""The name of the spec of all layers that have none in the model."""


def with_logs(model: Model, steps: Iterable[Call]) -> Iterator[Call]:
    """Return the calls of a model with ``log_on_cycle=LOGGED`` for every layer that logs nothing each cycle."""
    plain = frozenset(layer.name for layer in model.layers if layer.spec is None)
    name = free_name(PLAIN_SPEC, model.taken)
    for call in steps:
        if call.verb == "new_layer" and call.args["name"] in plain:
            yield replace(call, args=FrozenMap({**call.args, "spec": Ref(name)}))
        elif call.verb == "LayerSpec" and call.about - {call.result} and not call.args.get("log_on_cycle"):
            yield _logging(call)
        else:
            yield call
        if call.verb == "Net" and plain:
            yield _logging(Call("LayerSpec", FrozenMap(), name, plain))


def uses_constant(steps: Iterable[Call]) -> bool:
    """Return whether any of the calls mentions the constant."""
    return any(Atom(LOGGED) in call.args.values() for call in steps)


def table_of(model: Model, logged: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the layer whose log a script prints, and which of its two tables; None where nothing is logged."""
    logs = {layer.name: logs_of(model, layer) or logged for layer in model.layers}
    candidates = [name for name, attrs in logs.items() if attrs]
    if not candidates:
        return None
    name = model.view.layer if model.view.layer in candidates else candidates[-1]
    return name, "parts" if any(attr.startswith("unit_") for attr in logs[name]) else "whole"


def logs_of(model: Model, layer: Layer) -> tuple[str, ...]:
    """Return what a layer logs every cycle."""
    attrs: tuple[str, ...] = model.value(layer.name, "log_on_cycle")
    return attrs


def _logging(call: Call) -> Call:
    return replace(call, args=FrozenMap({**call.args, "log_on_cycle": Atom(LOGGED)}))
