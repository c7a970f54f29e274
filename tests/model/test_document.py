import copy
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from leabra_studio.engine.rand import Scalar, Uniform
from leabra_studio.engine.specs import UnitSpec
from leabra_studio.errors import LimitError, ValidationError
from leabra_studio.model import Layer, Model, NamedSpec, Projn, View, limits
from leabra_studio.model.frozen import FrozenMap, frozen, thawed

PAIR = Model(
    layers=(Layer("in"), Layer("out", (2, 3), spec="out_spec")),
    projns=(Projn("p", "in", "out", "p_spec"),),
    specs=(
        NamedSpec("out_spec", "layer", {"gi": 1.3, "unit_spec": {"gc_l": 0.2}}),
        NamedSpec("p_spec", "projn", {"dist": {"type": "Uniform", "low": 0.25, "high": 0.75}}),
    ),
    inputs={"in": (1.0,)},
)


def test_lookups() -> None:
    assert PAIR.names == ("in", "out", "p")
    assert PAIR.taken == {"in", "out", "p", "out_spec", "p_spec"}
    assert PAIR.layer("out").size == 6
    assert PAIR.projn("p").post == "out"
    assert PAIR.spec_of("out") == PAIR.spec("out_spec")
    assert PAIR.spec_of("in") is None
    assert PAIR.users("out_spec") == ("out",)
    assert (PAIR.kind_of("in"), PAIR.kind_of("p")) == ("layer", "projn")


def test_the_value_in_force_is_what_a_spec_would_hold() -> None:
    assert PAIR.value("out", "gi") == 1.3
    assert PAIR.value("in", "gi") == 1.8
    assert PAIR.value("out", "unit_spec.gc_l") == 0.2
    assert PAIR.value("out", "unit_spec") == UnitSpec(gc_l=0.2)
    assert PAIR.value("p", "dist") == Uniform(0.25, 0.75)
    assert PAIR.value("p", "lrate") == 0.02
    assert replace(PAIR, projns=(Projn("p", "in", "out"),)).value("p", "dist") == Scalar(0.5)


