"""Hypothesis strategy: small models with patterns and a plan, that train in a moment."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from leabra_studio.model import Layer, Model, NamedSpec, PatternTable, Projn, Row, TrainingPlan
from leabra_studio.model.patterns import columns
from leabra_studio.model.plan import obstacle
from tests.model.samples import names

PLAIN = ("input", "input_2", "hidden", "output", "output_2")
COLUMNS = frozenset(name.upper() for name in PLAIN)
ROLES = ("input", "input", "hidden", "target", "target")
SCHEDULES = (
    {"type": "Step", "every": 2, "factor": 0.5},
    {"type": "Exponential", "half_life": 3.0},
    {"type": "Plateau", "patience": 1, "factor": 0.5, "floor": 0.1},
)
SPECS = (
    NamedSpec("layer_spec", "layer", {"gi": 1.2, "log_on_cycle": ("avg_act",)}),
    NamedSpec("projn_spec", "projn", {"dist": {"type": "Uniform", "low": 0.25, "high": 0.75}, "lrate": 0.3}),
)


@st.composite
def models(draw: st.DrawFn, *, plain: bool = False) -> Model:
    """A model that trains; with `plain`, its layers and tables have the names of `PLAIN` and of tables in scripts."""
    used = draw(st.sampled_from([(0, 3), (0, 2, 3), (0, 1, 2, 3, 4), (0, 3, 4), (1, 2, 0, 4)]))
    texts = names().filter(lambda name: name not in (spec.name for spec in SPECS))
    called = [PLAIN[i] for i in used] if plain else draw(st.lists(texts, min_size=5, max_size=5, unique=True))
    layers = tuple(draw(_layer(name, ROLES[i])) for name, i in zip(called, used, strict=False))
    projns = tuple(
        Projn(f"p{i}{j}", pre.name, post.name, draw(st.sampled_from([None, "projn_spec"])))
        for i, pre in enumerate(layers)
        for j, post in enumerate(layers)
        if i != j and post.role != "input" and draw(st.booleans())
    )
    model = Model(seed=draw(st.integers(0, 99)), layers=layers, projns=projns, specs=SPECS)
    tables = [draw(_table("shapes" if plain else draw(names()), model))]
    tables += draw(st.sampled_from([[], [draw(_table("checks" if plain else f"{tables[0].name[:70]} 2", model))]]))
    clamped = {layer.name: (0.5,) for layer in layers if draw(st.booleans())}
    whole = replace(model, patterns=tuple(tables), plan=draw(_plan(tables)), inputs=clamped)
    return whole if not obstacle(whole) else replace(whole, plan=TrainingPlan(tables[0].name, epochs=1))


@st.composite
def _layer(draw: st.DrawFn, name: str, role: Any) -> Layer:
    shape = draw(st.tuples(st.integers(1, 2), st.integers(1, 3)))
    return Layer(name, shape, role, draw(st.sampled_from([None, "layer_spec"])))


@st.composite
def _table(draw: st.DrawFn, name: str, model: Model) -> PatternTable:
    shown = [layer for layer in columns(model.layers) if layer.role == "input" or draw(st.booleans())]
    values = draw(st.sampled_from([st.sampled_from([0.0, 1.0]), st.floats(0, 1)]))
    row = st.fixed_dictionaries({x.name: st.tuples(*[values] * x.size) for x in shown})
    rows = draw(st.lists(st.builds(Row, st.just("") | names(), row), min_size=1, max_size=4))
    return PatternTable(name, tuple(rows))


@st.composite
def _plan(draw: st.DrawFn, tables: list[PatternTable]) -> TrainingPlan:
    few = st.integers(1, 6)
    return TrainingPlan(
        train=tables[0].name,
        test=draw(st.sampled_from([None, *(table.name for table in tables)])),
        minus_cycles=draw(few), plus_cycles=draw(few), test_cycles=draw(few), epochs=draw(few),
        order=draw(st.sampled_from(["permuted", "sequential"])),
        correct_by=draw(st.sampled_from(["threshold", "winner"])),
        runs=draw(st.integers(1, 2)),
        stop_after=draw(st.integers(0, 2)),
        stop_by=draw(st.sampled_from(["train", "test"])),
        test_every=draw(st.integers(0, 3)),
        test_state=draw(st.sampled_from(["restored", "kept"])),
        lrate_schedule=draw(st.sampled_from([None, *SCHEDULES])),
    )  # fmt: skip  # numbers, then words
