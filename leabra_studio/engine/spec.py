"""What a spec is: a mutable record of declared parameters."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, dataclass_transform

from leabra_studio.engine.params import Declared, Param
from leabra_studio.errors import ValidationError


@dataclass_transform(kw_only_default=True, eq_default=True)
class Spec(Declared):
    """A record of parameters, each with a default that a keyword overrides.

    A spec can be changed at any time; it is checked when a net uses it, not before. A subclass may give new
    defaults as plain class attributes.
    """

    mutations: ClassVar[int]
    """How many times an attribute of this object has been set; a nested spec counts its own."""

    _params: ClassVar[Mapping[str, Param]] = MappingProxyType({})

    def __init_subclass__(cls) -> None:
        declared = dict(cls._params)
        for name, value in vars(cls).copy().items():
            if isinstance(value, Param):
                declared[name] = dataclasses.replace(value, name=name)
            elif name in declared:
                declared[name] = dataclasses.replace(declared[name], default=declared[name].coerce(value))
        for name, item in declared.items():
            setattr(cls, name, item.default)
        cls._params = MappingProxyType(declared)

    def __init__(self, **values: Any) -> None:
        self.__dict__["mutations"] = 0
        self.__dict__.update({name: declared.fresh() for name, declared in self._params.items()})
        for name, value in values.items():
            setattr(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        declared = self._params.get(name)
        if declared is None and not name.startswith("_") and not self._brought(name):
            raise ValidationError(type(self).__name__, name, f"is not a parameter{self._nearest(name)}")
        object.__setattr__(self, name, value if declared is None else declared.coerce(value))
        self.__dict__["mutations"] += 1

    @classmethod
    def _brought(cls, name: str) -> bool:
        """Return whether a subclass has brought an attribute of that name: it can be set, as in Leabra7."""
        return hasattr(cls, name) and not hasattr(Spec, name)

    @classmethod
    def _nearest(cls, name: str) -> str:
        near = difflib.get_close_matches(name[:80], cls._params, n=1)
        return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(cls._params)}"

    @classmethod
    def params(cls) -> Mapping[str, Param]:
        """Return the declared parameters by name, in order."""
        return cls._params

    def changed(self) -> dict[str, Any]:
        """Return the values that differ from their defaults."""
        return {n: getattr(self, n) for n, p in self._params.items() if _differs(getattr(self, n), p.default)}

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        names = {name for name in {*vars(self), *vars(other)} - {"mutations"} if not name.startswith("_")}
        return not any(_differs(getattr(self, name), getattr(other, name)) for name in names)

    __hash__ = None  # type: ignore[assignment]  # equal by value and mutable: not a key

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self.changed().items())
        return f"{type(self).__name__}({inside})"


def _differs(a: Any, b: Any) -> bool:
    """Return whether two values differ; anything whose comparison is no plain yes or no does."""
    try:
        result = a != b
    except Exception:  # whatever a foreign type does on comparison: it is not the value that is declared
        return True
    return result if isinstance(result, bool) else True
