"""Weights of a session as files: what comes back, what a script does again, what is refused."""

import io

import numpy as np
import pytest
from flask.testing import FlaskClient

from leabra_studio.engine.net import Net
from leabra_studio.model import gallery
from leabra_studio.model.build import build
from leabra_studio.session import weighing
from leabra_studio.session.session import Session
from leabra_studio.session.store import SessionStore
from leabra_studio.web.app import create_app
from leabra_studio.web.weights import shortened
from tests.export.running import executed

pytestmark = pytest.mark.usefixtures("kernels")
MODEL = gallery.load_example("feedback_loop")


@pytest.fixture
def served() -> tuple[FlaskClient, SessionStore, str]:
    store = SessionStore()
    sid = store.create(Session(MODEL))
    return create_app(store).server.test_client(), store, sid


def learnt() -> Net:
    net = build(MODEL).net
    net.minus_phase_cycle(10)
    net.plus_phase_cycle(5)
    net.learn()
    return net


def file_of(net: Net, form: str = "npz") -> bytes:
    stream = io.BytesIO()
    net.save_weights(stream, form)
    return stream.getvalue()


@pytest.mark.parametrize("form", ["npz", "wts", "wts.gz"])
def test_weights_go_in_and_come_out(served: tuple[FlaskClient, SessionStore, str], form: str) -> None:
    client, store, sid = served
    data = file_of(learnt(), form)
    answer = client.post("/weights", data=data, headers={"X-Session": sid, "X-File": f"mine.{form}"})
    assert "Weights taken over: 'input_to_hidden'" in answer.get_json()["message"]
    back = client.get(f"/weights?format={form}", headers={"X-Session": sid})
    assert back.data == data or form != "npz"
    assert back.headers["X-File"] == f"feedback_loop_weights.{form}"
    with store.checkout(sid) as session:
        np.testing.assert_array_equal(session.weights("input_to_hidden"), learnt().get_weights("input_to_hidden"))


def test_the_script_has_the_weights_too() -> None:
    session = Session(MODEL)
    session.step(3)
    weighing.load_weights(session, file_of(learnt()), "w.npz")
    session.step(4)
    net, _ = executed(session.script())
    for name in net.projn_names:
        for linear in (False, True):
            np.testing.assert_array_equal(
                net.get_weights(name, linear=linear), learnt().get_weights(name, linear=linear)
            )
    assert "# left out: net.set_weights" in session.script(for_leabra7=True).text


def test_a_script_reads_the_file_of_large_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "MOST_WEIGHTS", 2)
    session = Session(MODEL)
    weighing.load_weights(session, file_of(learnt()), "w.npz")
    assert 'net.load_weights(place="w.npz")\n' in session.script().text


def test_what_does_not_fit_is_said_and_changes_nothing(served: tuple[FlaskClient, SessionStore, str]) -> None:
    client, store, sid = served
    other = Net(seed=1)
    other.new_layer("input", 3)
    other.new_projn("input_to_hidden", "input", "input")
    headers = {"X-Session": sid}
    answer = client.post("/weights", data=file_of(other), headers=headers)
    assert answer.status_code == 400
    assert "joins 3 to 3 units in the file, but 4 to 4 in the network" in answer.get_json()["error"]
    with store.checkout(sid) as session:
        expected = build(MODEL).net.get_weights("input_to_hidden")
        np.testing.assert_array_equal(session.weights("input_to_hidden"), expected)


@pytest.mark.parametrize("data", [b"", b"PK", b"\x1f\x8b", b"{}", b"x" * 1000])
def test_malformed_files_and_requests_are_answered_with_a_sentence(
    served: tuple[FlaskClient, SessionStore, str], data: bytes
) -> None:
    client, _, sid = served
    for headers in ({"X-Session": sid}, {"X-Session": "nobody"}, {}):
        answer = client.post("/weights", data=data, headers=headers)
        assert answer.status_code == 400
        assert len(answer.get_json()["error"]) > 10
    for address in ("/weights", "/weights?format=pickle"):
        assert client.get(address, headers={"X-Session": sid}).status_code == 400


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("faces.wts.gz", "faces.wts.gz"),
        ("..%2F..%2Fetc%2Fpasswd", "passwd.npz"),
        ("C:\\x\\My Weights.npz", "my_weights.npz"),
        ("", "model.npz"),
        ('"); import os #.wts', "import_os.wts"),
    ],
)
def test_names_of_files_are_safe_in_a_script(name: str, short: str) -> None:
    assert shortened(name) == short
