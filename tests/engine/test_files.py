"""Saved nets: they go on bit for bit, and no file, whatever its bytes, does worse than raise a sentence."""

from __future__ import annotations

import copy
import io
import json
import os
import zipfile
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import leabra_studio as lb
from leabra_studio.engine import archive
from tests.engine.nets import programs, random_nets, small, trial
from tests.engine.test_reference import run
from tests.engine.test_run import everything

pytestmark = pytest.mark.usefixtures("kernels")


def saved(net):
    stream = io.BytesIO()
    net.save(stream)
    return stream.getvalue()


def loaded(data):
    net = lb.Net(seed=0)
    net.load(io.BytesIO(data))
    return net


def lively():
    """Return a net in which everything that is saved is something else than at the start."""
    every = {f"log_on_{freq}": ("unit_act", "avg_act") for freq in lb.variables.FREQUENCIES}
    net = small(seed=5, **every, gi=1.5, unit_spec=lb.UnitSpec(spike_gain=0.01))
    wts = lb.ProjnSpec(log_on_trial=("conn_wt", "conn_fwt"), sparsity=0.5, dist=lb.Gaussian(0.5, 0.001))
    net.new_projn("naïve <b>\n\ud800", "in", "out", wts)
    net.schedule_lrate(lb.schedules.Step(1, 0.5), "on")
    net.schedule_lrate(lb.schedules.Plateau(3, 0.5, 0.1), "up")
    for k in range(3):
        trial(net, k)
        net.end_epoch(loss=1 / (k + 1))
    net.end_batch()
    net.pause_logging("epoch")
    net.init_weights()
    trial(net, 1)
    net.clamp_layer("in", [0.5])
    return net


def same_logs(a, b):
    for freq in lb.variables.FREQUENCIES:
        for name in (*a.layer_names, *a.projn_names):
            try:
                expected = a.logs(freq, name)
            except lb.ValidationError:
                with pytest.raises(lb.ValidationError, match="has no logs"):
                    b.logs(freq, name)
                continue
            for x, y in zip(expected, b.logs(freq, name), strict=True):
                assert x.equals(y), (freq, name)


def go_on(net):
    net.resume_logging()
    for k in range(3):
        trial(net, k)
        net.end_epoch(loss=2.0)
    net.init_weights()
    net.new_layer("late", 2, lb.LayerSpec(log_on_cycle=("avg_act",)))
    net.new_projn("late", "in", "late") if "late" not in net.layer_names else None
    trial(net)


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


@pytest.mark.parametrize("place", [None, 3, b"x", object(), ["x"]])
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


def attempt(data, net):
    """Load bytes into a net; return None, or the sentence with which they were refused, the net being as before."""
    before, sentence = everything(net), None
    try:
        net.load(io.BytesIO(data))
    except lb.LeabraError as error:
        sentence = str(error)
    assert sentence is None or (10 < len(sentence) < 600 and everything(net) == before)
    return sentence


def refused(data):
    sentence = attempt(data, small())
    assert sentence is not None
    return sentence


def accepted(data):
    """Return the net in these bytes, None where they are refused."""
    net = lb.Net(seed=0)
    return net if attempt(data, net) is None else None


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"\x80\x04K\x01.", b"x" * 1000, bytes(1000), b"{}", b"\x93NUMPY\x01\x00", b"PK\x05\x06" + bytes(18)],
)
def test_foreign_bytes_are_refused(data):
    assert "cannot be read" in refused(data)


@cache
def golden_bytes():
    return saved(lively())


def use(net):
    """Call what could reach outside of arrays if what was loaded did not fit together."""
    for name in net.layer_names:
        net.clamp_layer(name, [1])
        net.unclamp_layer(name)
    net.resume_logging()
    net.cycle(3)
    net.plus_phase_cycle(2)
    net.learn()
    same_logs(net, net)


