from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.engine.rand import Uniform
from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.errors import LimitError, ValidationError
from leabra_studio.model import codec
from leabra_studio.model.build import build
from leabra_studio.model.limits import LAYERS
from leabra_studio.model.problems import problems
from leabra_studio.model.wizard import first_pattern, new_network
from tests.model import samples

THREE = [("in", 2, 3, "input"), ("middle", 4, 4, "hidden"), ("out", 1, 2, "target")]
ROLES = ("input", "hidden", "target")


def joined(model: Any) -> list[str]:
    return [f"{p.pre} {p.post} {p.spec}" for p in model.projns]


def test_three_layers_feed_each_other_forward() -> None:
    model = new_network("Mine", THREE, seed=5)
    assert (model.name, model.seed, model.view.layer) == ("Mine", 5, "middle")
    assert [(x.name, x.shape, x.role, x.spec) for x in model.layers] == [
        ("in", (2, 3), "input", "layer_spec"),
        ("middle", (4, 4), "hidden", "layer_spec"),
        ("out", (1, 2), "target", "layer_spec"),
    ]
    assert joined(model) == ["in middle up_spec", "middle out up_spec"]
    assert [spec.name for spec in model.specs] == ["layer_spec", "up_spec"]
    assert model.value("in_to_middle", "dist") == Uniform(0.25, 0.75)
    assert model.inputs == {"in": (1.0, 1.0, 0.0, 0.0, 0.0, 0.0)}
    assert sorted(model.layers, key=lambda layer: layer.x) == list(model.layers)


def test_weak_feedback_goes_to_all_but_the_inputs() -> None:
    model = new_network("Mine", [*THREE, ("second", 2, 2, "hidden")], "bidirectional")
    assert joined(model) == [
        "in middle up_spec",
        "middle second up_spec",
        "second middle down_spec",
        "second out up_spec",
        "out second down_spec",
    ]
    assert model.value("out_to_second", "wt_scale_rel") == 0.3
    assert model.value("out_to_second", "dist") == Uniform(0.25, 0.75)
    two = new_network("Mine", [THREE[2], THREE[0]], "bidirectional")
    assert joined(two) == ["in out up_spec"]
    assert [spec.name for spec in two.specs] == ["layer_spec", "up_spec"]


def test_layers_of_one_role_stand_beside_each_other() -> None:
    rows = [("t1", 1, 1, "target"), ("i1", 1, 1, "input"), ("t2", 1, 1, "target"), ("i2", 1, 1, "input")]
    model = new_network("Mine", rows)
    assert joined(model) == ["i1 t1 up_spec", "i1 t2 up_spec", "i2 t1 up_spec", "i2 t2 up_spec"]
    xs = {layer.name: layer.x for layer in model.layers}
    assert xs["i1"] == xs["i2"] < xs["t1"] == xs["t2"]


def test_a_layer_may_be_called_like_a_spec_or_a_projection() -> None:
    rows = [("layer_spec", 1, 1, "input"), ("up_spec", 1, 1, "hidden"), ("layer_spec_to_up_spec", 1, 1, "target")]
    model = new_network("Mine", rows)
    assert [spec.name for spec in model.specs] == ["layer_spec_2", "up_spec_2"]
    assert model.projns[0].name == "layer_spec_to_up_spec_2"


def test_activity_reaches_the_targets() -> None:
    net = build(new_network("Mine", THREE, "bidirectional")).net
    net.cycle(60)
    act = net.units[UNIT_NAMES.index("act")]
    assert all(act[net.unit_slice(layer)].max() > 0.2 for layer in ("in", "middle", "out"))


@pytest.mark.parametrize(("size", "active"), [(1, 1), (2, 1), (4, 1), (6, 2), (25, 6), (49, 12)])
def test_the_first_pattern_is_neither_nothing_nor_all(size: int, active: int) -> None:
    assert first_pattern(size) == (1.0,) * active + (0.0,) * (size - active)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("", THREE), "Model.name: must not be empty"),
        (("x", THREE, "loop"), "Wizard.connect: must be one of feedforward, bidirectional (got 'loop')"),
        (("x", THREE, {}), "Wizard.connect: must be one of feedforward, bidirectional (got {})"),
        (("x", THREE, "feedforward", -1), "Model.seed: must be a whole number from 0 to 4,294,967,295 (got -1)"),
        (("x", "abc"), "Wizard.layers: must be a list of layers (got 'abc')"),
        (("x", ["abcd"]), "Wizard.layers[0]: must be name, rows, columns and role (got 'abcd')"),
        (("x", [THREE[0], ("a", 1)]), "Wizard.layers[1]: must be name, rows, columns and role (got ('a', 1))"),
        (("x", [THREE[0], ("a", 0, 1, "hidden")]), "Wizard.layers[1].shape[0]: must be a whole number, at least 1"),
        (("x", [THREE[0], ("a", 1, 1, "boss")]), "Wizard.layers[1].role: must be one of hidden, input, target (got '"),
        (("x", [THREE[0], ("\n", 1, 1, "hidden")]), "Wizard.layers[1].name: must not be empty"),
        (("x", [*THREE, (" in ", 1, 1, "hidden")]), "Wizard.layers[3].name: must be a new name (got 'in' again)"),
        (("x", []), "Wizard.layers: must hold at least one input, where activation enters (got none)"),
        (("x", THREE[1:]), "Wizard.layers: must hold at least one input, where activation enters (got none)"),
        (("x", THREE[:1]), "Wizard.layers: must hold a hidden layer or a target as well (got inputs only)"),
    ],
)
def test_refusals_have_a_sentence(arguments: Any, sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        new_network(*arguments)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("a", 1, 1, "input")] * (LAYERS + 1), "at most 200 layers"),
        ([("a", 65, 64, "input"), ("b", 1, 1, "hidden")], "at most 4,096 units"),
        ([("a", 64, 64, "input"), ("b", 64, 64, "hidden")], "at most 4,000,000 connections"),
        ([(f"{role}{i}", 1, 1, role) for i in range(40) for role in ("input", "target")], "at most 1,000 projections"),
    ],
)
def test_a_network_does_not_grow_past_the_limits(rows: Any, sentence: str) -> None:
    with pytest.raises(LimitError, match=sentence):
        new_network("Mine", rows)


ROWS = st.lists(
    st.tuples(samples.names(), st.integers(1, 4), st.integers(1, 4), st.sampled_from(ROLES)),
    min_size=1,
    max_size=7,
    unique_by=lambda row: row[0].strip(),
)


@given(samples.names(), ROWS, st.sampled_from(["feedforward", "bidirectional"]), st.integers(0, 2**32 - 1))
def test_a_network_that_is_made_runs_and_can_be_saved(name: str, rows: Any, connect: Any, seed: int) -> None:
    roles = {role for *_, role in rows}
    if "input" not in roles or len(roles) == 1:
        with pytest.raises(ValidationError):
            new_network(name, rows, connect, seed)
        return
    model = new_network(name, rows, connect, seed)
    assert [problem.message for problem in problems(model)] == [
        "Table 'train' has no rows yet: add, import or generate some."
    ]
    assert codec.loads(codec.dumps(model)) == model
    assert {p.post for p in model.projns} == {layer.name for layer in model.layers if layer.role != "input"}
    assert all(sum(acts) for acts in model.inputs.values())
    build(model).net.cycle(2)
