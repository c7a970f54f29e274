"""Lesions: what is silent, what the rest does as if it were not there, and what comes back."""

from __future__ import annotations

import io
import json
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import leabra_studio as lb
from leabra_studio.engine.lesion import Lesion
from tests.engine.nets import V, everything, random_nets, small, trial
from tests.engine.storage import accepted, loaded, saved

pytestmark = pytest.mark.usefixtures("kernels")
ROWS = list(V.values())


def feeding(n_mid, weights, **values):
    """Return a net of four senders, and receivers whose activations go nowhere."""
    net = lb.Net(seed=1)
    net.new_layer("in", 4)
    net.new_layer("mid", n_mid, lb.LayerSpec(**values))
    net.new_projn("up", "in", "mid")
    net.set_weights("up", weights)
    net.clamp_layer("in", [1.0, 0.2, 0.7, 0.0])
    return net


WEIGHTS = np.random.default_rng(4).uniform(0.1, 0.9, (6, 4))


@pytest.mark.parametrize("kind", ["fffb", "kwta", "kwta_avg", "none"])
def test_the_rest_of_a_layer_runs_as_if_lesioned_units_were_not_there(kind):
    values = {"inhibition_type": kind, "kwta_pct": 0.5, "gi": 1.2}
    net = feeding(6, WEIGHTS, **values)
    assert net.lesion("mid", 0.34, seed=7) == 2
    gone = Lesion(0.34, 7).units(6)
    live = np.setdiff1d(np.arange(6), gone)
    other = feeding(4, WEIGHTS[live], **values)
    for each in (net, other):
        each.minus_phase_cycle(20)
        each.plus_phase_cycle(5)
        each.learn()
        each.cycle(10)
    here, there = net.units[:, net.unit_slice("mid")], other.units[:, other.unit_slice("mid")]
    np.testing.assert_array_equal(here[:, live], there)
    assert (here[ROWS][:, gone] == 0).all()
    np.testing.assert_array_equal(net.get_weights("up")[live], other.get_weights("up"))
    for attr in lb.variables.LAYER_WHOLE:
        assert net.observe("mid", attr)[attr][0] == other.observe("mid", attr)[attr][0]


def test_what_the_rest_sends_keeps_the_scale_of_the_whole_layer():
    nets = []
    for fraction in (None, 0.5):
        net = lb.Net(seed=1)
        net.new_layer("in", 4)
        net.new_layer("out", 1)
        net.new_projn("p", "in", "out")
        net.clamp_layer("in", [0.8])
        if fraction:
            net.lesion("in", fraction, seed=1)
        net.cycle(2)
        nets.append(net.observe("out", "unit_net")["net"][0])
    assert nets[1] == pytest.approx(nets[0] / 2, rel=1e-12)


def without(*gone):
    """Return `small()` without some of its layers and projections, the weights of the others as there."""
    whole, net = small(), lb.Net(seed=3)
    for name, size in (("in", 4), ("mid", 3), ("out", 2)):
        if name not in gone:
            net.new_layer(name, size)
    for name in whole.projn_names:
        pre, post = whole.ends(name)
        if not {name, pre, post} & set(gone):
            full = lb.ProjnSpec(dist=lb.Uniform(0.25, 0.75), wt_scale_rel=0.3 if name == "back" else 1.0)
            net.new_projn(name, pre, post, whole.spec("up") if name == "up" else full)
            net.set_weights(name, whole.get_weights(name))
    return net


def run(net):
    for k in range(3):
        net.clamp_layer("in", [1, k % 2, 0.5, 0])
        net.minus_phase_cycle(15)
        net.plus_phase_cycle(5)
        net.learn()


@pytest.mark.parametrize("name", ["out", "back"])
def test_a_whole_layer_or_a_projection_is_left_out(name):
    net, other = small(), without(name)
    net.lesion(name)
    run(net)
    run(other)
    for layer in other.layer_names:
        np.testing.assert_array_equal(net.units[:, net.unit_slice(layer)], other.units[:, other.unit_slice(layer)])
    for projn in other.projn_names:
        np.testing.assert_array_equal(net.get_weights(projn), other.get_weights(projn))
    for projn in set(net.projn_names) - set(other.projn_names):
        np.testing.assert_array_equal(net.get_weights(projn), small().get_weights(projn))


def test_a_clamp_does_not_wake_lesioned_units():
    net = small()
    net.lesion("in", 0.5, seed=1)
    gone = Lesion(0.5, 1).units(4)
    net.clamp_layer("in", [1.0])
    for _ in range(2):
        assert (net.units[:, gone] == 0).all()
        assert net.observe("in", "avg_act")["avg_act"][0] == 0.95
        net.cycle()
    net.lesion("in")
    net.clamp_layer("in", [1.0])
    net.cycle(3)
    assert (net.units[:, :4] == 0).all()
    assert np.isfinite(net.units).all()


