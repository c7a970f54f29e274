import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.errors import FormatError
from leabra_studio.model import (
    Layer,
    Model,
    NamedSpec,
    PatternTable,
    Projn,
    Row,
    TrainingPlan,
    View,
    codec,
    gallery,
    limits,
)
from leabra_studio.model.migrations import upgraded
from tests.model import samples

FULL = Model(
    name="Fu</script>ll",
    seed=7,
    layers=(Layer("a", (1, 2), "input", x=0.1, y=-0.0), Layer("b", spec="s")),
    projns=(Projn("p", "a", "b", "q"),),
    specs=(
        NamedSpec("s", "layer", {"gi": 1 / 3, "unit_spec": {"gc_l": 5e-324}, "log_on_cycle": ("unit_act",)}, auto=True),
        NamedSpec("q", "projn", {"dist": {"type": "Gaussian", "mean": 0.5, "var": 1e-9}, "pre_mask": (True, False)}),
    ),
    inputs={"a": (0.1, 1.0)},
    patterns=(
        PatternTable("t</script>", (Row("é", {"a": (1 / 3, 5e-324), "z": (1,)}), Row("", {"a": (0, 1), "z": (0,)}))),
        PatternTable("empty"),
    ),
    plan=TrainingPlan(
        "t</script>", "empty", runs=2, seeds=(7, 0), lrate_schedule={"type": "Exponential", "half_life": 3}
    ),
    cycles=50,
    view=View("net", "a", 1, ("act",)),
    notes='é\n"\\\u2028😀\t',
)


def document(**changes: Any) -> dict[str, Any]:
    return {**json.loads(codec.dumps(FULL)), **changes}


def refused(data: Any) -> str:
    with pytest.raises(FormatError) as caught:
        codec.loads(data if isinstance(data, str | bytes) else json.dumps(data))
    return str(caught.value)


@given(samples.models())
def test_reading_what_was_written_is_the_identity(model: Model) -> None:
    text = codec.dumps(model)
    assert codec.loads(text) == model
    assert codec.loads(text.encode()) == model
    assert codec.dumps(codec.loads(text)) == text


def test_every_field_survives_to_the_last_bit() -> None:
    again = codec.loads(codec.dumps(FULL))
    assert again == FULL
    assert repr(again) == repr(FULL)


def test_a_document_is_written_a_line_for_each_object() -> None:
    lines = codec.dumps(FULL).splitlines()
    assert '  {"name": "p", "pre": "a", "post": "b", "spec": "q"}' in lines
    assert ' "inputs": {"a": [0.1, 1.0]},' in lines
    assert '  {"name": "t</script>", "layers": ["a", "z"], "rows": [' in lines
    assert '   ["",[0,1],[0]]' in lines
    assert '  {"name": "empty", "layers": [], "rows": []}' in lines
    assert lines[1] == ' "format": "leabra-studio",'


def test_what_is_left_out_has_its_default() -> None:
    assert codec.loads('{"format": "leabra-studio", "version": 1}') == Model()
    assert codec.loads(b'\xef\xbb\xbf{"format": "leabra-studio", "version": 1}') == Model()
    assert codec.loads('\ufeff{"format": "leabra-studio", "version": 1}') == Model()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("", "The file is not JSON: Expecting value in line 1, column 1"),
        ("{", "The file is not JSON: Expecting property name enclosed in double quotes in line 1, column 2"),
        (b"\xff\xfe", "The file is not text (UTF-8)"),
        ("[" * 100_000, "The file is nested too deeply"),
        ('{"a":' * 100_000, "The file is nested too deeply"),
        ("9" * 5000, "The file holds a number that is too long"),
        ("NaN", "Numbers must be finite (got NaN)"),
        ("[-Infinity]", "Numbers must be finite (got -Infinity)"),
        ('{"a": 1, "b": 2, "a": 3}', "The key 'a' is given more than once in one object"),
        (" " * (limits.DOCUMENT_BYTES + 1), "The file is too large: 16,777,217 bytes, at most 16,777,216 are read"),
        ("[]", "must be an object (got [])"),
        ("{}", "This is not a Leabra Studio model: it lacks the key 'format' with the value 'leabra-studio'"),
        ('{"format": 1}', "This is not a Leabra Studio model: it lacks the key 'format'"),
        ('{"format": "leabra-studio"}', "version: must be a version from 1 on (got None)"),
        ('{"format": "leabra-studio", "version": 0}', "version: must be a version from 1 on (got 0)"),
        ('{"format": "leabra-studio", "version": true}', "version: must be a version from 1 on (got True)"),
        ('{"format": "leabra-studio", "version": 3}', "version: is 3, from a newer Leabra Studio; this one reads up"),
    ],
)
def test_what_is_no_document_is_refused(data: str | bytes, sentence: str) -> None:
    assert refused(data).startswith(sentence)


