import base64
import contextlib
import json
import os
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leabra_studio.errors import FormatError, LimitError
from leabra_studio.model import Layer, Model, codec, edits, gallery
from leabra_studio.model.link import DOCUMENT_BYTES, LINK_LENGTH, from_link, to_link
from tests.model import samples

MODEL = gallery.load_example("two_neurons")


def packed(content: bytes, version: str = "1") -> str:
    """A link with any content, packed as a link is."""
    return f"{version}.{base64.urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip('=')}"


@given(samples.models(20))
def test_there_and_back_again(model: Model) -> None:
    link = to_link(model)
    assert from_link(link) == model
    assert link.isascii()
    assert not set(link) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


@pytest.mark.parametrize("key", gallery.KEYS)
def test_examples_fit_into_short_links(key: str) -> None:
    model = gallery.load_example(key)
    link = to_link(model)
    assert from_link(link) == model
    assert len(link) < 3000


def test_a_model_that_does_not_fit_is_to_be_saved_instead() -> None:
    noise = os.urandom(7000).hex()
    with pytest.raises(LimitError, match=r"too large for a link \(.* characters, at most 8,192\); save it as a file"):
        to_link(edits.set_notes(MODEL, noise))


def test_what_from_link_would_not_unpack_to_link_does_not_pack() -> None:
    layers = tuple(Layer(f"l{i}", (64, 64)) for i in range(4))
    model = Model(layers=layers, inputs={layer.name: (0.123456789012345,) * 4096 for layer in layers})
    assert from_link(to_link(model)) == model
    large = edits.add_spec(model, "projn", None, {"pre_mask": (True,) * 200_000})
    with pytest.raises(LimitError, match=r"too large for a link \(.* bytes\); save it as a file"):
        to_link(large)


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        (None, "A link must be text (got None)"),
        (b"1.x", "A link must be text (got b'1.x')"),
        ("", "This is no link to a model; it may have been cut (got '')"),
        ("1.", "This is no link to a model; it may have been cut (got '1.')"),
        ("x", "This is no link to a model"),
        ("1.a b", "This is no link to a model"),
        ("1.aaaa\n", "This is no link to a model"),
        ("1.ä", "This is no link to a model"),
        ("١.aaaa", "This is no link to a model"),
        ("2.aaaa", "The link is of version 2, this Leabra Studio reads version 1: update it"),
        ("1." + "a" * LINK_LENGTH, "The link is too long: 8,194 characters, at most 8,192 are read"),
        ("1.a", "The link is incomplete; copy the whole of it"),
        ("1.aaaa", "The link is damaged; copy it again"),
        (packed(b""), "The file is not JSON"),
        (packed(b"[]"), "must be an object (got [])"),
        (packed(b"\xff"), "The file is not text"),
        (packed(b"[" * 100_000), "The file is nested too deeply"),
        (packed(b'{"format": "x"}'), "This is not a Leabra Studio model"),
        (packed(b'{"format": "leabra-studio", "version": 99}'), "version: is 99, from a newer Leabra Studio"),
        (packed(b" " * (DOCUMENT_BYTES + 1)), "The link holds more than 1,048,576 bytes"),
    ],
)
def test_anything_else_is_refused(link: str, sentence: str) -> None:
    with pytest.raises(FormatError) as caught:
        from_link(link)
    assert str(caught.value).startswith(sentence)


def test_what_is_small_and_would_become_huge_is_never_unpacked() -> None:
    stream = zlib.compressobj(9)
    bomb = b"".join(stream.compress(b" " * 2**20) for _ in range(5)) + stream.flush()
    link = f"1.{base64.urlsafe_b64encode(bomb).decode().rstrip('=')}"
    assert len(link) < LINK_LENGTH
    with pytest.raises(FormatError, match="holds more than 1,048,576 bytes"):
        from_link(link)


@given(st.text(max_size=100) | st.binary(max_size=200).map(packed) | st.binary(max_size=200).map(lambda b: f"1.{b!r}"))
def test_whatever_it_is_it_is_refused_with_a_sentence(link: str) -> None:
    with pytest.raises(FormatError):
        from_link(link)


@settings(max_examples=300)
@given(st.data())
def test_a_link_that_was_cut_or_changed_is_no_other_model(data: st.DataObject) -> None:
    link = to_link(MODEL)
    i = data.draw(st.integers(0, len(link) - 1))
    changed = data.draw(st.sampled_from([link[:i], link[:i] + link[i + 1 :], link[:i] + "A" + link[i + 1 :], link * 2]))
    with contextlib.suppress(FormatError):
        assert from_link(changed) == MODEL


def test_a_document_that_breaks_its_rules_is_refused_with_its_path() -> None:
    document = codec.encoded(MODEL)
    document["layers"][1]["shape"] = [0, 1]
    with pytest.raises(FormatError, match=r"layers\[1\]\.shape\[0\]: must be a whole number, at least 1 \(got 0\)"):
        from_link(packed(json.dumps(document).encode()))