@settings(max_examples=60)
@given(net=random_nets(), data=st.data())
@pytest.mark.filterwarnings("ignore:projection:RuntimeWarning")
def test_any_lesions_can_be_healed_and_leave_no_trace(net, data):
    names = st.sampled_from([*net.layer_names, *net.projn_names])
    before = everything(net)
    for name in data.draw(st.lists(names, min_size=1, max_size=4)):
        part = 1.0 if name in net.projn_names else data.draw(st.sampled_from([0.3, 0.5, 1.0]))
        net.lesion(name, part, seed=data.draw(st.integers(0, 9)))
    weights = net._state.weights.copy()
    net.clamp_layer("l0", [1.0, 0.3])
    net.minus_phase_cycle(3)
    net.plus_phase_cycle(2)
    off = [net.units[:, net.unit_slice(n)][:, lesion.units(size(net, n))] for n, lesion in layers(net)]
    assert all((each == 0).all() for each in off)
    assert np.isfinite(net.units).all()
    for name in tuple(net.lesions):
        net.heal(name)
    net.reset()
    np.testing.assert_array_equal(net._state.weights, weights)
    assert everything(net) == before


def size(net, name):
    where = net.unit_slice(name)
    return where.stop - where.start


def layers(net):
    return [(name, lesion) for name, lesion in net.lesions.items() if name in net.layer_names]


def test_lesions_survive_reset_new_weights_and_changed_specs():
    net = small()
    net.lesion("mid", 0.5, seed=3)
    net.lesion("on")
    net.reset()
    net.init_weights(seed=5)
    net.spec("mid").kwta_pct = 0.9
    before = net.get_weights("on")
    trial(net)
    np.testing.assert_array_equal(net.get_weights("on"), before)
    assert dict(net.lesions) == {"mid": Lesion(0.5, 3), "on": Lesion(1.0, 0)}
    assert (net.units[:, 4 + Lesion(0.5, 3).units(3)] == 0).all()


def test_lesions_are_saved():
    net = small()
    net.lesion("mid", 0.5, seed=3)
    net.lesion("back")
    trial(net)
    other = loaded(saved(net))
    assert everything(other) == everything(net)
    assert other.lesions == net.lesions
    for each in (net, other):
        trial(each)
        each.heal("mid")
        each.heal("back")
        trial(each)
    assert everything(other) == everything(net)


def test_files_from_before_there_were_lesions_are_read():
    with zipfile.ZipFile(io.BytesIO(saved(small()))) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    header = json.loads(parts["header.json"])
    del header["lesions"]
    parts["header.json"] = json.dumps({**header, "version": 1})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    net = accepted(stream.getvalue())
    assert everything(net) == everything(small())


def test_a_larger_fraction_of_the_same_seed_holds_the_smaller_one():
    small_one, large_one = Lesion(0.3, 5).units(40), Lesion(0.7, 5).units(40)
    assert (len(small_one), len(large_one)) == (12, 28)
    assert set(small_one) < set(large_one)
    assert len(Lesion(0.01).units(10)) == 1
    assert Lesion().units(3).tolist() == [0, 1, 2]


def test_a_lesion_replaces_the_one_before_and_healing_what_is_whole_does_nothing():
    net = small()
    net.lesion("in", 0.75, seed=1)
    assert net.lesion("in", 0.25, seed=1) == 1
    assert net.lesion("up") == 9
    net.heal("in")
    net.heal("up")
    net.heal("mid")
    assert everything(net) == everything(small())


def test_without_a_seed_the_net_draws_one():
    first, second = small(1), small(1)
    assert first.lesion("in", 0.5) == second.lesion("in", 0.5) == 2
    assert first.lesions == second.lesions
    state = first._rng.bit_generator.state
    first.lesion("in")
    assert first._rng.bit_generator.state == state


@pytest.mark.parametrize(
    ("args", "rule"),
    [
        (("nobody",), "name: must name a layer or projection"),
        (("mid", 0.0), "fraction: must be above 0 and at most 1"),
        (("mid", 50), "fraction: must be above 0 and at most 1"),
        (("mid", "half"), "fraction: must be a finite number"),
        (("up", 0.5), "fraction: must be 1 for a projection"),
        (("mid", 0.5, -1), "seed: must be a whole number"),
    ],
)
def test_lesions_that_cannot_be_are_refused(args, rule):
    net = small()
    with pytest.raises(lb.ValidationError, match=rf"Net\.lesion\.{rule}"):
        net.lesion(*args)
    assert everything(net) == everything(small())
    with pytest.raises(lb.ValidationError, match=r"Net\.heal\.name"):
        net.heal("nobody")


def test_descriptions_tell_of_lesions():
    net = small()
    net.lesion("in", 0.5, seed=1)
    net.lesion("up")
    assert "free, 2 lesioned" in net.describe()
    assert "9, lesioned" in net.describe()
