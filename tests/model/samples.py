"""Hypothesis strategies: hostile names, values for every parameter, edits, and models made by edits."""

import functools
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from leabra_studio.engine.params import Param
from leabra_studio.engine.rand import DISTRIBUTIONS
from leabra_studio.engine.specs import SPECS
from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.errors import LimitError, ValidationError
from leabra_studio.model import Model, edits
from leabra_studio.model.names import UNUSABLE

HOSTILE = (
    '"); import os #',
    "'); import os #",
    "\\",
    '\\"',
    '"""',
    "'''",
    "</script>",
    "{{ name }}",
    "%s {0} ${x}",
    "coding: utf-16",
    "fmt: off",
    "type: ignore",
    "class",
    "print",
    "None",
    "net",
    "lb",
    "logs",
    "LOGGED",
    "layer_spec",
    "a_spec",
    "_",
    "0",
    "__class__",
    "../../etc/passwd",
    "x" * 80,
    "слой один",
    "隠れ層",
    "طبقة لا",
    "छिपा हुआ",
    "한국어 층",
    "hidden 😀👩‍🚀🇩🇪👍🏽❤️",
    "é e\u0301 ﬁ ² µ",
    "\u3164",
    "a b",
)
VISIBLE = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))


def names() -> st.SearchStrategy[str]:
    """Names that are allowed."""
    text = st.text(VISIBLE, min_size=1, max_size=20).filter(lambda name: name.strip() not in ("", *UNUSABLE))
    return st.one_of(st.sampled_from(["a", "b", "hidden", *HOSTILE]), text)


def values(declared: Param) -> st.SearchStrategy[Any]:
    """Values that a parameter allows by itself."""
    match declared.kind:
        case "float":
            return st.one_of(_numbers(declared, *(declared.slider or (0, 1))), _numbers(declared, -1e6, 1e6))
        case "bool":
            return st.booleans()
        case "choice":
            return st.sampled_from(declared.choices)
        case "mask":
            return st.lists(st.booleans(), min_size=1, max_size=5).map(tuple)
        case "names":
            return st.lists(st.sampled_from(declared.choices), unique=True, max_size=3).map(tuple)
        case "dist":
            return st.one_of([_distribution(name) for name in DISTRIBUTIONS])
    raise TypeError(f"no values known for {declared.kind}")


def _numbers(declared: Param, low: float, high: float) -> st.SearchStrategy[float]:
    numbers = st.floats(max(low, declared.ge if declared.ge is not None else low), min(high, declared.le or high))
    return numbers.filter(lambda x: not declared.out_of_range(x))


@st.composite
def _distribution(draw: st.DrawFn, name: str) -> dict[str, Any]:
    numbers = {key: draw(_numbers(p, *(p.slider or (0, 1)))) for key, p in DISTRIBUTIONS[name].params().items()}
    if name == "Uniform" and not numbers["low"] < numbers["high"]:
        numbers = {"low": 0.25, "high": 0.75}
    return {"type": name, **numbers}


@functools.cache
def paths(kind: str) -> tuple[tuple[str, Param], ...]:
    """Every parameter of a kind of object, by its path."""
    found: list[tuple[str, Param]] = []
    for name, declared in SPECS[kind].params().items():
        nested = paths("unit") if declared.kind == "spec" else ()
        found += [(f"{name}.{inner}", p) for inner, p in nested] or [(name, declared)]
    return tuple(found)


def _layer(draw: st.DrawFn, model: Model) -> str:
    return draw(st.sampled_from([layer.name for layer in model.layers]))


def _add_layer(draw: st.DrawFn, model: Model) -> Model:
    shape = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    role = draw(st.sampled_from(["hidden", "input", "target"]))
    x, y = draw(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)))
    return edits.add_layer(model, name=draw(st.one_of(st.none(), names())), shape=shape, role=role, x=x, y=y)


def _add_projn(draw: st.DrawFn, model: Model) -> Model:
    name = draw(st.one_of(st.none(), names()))
    return edits.add_projn(model, _layer(draw, model), _layer(draw, model), name=name)


def _set_param(draw: st.DrawFn, model: Model) -> Model:
    name = draw(st.sampled_from(model.names))
    path, declared = draw(st.sampled_from(paths(model.kind_of(name))))
    return edits.set_param(model, name, path, draw(values(declared)))


def _reset_param(draw: st.DrawFn, model: Model) -> Model:
    name = draw(st.sampled_from(model.names))
    path, _ = draw(st.sampled_from(paths(model.kind_of(name))))
    return edits.reset_param(model, name, path)


def _set_input(draw: st.DrawFn, model: Model) -> Model:
    name = _layer(draw, model)
    acts = st.lists(st.floats(0, 1), min_size=1, max_size=model.layer(name).size)
    return edits.set_input(model, name, draw(st.one_of(st.none(), acts)))


def _lesion(draw: st.DrawFn, model: Model) -> Model:
    name = draw(st.sampled_from(model.names))
    if draw(st.booleans()):
        return edits.heal(model, name)
    return edits.lesion(model, name, draw(st.sampled_from([1.0, 0.5, 0.3])), draw(st.integers(0, 9)))


def _some(draw: st.DrawFn, model: Model) -> list[str]:
    return draw(st.lists(st.sampled_from(sorted(model.taken)), min_size=1, max_size=3))