def test_only_text_and_bytes_are_read() -> None:
    with pytest.raises(FormatError, match="must be text or bytes"):
        codec.loads(None)  # type: ignore[arg-type]  # what the test is about


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"layers": {}}, "layers: must be a list (got {})"),
        ({"layers": [{}] * 201}, "layers: must have at most 200 items (got 201)"),
        ({"layers": [3]}, "layers[0]: must be an object (got 3)"),
        ({"layers": [{}]}, "layers[0]: must have the key 'name'"),
        (
            {"layers": [{"name": "a", "size": 3}]},
            "layers[0].size: is not known here; known are name, shape, role",
        ),
        (
            {"layers": [{"name": "a", "shape": [0, 1]}]},
            "layers[0].shape[0]: must be a whole number, at least 1",
        ),
        ({"layers": [{"name": "a", "shape": [1e9, 1]}]}, "layers[0]: A layer may have at most 4,096 units"),
        ({"layers": [{"name": "\ud800"}]}, "layers[0].name: must be one line of visible characters"),
        (
            {"layers": [{"name": "a"}, {"name": "a"}]},
            "layers[1].name: must be a new name (got 'a', which layers[0]",
        ),
        ({"projns": [{"name": "p", "pre": "a", "post": "z"}]}, "projns[0].post: must be the name of a layer (got 'z')"),
        (
            {"projns": [{"name": "p", "pre": "a", "post": "b", "spec": "s"}]},
            "projns[0].spec: must be the name of a",
        ),
        ({"specs": [{"name": "s", "kind": "unit"}]}, "specs[0].kind: must be one of layer, projn (got 'unit')"),
        ({"specs": [{"name": "s", "kind": ["layer"]}]}, "specs[0].kind: must be one of layer, projn (got ['layer'])"),
        ({"specs": [{"name": "s", "kind": "layer", "values": 3}]}, "specs[0].values: must be an object (got 3)"),
        (
            {"specs": [{"name": "s", "kind": "layer", "values": {"gi": "2"}}]},
            "specs[0].values.gi: must be a number (got '2'); the default is 1.8",
        ),
        (
            {"specs": [{"name": "s", "kind": "layer", "values": {"gii": 2}}]},
            "specs[0].values.gii: is not a parameter; did you mean gi?",
        ),
        (
            {"specs": [{"name": "s", "kind": "layer", "values": {"unit_spec.gc_l": 2}}]},
            "specs[0].values['unit_spec.gc_l']: is not a parameter",
        ),
        (
            {"specs": [{"name": "s", "kind": "layer", "values": {"unit_spec": {"gc_l": None}}}]},
            "specs[0].values.unit_spec.gc_l: must be a number (got None); the default is 0.1",
        ),
        (
            {"specs": [{"name": "s", "kind": "layer", "values": {"unit_spec": 3}}]},
            "specs[0].values.unit_spec: must be an object (got 3)",
        ),
        (
            {"specs": [{"name": "s", "kind": "layer", "values": {"unit_spec": {"spk_thr": 0.2}}}]},
            "specs[0].values: must be below spk_thr (0.2)",
        ),
        (
            {"specs": [{"name": "s", "kind": "projn", "values": {"dist": {"type": "Uniform", "low": 1, "high": 0}}}]},
            "specs[0].values.dist.high: must be above low (1.0) (got 0.0)",
        ),
        (
            {"specs": [{"name": "s", "kind": "projn", "values": {"dist": 0.5}}]},
            "specs[0].values.dist: must be a distribution, such as Uniform(0.25, 0.75) (got 0.5)",
        ),
        (
            {"specs": [{"name": "s", "kind": "projn", "values": {"pre_mask": []}}]},
            "specs[0].values.pre_mask: must be a sequence of True and False with at least one item (got ())",
        ),
        ({"inputs": []}, "inputs: must be a mapping (got [])"),
        ({"inputs": {"a": [2]}}, "inputs.a[0]: must be a number from 0 to 1 (got 2)"),
        ({"inputs": {"a": "11"}}, "inputs.a: must be a list of numbers (got '11')"),
        ({"inputs": {"z\n": [1]}}, "inputs.'z\\n': must be the name of a layer (got 'z\\n')"),
        ({"view": {"layer": "z"}}, "view.layer: must be the name of a layer or nothing (got 'z')"),
        ({"view": {"shown": ["act", "acts"]}}, "view.shown: must be one of net"),
        ({"view": None}, "view: must be an object (got None)"),
        ({"seed": "x"}, "seed: must be a whole number from 0 to 4,294,967,295 (got 'x')"),
        ({"notes": "x" * 20_001}, "Notes may have at most 20,000 characters (got 20,001)"),
        ({"name": None}, "name: must be a text (got None)"),
        ({"pattern": []}, "pattern: is not known here; known are format, name, seed, layers"),
        ({"a b": 1}, "['a b']: is not known here"),
    ],
)
def test_errors_name_the_place(changes: dict[str, Any], sentence: str) -> None:
    assert refused(document(**changes)).startswith(sentence)


