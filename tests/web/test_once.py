"""A request whose answer was lost comes again, and is carried out once."""

import pytest

from leabra_studio.errors import ValidationError
from leabra_studio.model import edits
from leabra_studio.model.document import Model
from leabra_studio.session.session import Session
from leabra_studio.session.store import SessionStore
from leabra_studio.web.requests import Server

ADD = {"op": "add_layer", "role": "hidden", "x": 0, "y": 0, "seq": 7, "select": []}


@pytest.fixture
def server():
    return Server(SessionStore())


def layers(server: Server, sid: str) -> int:
    with server.store.checkout(sid) as session:
        return len(session.model.layers)


def test_the_same_request_again_adds_nothing_but_is_answered(server):
    sid = server.store.create(Session(Model()))
    server.intent(ADD, sid, {})
    _, answer = server.intent({**ADD, "select": ["hidden"], "tab": "code"}, sid, {})
    assert layers(server, sid) == 1
    assert answer.page["seq"] == 7
    assert "hidden" in answer.page["layers"]


def test_the_next_request_is_a_new_one(server):
    sid = server.store.create(Session(Model()))
    server.intent(ADD, sid, {})
    server.intent({**ADD, "seq": 8}, sid, {})
    assert layers(server, sid) == 2


def test_another_session_s_request_is_another(server):
    first, second = (server.store.create(Session(Model())) for _ in range(2))
    server.intent(ADD, first, {})
    server.intent(ADD, second, {})
    assert (layers(server, first), layers(server, second)) == (1, 1)


def test_a_name_that_no_page_can_show_is_refused():
    with pytest.raises(ValidationError, match="which no page can show"):
        edits.add_layer(Model(), name="__proto__")
