from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.engine.rand import Gaussian, Scalar, Uniform
from leabra_studio.engine.specs import SPECS, UnitSpec
from leabra_studio.errors import LimitError, ValidationError
from leabra_studio.model import Layer, Model, NamedSpec, Projn, View, edits, limits
from tests.model import samples

EMPTY = Model()
PAIR = edits.add_projn(edits.add_layer(edits.add_layer(EMPTY, name="a", role="input"), name="b"), "a", "b")
SHARED = replace(
    PAIR,
    layers=(Layer("a", spec="both"), Layer("b", (2, 2), spec="both")),
    specs=(NamedSpec("both", "layer", {"gi": 1.5}),),
)


def test_a_layer_is_called_after_its_role() -> None:
    model = EMPTY
    for role in ("input", "hidden", "hidden", "target"):
        model = edits.add_layer(model, role=role)  # type: ignore[arg-type]  # a str, one of the roles
    assert model.names == ("input", "hidden", "hidden_2", "output")


def test_a_layer_is_put_where_it_was_asked_for() -> None:
    model = edits.add_layer(EMPTY, name=" in put ", shape=(2, 3), role="input", x=1, y=-2)
    assert model.layers == (Layer("in put", (2, 3), "input", None, 1.0, -2.0),)


def test_projections_of_one_pair_are_named_apart() -> None:
    model = edits.add_projn(edits.add_projn(PAIR, "a", "b"), "b", "b")
    assert [(p.name, p.pre, p.post) for p in model.projns] == [
        ("a_to_b", "a", "b"),
        ("a_to_b_2", "a", "b"),
        ("b_to_b", "b", "b"),
    ]


def test_long_names_are_cut_to_make_room() -> None:
    model = edits.add_layer(edits.add_layer(EMPTY, name="p" * 80), name="q" * 80)
    model = edits.add_projn(edits.add_projn(model, "p" * 80, "q" * 80), "p" * 80, "q" * 80)
    model = edits.set_param(edits.set_param(model, "p" * 80, "gi", 1), "q" * 80, "gi", 1)
    assert [len(name) for name in model.names] == [80, 80, 76, 78]
    assert model.layers[0].spec == "p" * 75 + "_spec"


def test_the_first_change_gives_an_object_a_spec_of_its_own() -> None:
    model = edits.set_param(PAIR, "b", "gi", 1.3)
    model = edits.set_param(model, "b", "unit_spec.gc_l", 0.2)
    model = edits.set_param(model, "a_to_b", "dist", Uniform(0.25, 0.75))
    assert model.specs == (
        NamedSpec("b_spec", "layer", {"gi": 1.3, "unit_spec": {"gc_l": 0.2}}, auto=True),
        NamedSpec("a_to_b_spec", "projn", {"dist": {"type": "Uniform", "low": 0.25, "high": 0.75}}, auto=True),
    )
    assert [model.layer("a").spec, model.layer("b").spec] == [None, "b_spec"]


def test_a_taken_name_of_a_spec_is_passed_by() -> None:
    model = edits.set_param(edits.add_layer(PAIR, name="b_spec"), "b", "gi", 1.3)
    assert model.layer("b").spec == "b_spec_2"


def test_a_change_acts_on_all_that_share_the_spec() -> None:
    model = edits.set_param(SHARED, "b", "ff", 0.5)
    assert model.value("a", "ff") == 0.5
    assert model.users("both") == ("a", "b")


def test_a_default_is_not_kept_and_an_empty_spec_goes() -> None:
    assert edits.set_param(PAIR, "b", "gi", 1.8) == PAIR
    one = edits.set_param(PAIR, "b", "unit_spec.gc_l", 0.2)
    assert edits.reset_param(one, "b", "unit_spec.gc_l") == PAIR
    assert edits.reset_param(SHARED, "b", "gi").spec("both").values == {}


@pytest.mark.parametrize("value", [Gaussian(0.4, 0.01), {"type": "Gaussian", "mean": 0.4, "var": 0.01}])
def test_a_distribution_is_given_as_such_or_as_a_mapping(value: Any) -> None:
    assert edits.set_param(PAIR, "a_to_b", "dist", value).value("a_to_b", "dist") == Gaussian(0.4, 0.01)


