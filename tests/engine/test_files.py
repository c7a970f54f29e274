"""Saved nets go on bit for bit."""

from __future__ import annotations

import io
import os

import numpy as np
import pytest
from hypothesis import given, settings

import leabra_studio as lb
from tests.engine.nets import everything, programs, random_nets
from tests.engine.storage import go_on, lively, loaded, same_logs, saved
from tests.engine.test_reference import run

pytestmark = pytest.mark.usefixtures("kernels")


def test_a_loaded_net_goes_on_bit_for_bit():
    net = lively()
    other = loaded(saved(net))
    assert everything(net) == everything(other)
    same_logs(net, other)
    assert {n: net.spec(n) for n in net._objects} == {n: other.spec(n) for n in other._objects}
    for each in (net, other):
        go_on(each)
    assert everything(net) == everything(other)
    assert [net.lrate(p) for p in net.projn_names] == [other.lrate(p) for p in other.projn_names]
    same_logs(net, other)
    assert net.seed == other.seed


@settings(max_examples=30)
@given(net=random_nets(), before=programs(), after=programs())
def test_any_net_goes_on_bit_for_bit(net, before, after):
    run(net, before)
    other = loaded(saved(net))
    for each in (net, other):
        run(each, after)
        each.init_weights()
    assert everything(net) == everything(other)


def test_a_loaded_net_saves_to_the_same_bytes_and_shares_specs_as_before():
    spec = lb.LayerSpec()
    net = lb.Net(seed=1)
    net.new_layer("a", 2, spec)
    net.new_layer("b", 2, spec)
    other = loaded(saved(net))
    assert other.spec("a") is other.spec("b")
    assert other.spec("a") is not spec
    assert saved(other) == saved(net)


def test_loading_replaces_all_that_was():
    net = lively()
    net.load(io.BytesIO(saved(lb.Net(seed=1))))
    assert net.layer_names == ()
    assert repr(net) == repr(lb.Net(seed=1))
    net.new_layer("in", 1)
    net.cycle()


def test_subclasses_of_specs_and_nets():
    class Sparse(lb.LayerSpec):
        gi = 3

    class MyNet(lb.Net):
        note = "mine"

    net = MyNet(seed=1)
    net.new_layer("a", 2, Sparse())
    other = MyNet()
    other.load(io.BytesIO(saved(net)))
    assert (type(other), other.note, type(other.spec("a")), other.spec("a").gi) == (MyNet, "mine", lb.LayerSpec, 3)


def test_paths_of_any_suffix_are_replaced_whole(tmp_path):
    path = tmp_path / "x.pkl"
    path.write_bytes(b"old")
    net = lively()
    net.save(path)
    net.save(str(path))
    assert os.listdir(tmp_path) == ["x.pkl"]
    assert path.read_bytes() == saved(net)
    other = lb.Net()
    other.load(str(path))
    assert everything(net) == everything(other)


def test_a_failed_save_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "net"
    path.write_bytes(b"old")
    net = lively()

    def full_disk(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr(np.lib.format, "write_array", full_disk)
    with pytest.raises(OSError, match="No space left"):
        net.save(path)
    assert os.listdir(tmp_path) == ["net"]
    assert path.read_bytes() == b"old"


def test_an_invalid_spec_is_not_saved():
    net = lively()
    net.spec("mid").gi = "x"
    with pytest.raises(lb.ValidationError, match=r"LayerSpec\.gi"):
        saved(net)


@pytest.mark.parametrize("place", [None, 3, b"x", object(), ["x"], "", "a\0b", "\ud800"])
def test_a_place_is_a_path_or_a_stream(place):
    net = lively()
    for call in (net.save, net.load):
        with pytest.raises(
            lb.ValidationError, match=rf"Net\.{call.__name__}\.filename: must be a path or a binary stream"
        ):
            call(place)


def test_a_missing_file_is_the_systems_own_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        lb.Net().load(tmp_path / "nothing")


@pytest.mark.parametrize("seed", [2**62, 2**128 - 1])
def test_every_seed_comes_back(seed):
    net = lb.Net(seed=seed)
    net.new_layer("a", 4)
    net.lesion("a", 0.5, seed)
    other = loaded(saved(net))
    assert (other.seed, other.lesions["a"].seed) == (seed, seed)
    net.init_weights(seed - 1)
    assert loaded(saved(net)).seed == seed - 1
    with pytest.raises(lb.LimitError, match=r"Net\.seed: at most"):
        lb.Net(seed=2**128)


class Halves(lb.Uniform):
    """A distribution that only its own program knows."""


class Never(lb.schedules.Constant):
    """A schedule that only its own program knows."""


def test_what_no_file_can_hold_is_refused_before_anything_is_written(tmp_path):
    net = lb.Net(seed=1)
    net.new_layer("a", 2)
    net.new_projn("p", "a", "a", lb.ProjnSpec(dist=Halves(0.25, 0.5)))
    with pytest.raises(lb.ValidationError, match=r"Net\.save\.Halves: .*use one of Scalar"):
        net.save(tmp_path / "net")
    net.spec("p").dist = lb.Uniform(0.25, 0.5)
    net.schedule_lrate(Never(0.0))
    with pytest.raises(lb.ValidationError, match=r"Net\.save\.Never: .*use one of Constant"):
        net.save(tmp_path / "net")
    assert not os.listdir(tmp_path)


def test_a_text_stream_is_no_place():
    with pytest.raises(lb.ValidationError, match=r"Net\.save\.filename: must be a path or a binary stream"):
        lb.Net().save(io.StringIO())
