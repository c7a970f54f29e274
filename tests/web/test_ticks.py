"""The short way of ticks: it says what Dash would say, and leaves alone what is no tick."""

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder, run_wsgi_app

from leabra_studio.web import create_app, ids, ticks
from leabra_studio.web.guard import CALLBACK
from tests.web.tab import VIEW
from tests.web.test_http import Browser

REQUEST = {"n": 1, "gen": 0, "cursor": -1, "view": VIEW}
PADDING = " " * ticks.LONGEST


@pytest.fixture(scope="module")
def browser(kernels):
    return Browser(create_app().server.test_client())


@pytest.fixture(scope="module")
def sid(browser):
    """Give the id of a session with three cycles."""
    sid = browser.ask("intent", {"op": "hello", "seq": 1})["sid"]["data"]
    browser.ask("command", {"cmd": "step", "n": 3, "seq": 2}, sid=sid)
    return sid


@pytest.fixture
def seen(browser, monkeypatch):
    """Give the list of requests that Flask gets to see."""
    seen: list[str] = []
    monkeypatch.setitem(browser.client.application.before_request_funcs, None, [lambda: seen.append("request")])
    return seen


@pytest.mark.parametrize("value", [REQUEST, REQUEST | {"cursor": 2, "history": True}, {"n": "x"}, None], ids=str)
@pytest.mark.parametrize("known", [True, False])
def test_the_short_way_answers_as_dash_does(browser, sid, seen, value, known):
    body = json.dumps(browser.body("tick", value, sid=sid if known else "x" * 32))
    short = browser.post(body)
    assert seen == []
    long = browser.post(body + PADDING)
    assert seen == ["request"]
    assert (short.status_code, short.mimetype) == (long.status_code, long.mimetype) == (200, "application/json")
    assert short.get_json() == long.get_json()


def test_requests_of_other_callbacks_go_to_dash(browser, sid, seen):
    browser.ask("command", {"cmd": "stop", "seq": 3}, sid=sid)
    assert seen == ["request"]


def passed_on(content: bytes, **options: Any) -> bytes | None:
    """What the application gets of a request; None when it is answered before."""
    got: list[bytes] = []

    def inside(environ: Any, respond: Any) -> list[bytes]:
        got.append(environ["wsgi.input"].read(len(content) + 1))
        respond("204 No Content", [])
        return []

    app = ticks.Ticks(inside, lambda request, sid: {"n": request})
    asked = {"path": CALLBACK, "method": "POST", "content_type": "application/json"} | options
    environ = EnvironBuilder(input_stream=BytesIO(content), content_length=len(content), **asked).get_environ()
    run_wsgi_app(app, environ)
    return got[0] if got else None


TICK = json.dumps(
    {
        "output": ids.FRAME_DATA,
        "outputs": {"id": "frame", "property": "data"},
        "inputs": [{"id": "tick", "property": "data", "value": 1}],
        "state": [{"id": "sid", "property": "data", "value": "x" * 32}],
        "changedPropIds": ["tick.data"],
    }
).encode()


def test_a_tick_is_answered_at_once_also_below_a_prefix_of_the_address():
    assert passed_on(TICK) is None
    assert passed_on(TICK, path=f"/studio{CALLBACK}", content_type="application/json; charset=utf-8") is None


@pytest.mark.parametrize(
    "options",
    [{"method": "GET"}, {"method": "PUT"}, {"path": "/"}, {"content_type": "text/plain"}, {"content_type": ""}],
    ids=str,
)
def test_a_tick_in_another_guise_is_passed_on(options):
    assert passed_on(TICK, **options) == TICK


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 5000, TICK + b" " * ticks.LONGEST], ids=len)
def test_what_is_no_short_object_is_passed_on_untouched(content):
    assert passed_on(content) == content


@given(
    st.dictionaries(
        st.sampled_from(["outputs", "inputs", "state"]), st.none() | st.text() | st.lists(st.none()), min_size=1
    )
)
def test_a_malformed_tick_is_passed_on_untouched(parts):
    content = json.dumps(json.loads(TICK) | parts).encode()
    assert passed_on(content) == content