def test_a_whole_unit_spec_can_be_set() -> None:
    for value in (UnitSpec(gc_l=0.2), {"gc_l": 0.2}):
        assert edits.set_param(PAIR, "b", "unit_spec", value).spec("b_spec").values == {"unit_spec": {"gc_l": 0.2}}


@given(st.data())
def test_every_parameter_can_be_set_and_reset(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(PAIR.names))
    path, declared = data.draw(st.sampled_from(samples.paths(PAIR.kind_of(name))))
    value = data.draw(samples.values(declared))
    try:
        model = edits.set_param(PAIR, name, path, value)
    except ValidationError:
        assert path.startswith("unit_spec.")  # potentials have rules between them
        return
    assert (model == PAIR) == (model.value(name, path) == PAIR.value(name, path))
    assert edits.reset_param(model, name, path) == PAIR


@pytest.mark.parametrize("kind", ["layer", "projn"])
def test_every_parameter_refuses_what_is_not_its_value(kind: str) -> None:
    name = {"layer": "b", "projn": "a_to_b"}[kind]
    for path, _ in samples.paths(kind):
        for wrong in (object(), float("nan"), "x" * 1000, [object()], None):
            with pytest.raises(ValidationError):
                edits.set_param(PAIR, name, path, wrong)
    assert SPECS[kind].params()


def test_removing_a_layer_takes_its_projections_inputs_and_own_specs() -> None:
    model = edits.set_input(edits.set_param(PAIR, "a", "gi", 1), "a", [1])
    model = edits.set_view(edits.set_param(model, "a_to_b", "lrate", 0.1), layer="a")
    left = edits.remove(model, ["a"])
    assert (left.names, left.specs, dict(left.inputs), left.view) == (("b",), (), {}, View())


def test_named_specs_stay_until_they_are_removed() -> None:
    model = edits.remove(SHARED, ["a", "b"])
    assert model.specs == SHARED.specs
    assert edits.remove(model, ["both"]).specs == ()
    assert edits.remove(SHARED, ["a", "b", "both"]) == EMPTY


def test_renaming_is_followed_by_everything_that_mentions_it() -> None:
    model = edits.set_view(edits.set_input(edits.set_param(PAIR, "a", "gi", 1), "a", [1]), layer="a")
    model = edits.set_param(edits.add_projn(model, "a", "a", name="self"), "a_to_b", "lrate", 0.1)
    model = edits.rename(model, "a", "front")
    assert model.names == ("front", "b", "front_to_b", "self")
    assert (model.projn("self").pre, model.projn("self").post) == ("front", "front")
    assert model.spec_of("front") == NamedSpec("front_spec", "layer", {"gi": 1.0}, auto=True)
    assert model.spec_of("front_to_b") == NamedSpec("front_to_b_spec", "projn", {"lrate": 0.1}, auto=True)
    assert (dict(model.inputs), model.view.layer) == ({"front": (1.0,)}, "front")


def test_specs_and_projections_can_be_renamed() -> None:
    assert edits.rename(SHARED, "both", "shared").layer("b").spec == "shared"
    assert edits.rename(PAIR, "a_to_b", "p").names == ("a", "b", "p")
    assert edits.rename(PAIR, "a", " a ") is PAIR


def test_a_followed_name_that_is_taken_is_passed_by() -> None:
    model = edits.add_projn(edits.add_projn(PAIR, "b", "b", name="c_to_b"), "b", "a")
    assert edits.rename(model, "a", "c").names == ("c", "b", "c_to_b_2", "c_to_b", "b_to_c")


def test_duplicates_keep_what_lies_between_them() -> None:
    model = edits.set_input(edits.set_param(PAIR, "b", "gi", 1.3), "a", [0.5])
    model = edits.duplicate(model, ["a", "b"])
    assert model.names == ("a", "b", "a_2", "b_2", "a_to_b", "a_2_to_b_2")
    assert model.layer("a_2") == replace(model.layer("a"), name="a_2", x=40.0, y=40.0)
    assert model.layer("b_2").spec == "b_2_spec"
    assert model.value("b_2", "gi") == 1.3
    assert model.inputs["a_2"] == (0.5,)


def test_duplicates_share_named_specs() -> None:
    assert edits.duplicate(SHARED, ["b"]).users("both") == ("a", "b", "b_2")


def test_a_projection_duplicated_alone_joins_the_same_layers() -> None:
    assert edits.duplicate(PAIR, ["a_to_b"]).projns[1] == Projn("a_to_b_2", "a", "b")
    both = edits.duplicate(PAIR, ["b", "a_to_b"])
    assert both.projns[1] == Projn("a_to_b_2", "a", "b_2")


