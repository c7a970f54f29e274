"""What somebody changed: a model's values that are not the defaults, and how two models differ."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from leabra_studio.engine.params import Param
from leabra_studio.model import table_codec
from leabra_studio.model.document import Kind, Layer, Model, Projn
from leabra_studio.model.patterns import PatternTable
from leabra_studio.model.plan import TrainingPlan
from leabra_studio.model.values import TYPE, paths, plain, value_at

MODEL = ""
"""Stands for the model itself where the name of an object is expected."""


@dataclass(frozen=True)
class Changed:
    """A value of a spec that is not the default.

    Parameters
    ----------
    spec : str
        The name of the spec.
    users : tuple of str
        The layers or projections that it acts on.
    path : str
        The parameter, such as ``gi`` or ``unit_spec.gc_l``.
    value, default : str
        What it is and what it would be, in words.
    """

    spec: str
    users: tuple[str, ...]
    path: str
    value: str
    default: str


@dataclass(frozen=True)
class Difference:
    """Something that two models, `a` and `b`, do not have in common.

    Parameters
    ----------
    names : tuple of str
        The layers or projections in which it shows; an empty text for the model itself.
    field : str
        What differs: ``layer`` or ``projn`` for an object that only one of them has, ``shape``, ``role``, ``pre``,
        ``post``, ``input``, ``lesion``, ``seed``, ``cycles``, ``plan.`` and a field of the training plan, ``patterns``
        and the name of a table, or the path of a parameter.
    a, b : str, optional
        What it is in each of them, in words; None where it does not exist.
    """

    names: tuple[str, ...]
    field: str
    a: str | None
    b: str | None


def changed_values(model: Model) -> tuple[Changed, ...]:
    """Return every value of a model that is not the default, spec by spec in the order of declaration."""
    return tuple(
        Changed(spec.name, model.users(spec.name), path, *_texts(value, plain(declared.default)))
        for spec in model.specs
        for path, declared in paths(spec.kind)
        if (value := value_at(spec.values, path)) is not None
    )


def difference(a: Model, b: Model) -> tuple[Difference, ...]:
    """Return in what two models differ: objects, parameters, inputs, lesions, plan, patterns, seed, length of a sweep.

    Objects are the same when they are called the same. Parameters are compared as they are in force, whatever the
    specs are called; what differs for all objects of a spec is one difference. Places, notes and views do not count.
    """
    whole = [("seed", str(a.seed), str(b.seed)), ("cycles", str(a.cycles), str(b.cycles))]
    found = [Difference((MODEL,), field, *pair) for field, *pair in whole if pair[0] != pair[1]]
    found += _of_objects({x.name: x for x in a.objects}, {x.name: x for x in b.objects})
    found += _of_params(a, b, _in_both(a, b))
    found += [
        Difference((name,), "input", _acts(a, name), _acts(b, name))
        for name in dict.fromkeys((*a.inputs, *b.inputs))
        if a.inputs.get(name) != b.inputs.get(name)
    ]
    found += [
        Difference((name,), "lesion", _cut(a, name), _cut(b, name))
        for name in dict.fromkeys((*a.lesions, *b.lesions))
        if a.lesions.get(name) != b.lesions.get(name)
    ]
    found += _of_plan(a.plan, b.plan)
    found += _of_tables({x.name: x for x in a.patterns}, {x.name: x for x in b.patterns})
    return tuple(found)


def value_text(value: Any) -> str:
    """Return a value of a document in words: numbers with up to six digits."""
    match value:
        case bool():
            return "on" if value else "off"
        case float():
            return f"{value:.6g}"
        case Mapping():
            inner = ", ".join(f"{key}={value_text(item)}" for key, item in value.items() if key != TYPE)
            return f"{value[TYPE]}({inner})"
        case tuple() if value and all(isinstance(item, bool) for item in value):
            return "".join("1" if item else "0" for item in value)
        case tuple():
            return ", ".join(map(value_text, value)) or "none"
    return str(value)


def _texts(one: Any, other: Any) -> tuple[str, str]:
    """Return two different values as two different texts."""
    texts = value_text(one), value_text(other)
    return texts if texts[0] != texts[1] else (repr(one), repr(other))


def _of_objects(a: Mapping[str, Layer | Projn], b: Mapping[str, Layer | Projn]) -> Iterator[Difference]:
    """Yield the objects that only one model has, and in what those differ that both have."""
    for name in dict.fromkeys((*a, *b)):
        items = a.get(name), b.get(name)
        whole = type(items[0]) is not type(items[1])
        one, other = (_facts(item, whole=whole) for item in items)
        for field in dict.fromkeys((*one, *other)):
            if one.get(field) != other.get(field):
                yield Difference((name,), field, one.get(field), other.get(field))


def _facts(item: Layer | Projn | None, *, whole: bool) -> dict[str, str]:
    """Return what an object is besides its parameters: in one text, or field by field."""
    match item:
        case Layer(shape=(rows, cols), role=role):
            shape = f"{rows} x {cols}"
            return {"layer": f"{shape}, {role}"} if whole else {"shape": shape, "role": role}
        case Projn(pre=pre, post=post):
            return {"projn": f"{pre} to {post}"} if whole else {"pre": pre, "post": post}
    return {}


def _in_both(a: Model, b: Model) -> Iterator[tuple[str, Kind]]:
    """Yield name and kind of every object that both models have."""
    others = set(b.names)
    for name in a.names:
        if name in others and a.kind_of(name) == b.kind_of(name):
            yield name, a.kind_of(name)


def _of_params(a: Model, b: Model, objects: Iterable[tuple[str, Kind]]) -> Iterator[Difference]:
    """Yield the parameters that differ, once for all objects that have the same specs."""
    sharing: defaultdict[tuple[Kind, str | None, str | None], list[str]] = defaultdict(list)
    for name, kind in objects:
        one, other = (None if spec is None else spec.name for spec in (a.spec_of(name), b.spec_of(name)))
        sharing[kind, one, other].append(name)
    for (kind, _, _), names in sharing.items():
        for path, declared in paths(kind):
            values = [_in_force(model, names[0], path, declared) for model in (a, b)]
            if values[0] != values[1]:
                yield Difference(tuple(names), path, *_texts(*values))


def _of_plan(a: TrainingPlan, b: TrainingPlan) -> Iterator[Difference]:
    for field in fields(TrainingPlan):
        values = [getattr(plan, field.name) for plan in (a, b)]
        if values[0] != values[1]:
            texts = [None if value is None else value_text(value) for value in values]
            yield Difference((MODEL,), f"plan.{field.name}", *texts)


def _of_tables(a: Mapping[str, PatternTable], b: Mapping[str, PatternTable]) -> Iterator[Difference]:
    for name in dict.fromkeys((*a, *b)):
        if a.get(name) != b.get(name):
            yield Difference((MODEL,), f"patterns {name}", _content(a.get(name)), _content(b.get(name)))


def _content(table: PatternTable | None) -> str | None:
    """Return how many rows a table has, and a mark that is another where any of them is."""
    if table is None:
        return None
    mark = hashlib.blake2s(json.dumps(table_codec.plain(table)).encode(), digest_size=3).hexdigest()
    return f"{len(table.rows)} row{'s' * (len(table.rows) != 1)}, content {mark}"


def _in_force(model: Model, name: str, path: str, declared: Param) -> Any:
    spec = model.spec_of(name)
    value = None if spec is None else value_at(spec.values, path)
    return plain(declared.default) if value is None else value


def _acts(model: Model, name: str) -> str | None:
    acts = model.inputs.get(name)
    return None if acts is None else value_text(acts)


def _cut(model: Model, name: str) -> str | None:
    """Return what is lesioned of an object, in words."""
    lesion = model.lesions.get(name)
    if lesion is None or lesion.fraction == 1.0:
        return None if lesion is None else "whole"
    return f"{lesion.fraction:.6g} of the units, seed {lesion.seed}"
