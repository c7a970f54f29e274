"""Requests that no page would send: each is refused with a sentence, and changes nothing."""

import json

import pytest
from dash._utils import to_json
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.session.store import SessionStore
from leabra_studio.web.intents import HANDLERS
from leabra_studio.web.requests import Server
from tests.web.tab import HOSTILE, VIEW, Tab


def read(answer) -> dict:
    """An answer as it goes over the wire."""
    return json.loads(to_json({"page": answer.page, "panes": answer.panes, "document": answer.document}))


BAD_INTENTS = [
    None,
    [],
    "tidy",
    7,
    {},
    {"op": None},
    {"op": "format_disk"},
    {"op": ["tidy"]},
    {"op": {"a": 1}},
    {"op": "__class__"},
    {"op": "add_layer"},
    {"op": "add_layer", "x": "1", "y": 2},
    {"op": "add_layer", "x": float("nan"), "y": 2},
    {"op": "add_layer", "x": 1e9, "y": 2},
    {"op": "add_layer", "x": 10**400, "y": 2},
    {"op": "add_layer", "x": 1, "y": 2, "role": "king"},
    {"op": "add_layer", "x": 1, "y": 2, "role": ["input"]},
    {"op": "connect"},
    {"op": "connect", "pre": "input", "post": "gone"},
    {"op": "connect", "pre": ["input"], "post": "output"},
    {"op": "connect", "pre": "proj1", "post": "output"},
    {"op": "move", "nodes": "all"},
    {"op": "move", "nodes": [1]},
    {"op": "move", "nodes": [{"id": "gone", "x": 1, "y": 2}]},
    {"op": "move", "nodes": [{"id": "input", "x": True, "y": 2}]},
    {"op": "remove"},
    {"op": "remove", "names": ["gone"]},
    {"op": "remove", "names": [["input"]]},
    {"op": "rename", "name": "input"},
    {"op": "rename", "name": "input", "new": ""},
    {"op": "rename", "name": "input", "new": "  "},
    {"op": "rename", "name": "input", "new": "output"},
    {"op": "rename", "name": "input", "new": "proj1"},
    {"op": "rename", "name": "input", "new": "x" * 300},
    {"op": "rename", "name": "input", "new": "two\nlines"},
    {"op": "rename", "name": "input", "new": "\ud800"},
    {"op": "rename", "name": "input", "new": 3},
    {"op": "rename", "name": "gone", "new": "here"},
    {"op": "set_param", "name": "output", "path": "gi", "value": ""},
    {"op": "set_param", "name": "output", "path": "gi", "value": "NaN"},
    {"op": "set_param", "name": "output", "path": "gi", "value": float("nan")},
    {"op": "set_param", "name": "output", "path": "gi", "value": float("inf")},
    {"op": "set_param", "name": "output", "path": "gi", "value": "1e999"},
    {"op": "set_param", "name": "output", "path": "gi", "value": 10**400},
    {"op": "set_param", "name": "output", "path": "unit_spec.syn_tr", "value": "1.5"},
    {"op": "set_param", "name": "output", "path": "unit_spec.net_dt", "value": -1},
    {"op": "set_param", "name": "output", "path": "gi", "value": [1]},
    {"op": "set_param", "name": "output", "path": "gi", "value": True},
    {"op": "set_param", "name": "output", "path": "gi", "value": None},
    {"op": "set_param", "name": "output", "path": "gi", "value": "9" * 5000},
    {"op": "set_param", "name": "output", "path": "__class__", "value": 1},
    {"op": "set_param", "name": "output", "path": "unit_spec", "value": "1"},
    {"op": "set_param", "name": "output", "path": "unit_spec.", "value": "1"},
    {"op": "set_param", "name": "output", "path": "unit_spec.gc_l.x", "value": "1"},
    {"op": "set_param", "name": "output", "path": ["gi"], "value": "1"},
    {"op": "set_param", "name": "gone", "path": "gi", "value": "1"},
    {"op": "set_param", "name": "output", "path": "inhibition_type", "value": "none such"},
    {"op": "set_param", "name": "proj1", "path": "dist", "value": "Uniform(0.9, 0.1)"},
    {"op": "set_param", "name": "proj1", "path": "pre_mask", "value": ""},
    {"op": "reset_param", "name": "output", "path": "nothing"},
    {"op": "set_shape", "name": "output", "key": "rows", "value": "0"},
    {"op": "set_shape", "name": "output", "key": "rows", "value": "1.5"},
    {"op": "set_shape", "name": "output", "key": "rows", "value": "1e9"},
    {"op": "set_shape", "name": "output", "key": "depth", "value": "3"},
    {"op": "set_shape", "name": "proj1", "key": "rows", "value": "3"},
    {"op": "set_role", "name": "output", "value": "king"},
    {"op": "set_input", "name": "input", "value": "2"},
    {"op": "set_input", "name": "input", "value": "0.1 0.2"},
    {"op": "set_input", "name": "gone", "value": "1"},
    {"op": "set_seed", "value": "-1"},
    {"op": "set_seed", "value": "1e30"},
    {"op": "set_seed"},
    {"op": "set_name", "value": "\t"},
    {"op": "set_name", "value": None},
    {"op": "set_notes", "value": "x" * 30_000},
    {"op": "set_notes", "value": "\udfff"},
    {"op": "duplicate", "names": []},
    {"op": "example", "key": "../secret"},
    {"op": "example", "key": 1},
    {"op": "restore"},
    {"op": "restore", "document": "{}"},
    {"op": "set_view"},
    {"op": "set_view", "view": "act"},
    {"op": "set_view", "view": {"variable": "nothing"}},
    {"op": "set_view", "view": {"layer": "gone"}},
    {"op": "set_view", "view": {"unit": 99}},
    {"op": "set_view", "view": {"shown": "act"}},
]