@given(st.integers(0, 10**9))
def test_truncated_files_are_refused(n):
    data = golden_bytes()
    refused(data[: n % len(data)])


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 255)), min_size=1, max_size=8),
    st.booleans(),
)
def test_mutated_files_give_a_sentence_or_a_net_that_runs(changes, near_the_ends):
    data = bytearray(golden_bytes())
    for place, value in changes:
        span = 3000 if near_the_ends else len(data)
        data[-1 - place % span if near_the_ends and place % 2 else place % span] = value
    net = accepted(bytes(data))
    if net is not None:
        go_on(net)


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def zipped(parts, compression=zipfile.ZIP_STORED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return stream.getvalue()


def test_a_compressed_file_is_refused_so_that_few_bytes_never_become_many():
    bomb = zipped({"header.json": b" " * 10**7}, zipfile.ZIP_DEFLATED)
    assert "must not be compressed" in refused(bomb)


def paths(value, path=()):
    """Yield the path of every value inside a JSON value."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from paths(inner, (*path, key))


NUMBERS = [-1, 0, 1, 2**31, 2**63, 10**30, 0.5, -1e300]
JUNK = st.sampled_from([None, True, *NUMBERS, "", "in", "nobody", "x" * 5000, [], {}, [[]], ["in", 1, 2], [-1, -1]])


@settings(max_examples=200)
@given(st.data())
def test_hostile_headers_give_a_sentence_or_a_net_that_runs(data):
    parts = members(golden_bytes())
    header = json.loads(parts["header.json"])
    for _ in range(data.draw(st.integers(1, 2))):
        *outer, last = data.draw(st.sampled_from([p for p in paths(header) if p]))
        owner = header
        for key in outer:
            owner = owner[key]
        if data.draw(st.booleans()):
            owner[last] = data.draw(JUNK)
        elif isinstance(owner, list):
            owner.insert(last, copy.deepcopy(owner[last]))
        else:
            del owner[last]
    net = accepted(zipped({**parts, "header.json": json.dumps(header)}))
    if net is not None:
        use(net)


def npy(array):
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=array.dtype == object)
    return stream.getvalue()


HOSTILE = {
    "short": lambda data, array: data[:-1],
    "long": lambda data, array: data + b"x",
    "pickle": lambda data, array: b"\x80\x04cos\nsystem\n.",
    "header": lambda data, array: b"\x93NUMPY\x01\x00\xff\xff(",
    "objects": lambda data, array: npy(np.full(array.shape, None)),
    "type": lambda data, array: npy(array.astype(">f4")),
    "shape": lambda data, array: npy(array[np.newaxis]),
    "order": lambda data, array: npy(np.asfortranarray(np.ones((3, 3)))),
}


@pytest.mark.parametrize("name", ["units", "layers", "weights", "pairs", "log_cycle_0", "log_cycle_0_times"])
@pytest.mark.parametrize("change", [*HOSTILE, "missing"])
def test_hostile_arrays_are_refused(name, change):
    parts = members(golden_bytes())
    data = parts.pop(f"{name}.npy")
    if change != "missing":
        parts[f"{name}.npy"] = HOSTILE[change](data, np.load(io.BytesIO(data)))
    assert name in refused(zipped(parts))


@settings(max_examples=100)
@given(st.integers(0, 1), st.integers(0, 10**6), st.integers(-1, 5) | st.integers(-(2**31), 2**31 - 1))
def test_no_connection_leads_outside_the_layers(row, place, value):
    parts = members(golden_bytes())
    pairs = np.load(io.BytesIO(parts["pairs.npy"]))
    pairs[row, place % pairs.shape[1]] = value
    net = accepted(zipped({**parts, "pairs.npy": npy(pairs)}))
    if net is not None:
        assert 0 <= value < 4
        use(net)


def test_other_formats_and_versions_are_refused():
    parts = members(golden_bytes())
    for change, words in (({"version": 2}, "version: must be 1"), ({"format": "x"}, "format: must be")):
        header = {**json.loads(parts["header.json"]), **change}
        assert words in refused(zipped({**parts, "header.json": json.dumps(header)}))
    for text in ("[]", "3", "null", "NaN", "{", b"\xff\xfe\x00\xd8", "[" * 100_000, "9" * 5000):
        refused(zipped({**parts, "header.json": text}))


def test_nothing_is_pickled(monkeypatch):
    import pickle  # to see that it is not called

    monkeypatch.setattr(pickle, "loads", None)
    monkeypatch.setattr(pickle, "load", None)
    monkeypatch.setattr(pickle, "dump", None)
    loaded(saved(lively()))


def test_stored_names_are_those_of_the_archive():
    names = set(members(golden_bytes()))
    assert {"header.json", "units.npy", "layers.npy", "weights.npy", "pairs.npy"} <= names
    assert archive.HEADER == "header.json"