def test_a_number_too_large_for_a_float_is_refused() -> None:
    text = codec.dumps(FULL).replace('"x": 0.1', '"x": 1e999')
    assert refused(text) == "layers[0].x: must be a number from -1,000,000 to 1,000,000 (got inf)"


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just(10**400)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=5,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of everything inside a parsed document."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inside for place in places(item, (*path, key)))]


def replaced(value: Any, path: tuple[Any, ...], junk: Any) -> Any:
    if not path:
        return junk
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], junk)
    return copy


def read_or_refused(data: str | bytes) -> Model | None:
    """Read a document; None where it is refused with a `FormatError`, the only one that may come out."""
    try:
        return codec.loads(data)
    except FormatError:
        return None


@given(st.data())
def test_any_part_replaced_by_junk_is_read_or_refused(data: st.DataObject) -> None:
    model = data.draw(samples.models(8))
    whole = json.loads(codec.dumps(model))
    mutated = replaced(whole, data.draw(st.sampled_from(places(whole))), data.draw(JUNK))
    again = read_or_refused(json.dumps(mutated))
    assert again is None or codec.loads(codec.dumps(again)) == again


@given(st.data())
def test_any_bytes_changed_are_read_or_refused(data: st.DataObject) -> None:
    raw = bytearray(codec.dumps(FULL).encode())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=5))
    read_or_refused(bytes(raw))


@given(st.one_of(st.binary(), st.text(), JUNK.map(json.dumps)))
def test_foreign_data_is_refused(data: str | bytes) -> None:
    assert refused(data)


def test_older_documents_are_upgraded_step_by_step() -> None:
    steps = {
        1: lambda old: {**old, "layers": [{"name": name} for name in old["units"]]},
        2: lambda old: {key: item for key, item in old.items() if key != "units"},
    }
    old = {"version": 1, "units": ["a"]}
    assert upgraded(old, steps, 3) == {"version": 3, "layers": [{"name": "a"}]}
    with pytest.raises(FormatError, match="does not have the form of version 1"):
        upgraded({"version": 1, "units": 3}, steps, 3)
    with pytest.raises(FormatError, match="must be a version from 1 on"):
        upgraded({"version": 0}, steps, 3)


def test_documents_of_version_1_are_read() -> None:
    old = {key: item for key, item in document(version=1).items() if key not in ("patterns", "plan")}
    assert codec.loads(json.dumps(old)) == replace(FULL, patterns=(), plan=TrainingPlan())
    assert refused(document(version=1)) == "The document is damaged: it does not have the form of version 1"


@pytest.mark.parametrize("key", gallery.KEYS)
def test_examples_are_kept_in_the_form_that_is_written(key: str) -> None:
    path = gallery.FOLDER / f"{key}{codec.SUFFIX}"
    assert path.read_text("utf-8") == codec.dumps(gallery.load_example(key))
