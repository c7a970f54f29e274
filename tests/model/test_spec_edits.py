from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leabra_studio.engine.rand import Uniform
from leabra_studio.errors import LimitError, ValidationError
from leabra_studio.model import History, Layer, Model, NamedSpec, Projn, codec, edits, limits
from tests.model import samples

MODEL = Model(
    layers=(Layer("a", (1, 2), "input", "both"), Layer("b", spec="both"), Layer("c", spec="c_spec"), Layer("d")),
    projns=(Projn("p", "a", "b"), Projn("q", "b", "c", "weak")),
    specs=(
        NamedSpec("both", "layer", {"gi": 1.5, "unit_spec": {"gc_l": 0.2}}),
        NamedSpec("c_spec", "layer", {"gi": 1.2}, auto=True),
        NamedSpec("weak", "projn", {"wt_scale_rel": 0.3}),
        NamedSpec("idle", "layer", {"ff": 0.5}),
    ),
    inputs={"a": (1.0, 0.5)},
)


def test_a_new_spec_is_there_for_whoever_wants_it() -> None:
    model = edits.add_spec(MODEL, "projn", "strong", {"wt_scale_abs": 2, "dist": Uniform(0.1, 0.2)})
    assert model.spec("strong").values == {
        "wt_scale_abs": 2.0,
        "dist": {"type": "Uniform", "low": 0.1, "high": 0.2},
    }
    assert model.users("strong") == ()
    assert not model.spec("strong").auto
    assert edits.add_spec(edits.add_spec(model, "layer"), "layer").specs[-2:] == (
        NamedSpec("layer_spec", "layer"),
        NamedSpec("layer_spec_2", "layer"),
    )


def test_an_own_copy_has_the_same_values_and_leaves_the_others_alone() -> None:
    model = edits.own_copy(MODEL, "b")
    assert model.spec_of("b") == NamedSpec("b_spec", "layer", MODEL.spec("both").values, auto=True)
    assert model.users("both") == ("a",)
    changed = edits.set_param(model, "b", "gi", 1.9)
    assert (changed.value("a", "gi"), changed.value("b", "gi")) == (1.5, 1.9)
    assert edits.remove(model, ["b"]).specs == MODEL.specs


def test_who_has_a_spec_alone_needs_no_copy() -> None:
    assert edits.own_copy(MODEL, "c") is MODEL
    assert edits.own_copy(MODEL, "q") is MODEL


def test_an_own_spec_of_defaults_stays_when_it_is_reset() -> None:
    model = edits.own_copy(MODEL, "d")
    assert model.spec_of("d") == NamedSpec("d_spec", "layer")
    assert edits.reset_param(edits.set_param(model, "d", "gi", 1), "d", "gi") == model


def test_another_spec_is_used_and_what_was_made_for_one_goes() -> None:
    model = edits.use_spec(MODEL, "c", "both")
    assert model.users("both") == ("a", "b", "c")
    assert "c_spec" not in model.taken
    assert edits.use_spec(MODEL, "a", "idle").spec("both") == MODEL.spec("both")
    assert edits.use_spec(MODEL, "q", None).value("q", "wt_scale_rel") == 1.0
    assert edits.use_spec(MODEL, "c", None).specs == tuple(s for s in MODEL.specs if s.name != "c_spec")
    assert edits.use_spec(MODEL, "c", "c_spec") == MODEL


def test_a_spec_of_one_that_another_uses_too_is_everybodys() -> None:
    model = edits.use_spec(MODEL, "d", "c_spec")
    assert not model.spec("c_spec").auto
    assert edits.remove(model, ["c", "d"]).spec("c_spec").values == {"gi": 1.2}


def test_a_renamed_spec_is_followed_and_stays() -> None:
    model = edits.rename_spec(MODEL, "c_spec", " sparse ")
    assert model.spec_of("c") == NamedSpec("sparse", "layer", {"gi": 1.2})
    assert edits.remove(model, ["c"]).spec("sparse").values == {"gi": 1.2}
    assert edits.rename_spec(MODEL, "both", "both ") is MODEL


def test_what_nothing_uses_can_be_removed() -> None:
    assert edits.remove_spec(MODEL, "idle").specs == MODEL.specs[:-1]


def test_the_values_of_a_spec_change_whether_it_is_used_or_not() -> None:
    model = edits.set_spec_param(MODEL, "idle", "unit_spec.gc_l", 0.3)
    assert model.spec("idle").values == {"ff": 0.5, "unit_spec": {"gc_l": 0.3}}
    assert edits.reset_spec_param(model, "idle", "unit_spec.gc_l") == MODEL
    assert edits.set_spec_param(MODEL, "both", "gi", 1.1).value("a", "gi") == 1.1
    assert edits.set_spec_param(MODEL, "both", "gi", 1.1) == edits.set_param(MODEL, "b", "gi", 1.1)


