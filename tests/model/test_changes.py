from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leabra_studio.engine.rand import Uniform
from leabra_studio.model import Layer, Model, NamedSpec, Projn, edits
from leabra_studio.model.changes import Changed, Difference, changed_values, difference, value_text
from leabra_studio.model.values import paths
from tests.model import samples

MODEL = Model(
    layers=(Layer("a", (1, 2), "input", "both"), Layer("b", spec="both"), Layer("c")),
    projns=(Projn("p", "a", "b", "weak"), Projn("q", "b", "c")),
    specs=(
        NamedSpec("both", "layer", {"gi": 1.5, "unit_spec": {"gc_l": 0.2}, "log_on_cycle": ("unit_act",)}),
        NamedSpec("weak", "projn", {"dist": {"type": "Uniform", "low": 0.25, "high": 0.75}}),
        NamedSpec("idle", "projn", {"cos_diff_lrate": True, "pre_mask": (True, False)}),
    ),
    inputs={"a": (1.0, 0.5)},
)


def test_what_was_changed_spec_by_spec() -> None:
    assert changed_values(MODEL) == (
        Changed("both", ("a", "b"), "gi", "1.5", "1.8"),
        Changed("both", ("a", "b"), "log_on_cycle", "unit_act", "none"),
        Changed("both", ("a", "b"), "unit_spec.gc_l", "0.2", "0.1"),
        Changed("weak", ("p",), "dist", "Uniform(low=0.25, high=0.75)", "Scalar(value=0.5)"),
        Changed("idle", (), "pre_mask", "10", "1"),
        Changed("idle", (), "cos_diff_lrate", "on", "off"),
    )
    assert changed_values(Model()) == ()


def test_values_that_differ_read_differently() -> None:
    model = edits.set_param(MODEL, "a", "fb_dt", 0.714285714)
    (changed,) = (item for item in changed_values(model) if item.path == "fb_dt")
    assert (changed.value, changed.default) == ("0.714285714", "0.7142857142857143")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "on"),
        (0.25, "0.25"),
        (1 / 3, "0.333333"),
        (0.0, "0"),
        (1e-9, "1e-09"),
        (12, "12"),
        ("kwta", "kwta"),
        ((), "none"),
        ((True, False, True), "101"),
        (("unit_act", "fbi"), "unit_act, fbi"),
        ((1.0, 0.5), "1, 0.5"),
        ({"type": "Gaussian", "mean": 0.5, "var": 0.01}, "Gaussian(mean=0.5, var=0.01)"),
    ],
)
def test_values_in_words(value: Any, text: str) -> None:
    assert value_text(value) == text


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (MODEL, []),
        (edits.set_seed(MODEL, 7), [Difference(("",), "seed", "42", "7")]),
        (edits.set_cycles(MODEL, 50), [Difference(("",), "cycles", "200", "50")]),
        (edits.set_role(MODEL, "c", "target"), [Difference(("c",), "role", "hidden", "target")]),
        (edits.set_param(MODEL, "a", "gi", 1.1), [Difference(("a", "b"), "gi", "1.5", "1.1")]),
        (edits.reset_param(MODEL, "a", "gi"), [Difference(("a", "b"), "gi", "1.5", "1.8")]),
        (edits.set_param(MODEL, "c", "unit_spec.gc_l", 0.3), [Difference(("c",), "unit_spec.gc_l", "0.1", "0.3")]),
        (
            edits.set_param(MODEL, "q", "dist", Uniform(0.1, 0.2)),
            [Difference(("q",), "dist", "Scalar(value=0.5)", "Uniform(low=0.1, high=0.2)")],
        ),
        (edits.set_input(MODEL, "a", None), [Difference(("a",), "input", "1, 0.5", None)]),
        (edits.set_input(MODEL, "c", [1]), [Difference(("c",), "input", None, "1")]),
        (edits.set_shape(MODEL, "b", (2, 3)), [Difference(("b",), "shape", "1 x 1", "2 x 3")]),
        (edits.add_layer(MODEL, name="d", shape=(2, 2)), [Difference(("d",), "layer", None, "2 x 2, hidden")]),
        (edits.remove(MODEL, ["q"]), [Difference(("q",), "projn", "b to c", None)]),
        (
            replace(MODEL, projns=(Projn("p", "b", "b", "weak"), *MODEL.projns[1:])),
            [Difference(("p",), "pre", "a", "b")],
        ),
        (
            edits.rename(edits.rename(MODEL, "q", "r"), "c", "q"),
            [
                Difference(("c",), "layer", "1 x 1, hidden", None),
                Difference(("q",), "projn", "b to c", None),
                Difference(("q",), "layer", None, "1 x 1, hidden"),
                Difference(("r",), "projn", None, "b to q"),
            ],
        ),
        (edits.rename_spec(edits.own_copy(MODEL, "a"), "both", "shared"), []),
        (edits.set_name(edits.set_notes(edits.move(MODEL, {"a": (1, 1)}), "x"), "x"), []),
        (edits.set_view(edits.remove_spec(MODEL, "idle"), layer="a"), []),
    ],
)
def test_in_what_two_models_differ(other: Model, expected: list[Difference]) -> None:
    assert list(difference(MODEL, other)) == expected


@given(samples.models(12), samples.models(12))
def test_differences_are_the_same_from_both_sides(one: Model, other: Model) -> None:
    there = {(frozenset(x.names), x.field, x.a, x.b) for x in difference(one, other)}
    back = {(frozenset(x.names), x.field, x.b, x.a) for x in difference(other, one)}
    assert there == back
    assert all(x.a != x.b for x in difference(one, other))
    assert difference(one, one) == ()


BESIDES = ("input", "lesion")
"""Fields of differences that are no parameters."""


@given(st.data())
def test_every_value_in_force_that_changes_is_a_difference(data: st.DataObject) -> None:
    model = data.draw(samples.models(10))
    assume(model.names)
    after = data.draw(samples.edited(model, samples.LIVE))
    expected = {
        (name, path)
        for name in model.names
        for path, _ in paths(model.kind_of(name))
        if model.value(name, path) != after.value(name, path)
    }
    found = {(name, x.field) for x in difference(model, after) for name in x.names if x.field not in BESIDES}
    assert found == expected
    assert {(x.spec, x.path) for x in changed_values(after)} == {
        (spec.name, path)
        for spec in after.specs
        for path, declared in paths(spec.kind)
        if path in spec.values or path.partition(".")[2] in spec.values.get("unit_spec", {})
    }
