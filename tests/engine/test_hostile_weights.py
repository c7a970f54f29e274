"""No file of weights, whatever its bytes, does worse than raise a sentence."""

from __future__ import annotations

import copy
import gzip
import io
import json
import zipfile
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import leabra_studio as lb
from tests.engine.nets import everything, small, trial
from tests.engine.weighing import FORMATS, refused, saved, trained

pytestmark = pytest.mark.usefixtures("kernels")


def attempt(data):
    """Load bytes into a net, which must refuse them with a sentence or go on running."""
    net = small()
    before = everything(net)
    try:
        net.load_weights(io.BytesIO(data))
    except lb.LeabraError as error:
        sentence = str(error)
    else:
        return trial(net)
    assert 10 < len(sentence) < 600
    assert everything(net) == before


@cache
def golden(form):
    return saved(trained(), form)


FOREIGN = [b"", b"PK", b"\x1f\x8b", b"\x80\x04K\x01.", b"x" * 100, bytes(100), b"{}", b"[]", b"NaN", b'{"Layers": {}}']


@pytest.mark.parametrize("data", [*FOREIGN, b"[" * 100_000, gzip.compress(b"{"), b'{"Layers": [[]]}', b"\xff\xfe\x00"])
def test_foreign_bytes_are_refused(data):
    refused(data)


def test_a_whole_net_is_no_file_of_weights():
    stream = io.BytesIO()
    small().save(stream)
    assert "a whole net is opened with Net.load" in refused(stream.getvalue())


@given(st.sampled_from(FORMATS), st.integers(0, 10**6))
def test_truncated_files_are_refused(form, n):
    data = golden(form)
    end = n % (len(data) - 2)  # of the text the last two characters are a bracket and the end of the line
    refused(data[:end])


@settings(max_examples=300)
@given(
    st.sampled_from(FORMATS),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8),
)
@pytest.mark.filterwarnings("ignore:projection:RuntimeWarning")
def test_mutated_files_give_a_sentence_or_weights(form, changes):
    data = bytearray(golden(form))
    for place, value in changes:
        data[place % len(data)] = value
    attempt(bytes(data))


def paths(value, path=()):
    """Yield the path of every value inside a JSON value."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from paths(inner, (*path, key))


NUMBERS = [-1, 0, 1, 2**31, 2**63, 10**30, 0.5, -1e300, 1e400, float("nan")]
JUNK = st.sampled_from([None, True, *NUMBERS, "", "in", "x" * 5000, "\ud800", [], {}, [[]], ["a"], [1, "2"], [2**70]])


def changed(root, draw):
    """Return a JSON value with something in it replaced, doubled or gone."""
    root = copy.deepcopy(root)
    *outer, last = draw(st.sampled_from([p for p in paths(root) if p]))
    owner = root
    for key in outer:
        owner = owner[key]
    if draw(st.booleans()):
        owner[last] = draw(JUNK)
    elif isinstance(owner, list):
        owner.insert(last, copy.deepcopy(owner[last]))
    else:
        del owner[last]
    return root


@settings(max_examples=300)
@given(st.data())
@pytest.mark.filterwarnings("ignore:projection:RuntimeWarning")
def test_hostile_json_gives_a_sentence_or_weights(data):
    attempt(json.dumps(changed(json.loads(golden("wts")), data.draw)).encode())


@settings(max_examples=200)
@given(st.data())
def test_hostile_headers_give_a_sentence_or_weights(data):
    with zipfile.ZipFile(io.BytesIO(golden("npz"))) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    header = changed(json.loads(parts["header.json"]), data.draw)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, content in {**parts, "header.json": json.dumps(header)}.items():
            target.writestr(name, content)
    attempt(stream.getvalue())


def test_few_bytes_never_become_many():
    bomb = gzip.compress(b" " * 40_000_000)
    assert len(bomb) < 50_000
    assert "must not be larger than" in refused(bomb)
    assert "must not be larger than" in refused(b" " * 17_000_000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("header.json", b" " * 10**7)
    assert "must not be compressed" in refused(stream.getvalue())


def test_a_missing_file_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        small().load_weights(tmp_path / "none.npz")
