"""Frames: what a tick may ask for, and what it gets."""

import base64
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.engine.variables import UNIT_NAMES, UNIT_VARIABLES
from leabra_studio.errors import ValidationError
from leabra_studio.session.frames import LARGEST, Scene, compose, parse, skip
from leabra_studio.session.recorder import Recorder

LAYERS = {"input": slice(0, 2), '</script>"': slice(2, 5)}
UNITS = 5


def request(**changes):
    view = {"var": "act", "layer": "input", "unit": 0, "vars": ["v_m", "act"], "hover": None}
    base = {"n": 7, "gen": 1, "cursor": -1, "view": view}
    for name, value in changes.items():
        target = view if name in ("var", "layer", "unit", "vars", "hover") else base
        target[name] = value
    return base


def scene(cycles: int = 20, capacity: int = 8, **changes) -> Scene:
    recorder = Recorder(len(UNIT_NAMES), UNITS, cycles=capacity)
    for cycle in range(cycles):
        recorder.room(1)[:] = (np.arange(len(UNIT_NAMES))[:, None] + np.arange(UNITS) / 10 + cycle / 100) / 20
        recorder.commit(1, 3 + cycle // 15, "gi 2" if cycle >= 15 else "")
    facts = {"state": "running", "generation": 1, "revision": 4, "cycle": cycles, "layers": LAYERS, "rate": 99.96}
    return Scene(**facts | {"recorder": recorder, "units": recorder.latest()} | changes)


def answer(asked, of):
    """Answer as the browser gets it: through JSON."""
    return json.loads(json.dumps(compose(parse(asked), of), allow_nan=False))


def floats(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<f8")


def test_a_frame_in_full():
    frame = answer(request(cursor=18, hover={"layer": '</script>"', "unit": 2}), scene(more=True, note="Hello."))

    values = frame["unit"].pop("values")
    assert list(values) == list(UNIT_NAMES)
    assert values["net_raw"] == pytest.approx((1 + 0.19) / 20)
    assert floats(frame["series"].pop("v_m")) == pytest.approx([(6 + 0.18) / 20, (6 + 0.19) / 20])
    assert floats(frame["series"].pop("act")) == pytest.approx([(3 + 0.18) / 20, (3 + 0.19) / 20])
    assert frame.pop("hover") == {"layer": '</script>"', "unit": 2, "value": pytest.approx((3 + 0.4 + 0.19) / 20)}
    assert {name: len(base64.b64decode(levels)) for name, levels in frame["heat"].pop("layers").items()} == {
        "input": 2,
        '</script>"': 3,
    }
    assert frame == {
        "n": 7,
        "state": "running",
        "gen": 1,
        "rev": 4,
        "cycle": 20,
        "rate": 100.0,
        "stale": False,
        "stale_why": "",
        "more": True,
        "note": "Hello.",
        "from": 18,
        "count": 2,
        "series": {},
        "revs": [[18, 4, ""]],
        "heat": {"var": "act"},
        "unit": {"layer": "input", "index": 0},
    }


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"cursor": -1}, 12),
        ({"cursor": 5}, 12),
        ({"cursor": 15}, 15),
        ({"cursor": 20}, 20),
        ({"cursor": 21}, 12),
        ({"cursor": 15, "gen": 0}, 12),
        ({"cursor": 15, "layer": None}, 15),
        ({"cursor": 15, "layer": "gone"}, 12),
        ({"cursor": 15, "unit": 2}, 12),
    ],
)
def test_what_is_sent_is_what_the_page_does_not_have_of_the_unit_that_is_shown(changes, start):
    frame = answer(request(**changes), scene())

    assert frame["from"] == start
    assert frame["count"] == 20 - start == len(floats(frame["series"]["act"]))


def test_a_layer_or_unit_that_is_gone_gives_way_to_one_that_is_there():
    assert answer(request(layer="gone", unit=1), scene())["unit"]["layer"] == '</script>"'
    assert answer(request(layer="input", unit=99), scene())["unit"]["index"] == 0
    assert "hover" not in answer(request(hover={"layer": "gone", "unit": 0}), scene())
    assert "hover" not in answer(request(hover={"layer": "input", "unit": 2}), scene())


def test_changes_of_the_model_are_marked_where_they_took_effect():
    assert answer(request(), scene())["revs"] == [[12, 3, ""], [15, 4, "gi 2"]]