@pytest.mark.parametrize(
    ("lookup", "sentence"),
    [
        (lambda m: m.layer("p"), "Model.layers: there is no layer 'p'; there is 'in', 'out'"),
        (lambda m: m.projn("out"), "Model.projections: there is no projection 'out'; there is 'p'"),
        (lambda m: m.spec("in"), "Model.specs: there is no spec 'in'; there is 'out_spec', 'p_spec'"),
        (lambda m: m.layer([]), "Model.layers: there is no layer []; there is 'in', 'out'"),
        (lambda m: m.kind_of("out_spec"), "Model.names: there is no layer or projection 'out_spec'"),
        (lambda m: m.value("out", "gii"), "LayerSpec.'gii': is not a parameter; did you mean gi?"),
        (lambda m: m.value("out", "unit_spec.gc"), "UnitSpec.'gc': is not a parameter; did you mean gc_l?"),
        (lambda m: m.value("p", "unit_spec.gc_l"), "ProjnSpec.'unit_spec.gc_l': is not a parameter"),
    ],
)
def test_what_is_not_there_has_a_sentence(lookup: Any, sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        lookup(PAIR)
    assert str(caught.value) == sentence


def test_nothing_in_a_model_can_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        PAIR.name = "other"  # type: ignore[misc]  # what the test is about
    with pytest.raises(TypeError):
        PAIR.inputs["in"] = (0.0,)  # type: ignore[index]  # what the test is about
    with pytest.raises(TypeError):
        PAIR.spec("out_spec").values["unit_spec"]["gc_l"] = 1.0
    assert hash(PAIR) == hash(copy.deepcopy(PAIR))


def test_lists_and_dicts_given_are_not_shared() -> None:
    acts, values = [1.0], {"pre_mask": [True, False]}
    model = Model(layers=[Layer("a")], inputs={"a": acts}, specs=[NamedSpec("s", "projn", values)])  # type: ignore[arg-type]  # lists for tuples
    acts.append(2.0)
    values["pre_mask"].append(True)
    assert model.inputs == {"a": (1.0,)}
    assert model.spec("s").values == {"pre_mask": (True, False)}


def test_a_spec_keeps_only_what_differs_from_the_defaults_in_the_order_of_declaration() -> None:
    spec = NamedSpec("s", "layer", {"unit_spec": {"e_rev_e": 1}, "clamp_max": 0.9, "gi": 2, "ff": 1.0})
    assert list(spec.values.items()) == [("gi", 2.0), ("clamp_max", 0.9)]
    assert repr(spec.values["gi"]) == "2.0"


def test_whole_numbers_become_what_they_are_stored_as() -> None:
    layer = Layer("a", [2.0, 3], x=1)  # type: ignore[arg-type]  # a list and floats, as JSON has them
    assert (layer.shape, repr(layer.x)) == ((2, 3), "1.0")
    assert repr(Model(seed=7.0).seed) == "7"  # type: ignore[arg-type]  # a float


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Layer(""), "Layer.name: must not be empty; type at least one character"),
        (lambda: Layer(" \t "), "Layer.name: must not be empty; type at least one character"),
        (lambda: Layer("x" * 81), "Layer.name: must have at most 80 characters (got 81)"),
        (lambda: Layer("a\nb"), "Layer.name: must be one line of visible characters (got 'a\\nb')"),
        (lambda: Layer("a\u202eb"), "Layer.name: must be one line of visible characters (got 'a\\u202eb')"),
        (lambda: Layer("\ud800"), "Layer.name: must be one line of visible characters (got '\\ud800')"),
        (lambda: Layer(None), "Layer.name: must be a text (got None)"),
        (lambda: Layer("a", (0, 1)), "Layer.shape[0]: must be a whole number, at least 1 (got 0)"),
        (lambda: Layer("a", (1, 1.5)), "Layer.shape[1]: must be a whole number, at least 1 (got 1.5)"),
        (lambda: Layer("a", (True, 1)), "Layer.shape[0]: must be a whole number, at least 1 (got True)"),
        (lambda: Layer("a", (1,)), "Layer.shape: must be two numbers, rows and columns (got (1,))"),
        (lambda: Layer("a", "11"), "Layer.shape: must be two numbers, rows and columns (got '11')"),
        (lambda: Layer("a", role="boss"), "Layer.role: must be one of hidden, input, target (got 'boss')"),
        (lambda: Layer("a", x=float("nan")), "Layer.x: must be a number from -1,000,000 to 1,000,000 (got nan)"),
        (lambda: Layer("a", y="3"), "Layer.y: must be a number from -1,000,000 to 1,000,000 (got '3')"),
        (lambda: Layer("a", spec=3), "Layer.spec: must be a text (got 3)"),
        (lambda: Projn("p", 1, "a"), "Projn.pre: must be a text (got 1)"),
        (lambda: NamedSpec("s", "unit"), "Spec.kind: must be one of layer, projn (got 'unit')"),
        (lambda: NamedSpec("s", "layer", []), "Spec.values: must be a mapping (got [])"),
        (lambda: NamedSpec("s", "layer", auto=1), "Spec.auto: must be True or False (got 1)"),
        (lambda: NamedSpec("s", "layer", {"self": 1}), "LayerSpec.'self': is not a parameter"),
        (lambda: NamedSpec("s", "layer", {"_mutations": 1}), "LayerSpec.'_mutations': is not a parameter"),
        (
            lambda: NamedSpec("s", "projn", {"dist": {"type": "Normal"}}),
            "Distribution.dist: must have a type out of Scalar, Uniform, Gaussian, LogNormal, Exponential"
            " (got 'Normal')",
        ),
        (
            lambda: NamedSpec("s", "projn", {"dist": {"type": "Uniform", "low": 0.1}}),
            "Distribution.dist: of type Uniform must have exactly the numbers low, high (got 'low')",
        ),
        (lambda: View(variable="vm"), "View.variable: must be one of net, net_raw, gc_i, act, "),
        (lambda: View(shown=("act", "x")), "View.shown: must be one of net, net_raw, gc_i, act, "),
        (lambda: View(shown="act"), "View.shown: must be a list of unit variables (got 'act')"),
        (lambda: View(unit=-1), "View.unit: must be a whole number, at least 0 (got -1)"),
        (lambda: Model(seed=-1), "Model.seed: must be a whole number from 0 to 4,294,967,295 (got -1)"),
        (lambda: Model(cycles=0), "Model.cycles: must be a whole number from 1 to 100,000 (got 0)"),
        (lambda: Model(notes="\udfff"), "Model.notes: must not hold half a character (a lone surrogate)"),
        (
            lambda: Model(layers=(Layer("a"), Layer("a"))),
            "layers[1].name: must be a new name (got 'a', which layer",
        ),
        (
            lambda: Model(layers=(Layer("a"),), specs=(NamedSpec("a", "layer"),)),
            "specs[0].name: must be a new name (got 'a', which layers[0] has already)",
        ),
        (
            lambda: Model(layers=(Layer("a"),), projns=(Projn("p", "a", "b"),)),
            "projns[0].post: must be the name of a layer (got 'b')",
        ),
        (
            lambda: Model(layers=(Layer("a", spec="s"),), specs=(NamedSpec("s", "projn"),)),
            "layers[0].spec: must be the name of a layer spec (got 's')",
        ),
        (lambda: Model(inputs={"a": (1,)}), "inputs.'a': must be the name of a layer (got 'a')"),
        (lambda: Model(view=View(layer="a")), "view.layer: must be the name of a layer or nothing (got 'a')"),
        (
            lambda: Model(layers=(Layer("a"),), view=View(layer="a", unit=1)),
            "view.unit: must be below the 1 units of a (got 1)",
        ),
    ],
)
def test_contradictions_are_refused_when_an_object_is_made(make: Any, sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        make()
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Layer("a", (65, 64)), "A layer may have at most 4,096 units (got 65 x 64)"),
        (
            lambda: Model(layers=tuple(Layer(f"l{i}") for i in range(limits.LAYERS + 1))),
            "A model may have at most 200 layers (this would be 201)",
        ),
        (
            lambda: Model(layers=tuple(Layer(f"l{i}", (64, 64)) for i in range(5))),
            "A model may have at most 16,384 units (this would be 20,480)",
        ),
        (
            lambda: Model(layers=(Layer("a", (64, 64)),), projns=(Projn("p", "a", "a"),)),
            "A model may have at most 4,000,000 connections (this would be 16,777,216)",
        ),
        (
            lambda: Model(
                layers=(Layer("a"),), projns=tuple(Projn(f"p{i}", "a", "a") for i in range(limits.PROJNS + 1))
            ),
            "A model may have at most 1,000 projections (this would be 1,001)",
        ),
        (
            lambda: Model(specs=tuple(NamedSpec(f"s{i}", "layer") for i in range(limits.SPECS + 1))),
            "A model may have at most 1,200 specs (this would be 1,201)",
        ),
        (lambda: Model(notes="x" * 20_001), "Notes may have at most 20,000 characters (got 20,001)"),
    ],
)
def test_limits_have_a_sentence(make: Any, sentence: str) -> None:
    with pytest.raises(LimitError) as caught:
        make()
    assert str(caught.value) == sentence


def test_a_frozen_map_is_a_mapping_of_its_own() -> None:
    one = FrozenMap({"a": 1, "b": (2,)})
    assert one == {"b": (2,), "a": 1}
    assert repr(one) == "{'a': 1, 'b': (2,)}"
    assert hash(one) == hash(FrozenMap([("b", (2,)), ("a", 1)]))
    assert thawed(frozen({"a": [1, {"b": (2,)}]})) == {"a": [1, {"b": [2]}]}
