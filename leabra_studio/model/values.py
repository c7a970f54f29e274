"""Parameter values as the document keeps them (plain, immutable) and as specs hold them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from leabra_studio.engine.params import Param, shown
from leabra_studio.engine.rand import DISTRIBUTIONS, Distribution
from leabra_studio.engine.spec import Spec
from leabra_studio.engine.specs import SPECS
from leabra_studio.errors import ValidationError
from leabra_studio.model.frozen import FrozenMap, frozen
from leabra_studio.model.limits import NAME_LENGTH

TYPE = "type"
"""The key that holds the name of a distribution beside its numbers."""


def live(declared: Param, value: Any) -> Any:
    """Return the value that a spec holds for the document's `value`: a mapping becomes what it describes."""
    if isinstance(value, Mapping) and declared.kind == "dist":
        return _distribution(declared.name, value)
    if isinstance(value, Mapping) and declared.kind == "spec":
        return _filled(declared.family, value)
    return value


def plain(value: Any) -> Any:
    """Return what the document keeps of a spec's `value`; of a nested spec only what differs from the defaults."""
    if isinstance(value, Spec):
        return FrozenMap({name: plain(item) for name, item in value.changed().items()})
    if isinstance(value, Distribution):
        numbers = {name: getattr(value, name) for name in value.params()}
        return FrozenMap({TYPE: type(value).__name__, **numbers})
    return frozen(value)


def make_spec(kind: str, values: Mapping[str, Any]) -> Spec:
    """Return a new, checked spec.

    Parameters
    ----------
    kind : str
        ``layer``, ``projn`` or ``unit``.
    values : mapping
        The document's values; what is missing has its default.

    Raises
    ------
    ValidationError
        If a name is no parameter, or a value or a combination of them is not allowed.
    """
    spec: Spec = _filled(SPECS[kind], values)
    spec.validate()
    return spec


def declaration(cls: type[Any], name: Any) -> Param:
    """Return the declaration of one parameter of a spec class.

    Raises
    ------
    ValidationError
        If it has none of this name.
    """
    params: Mapping[str, Param] = cls.params()
    if name in params:
        return params[name]
    near = difflib.get_close_matches(str(name)[:NAME_LENGTH], params, n=1)
    way_out = f"; did you mean {near[0]}?" if near else ""
    raise ValidationError(cls.__name__, shown(name), f"is not a parameter{way_out}")


def find_param(kind: str, path: str) -> Param:
    """Return the declaration at a path such as ``gi`` or ``unit_spec.gc_l``.

    Raises
    ------
    ValidationError
        If a spec of this kind has no such parameter.
    """
    group, dot, name = path.rpartition(".")
    outer = SPECS[kind].params().get(group)
    if dot and outer is not None and outer.kind == "spec":
        return declaration(outer.family, name)
    return declaration(SPECS[kind], path)


def paths(kind: str) -> Iterator[tuple[str, Param]]:
    """Return the path and the declaration of every parameter of a spec, those of a nested one as ``unit_spec.gc_l``."""
    for name, declared in SPECS[kind].params().items():
        nested: type[Any] | None = declared.family if declared.kind == "spec" else None
        if nested is None:
            yield name, declared
        else:
            yield from ((f"{name}.{inner}", item) for inner, item in nested.params().items())


def value_at(values: Mapping[str, Any], path: str, default: Any = None) -> Any:
    """Return the document's value at a path, else `default`."""
    group, dot, name = path.rpartition(".")
    inner = values.get(group, {}) if dot else values
    return inner.get(name, default)


def _filled(cls: type[Any], values: Mapping[str, Any]) -> Any:
    return cls(**{name: live(declaration(cls, name), value) for name, value in values.items()})


def _distribution(field: str, value: Mapping[str, Any]) -> Distribution:
    word = value.get(TYPE)
    cls = DISTRIBUTIONS.get(word) if isinstance(word, str) else None
    if cls is None:
        rule = f"must have a type out of {', '.join(DISTRIBUTIONS)} (got {shown(word)})"
        raise ValidationError("Distribution", field, rule)
    numbers = {str(key): item for key, item in value.items() if key != TYPE}
    if set(numbers) != set(cls.params()):
        got = ", ".join(map(shown, numbers)) or "none"
        rule = f"of type {word} must have exactly the numbers {', '.join(cls.params())} (got {got})"
        raise ValidationError("Distribution", field, rule)
    return cls(**numbers)
