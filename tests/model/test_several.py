from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leabra_studio.engine.rand import Scalar, Uniform
from leabra_studio.errors import ValidationError
from leabra_studio.model import Layer, Model, NamedSpec, Projn, edits
from leabra_studio.model.edits.several import MIXED, common_values
from leabra_studio.model.values import paths
from tests.model import samples

MODEL = Model(
    layers=(Layer("a", spec="both"), Layer("b", spec="both"), Layer("c", spec="c_spec"), Layer("d"), Layer("e")),
    projns=(Projn("p", "a", "b"), Projn("q", "b", "c")),
    specs=(NamedSpec("both", "layer", {"gi": 1.5}), NamedSpec("c_spec", "layer", {"gi": 1.2}, auto=True)),
)


def test_each_one_changes_as_it_would_alone() -> None:
    model = edits.set_param_of(MODEL, ["d", "a", "b", "c"], "unit_spec.gc_l", 0.3)
    assert [model.value(name, "unit_spec.gc_l") for name in "abcde"] == [0.3, 0.3, 0.3, 0.3, 0.1]
    assert [spec.name for spec in model.specs] == ["both", "c_spec", "d_spec"]
    assert model.spec("d_spec").auto


def test_what_shares_a_spec_changes_with_it() -> None:
    assert edits.set_param_of(MODEL, ["a"], "gi", 1.0).value("b", "gi") == 1.0


def test_projections_too() -> None:
    value = {"type": "Uniform", "low": 0.2, "high": 0.4}
    model = edits.set_param_of(MODEL, ["q", "p"], "dist", value)
    assert [model.value(name, "dist") for name in "pq"] == [Uniform(0.2, 0.4)] * 2
    assert edits.set_param_of(MODEL, "p", "dist", Scalar(0.4)).value("p", "dist") == Scalar(0.4)


def test_back_at_the_default() -> None:
    model = edits.reset_param_of(MODEL, ["a", "c", "d"], "gi")
    assert {model.value(name, "gi") for name in "abcd"} == {1.8}
    assert [spec.name for spec in model.specs] == ["both"]


def test_what_several_have_in_common() -> None:
    values = common_values(MODEL, ["a", "c", "d"])
    assert values["gi"] is MIXED
    assert repr(values["gi"]) == "MIXED"
    assert values["ff"] == 1.0
    assert list(values) == [path for path, _ in paths("layer")]
    assert common_values(MODEL, ["a", "b"])["gi"] == 1.5
    assert common_values(MODEL, ["p", "q"])["dist"] == Scalar(0.5)


@pytest.mark.parametrize(
    ("names", "path", "value", "sentence"),
    [
        ([], "gi", 1, "Model.names: must hold at least one name (got none); select something first"),
        (["z"], "gi", 1, "Model.names: there is nothing called 'z'"),
        (["both"], "gi", 1, "Model.names: there is nothing called 'both'"),
        (["a", {}], "gi", 1, "Model.names: there is nothing called {}"),
        (["p", "a"], "lrate", 1, "Model.names: must be layers only or projections only (got 'a', 'p'); select one"),
        (["a", "d"], "lrate", 1, "LayerSpec.'lrate': is not a parameter"),
        (["a", "d"], "gi", "x", "LayerSpec.gi: must be a number (got 'x'); the default is 1.8"),
        (["a", "d"], "unit_spec.gc_l", "x", "UnitSpec.gc_l: must be a number (got 'x')"),
        (["p"], "dist", {"type": "Zipf"}, "Distribution.dist: must have a type out of"),
    ],
)
def test_refusals_have_a_sentence(names: Any, path: str, value: Any, sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        edits.set_param_of(MODEL, names, path, value)
    assert str(caught.value).startswith(sentence)


def test_what_only_one_refuses_is_said_of_that_one() -> None:
    model = edits.set_param(MODEL, "d", "unit_spec.v_m_r", 0.1)
    with pytest.raises(ValidationError, match=r"v_m_r: must be below spk_thr \(0\.2\).*; refused for 'a'"):
        edits.set_param_of(model, ["d", "a"], "unit_spec.spk_thr", 0.2)


@given(st.data())
def test_several_at_once_are_the_same_as_one_after_the_other(data: st.DataObject) -> None:
    model = data.draw(samples.models(12))
    assume(model.names)
    first = data.draw(st.sampled_from(model.names))
    alike = [name for name in model.names if model.kind_of(name) == model.kind_of(first)]
    names = data.draw(st.lists(st.sampled_from(alike), min_size=1, unique=True))
    path, declared = data.draw(st.sampled_from(samples.paths(model.kind_of(first))))
    value = data.draw(samples.values(declared))
    expected = model
    try:
        for name in sorted(names, key=model.names.index):
            expected = edits.set_param(expected, name, path, value)
    except ValidationError:
        with pytest.raises(ValidationError):
            edits.set_param_of(model, names, path, value)
        return
    after = edits.set_param_of(model, names, path, value)
    assert after == expected
    assert common_values(after, names)[path] == after.value(first if first in names else names[0], path)
    before = common_values(model, names)
    same = {path: all(model.value(name, path) == model.value(names[0], path) for name in names) for path in before}
    assert {path: value is not MIXED for path, value in before.items()} == same
