"""The journal: what was done with a net since its first cycle, so that a script can do it again."""

from collections.abc import Iterable, Mapping
from typing import Any

from leabra_studio.model.calls import Call, Make, Ref, cycle
from leabra_studio.model.document import Model
from leabra_studio.model.frozen import FrozenMap

Plain = Any  # what JSON knows


class Journal:
    """The calls that were made, in order.

    Parameters
    ----------
    start
        What the net was built from.
    model, calls
        What it is an image of now, and what was done in between; nothing for a new net.

    Attributes
    ----------
    cycles
        How many cycles have run.
    """

    def __init__(self, start: Model, model: Model | None = None, calls: Iterable[Call] = ()) -> None:
        self.start = start
        self.model = model or start
        self._calls = list(calls)
        self.cycles: int = sum(call.args["num_cycles"] for call in self._calls if call.verb == "cycle")

    @property
    def calls(self) -> tuple[Call, ...]:
        """What was done with the net."""
        return tuple(self._calls)

    def follow(self, model: Model, calls: Iterable[Call]) -> None:
        """Note that `calls` have made the net an image of `model`."""
        self._calls += calls
        self.model = model

    def ran(self, cycles: int) -> None:
        """Note that `cycles` more have run; those without a change in between are one call."""
        before = self._calls.pop().args["num_cycles"] if self._calls and self._calls[-1].verb == "cycle" else 0
        self._calls.append(cycle(before + cycles))
        self.cycles += cycles


def encoded(call: Call) -> Plain:
    """Return a call as JSON writes it."""
    return [call.verb, _plain(call.args), call.result, sorted(call.about)]


def decoded(item: Plain) -> Call:
    """Return the call that `encoded` has written."""
    verb, args, result, about = item
    return Call(verb, _args(args), result, frozenset(about))


def _plain(value: Any) -> Plain:
    if isinstance(value, Make):
        return {"make": value.type, "args": _plain(value.args)}
    if isinstance(value, Ref):
        return {"ref": value.spec}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _args(items: Mapping[str, Plain]) -> FrozenMap[Any]:
    return FrozenMap((key, _argument(item)) for key, item in items.items())


def _argument(item: Plain) -> Any:
    if isinstance(item, Mapping):
        return Ref(item["ref"]) if "ref" in item else Make(item["make"], _args(item["args"]))
    return tuple(_argument(part) for part in item) if isinstance(item, list) else item
