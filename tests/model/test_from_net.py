from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given

from leabra_studio.engine.net import Net
from leabra_studio.engine.rand import Distribution, Scalar, Uniform
from leabra_studio.engine.specs import LayerSpec, ProjnSpec, UnitSpec
from leabra_studio.errors import LimitError, ValidationError
from leabra_studio.model import Model, NamedSpec, codec, gallery
from leabra_studio.model.build import build
from leabra_studio.model.from_net import grid, model_of
from leabra_studio.model.problems import problems
from tests.model import samples


def two() -> Net:
    """A net of two layers."""
    net = Net(seed=3)
    net.new_layer("a", 4)
    net.new_layer("b", 2)
    net.new_projn("p", "a", "b", ProjnSpec(dist=Uniform(0.25, 0.75)))
    return net


def sharing(net: Net) -> list[list[str]]:
    """For each object, those that have the same spec object."""
    names = (*net.layer_names, *net.projn_names)
    return [[other for other in names if net.spec(other) is net.spec(name)] for name in names]


def test_a_net_in_words_of_a_document() -> None:
    net = Net(seed=9)
    shared = LayerSpec(gi=1.5, unit_spec=UnitSpec(gc_l=0.2))
    net.new_layer("in", 4, shared)
    net.new_layer("mid", 25, shared)
    net.new_layer("out", 2)
    up = ProjnSpec(dist=Uniform(0.25, 0.75))
    net.new_projn("in_mid", "in", "mid", up)
    net.new_projn("mid_out", "mid", "out", up)
    net.new_projn("out_mid", "out", "mid", ProjnSpec(wt_scale_rel=0.3, post_mask=(True, False)))
    net.clamp_layer("in", [1, 0])
    found = model_of(net, "Mine")
    model = found.model
    assert (model.name, model.seed, model.view.layer) == ("Mine", 9, "out")
    assert [(x.name, x.shape, x.role, x.spec) for x in model.layers] == [
        ("in", (1, 4), "input", "layer_spec"),
        ("mid", (5, 5), "hidden", "layer_spec"),
        ("out", (1, 2), "target", None),
    ]
    assert [(p.name, p.pre, p.post, p.spec) for p in model.projns] == [
        ("in_mid", "in", "mid", "projn_spec"),
        ("mid_out", "mid", "out", "projn_spec"),
        ("out_mid", "out", "mid", "out_mid_spec"),
    ]
    assert model.specs == (
        NamedSpec("layer_spec", "layer", {"gi": 1.5, "unit_spec": {"gc_l": 0.2}}),
        NamedSpec("projn_spec", "projn", {"dist": {"type": "Uniform", "low": 0.25, "high": 0.75}}),
        NamedSpec("out_mid_spec", "projn", {"wt_scale_rel": 0.3, "post_mask": (True, False)}, auto=True),
    )
    assert model.inputs == {"in": (0.95, 0.0, 0.95, 0.0)}
    assert (found.lost, dict(found.names)) == ((), {name: name for name in model.names})
    assert sorted(model.layers, key=lambda layer: layer.x) == list(model.layers)


@pytest.mark.parametrize("key", gallery.KEYS)
def test_an_example_goes_there_and_back(key: str) -> None:
    example = gallery.load_example(key)
    found = model_of(build(example).net)
    assert [(x.name, x.size, x.role) for x in found.model.layers] == [(x.name, x.size, x.role) for x in example.layers]
    one, other = build(example).net, build(found.model).net
    one.cycle(50)
    other.cycle(50)
    np.testing.assert_array_equal(one.units, other.units)


@pytest.mark.parametrize(
    ("size", "shape"),
    [
        (1, (1, 1)),
        (9, (1, 9)),
        (10, (1, 10)),
        (11, (1, 11)),
        (12, (3, 4)),
        (16, (4, 4)),
        (49, (7, 7)),
        (50, (5, 10)),
        (625, (25, 25)),
    ],
)
def test_units_stand_in_a_row_or_nearly_in_a_square(size: int, shape: tuple[int, int]) -> None:
    assert grid(size) == shape


def test_weights_come_along() -> None:
    net = two()
    net.set_weights("p", np.arange(8).reshape(2, 4) / 10)
    found = model_of(net)
    np.testing.assert_array_equal(found.weights["p"], np.arange(8).reshape(2, 4) / 10)
    again = build(found.model).net
    for name, weights in found.weights.items():
        again.set_weights(name, weights)
    np.testing.assert_array_equal(again.get_weights("p"), net.get_weights("p"))


def test_the_net_is_only_asked() -> None:
    one, other = two(), two()
    model_of(one)
    one.cycle(20)
    other.cycle(20)
    np.testing.assert_array_equal(one.units, other.units)
    np.testing.assert_array_equal(one.get_weights("p"), other.get_weights("p"))