def test_a_pattern_keeps_its_rows_and_columns() -> None:
    model = edits.set_input(edits.set_shape(PAIR, "a", (2, 2)), "a", [0.1, 0.2, 0.3, 0.4])
    assert edits.set_shape(model, "a", (3, 3)).inputs["a"] == (0.1, 0.2, 0, 0.3, 0.4, 0, 0, 0, 0)
    assert edits.set_shape(model, "a", (1, 2)).inputs["a"] == (0.1, 0.2)
    uniform = edits.set_input(model, "a", [0.7])
    assert edits.set_shape(uniform, "a", (3, 3)).inputs["a"] == (0.7,)


def test_a_viewed_unit_that_is_cut_off_gives_way_to_the_first() -> None:
    model = edits.set_view(edits.set_shape(PAIR, "b", (2, 2)), layer="b", unit=3)
    assert edits.set_shape(model, "b", (1, 4)).view.unit == 3
    assert edits.set_shape(model, "b", (1, 3)).view.unit == 0


def test_letting_go_of_a_layer() -> None:
    clamped = edits.set_input(PAIR, "a", iter([1]))
    assert clamped.inputs == {"a": (1.0,)}
    assert edits.set_input(clamped, "a", None) == PAIR


def test_another_layer_is_viewed_from_its_first_unit() -> None:
    model = edits.set_view(SHARED, layer="b", unit=3)
    assert edits.set_view(model, variable="net").view == View("net", "b", 3)
    assert edits.set_view(model, layer="a").view == View("act", "a", 0)
    assert edits.set_view(model, layer="a", unit=0).view.unit == 0


