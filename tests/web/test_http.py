"""The server over HTTP: whatever is posted, the answer is a sentence or a refusal, and the log stays quiet."""

import json

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.web import create_app
from leabra_studio.web.app import MAX_UPLOAD
from tests.web.tab import VIEW

URL = "/_dash-update-component"
FRAME = "frame.data"
OUTPUTS = {
    "intent": "page",
    "tick": "frame",
    "command": "ack",
    "results-ask": "results",
    "batches-ask": "batches",
    "rows": "rows-sent",
    "download-button": "download",
}


class Browser:
    """Posts what Dash's renderer would post."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        found = client.get("/_dash-dependencies").get_json()
        self.callbacks = {c["inputs"][0]["id"]: c for c in found if not c["clientside_function"]}

    def body(self, source: str, value: object, **state: object) -> dict:
        """The request of the callback that `source` triggers."""
        callback = self.callbacks[source]
        outputs = [dict(zip(("id", "property"), key.split("."), strict=True)) for key in self.outputs(callback)]
        return {
            "output": callback["output"],
            "outputs": outputs if callback["output"].startswith("..") else outputs[0],
            "inputs": [item | {"value": value} for item in callback["inputs"]],
            "changedPropIds": [f"{item['id']}.{item['property']}" for item in callback["inputs"]],
            "state": [item | {"value": state.get(item["id"])} for item in callback["state"]],
        }

    def outputs(self, callback: dict) -> list[str]:
        return callback["output"].strip(".").split("...")

    def post(self, body: object, content_type: str = "application/json"):
        """Post JSON, or whatever else is given as text or bytes."""
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(URL, data=data, content_type=content_type)

    def ask(self, source: str, value: object, **state: object) -> dict:
        """The stores that a good request changes."""
        answer = self.post(self.body(source, value, **state))
        assert answer.status_code in (200, 204)
        return {} if answer.status_code == 204 else answer.get_json()["response"]


@pytest.fixture(scope="module")
def browser(kernels):
    return Browser(create_app().server.test_client())


@pytest.fixture(scope="module")
def sid(browser):
    """Give the id of a session that was opened over HTTP."""
    return browser.ask("intent", {"op": "hello", "seq": 1})["sid"]["data"]


def test_every_callback_of_the_server_is_known_to_these_tests(browser):
    assert {source: browser.outputs(c)[0].split(".")[0] for source, c in browser.callbacks.items()} == OUTPUTS


def test_a_session_over_http(browser, sid):
    page = browser.ask("intent", {"op": "set_name", "value": "Mine", "seq": 2}, sid=sid)["page"]["data"]
    assert (page["seq"], page["name"], page["error"]) == (2, "Mine", None)
    assert browser.ask("command", {"cmd": "step", "n": 4, "seq": 3}, sid=sid)["ack"]["data"]["error"] is None
    frame = browser.ask("tick", {"n": 1, "gen": 0, "cursor": -1, "view": VIEW}, sid=sid)["frame"]["data"]
    assert (frame["cycle"], frame["count"]) == (4, 4)
    assert browser.ask("download-button", 1, sid=sid)["download"]["data"]["filename"] == "mine.py"


def told(answer) -> str:
    """The sentence of an answer that refuses."""
    if answer.status_code == 400:
        return answer.get_data(as_text=True)
    (data, *_) = (part for store in answer.get_json()["response"].values() for part in store.values())
    return data.get("skip") or (data["error"]["message"] if isinstance(data["error"], dict) else data["error"])


@pytest.mark.parametrize("wrong", [None, "", 7, [], {"a": 1}, "x" * 32, "../x"], ids=repr)
@pytest.mark.parametrize("source", ["intent", "tick", "command", "rows", "batches-ask"])
def test_a_wrong_session_id_has_a_sentence(browser, source, wrong):
    assert "session" in told(browser.post(browser.body(source, {"op": "tidy", "cmd": "run", "n": 1}, sid=wrong)))


@pytest.mark.parametrize("wrong", [None, "", 7, [], "x" * 32], ids=repr)
def test_without_a_session_nothing_is_downloaded(browser, wrong):
    assert browser.ask("download-button", 1, sid=wrong) == {}


@pytest.mark.parametrize("source", ["intent", "tick", "command", "rows", "batches-ask"])
@pytest.mark.parametrize("value", [None, 7, "x", True, [], [1], {}, {"op": []}, {"n": "x"}, {"cmd": {}}], ids=repr)
def test_a_value_of_the_wrong_type_has_a_sentence(browser, sid, source, value):
    sentence = told(browser.post(browser.body(source, value, sid=sid)))
    assert 10 < len(sentence) < 300


NO_JSON = [
    "",
    "{",
    "[]",
    "null",
    "7",
    '"x"',
    b"\xff\xfe",
    "[" * 100_000,
    "{}",
    '{"output": 7}',
    '{"output": "gone.data"}',
]


@pytest.mark.parametrize("body", NO_JSON, ids=lambda body: str(body)[:20])
def test_a_body_that_is_no_request_is_refused(browser, body):
    answer = browser.post(body)
    assert answer.status_code == 400
    assert answer.get_data(as_text=True).endswith(".")


@pytest.mark.parametrize("source", OUTPUTS)
@pytest.mark.parametrize("part", ["output", "outputs", "inputs", "state"])
def test_a_request_with_a_malformed_part_is_refused(browser, sid, source, part):
    good = browser.body(source, {}, sid=sid)
    bad = [good | {part: value} for value in (None, 7, "x", [], [7], {}, {"a": 1}, [{"id": "sid"}], [[[]]])]
    without = {key: value for key, value in good.items() if key != part}
    assert {browser.post(body).status_code for body in (*bad, without)} == {400}


@pytest.mark.parametrize("value", [None, 7, [7], [None], {"a": 1}], ids=repr)
def test_what_changed_must_be_names(browser, sid, value):
    assert browser.post(browser.body("tick", {}, sid=sid) | {"changedPropIds": value}).status_code == 400


def test_too_much_is_too_much(browser):
    assert browser.post("x" * (MAX_UPLOAD + 1)).status_code == 413


def test_another_kind_of_content_is_refused(browser, sid):
    body = json.dumps(browser.body("tick", {}, sid=sid))
    assert browser.post(body, "text/plain").status_code == 400


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "property", "value"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    source=st.sampled_from(sorted(OUTPUTS)),
    parts=st.dictionaries(st.sampled_from(["output", "outputs", "inputs", "state", "changedPropIds"]), JSON),
)
def test_no_body_breaks_the_server(browser, source, parts):
    assert browser.post(browser.body(source, {}) | parts).status_code < 500


@given(source=st.sampled_from(["intent", "tick", "command", "batches-ask"]), value=JSON, shown=JSON)
def test_no_value_breaks_the_server(browser, sid, source, value, shown):
    assert browser.post(browser.body(source, value, sid=sid, shown=shown)).status_code == 200