def _set_view(draw: st.DrawFn, model: Model) -> Model:
    shown = draw(st.lists(st.sampled_from(UNIT_NAMES), unique=True, max_size=4))
    return edits.set_view(model, layer=_layer(draw, model), variable=draw(st.sampled_from(UNIT_NAMES)), shown=shown)


def _table(draw: st.DrawFn, model: Model) -> str:
    return draw(st.sampled_from([table.name for table in model.patterns] or ["none"]))


def _set_value(draw: st.DrawFn, model: Model) -> Model:
    row, unit = draw(st.tuples(st.integers(0, 2), st.integers(0, 8)))
    return edits.set_value(model, _table(draw, model), row, _layer(draw, model), unit, draw(st.floats(0, 1)))


def _add_row(draw: st.DrawFn, model: Model) -> Model:
    return edits.add_row(model, _table(draw, model), draw(st.sampled_from([None, 0, 1])), draw(st.just("") | names()))


def _paste(draw: st.DrawFn, model: Model) -> Model:
    text = draw(st.sampled_from(["1\t0\n0\t0.5", "1", "0 1 1", "1;0;1\n0;0,5;1"]))
    return edits.paste(model, _table(draw, model), draw(st.integers(0, 2)), _layer(draw, model), 0, text)


def _set_plan(draw: st.DrawFn, model: Model) -> Model:
    schedules = [None, {"type": "Step", "every": 5, "factor": 0.5}, {"type": "Constant", "factor": 0.1}]
    changes = {
        "test": st.just(None) | st.sampled_from([table.name for table in model.patterns] or [None]),
        "epochs": st.integers(1, 100_000),
        "order": st.sampled_from(["permuted", "sequential"]),
        "seeds": st.lists(st.integers(0, 2**32 - 1), max_size=3),
        "lrate_schedule": st.sampled_from(schedules),
    }
    field = draw(st.sampled_from(sorted(changes)))
    return edits.set_plan(model, **{field: draw(changes[field])})


Step = Callable[[st.DrawFn, Model], Model]
KNOWN: tuple[Step, ...] = (_set_param, _set_param, _set_param, _reset_param, _set_input)
LIVE: tuple[Step, ...] = (*KNOWN, _lesion)
TABLES: tuple[Step, ...] = (
    lambda draw, model: edits.add_table(model, draw(st.none() | names())),
    lambda draw, model: edits.rename_table(model, _table(draw, model), draw(names())),
    lambda draw, model: edits.split_table(model, _table(draw, model), draw(st.floats(0, 1)), draw(st.integers(0, 99))),
    lambda draw, model: edits.fit_table(model, _table(draw, model)),
    lambda draw, model: edits.duplicate_rows(model, _table(draw, model), [draw(st.integers(0, 2))]),
    lambda draw, model: edits.move_rows(model, _table(draw, model), [1], 0),
    lambda draw, model: edits.remove_rows(model, _table(draw, model), [0]),
    lambda draw, model: edits.remove_table(model, _table(draw, model)),
    _add_row,
    _add_row,
    _set_value,
    _set_value,
    _paste,
    _set_plan,
)
STEPS: tuple[Step, ...] = (
    _add_layer,
    _add_layer,
    _add_projn,
    _add_projn,
    *LIVE,
    lambda draw, model: draw(st.sampled_from(TABLES))(draw, model),
    lambda draw, model: draw(st.sampled_from(TABLES))(draw, model),
    lambda draw, model: edits.remove(model, _some(draw, model)),
    lambda draw, model: edits.rename(model, draw(st.sampled_from(sorted(model.taken))), draw(names())),
    lambda draw, model: edits.duplicate(model, [draw(st.sampled_from(model.names))]),
    lambda draw, model: edits.set_shape(model, _layer(draw, model), draw(st.tuples(*[st.integers(1, 3)] * 2))),
    lambda draw, model: edits.set_role(model, _layer(draw, model), draw(st.sampled_from(["hidden", "input"]))),
    lambda draw, model: edits.move(model, {_layer(draw, model): (draw(st.floats(-9, 9)), 1.0)}),
    lambda draw, model: edits.tidy(model, draw(st.sampled_from(["right", "up"]))),
    lambda draw, model: edits.set_seed(model, draw(st.integers(0, 2**32 - 1))),
    lambda draw, model: edits.set_name(model, draw(names())),
    lambda draw, model: edits.set_notes(model, draw(st.text(st.characters(exclude_categories=("Cs",)), max_size=30))),
    lambda draw, model: edits.set_cycles(model, draw(st.integers(1, 50))),
)
LOOKING: tuple[Step, ...] = (_set_view,)


@st.composite
def edited(draw: st.DrawFn, model: Model, steps: tuple[Step, ...] = STEPS) -> Model:
    """A model one edit later; the same one where the edit is refused."""
    step = draw(st.sampled_from(steps)) if model.layers else _add_layer
    try:
        return step(draw, model)
    except (ValidationError, LimitError):
        return model


@st.composite
def models(draw: st.DrawFn, most: int = 15, steps: tuple[Step, ...] = STEPS + LOOKING) -> Model:
    """A model made by up to `most` edits."""
    model = Model(name=draw(names()))
    for _ in range(draw(st.integers(0, most))):
        model = draw(edited(model, steps))
    return model