def test_heat_is_on_the_variables_own_range():
    of = scene(units=np.linspace(-1, 1, UNITS) * np.ones((len(UNIT_NAMES), 1)))
    for variable in UNIT_VARIABLES:
        layers = answer(request(var=variable.name), of)["heat"]["layers"]
        levels = np.frombuffer(b"".join(map(base64.b64decode, layers.values())), np.uint8)
        expected = (np.clip(np.linspace(-1, 1, UNITS), variable.lo, variable.hi) - variable.lo) * 255
        np.testing.assert_allclose(levels, expected / (variable.hi - variable.lo), atol=0.5)


def test_history_is_the_whole_ring_of_one_variable():
    history = answer(request(cursor=20, history=True), scene())["history"]

    assert (history["var"], history["from"], history["count"]) == ("act", 12, 8)
    levels = np.frombuffer(base64.b64decode(history["layers"]['</script>"']), np.uint8).reshape(8, 3)
    expected = (3 + np.array([0.2, 0.3, 0.4]) + np.arange(12, 20)[:, None] / 100) / 20
    np.testing.assert_allclose(levels / 255, expected, atol=0.5 / 255)


def test_numbers_that_json_does_not_know_are_null_and_nothing_breaks():
    state = np.array([np.nan, np.inf, -np.inf, 0, 1]) * np.ones((len(UNIT_NAMES), 1))
    frame = answer(request(unit=1, hover={"layer": "input", "unit": 0}), scene(units=state, rate=None))

    assert set(frame["unit"]["values"].values()) == {None}
    assert frame["hover"]["value"] is None
    assert frame["rate"] is None


def test_nothing_built_gives_a_frame_without_data():
    bare = Scene(state="compiling", generation=0, revision=0, cycle=0, layers={}, note="Compiling.")
    frame = answer(request(history=True), bare)

    assert (frame["from"], frame["count"], frame["revs"]) == (0, 0, [])
    assert frame["series"] == {"v_m": "", "act": ""}
    assert frame["heat"] == {"var": "act", "layers": {}}
    assert frame["unit"] is None
    assert frame["note"] == "Compiling."


def test_a_net_that_has_not_run_shows_its_state_and_no_series():
    fresh = scene(cycles=0, units=np.zeros((len(UNIT_NAMES), UNITS)))
    frame = answer(request(history=True), fresh)

    assert frame["count"] == frame["history"]["count"] == 0
    assert frame["unit"]["values"]["act"] == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"n": None},
        {"n": "1"},
        {"n": True},
        {"n": -1},
        {"n": 1.5},
        {"n": LARGEST + 1},
        {"gen": None},
        {"gen": -2},
        {"cursor": -2},
        {"cursor": [1]},
        {"cursor": float("nan")},
        {"view": None},
        {"view": "act"},
        {"view": {}},
        {"var": "actt"},
        {"var": None},
        {"var": ["act"]},
        {"layer": 3},
        {"layer": {"a": 1}},
        {"unit": -1},
        {"unit": None},
        {"unit": 10**30},
        {"vars": None},
        {"vars": "v_m"},
        {"vars": ["act", "nope"]},
        {"vars": ["act"] * 1000},
        {"vars": [["act"]]},
        {"hover": "input"},
        {"hover": {"layer": "input"}},
        {"hover": {"layer": 1, "unit": 1}},
    ],
    ids=repr,
)
def test_a_malformed_request_is_refused_with_a_short_sentence(changes):
    with pytest.raises(ValidationError, match=r"tick\.\w+: must be .*\(got ") as caught:
        parse(request(**changes))
    assert len(str(caught.value)) < 400


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted({*request(), *request()["view"]})), inner)
    ),
    max_leaves=10,
)


@given(asked=JSON)
def test_any_json_is_answered_or_refused(asked):
    try:
        frame = compose(parse(asked), scene())
    except ValidationError as error:
        frame = skip(asked, str(error), "bad")
    json.dumps(frame, allow_nan=False)


@given(keep=st.sets(st.sampled_from(["n", "gen", "cursor", "view"])), extra=JSON)
def test_missing_pieces_are_refused_and_unknown_ones_are_ignored(keep, extra):
    asked = {key: value for key, value in request().items() if key in keep} | {"extra": extra}
    if len(keep) == 4:
        assert compose(parse(asked), scene())["n"] == 7
    else:
        with pytest.raises(ValidationError):
            parse(asked)


def test_a_skip_frame_echoes_the_number_only_when_it_is_one():
    assert skip({"n": 4}, "Busy.", "busy") == {"n": 4, "skip": "Busy.", "code": "busy"}
    assert skip({"n": {"a": 1}}, "No.", "bad")["n"] is None
    assert skip(None, "No.", "bad")["n"] is None
