"""Making nets: arguments, connectivity, weights, seeds, descriptions."""

from __future__ import annotations

import copy
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import leabra_studio as lb
from leabra_studio.engine import limits
from tests.engine.nets import everything, small, trial

pytestmark = pytest.mark.usefixtures("kernels")


def two(n_pre, n_post, spec=None, seed=0):
    net = lb.Net(seed=seed)
    net.new_layer("a", n_pre)
    net.new_layer("b", n_post)
    net.new_projn("p", "a", "b", spec)
    return net


def there(net, projn="p"):
    return ~np.isnan(net.get_weights(projn))


def test_layers_lie_side_by_side_in_units():
    net = small()
    assert (net.layer_names, net.projn_names) == (("in", "mid", "out"), ("up", "on", "back"))
    assert [net.unit_slice(name) for name in net.layer_names] == [slice(0, 4), slice(4, 7), slice(7, 9)]
    assert net.units.shape == (len(lb.variables.UNIT_VARIABLES), 9)
    assert not net.units.any()


def test_units_is_a_live_view_that_cannot_be_written():
    net = small()
    view = net.units
    trial(net)
    assert (view == net.units).all()
    assert view.any()
    with pytest.raises(ValueError, match="read-only"):
        view[0, 0] = 1


@pytest.mark.parametrize("name", ["", None, 3, b"x", "in", "up"])
def test_names_must_be_texts_and_differ(name):
    net = small()
    with pytest.raises(lb.ValidationError, match=r"Net\.new_layer\.name: "):
        net.new_layer(name, 1)
    with pytest.raises(lb.ValidationError, match=r"Net\.new_projn\.name: "):
        net.new_projn(name, "in", "mid")
    assert net.layer_names == ("in", "mid", "out")


@pytest.mark.parametrize("size", [0, -1, 1.5, "3", None, True, math.nan])
def test_size_must_be_a_whole_number_from_1(size):
    with pytest.raises(lb.ValidationError, match=r"Net\.new_layer\.size: must be a whole number, at least 1"):
        lb.Net().new_layer("x", size)


def test_limits_are_met_with_a_sentence():
    net = lb.Net()
    with pytest.raises(lb.LimitError, match=r"Net\.new_layer\.size: at most 1,000,000"):
        net.new_layer("x", limits.MAX_UNITS + 1)
    net.new_layer("x", 30_000)
    with pytest.raises(lb.LimitError, match="at most 500,000,000 connections"):
        net.new_projn("p", "x", "x")
    assert net.projn_names == ()


@pytest.mark.parametrize("spec", [lb.ProjnSpec(), lb.UnitSpec(), "fffb", {}, lb.LayerSpec])
def test_a_layer_takes_a_layer_spec_only(spec):
    with pytest.raises(lb.ValidationError, match=r"Net\.new_layer\.spec: must be a LayerSpec"):
        lb.Net().new_layer("x", 1, spec)


@pytest.mark.parametrize("field", ["pre", "post"])
@pytest.mark.parametrize("value", ["nobody", "up", None, 0, ["in"]])
def test_a_projection_needs_two_layers(field, value):
    ends = {"pre": "in", "post": "mid", field: value}
    with pytest.raises(
        lb.ValidationError, match=rf"Net\.new_projn\.{field}: must name a layer .*known are: 'in', 'mid'"
    ):
        small().new_projn("x", **ends)


def test_full_connects_all():
    assert there(two(3, 2)).all()
    assert (two(3, 2).get_weights("p") == np.full((2, 3), 0.5)).all()


def test_masks_are_repeated_or_cut():
    net = two(5, 3, lb.ProjnSpec(pre_mask=(True, False), post_mask=(False, True, True, True)))
    assert (there(net) == np.outer([0, 1, 1], [1, 0, 1, 0, 1])).all()


def test_one_to_one_joins_the_ith_selected():
    assert (there(two(3, 3, lb.ProjnSpec(projn_type="one_to_one"))) == np.eye(3)).all()
    net = two(4, 2, lb.ProjnSpec(projn_type="one_to_one", pre_mask=(False, True)))
    assert (there(net) == [[0, 1, 0, 0], [0, 0, 0, 1]]).all()


