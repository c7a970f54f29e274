"""Calls as lines of Python."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from leabra_studio.export.source import RESERVED, Atom, CallOf, Items, Node, grid, identifier, node, quoted, statement
from leabra_studio.model.calls import Call, Make, Ref
from leabra_studio.model.document import Model

POSITIONAL = ("name", "acts", "num_cycles")
"""Arguments that a reader needs no keyword for; they are the first ones of their calls."""


class Printer:
    """Prints the calls of one script; every spec has a variable.

    Parameters
    ----------
    model : Model
        The model that the script builds.
    specs : iterable of Call
        The calls that make the specs.
    reserved : container of str
        Words that no variable is called by.

    Attributes
    ----------
    indent : str
        What the lines begin with.
    """

    def __init__(self, model: Model, specs: Iterable[Call], reserved: Container[str] = RESERVED) -> None:
        self.indent = ""
        self._columns = {layer.name: layer.shape[1] for layer in model.layers}
        self._variables: dict[str | None, str] = {None: "net"}
        for call in specs:
            fallback = "layer_spec" if call.verb == "LayerSpec" else "projn_spec"
            variable = identifier(call.result or "", fallback, self._variables.values(), reserved)
            self._variables[call.result] = variable

    @property
    def variables(self) -> frozenset[str]:
        """The names of all variables: what no other can be called."""
        return frozenset(self._variables.values())

    def lines(self, call: Call) -> list[str]:
        """Return the lines of one call."""
        if call.verb == "set":
            spec, path, value = (call.args[name] for name in ("spec", "path", "value"))
            return statement(f"{self._variables[spec.spec]}.{path}", self._node(value), self.indent)
        if call.verb in ("Net", "LayerSpec", "ProjnSpec"):
            return statement(
                self._variables[call.result], self._call(f"lb.{call.verb}", call.args.items()), self.indent
            )
        if call.verb == "clamp_layer":
            return self._clamp(**call.args)
        return statement("", self._call(f"net.{call.verb}", call.args.items()), self.indent)

    def _clamp(self, name: str, acts: tuple[float, ...]) -> list[str]:
        """Return a clamp's lines; a long pattern is laid out as the layer is, its first row first."""
        numbers = [int(act) if repr(act) in ("0.0", "1.0") else act for act in acts]
        value = node(numbers if all(isinstance(number, int) for number in numbers) else list(acts))
        lines = statement("", CallOf("net.clamp_layer", (("", Atom(quoted(name))), ("", value))), self.indent)
        if len(lines) > 3 and isinstance(value, Items):
            head = f"net.clamp_layer({quoted(name)}, "
            return grid(head, [item.text for item in value.items], self._columns[name], ")", self.indent)
        return lines

    def _call(self, function: str, args: Iterable[tuple[str, Any]]) -> CallOf:
        return CallOf(function, tuple(("" if key in POSITIONAL else key, self._node(value)) for key, value in args))

    def _node(self, value: Any) -> Node:
        if isinstance(value, Ref):
            return Atom(self._variables[value.spec])
        if isinstance(value, Make):
            return self._call(f"lb.{value.type}", value.args.items())
        return value if isinstance(value, Atom) else node(value)