def test_names_that_a_document_does_not_allow_become_such() -> None:
    net = Net(seed=1)
    names = ["two\nlines", "two lines", " ", "x" * 200, "x" * 80, "</script>", "two lines_2"]
    for name in names:
        net.new_layer(name, 1)
    net.new_projn("\x00", "two\nlines", " ")
    found = model_of(net)
    assert found.names == {
        "two\nlines": "two lines_3",
        "two lines": "two lines",
        " ": "unnamed",
        "x" * 200: "x" * 78 + "_2",
        "x" * 80: "x" * 80,
        "</script>": "</script>",
        "two lines_2": "two lines_2",
        "\x00": "unnamed_2",
    }
    assert (found.model.projns[0].pre, found.model.projns[0].post) == ("two lines_3", "unnamed")
    assert list(found.weights) == ["unnamed_2"]


def test_a_spec_class_with_defaults_of_its_own() -> None:
    class Sparse(LayerSpec):
        gi = 2.5

    class Leaky(UnitSpec):
        gc_l = 0.4

    net = Net(seed=1)
    net.new_layer("a", 1, Sparse(unit_spec=Leaky(vm_dt=0.2)))
    assert model_of(net).model.specs == (
        NamedSpec("a_spec", "layer", {"gi": 2.5, "unit_spec": {"gc_l": 0.4, "vm_dt": 0.2}}, auto=True),
    )


def test_what_a_document_does_not_know_is_said() -> None:
    @dataclass(frozen=True)
    class Half(Scalar):
        def draw(self, rng: np.random.Generator, n: int) -> np.ndarray:
            return np.full(n, self.value / 2)

    @dataclass(frozen=True)
    class Gaussian(Distribution):
        def draw(self, rng: np.random.Generator, n: int) -> np.ndarray:
            return np.full(n, 0.3)

    net = Net(seed=2**40 + 3)
    net.new_layer("a", 1)
    net.new_projn("p", "a", "a", ProjnSpec(dist=Half(0.8)))
    net.new_projn("q", "a", "a", ProjnSpec(dist=Gaussian(), lrate=0.1))
    found = model_of(net)
    assert found.lost == (
        "'p': Half became Scalar(value=0.5).",
        "'q': Gaussian became Scalar(value=0.5).",
        "The seed 1099511627779 is too large for a document and became 3.",
    )
    assert (found.weights["p"], found.weights["q"]) == (0.4, 0.3)
    assert found.model.specs == (NamedSpec("q_spec", "projn", {"lrate": 0.1}, auto=True),)


def test_a_spec_that_has_become_invalid_is_refused() -> None:
    net = two()
    net.spec("a").gi = "much"
    with pytest.raises(ValidationError, match=r"LayerSpec.gi: must be a number \(got 'much'\)"):
        model_of(net)


def test_a_net_may_be_too_large_for_a_document() -> None:
    net = Net(seed=1)
    net.new_layer("a", 5000)
    with pytest.raises(LimitError, match="at most 4,096 units"):
        model_of(net)


def test_a_target_that_is_clamped_is_a_target_still() -> None:
    net = build(gallery.load_example("feedback_loop")).net
    net.clamp_layer("output", [1, 0])
    model = model_of(net).model
    assert [layer.role for layer in model.layers] == ["input", "hidden", "target"]
    assert set(model.inputs) == {"input", "output"}


def test_where_all_are_fed_the_clamped_ones_are_inputs() -> None:
    net = two()
    net.new_projn("q", "b", "a")
    net.clamp_layer("b", [1])
    roles = {layer.name: layer.role for layer in model_of(net).model.layers}
    assert roles == {"b": "input", "a": "target"}


def test_layers_alone_and_no_layers_at_all() -> None:
    net = Net(seed=0)
    assert model_of(net).model == Model(name="Network from Python", seed=0)
    net.new_layer("a", 1)
    net.new_layer("b", 1)
    net.clamp_layer("b", [1])
    assert [layer.role for layer in model_of(net).model.layers] == ["hidden", "input"]


@pytest.mark.filterwarnings("ignore:.*weights lie outside:RuntimeWarning")
@given(samples.models(20))
def test_a_model_that_is_built_and_read_again_makes_the_same_net(model: Model) -> None:
    assume(not any(problem.fatal for problem in problems(model)))
    built = build(model)
    found = model_of(built.net)
    again = build(found.model)
    assert codec.loads(codec.dumps(found.model)) == found.model
    assert again.net.layer_names == built.net.layer_names
    for name in model.names:
        assert again.net.spec(name) == built.net.spec(name)
    for p in model.projns:
        assert again.net.ends(p.name) == (p.pre, p.post)
        np.testing.assert_array_equal(found.weights[p.name], again.net.get_weights(p.name))
    np.testing.assert_array_equal(again.net.units, built.net.units)
    assert sharing(again.net) == sharing(built.net)
