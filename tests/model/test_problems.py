from typing import Any

import pytest
from hypothesis import given

from leabra_studio.errors import LeabraError
from leabra_studio.model import Model, edits, gallery
from leabra_studio.model.build import build
from leabra_studio.model.patterns import Row
from leabra_studio.model.problems import PLAN, Problem, _remembered, problems
from tests.model import samples

PAIR = edits.add_layer(edits.add_layer(Model(), name="a", shape=(1, 3)), name="b", shape=(1, 2))
JOINED = edits.add_projn(PAIR, "a", "b", name="p")


def found(path: str, value: Any, model: Model = JOINED) -> list[str]:
    return [problem.message for problem in problems(edits.set_param(model, "p", path, value))]


def test_a_sound_model_has_none() -> None:
    assert problems(Model()) == problems(JOINED) == ()
    assert [problems(gallery.load_example(key)) for key in gallery.KEYS] == [()] * len(gallery.KEYS)


def test_a_target_that_nothing_reaches() -> None:
    model = edits.set_role(PAIR, "b", "target")
    sentence = "Nothing reaches this layer, so it stays silent; connect another one to it."
    assert problems(model) == (Problem("b", sentence),)
    assert problems(edits.add_projn(model, "a", "b")) == ()
    assert problems(edits.set_input(model, "b", [1])) == ()


def test_one_to_one_of_different_numbers_cannot_be_built() -> None:
    model = edits.set_param(JOINED, "p", "projn_type", "one_to_one")
    sentence = "one_to_one needs as many senders as receivers, here 3 and 2; use masks or full."
    assert problems(model) == (Problem("p", sentence, fatal=True),)
    assert problems(edits.set_param(model, "p", "pre_mask", (True, True, False))) == ()


def test_a_table_of_the_plan_without_rows() -> None:
    model = edits.add_table(PAIR)
    assert problems(model) == (
        Problem("train", "Table 'train' has no rows yet: add, import or generate some.", table="train"),
    )
    assert problems(edits.set_plan(edits.add_table(model, "test"), train=None)) == ()
    tested = edits.set_plan(edits.add_table(model, "exam"), test="exam")
    assert [problem.table for problem in problems(tested)] == ["train", "exam"]
    assert [problem.table for problem in problems(edits.set_plan(tested, test_every=0))] == ["train"]


def test_a_table_in_a_network_that_is_shown_nothing_is_named_once() -> None:
    rows = (Row("", {"in": (1.0,)}),)
    lost = edits.add_table(PAIR, rows=rows)
    assert [problem.message for problem in problems(lost)] == [
        "Table 'train' has patterns for 'in', which is no layer; fit it to the network."
    ]


def test_a_stop_by_tests_that_there_are_not() -> None:
    rows = (Row("", {"a": (1.0, 0.0, 0.0)}),)
    model = edits.add_table(edits.set_role(PAIR, "a", "input"), rows=rows)
    assert problems(model) == ()
    (found,) = problems(edits.set_plan(model, stop_by="test"))
    assert (found.name, found.plan) == (PLAN, True)
    assert problems(edits.set_plan(model, stop_by="test", stop_after=0)) == ()
    assert problems(edits.set_plan(model, stop_by="test", test="train")) == ()


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("pre_mask", (True, False), "pre_mask has 2 items for 3 units of a: it is repeated."),
        ("post_mask", (True, False, True), "post_mask has 3 items for 2 units of b: it is cut."),
        ("post_mask", (False,), "It has no connection: its masks or its sparsity leave none."),
        ("sparsity", 0.1, "It has no connection: its masks or its sparsity leave none."),
    ],
)
def test_masks_and_sparsity(path: str, value: Any, sentence: str) -> None:
    assert found(path, value) == [sentence]


@pytest.mark.parametrize(
    ("dist", "part"),
    [
        ({"type": "Scalar", "value": 1.5}, "Initial weights"),
        ({"type": "Scalar", "value": 1}, ""),
        ({"type": "Uniform", "low": -1, "high": 0.5}, "Some initial weights"),
        ({"type": "Uniform", "low": 2, "high": 3}, "Initial weights"),
        ({"type": "Uniform", "low": 0, "high": 1}, ""),
        ({"type": "Gaussian", "mean": 0.5, "var": 0.01}, ""),
        ({"type": "Gaussian", "mean": 0.5, "var": 1}, "Some initial weights"),
        ({"type": "Gaussian", "mean": -1, "var": 0}, "Initial weights"),
        ({"type": "LogNormal", "mean": -1, "var": 0.05}, ""),
        ({"type": "LogNormal", "mean": 0, "var": 1}, "Some initial weights"),
        ({"type": "LogNormal", "mean": 1, "var": 0}, "Initial weights"),
        ({"type": "Exponential", "lambd": 2}, "Some initial weights"),
        ({"type": "Exponential", "lambd": 9}, ""),
    ],
)
def test_weights_outside_0_to_1(dist: dict[str, Any], part: str) -> None:
    assert found("dist", dist) == [f"{part} lie outside 0 to 1, where learning is not defined."] * bool(part)


@pytest.mark.filterwarnings("ignore:.*weights lie outside:RuntimeWarning")
@given(samples.models())
def test_a_model_is_built_or_has_a_fatal_problem(model: Model) -> None:
    fatal = [problem for problem in problems(model) if problem.fatal]
    try:
        build(model)
    except LeabraError:
        assert fatal
    else:
        assert not fatal
    assert {problem.name for problem in problems(model)} <= {
        *model.names,
        *(table.name for table in model.patterns),
        PLAN,
    }


@given(samples.models())
def test_what_is_remembered_of_projections_is_what_is_found_anew(model: Model) -> None:
    remembered = problems(model)
    _remembered.cache_clear()
    assert problems(model) == remembered