def test_one_to_one_of_unequal_numbers_is_refused():
    with pytest.raises(lb.ValidationError, match=r"as many senders as receivers \(got 3 and 2\)"):
        two(3, 2, lb.ProjnSpec(projn_type="one_to_one"))


@given(n_pre=st.integers(1, 9), n_post=st.integers(1, 9), kept=st.floats(0, 1))
def test_sparsity_keeps_exactly_the_floor(n_pre, n_post, kept):
    assert there(two(n_pre, n_post, lb.ProjnSpec(sparsity=kept))).sum() == math.floor(kept * (n_pre * n_post))


def test_weights_round_trip():
    net = small()
    for projn in net.projn_names:
        wts = net.get_weights(projn)
        net.set_weights(projn, wts / 2)
        np.testing.assert_array_equal(net.get_weights(projn), wts / 2)


def test_get_weights_gives_a_copy():
    net = small()
    net.get_weights("on")[:] = 7
    assert (net.get_weights("on") < 1).all()


@pytest.mark.parametrize(
    ("wts", "rule"),
    [
        (np.zeros((3, 2)), r"must have shape \(2, 3\), receivers by senders \(got \(3, 2\)\)"),
        (0.5, "must have shape"),
        ([[math.nan] * 3] * 2, "must be finite"),
        ([["a"] * 3] * 2, "must hold numbers only"),
        (None, "must hold numbers only|must have shape"),
        ([[1, 2], [3]], "must hold numbers only"),
        (np.zeros((2, 3), complex), "must hold numbers only"),
    ],
)
def test_set_weights_refuses(wts, rule):
    net = small()
    before = net.get_weights("on")
    with pytest.raises(lb.ValidationError, match=rf"Net\.set_weights\.weights: {rule}"):
        net.set_weights("on", wts)
    assert (net.get_weights("on") == before).all()


def test_set_weights_refuses_a_weight_without_a_connection():
    net = two(2, 2, lb.ProjnSpec(projn_type="one_to_one"))
    net.set_weights("p", [[0.25, 0], [math.nan, 0.75]])
    with pytest.raises(lb.ValidationError, match="NaN or 0 where there is no connection"):
        net.set_weights("p", [[0.25, 0.1], [0, 0.75]])
    with pytest.raises(lb.ValidationError, match="NaN or 0 where there is no connection"):
        net.set_weights("p", [[0, 0.1], [0, 0]])
    np.testing.assert_array_equal(np.diag(net.get_weights("p")), [0.25, 0.75])


def test_weights_outside_0_to_1_are_warned_of():
    with pytest.warns(RuntimeWarning, match="'p': some weights lie outside"):
        net = two(30, 30, lb.ProjnSpec(dist=lb.Gaussian(0.5, 1)))
    with pytest.warns(RuntimeWarning, match="'p': some weights"):
        net.set_weights("p", np.full((30, 30), 2.0))


def test_same_seed_same_net():
    assert (small(5).get_weights("on") == small(5).get_weights("on")).all()
    assert (small(5).get_weights("on") != small(6).get_weights("on")).all()


def test_a_seed_is_drawn_and_kept_where_none_is_given():
    net = small(None)
    assert net.seed != small(None).seed
    again = small(net.seed)
    np.testing.assert_array_equal(net.get_weights("up"), again.get_weights("up"))


@pytest.mark.parametrize("seed", [-1, 1.5, "x", True, math.nan])
def test_seed_must_be_a_whole_number(seed):
    with pytest.raises(lb.ValidationError, match=r"Net\.seed"):
        lb.Net(seed=seed)
    with pytest.raises(lb.ValidationError, match=r"Net\.init_weights\.seed"):
        small().init_weights(seed)


def test_init_weights_with_a_seed_gives_that_nets_weights():
    net, other = small(1), small(2)
    trial(net)
    units = net.units.copy()
    net.init_weights(seed=2)
    for projn in net.projn_names:
        np.testing.assert_array_equal(net.get_weights(projn), other.get_weights(projn))
    assert net.seed == 2
    assert (net.units == units).all()


