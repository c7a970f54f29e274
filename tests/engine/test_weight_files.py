"""Files of weights: what goes in comes out, and what does not fit is named."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import leabra_studio as lb
from leabra_studio.engine.wts import fwt_from_wt
from tests.engine.nets import random_nets, small, trial
from tests.engine.weighing import FORMATS, refused, saved, trained

pytestmark = pytest.mark.usefixtures("kernels")


def with_projn(spec=None, sizes=(4, 3), name="p"):
    net = lb.Net(seed=1)
    net.new_layer("in", sizes[0])
    net.new_layer("mid", sizes[1])
    net.new_projn(name, "in", "mid", spec)
    return net


@settings(max_examples=60)
@given(random_nets(), st.sampled_from(FORMATS))
def test_weights_come_back_to_the_last_bit(net, form):
    if not net.projn_names:
        return
    net.cycle(3)
    net.learn()
    weights = net._state.weights.copy()
    weights[~np.isfinite(weights)] = 0.5
    net._state.weights[:] = weights
    data = saved(net, form)
    net._state.weights[:] = 0.25
    fitted = net.load_weights(io.BytesIO(data))
    assert set(fitted.taken) == set(net.projn_names)
    assert not fitted.kept
    assert not fitted.left
    np.testing.assert_array_equal(net._state.weights, weights)


@pytest.mark.parametrize("form", FORMATS)
def test_training_goes_on_from_a_file_bit_for_bit(form):
    net, other = trained(), small()
    other.load_weights(io.BytesIO(saved(net, form)))
    net.reset()
    trial(net, 1)
    trial(other, 1)
    np.testing.assert_array_equal(net._state.weights, other._state.weights)


@pytest.mark.parametrize("form", FORMATS)
def test_the_suffix_of_a_path_says_the_format(tmp_path, form):
    place = tmp_path / f"weights.{form}"
    trained().save_weights(place)
    net = small()
    net.load_weights(str(place))
    np.testing.assert_array_equal(net._state.weights, trained()._state.weights)
    assert list(tmp_path.iterdir()) == [place]


def test_a_format_must_be_known_or_told(tmp_path):
    with pytest.raises(lb.ValidationError, match=r"format: must be given .* no suffix of npz, wts, wts\.gz"):
        small().save_weights(tmp_path / "weights.txt")
    with pytest.raises(lb.ValidationError, match="must be one of npz"):
        small().save_weights(io.BytesIO(), "zip")
    for call in (small().save_weights, small().load_weights):
        with pytest.raises(lb.ValidationError, match="must be a path or a binary stream"):
            call(3)


def test_the_emergent_file_is_what_emergent_reads():
    net = trained()
    root = json.loads(saved(net, "wts"))
    assert [layer["Layer"] for layer in root["Layers"]] == ["in", "mid", "out"]
    mid = root["Layers"][1]
    assert mid["Paths"] == mid["Prjns"]
    assert [path["From"] for path in mid["Paths"]] == ["in", "out"]
    assert all(isinstance(text, str) for text in mid["MetaData"].values())
    wts = net.get_weights("up")
    for receiver in mid["Paths"][0]["Rs"]:
        assert receiver["N"] == len(receiver["Si"]) == len(receiver["Wt"])
        assert receiver["Wt"] == wts[receiver["Ri"], receiver["Si"]].tolist()


def emergent(rows, key="Prjns", layer="mid", pre="in"):
    path = {"From": pre, "MetaData": {"GScale": "0.83"}, "Rs": rows}
    return json.dumps({"Network": "n", "Layers": [{"Layer": "in", key: None}, {"Layer": layer, key: [path]}]}).encode()


def full_rows(n_pre, n_post, wt=0.5):
    return [{"Ri": i, "N": n_pre, "Si": list(range(n_pre)), "Wt": [wt] * n_pre} for i in range(n_post)]


@pytest.mark.parametrize("key", ["Prjns", "Paths"])
def test_a_file_of_emergent_gives_visible_weights_and_those_linear_ones_whose_sigmoid_they_are(key):
    net = with_projn()
    fitted = net.load_weights(io.BytesIO(emergent(full_rows(4, 3, 0.7), key)))
    assert (fitted.taken, fitted.kept, fitted.left) == (("p",), (), ())
    assert (net.get_weights("p") == 0.7).all()
    net.learn()
    np.testing.assert_allclose(net.get_weights("p"), 0.7, rtol=1e-12)
    assert (net.get_weights("p", linear=True) < 0.6).all()


def test_the_inverse_sigmoid_keeps_its_ends_and_what_has_none():
    projn = with_projn()._projns["p"]
    ends = np.array([0.0, 1.0, -0.5, 1.5, 0.5])
    np.testing.assert_array_equal(fwt_from_wt(ends, projn), ends)
    projn.spec.sig_gain = 0
    assert fwt_from_wt(np.array([0.3]), projn) == 0.3


def test_of_several_projections_between_the_same_layers_each_has_its_own():
    net = with_projn()
    net.new_projn("q", "in", "mid")
    net.set_weights("q", np.full((3, 4), 0.9))
    data = saved(net, "wts")
    again = with_projn()
    again.new_projn("q", "in", "mid")
    again.load_weights(io.BytesIO(data))
    np.testing.assert_array_equal(again.get_weights("q"), net.get_weights("q"))
    np.testing.assert_array_equal(again.get_weights("p"), net.get_weights("p"))


@pytest.mark.parametrize("form", FORMATS)
def test_what_only_one_of_both_has_is_told_and_left_alone(form):
    net = small()
    net.new_layer("other", 2)
    net.new_projn("extra", "in", "other")
    target = small()
    target.new_projn("own", "mid", "mid")
    before = target.get_weights("own")
    fitted = target.load_weights(io.BytesIO(saved(net, form)))
    assert fitted.kept == ("own",)
    assert fitted.left == (("extra",) if form == "npz" else ("in → other",))
    np.testing.assert_array_equal(target.get_weights("own"), before)
    assert "In the file but not in the network" in str(fitted)
    assert "Not in the file, so as before: 'own'." in str(fitted)


@pytest.mark.parametrize("form", FORMATS)
def test_a_projection_that_does_not_fit_is_named_with_its_sizes(form):
    data = saved(with_projn(), form)
    assert "'p': joins 4 to 3 units in the file, but 5 to 3 in the network" in refused(data, with_projn(sizes=(5, 3)))
    assert "'p': joins 4 to 3 units in the file, but 3 to 3" in refused(data, with_projn(sizes=(3, 3)))
    words = refused(data, with_projn(lb.ProjnSpec(sparsity=0.5)))
    assert "has 12 connections in the file, but 6 in the network" in words or "joins 4 to 3" in words


def test_other_connections_of_the_same_number_are_refused():
    data = saved(small(1))
    assert "'up': joins other units in the file than in the network; build" in refused(data, small(2))
    assert "projection 'up': has 9 connections in the file, but 9 in" in refused(saved(small(1), "wts"), small(2))


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_of_which_nothing_fits_is_refused(form):
    other = lb.Net(seed=1)
    other.new_layer("a", 2)
    other.new_projn("b", "a", "a")
    sentence = refused(saved(other, form))
    assert "the network has 'up', 'on', 'back': nothing fits" in sentence


def test_weights_outside_0_to_1_are_warned_of_once_all_are_there():
    net = with_projn()
    with pytest.warns(RuntimeWarning, match="'p': some weights lie outside"):
        net.load_weights(io.BytesIO(emergent(full_rows(4, 3, 2.0))))
    assert (net.get_weights("p") == 2.0).all()


def test_set_weights_takes_linear_weights_too():
    net = trained()
    other = small()
    for name in net.projn_names:
        other.set_weights(name, net.get_weights(name), linear=net.get_weights(name, linear=True))
    np.testing.assert_array_equal(net._state.weights, other._state.weights)
    with pytest.raises(lb.ValidationError, match=r"set_weights\.linear: must have shape"):
        other.set_weights("on", net.get_weights("on"), linear=[[1.0]])
