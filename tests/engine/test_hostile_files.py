"""No file, whatever its bytes, does worse than raise a sentence."""

from __future__ import annotations

import copy
import io
import json
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leabra_studio.engine import archive
from tests.engine.storage import accepted, go_on, golden_bytes, lively, loaded, refused, saved, use

pytestmark = pytest.mark.usefixtures("kernels")


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"\x80\x04K\x01.", b"x" * 1000, bytes(1000), b"{}", b"\x93NUMPY\x01\x00", b"PK\x05\x06" + bytes(18)],
)
def test_foreign_bytes_are_refused(data):
    assert "cannot be read" in refused(data)


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
    "open bracket": lambda data, array: data.replace(b"}", b"("),
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
    for change, words in (({"version": 3}, "version: must be 1 to 2"), ({"format": "x"}, "format: must be")):
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