def test_a_spec_that_is_reset_as_such_stays() -> None:
    assert edits.reset_spec_param(MODEL, "c_spec", "gi").spec_of("c") == NamedSpec("c_spec", "layer", auto=True)


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda m: edits.add_spec(m, "unit"), "Spec.kind: must be one of layer, projn (got 'unit')"),
        (lambda m: edits.add_spec(m, []), "Spec.kind: must be one of layer, projn (got [])"),
        (lambda m: edits.add_spec(m, "layer", "a"), "Spec.name: must be a new name (got 'a', which is a layer)"),
        (lambda m: edits.add_spec(m, "layer", "\x00"), "Spec.name: must be one line of visible characters"),
        (lambda m: edits.add_spec(m, "layer", None, 3), "Spec.values: must be a mapping (got 3)"),
        (lambda m: edits.add_spec(m, "layer", None, {"gii": 3}), "LayerSpec.'gii': is not a parameter; did you mean"),
        (lambda m: edits.add_spec(m, "layer", None, {"gi": "3"}), "LayerSpec.gi: must be a number (got '3')"),
        (lambda m: edits.own_copy(m, "both"), "Model.names: there is no layer or projection 'both'"),
        (lambda m: edits.own_copy(m, {}), "Model.names: there is no layer or projection {}"),
        (lambda m: edits.use_spec(m, "z", "both"), "Model.names: there is no layer or projection 'z'"),
        (lambda m: edits.use_spec(m, "a", "z"), "Model.specs: there is no spec 'z'; there is 'both', 'c_spec'"),
        (lambda m: edits.use_spec(m, "a", "p"), "Model.specs: there is no spec 'p'"),
        (
            lambda m: edits.use_spec(m, "a", "weak"),
            "Layer.spec: must be a spec for layers (got 'weak', which is one for projections)",
        ),
        (
            lambda m: edits.use_spec(m, "p", "both"),
            "Projn.spec: must be a spec for projections (got 'both', which is one for layers)",
        ),
        (lambda m: edits.rename_spec(m, "a", "z"), "Model.specs: there is no spec 'a'"),
        (lambda m: edits.rename_spec(m, "both", "a"), "Spec.name: must be a new name (got 'a', which is a layer)"),
        (lambda m: edits.rename_spec(m, "both", ""), "Spec.name: must not be empty"),
        (
            lambda m: edits.remove_spec(m, "both"),
            "Model.specs: 'both' must not be removed while 'a', 'b' use it; use another spec there first",
        ),
        (lambda m: edits.remove_spec(m, "weak"), "Model.specs: 'weak' must not be removed while 'q' uses it"),
        (lambda m: edits.remove_spec(m, "z"), "Model.specs: there is no spec 'z'"),
        (lambda m: edits.set_spec_param(m, "a", "gi", 1), "Model.specs: there is no spec 'a'"),
        (lambda m: edits.set_spec_param(m, "weak", "gi", 1), "ProjnSpec.'gi': is not a parameter"),
        (lambda m: edits.set_spec_param(m, "both", "gi", None), "LayerSpec.gi: must be a number (got None)"),
        (lambda m: edits.reset_spec_param(m, "both", "unit_spec.x"), "UnitSpec.'x': is not a parameter"),
    ],
)
def test_refusals_have_a_sentence(edit: Callable[[Any], Model], sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        edit(MODEL)
    assert str(caught.value).startswith(sentence)


def test_a_model_holds_only_so_many_specs() -> None:
    model = Model(specs=tuple(NamedSpec(f"s{i}", "layer") for i in range(limits.SPECS)))
    with pytest.raises(LimitError, match="at most 1,200 specs"):
        edits.add_spec(model, "layer")


def _spec(draw: st.DrawFn, model: Model) -> str:
    assume(model.specs)
    return draw(st.sampled_from([spec.name for spec in model.specs]))


def _object(draw: st.DrawFn, model: Model) -> str:
    return draw(st.sampled_from(model.names))


def _add_spec(draw: st.DrawFn, model: Model) -> Model:
    return edits.add_spec(model, draw(st.sampled_from(["layer", "projn"])), draw(st.none() | samples.names()))


def _set_spec_param(draw: st.DrawFn, model: Model) -> Model:
    spec = _spec(draw, model)
    path, declared = draw(st.sampled_from(samples.paths(model.spec(spec).kind)))
    return edits.set_spec_param(model, spec, path, draw(samples.values(declared)))


STEPS: tuple[samples.Step, ...] = (
    *samples.LIVE,
    _add_spec,
    _set_spec_param,
    lambda draw, model: edits.own_copy(model, _object(draw, model)),
    lambda draw, model: edits.use_spec(model, _object(draw, model), _spec(draw, model)),
    lambda draw, model: edits.use_spec(model, _object(draw, model), _spec(draw, model)),
    lambda draw, model: edits.use_spec(model, _object(draw, model), None),
    lambda draw, model: edits.rename_spec(model, _spec(draw, model), draw(samples.names())),
    lambda draw, model: edits.remove_spec(model, _spec(draw, model)),
    lambda draw, model: edits.duplicate(model, [_object(draw, model)]),
    lambda draw, model: edits.remove(model, [_object(draw, model)]),
)


@given(st.data())
def test_whatever_is_done_to_specs_can_be_saved_and_undone(data: st.DataObject) -> None:
    model = data.draw(samples.models(8))
    history = History(model)
    for _ in range(data.draw(st.integers(1, 8))):
        history = history.push(data.draw(samples.edited(history.present, STEPS)), "edit")
    assert codec.loads(codec.dumps(history.present)) == history.present
    used = {item.spec for item in history.present.objects}
    assert all(spec.name in used for spec in history.present.specs if spec.auto)
    while history.can_undo:
        history = history.undo()
    assert replace(history.present, view=model.view) == model