@pytest.mark.parametrize("intent", BAD_INTENTS, ids=lambda intent: str(intent)[:70])
def test_a_bad_intent_is_refused_with_a_short_sentence_and_changes_nothing(tab, intent):
    tab.order("step", n=3)
    before = tab.state()
    _, answer = tab.server.intent(intent, tab.sid, tab.shown)
    page = read(answer)["page"]

    assert 10 < len(page["error"]["message"]) < 500
    assert "Traceback" not in page["error"]["message"]
    assert answer.document is None
    assert tab.state() == before


TICK = {"n": 1, "gen": 0, "cursor": -1, "view": VIEW}
BAD_VIEWS = [{"var": "x"}, {"unit": -1}, {"unit": 1.5}, {"vars": None}, {"vars": ["x"]}, {"layer": 1}, {"hover": 7}]
BAD_TICKS = [None, [], "tick", 7, {}, {"n": 1}, TICK | {"view": None}, TICK | {"n": 10**400}, TICK | {"cursor": "all"}]
BAD_TICKS += [TICK | {"view": VIEW | view} for view in BAD_VIEWS]


@pytest.mark.parametrize("request_", BAD_TICKS, ids=repr)
def test_a_bad_tick_is_skipped_with_a_sentence(tab, request_):
    whole = (
        {"n": 4, "gen": 0, "cursor": -1} | request_ if isinstance(request_, dict) and "view" in request_ else request_
    )
    tab.order("run", speed=None)
    before = tab.tick()["cycle"]
    frame = tab.server.tick(whole, tab.sid)

    assert frame["code"] == "bad"
    assert "must be" in frame["skip"]
    assert tab.tick()["cycle"] > before


BAD_COMMANDS = [
    {},
    {"cmd": None},
    {"cmd": ["run"]},
    {"cmd": "fly"},
    {"cmd": "run", "speed": 0},
    {"cmd": "run", "speed": -5},
    {"cmd": "run", "speed": "fast"},
    {"cmd": "run", "speed": float("nan")},
    {"cmd": "run", "speed": float("inf")},
    {"cmd": "run", "speed": True},
    {"cmd": "step", "n": 0},
    {"cmd": "step", "n": -1},
    {"cmd": "step", "n": 1.5},
    {"cmd": "step", "n": "1"},
    {"cmd": "step", "n": 10**9},
    {"cmd": "step", "n": True},
]


@pytest.mark.parametrize("command", BAD_COMMANDS, ids=str)
def test_a_bad_command_is_refused_by_the_name_of_what_is_wrong(tab, command):
    tab.order("step", n=3)
    before = tab.state()
    answer = tab.server.command({"seq": 5, **command}, tab.sid)

    wrong = next(reversed(command), "cmd")
    assert answer["seq"] == 5
    assert answer["error"].startswith(f"{wrong}: must be ")
    assert tab.state() == before


@pytest.mark.parametrize("command", [None, [], "run", 7], ids=repr)
def test_a_command_that_is_no_object_is_refused(tab, command):
    assert tab.server.command(command, tab.sid)["error"].startswith("cmd: must be ")


NAMES = st.sampled_from(["input", "output", "proj1", "gone", "layer_spec", *HOSTILE])
TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.just(10**400) | TEXTS | NAMES
WORDS = """seq select name names new value path key pre post x y nodes id role view variable layer unit shown drag
    document cmd n speed gen cursor var vars hover history gi unit_spec.gc_l rows cols inputs"""
KEYS = st.sampled_from(WORDS.split())
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | TEXTS, inner, max_size=6), max_leaves=12
)
OPS = st.sampled_from([*HANDLERS, "hello", "nothing"])


@pytest.fixture(scope="module")
def shared(kernels):
    """Give one server for many generated requests, and the id of its session."""
    tab = Tab(Server(SessionStore(most=4)))
    tab.hello()
    return tab


@given(op=OPS, fields=st.dictionaries(KEYS, JSON, max_size=6), sid=JSON, known=st.booleans(), seen=JSON)
def test_any_intent_has_an_answer(shared, op, fields, sid, known, seen):
    _, answer = shared.server.intent({**fields, "op": op}, shared.sid if known else sid, seen)
    page = read(answer)["page"]
    assert set(page) >= {"seq", "op", "error"}
    if page["error"]:
        assert page["error"]["message"]


@given(intent=JSON, seen=JSON)
def test_any_json_as_an_intent_has_an_answer(shared, intent, seen):
    _, answer = shared.server.intent(intent, shared.sid, seen)
    read(answer)


@given(fields=st.dictionaries(KEYS, JSON), view=st.dictionaries(KEYS, JSON), sid=JSON, known=st.booleans())
def test_any_tick_has_a_frame(shared, fields, view, sid, known):
    asked = {"n": 1, "gen": 0, "cursor": -1, **fields, "view": VIEW | view}
    frame = shared.server.tick(asked, shared.sid if known else sid)
    assert "skip" in frame or "series" in frame
    to_json(frame)


@given(fields=st.dictionaries(KEYS, JSON), cmd=st.sampled_from(["run", "stop", "step", "rewind", "rerun", "x"]))
def test_any_command_is_acknowledged(shared, fields, cmd):
    answer = shared.server.command({**fields, "cmd": cmd}, shared.sid)
    assert answer["error"] or answer["state"] in {"running", "stopped", "error"}