def test_the_whole_model() -> None:
    model = edits.set_name(edits.set_notes(edits.set_seed(edits.set_cycles(PAIR, 50), 7), "a\nb"), " X ")
    assert (model.name, model.notes, model.seed, model.cycles) == ("X", "a\nb", 7, 50)
    assert edits.set_role(PAIR, "b", "target").layer("b").role == "target"
    assert edits.move(PAIR, {"b": (1, 2)}).layer("b").x == 1.0


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (
            lambda m: edits.add_layer(m, name="a"),
            "Layer.name: must be a new name (got 'a', which is a layer); 'a_2'",
        ),
        (lambda m: edits.add_layer(m, name=""), "Layer.name: must not be empty"),
        (lambda m: edits.add_layer(m, name="x" * 300), "Layer.name: must have at most 80 characters (got 300)"),
        (lambda m: edits.add_layer(m, role="boss"), "Layer.role: must be one of hidden, input, target (got 'boss')"),
        (lambda m: edits.add_layer(m, role=[]), "Layer.role: must be a text (got [])"),
        (lambda m: edits.add_layer(m, shape=(0, 1)), "Layer.shape[0]: must be a whole number, at least 1 (got 0)"),
        (lambda m: edits.add_layer(m, x=float("inf")), "Layer.x: must be a number from -1,000,000 to 1,000,000"),
        (lambda m: edits.add_projn(m, "a", "z"), "Model.layers: there is no layer 'z'; there is 'a', 'b'"),
        (
            lambda m: edits.add_projn(m, "a", "b", name="a"),
            "Projn.name: must be a new name (got 'a', which is a ",
        ),
        (
            lambda m: edits.add_projn(m, "a", "b", name="a_to_b"),
            "Projn.name: must be a new name (got 'a_to_b', which is a projection); 'a_to_b_2' is free",
        ),
        (lambda m: edits.remove(m, []), "Model.names: must hold at least one name (got none); select something first"),
        (lambda m: edits.remove(m, ["z"]), "Model.names: there is nothing called 'z'"),
        (lambda m: edits.remove(m, [{}]), "Model.names: there is nothing called {}"),
        (
            lambda m: edits.remove(SHARED, ["both", "a"]),
            "Model.specs: must not be removed while something uses them (here 'b')",
        ),
        (lambda m: edits.rename(m, "z", "y"), "Model.names: there is nothing called 'z'"),
        (lambda m: edits.rename(m, [], "y"), "Model.names: there is nothing called []"),
        (
            lambda m: edits.rename(m, "a", "b"),
            "Model.name: must be a new name (got 'b', which is a layer); 'b_2'",
        ),
        (lambda m: edits.rename(SHARED, "a", "both"), "Model.name: must be a new name (got 'both', which is a spec)"),
        (lambda m: edits.rename(m, "a", "\x00"), "Model.name: must be one line of visible characters (got '\\x00')"),
        (lambda m: edits.move(m, {"a_to_b": (0, 0)}), "Model.layers: there is no layer 'a_to_b'"),
        (lambda m: edits.move(m, {"a": (float("nan"), 0)}), "Layer.x: must be a number from"),
        (lambda m: edits.move(m, {"a": 3}), "Layer.place: must be two numbers, x and y (got 3)"),
        (lambda m: edits.tidy(m, "left"), "Model.direction: must be right or up (got 'left')"),
        (lambda m: edits.set_role(m, "a_to_b", "input"), "Model.layers: there is no layer 'a_to_b'"),
        (lambda m: edits.set_param(m, "z", "gi", 1), "Model.names: there is no layer or projection 'z'"),
        (lambda m: edits.set_param(m, "a", "gii", 1), "LayerSpec.'gii': is not a parameter; did you mean gi?"),
        (lambda m: edits.set_param(m, "a", "kwta_pct", 2), "LayerSpec.kwta_pct: must be in the range 0 to 1 (got 2.0)"),
        (lambda m: edits.set_param(m, "b", "unit_spec.spk_thr", 0.1), "UnitSpec.v_m_r: must be below spk_thr (0.1)"),
        (lambda m: edits.reset_param(m, "a", "dist"), "LayerSpec.'dist': is not a parameter"),
        (lambda m: edits.set_input(m, "a", []), "inputs.a: must have 1 value (got 0)"),
        (lambda m: edits.set_input(m, "a", [1, 1]), "inputs.a: must have 1 value (got 2)"),
        (lambda m: edits.set_input(SHARED, "b", []), "inputs.b: must have 1 to 4 values, one for each unit or fewer"),
        (lambda m: edits.set_input(m, "a", [1.1]), "inputs.a[0]: must be a number from 0 to 1 (got 1.1)"),
        (lambda m: edits.set_input(m, "a", [float("nan")]), "inputs.a[0]: must be a number from 0 to 1 (got nan)"),
        (lambda m: edits.set_input(m, "a", "1"), "inputs.a: must be a list of numbers (got '1')"),
        (lambda m: edits.set_input(m, "z", [1]), "Model.layers: there is no layer 'z'"),
        (lambda m: edits.set_param(m, "a_to_b", "dist", {"mean": 1}), "Distribution.dist: must have a type out of Sc"),
        (lambda m: edits.set_seed(m, 1.5), "Model.seed: must be a whole number from 0 to 4,294,967,295 (got 1.5)"),
        (lambda m: edits.set_cycles(m, 0), "Model.cycles: must be a whole number from 1 to 100,000 (got 0)"),
        (lambda m: edits.set_name(m, " "), "Model.name: must not be empty"),
        (lambda m: edits.set_notes(m, 3), "Model.notes: must be a text (got 3)"),
        (lambda m: edits.set_view(m, layer="z"), "view.layer: must be the name of a layer or nothing (got 'z')"),
        (lambda m: edits.set_view(m, layer={}), "view.layer: must be the name of a layer or nothing (got {})"),
        (lambda m: edits.set_view(m, colour="red"), "View.colour: is not shown by a page (got 'red')"),
        (lambda m: edits.duplicate(m, ["z"]), "Model.names: there is nothing called 'z'"),
    ],
)
def test_refusals_have_a_sentence(edit: Any, sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        edit(PAIR)
    assert str(caught.value).startswith(sentence)


def test_a_model_does_not_grow_past_its_limits() -> None:
    model = Model(layers=tuple(Layer(f"l{i}") for i in range(limits.LAYERS)))
    with pytest.raises(LimitError, match="at most 200 layers"):
        edits.add_layer(model)
    with pytest.raises(LimitError, match="at most 200 layers"):
        edits.duplicate(model, ["l0"])
    with pytest.raises(LimitError, match="at most 4,096 units"):
        edits.set_shape(model, "l0", (1, 10**400))


def test_the_default_of_a_distribution_is_no_change() -> None:
    assert edits.set_param(PAIR, "a_to_b", "dist", Scalar(0.5)) == PAIR
