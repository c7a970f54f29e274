"""Small immutable objects made of declared numbers: distributions and schedules."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from leabra_studio.engine.params import Declared, Kind, Param


def number(default: float, *, doc: str, kind: Kind = "float", **facts: Any) -> Any:
    """Declare a required number; `default` is what a form starts from."""
    return field(metadata={"param": Param("", default, kind, doc, **facts)})


@dataclass(frozen=True)
class Value(Declared):
    """An immutable object that is checked when it is made."""

    def __post_init__(self) -> None:
        for name, declared in self.params().items():
            object.__setattr__(self, name, declared.check(type(self).__name__, getattr(self, name)))
        self.validate()

    @classmethod
    def params(cls) -> Mapping[str, Param]:
        """Return the declared parameters by name, in order."""
        fields = dataclasses.fields(cls)
        return MappingProxyType({f.name: dataclasses.replace(f.metadata["param"], name=f.name) for f in fields})