def test_init_weights_goes_on_drawing():
    net = small(1)
    first = net.get_weights("on")
    net.init_weights()
    second = net.get_weights("on")
    net.init_weights()
    assert len({w.tobytes() for w in (first, second, net.get_weights("on"))}) == 3


def test_init_weights_that_fails_changes_nothing():
    net = two(3, 2)
    net.spec("p").projn_type = "one_to_one"
    rng = copy.deepcopy(net._rng.bit_generator.state)
    with pytest.raises(lb.ValidationError, match="as many senders"):
        net.init_weights()
    assert there(net).all()
    assert net._rng.bit_generator.state == rng
    assert net.projn_names == ("p",)


def test_init_weights_reads_structural_parameters():
    net = two(3, 3)
    net.spec("p").projn_type = "one_to_one"
    net.spec("p").dist = lb.Scalar(0.25)
    net.cycle()
    assert there(net).all()
    net.init_weights()
    assert (there(net) == np.eye(3)).all()
    net.cycle()


def test_spec_is_the_object_itself():
    spec = lb.LayerSpec()
    net = lb.Net()
    net.new_layer("x", 1, spec)
    assert net.spec("x") is spec
    with pytest.raises(lb.ValidationError, match=r"Net\.spec\.name: must name a layer or projection"):
        net.spec("y")


@pytest.mark.parametrize("call", ["unit_slice", "get_weights", "spec", "unclamp_layer", "lrate"])
@pytest.mark.parametrize("name", ["nobody", "", None, 3, [], "x" * 10_000])
def test_unknown_names_are_met_by_name(call, name):
    with pytest.raises(lb.ValidationError, match=rf"Net\.{call}\.\w+: must name a .*known are: '") as caught:
        getattr(small(), call)(name)
    assert len(str(caught.value)) < 300


HOSTILE = '<script>alert("x")</script>\n\x00\u202e'


def test_descriptions_say_what_was_changed_and_escape_names():
    net = small(gi=1.5)
    net.new_layer(HOSTILE, 1)
    net.clamp_layer("in", [1])
    assert "in     " in net.describe()
    assert "gi=1.5" in net.describe()
    assert "sparsity=0.75" in net.describe()
    assert "clamped" in net.describe()
    assert "\x00" not in net.describe()
    assert "<script>" not in net._repr_html_()
    assert "&lt;script&gt;" in net._repr_html_()
    assert repr(net) == "<Net with 4 layers, 3 projections; seed 3, 0 cycles run>"
    assert repr(lb.Net(seed=1)) == "<Net with 0 layers, 0 projections; seed 1, 0 cycles run>"


def test_a_projection_without_connections_is_described_and_runs():
    net = two(2, 2, lb.ProjnSpec(sparsity=0))
    assert "  0 " in net.describe()
    net.clamp_layer("a", [1])
    net.cycle(5)
    net.learn()
    assert np.isfinite(net.units).all()


def test_arrays_begin_on_a_cache_line_whatever_is_added():
    net = lb.Net(seed=1)
    for i, size in enumerate((2, 3, 100, 7)):
        net.new_layer(f"l{i}", size)
        net.new_projn(f"p{i}", f"l{i}", f"l{i}", lb.ProjnSpec(sparsity=0.9))
        state = net._state
        assert [array.ctypes.data % 64 for array in (state.units, state.weights)] == [0, 0]
        assert state.units.flags.c_contiguous
        assert state.weights.flags.c_contiguous


def test_a_projection_that_does_not_fit_into_memory_is_met_with_a_sentence(monkeypatch):
    net = lb.Net(seed=1)
    net.new_layer("a", 3)
    before, rng = everything(net), net._rng.bit_generator.state

    def full(*args):
        raise MemoryError

    monkeypatch.setattr(type(net._state), "add_projn", full)
    with pytest.raises(lb.LimitError, match="projection 'p': does not fit into memory"):
        net.new_projn("p", "a", "a", lb.ProjnSpec(dist=lb.Uniform(0, 1)))
    assert everything(net) == before
    assert net._rng.bit_generator.state == rng
    assert net.projn_names == ()
