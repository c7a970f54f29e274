"""Requests as a browser sends them: hello, which session, commands, downloads; nothing raises, nothing is lost."""

import threading

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.model import codec, gallery
from leabra_studio.session.checkpoint import Checkpoints
from leabra_studio.session.store import SessionStore
from leabra_studio.web import requests
from leabra_studio.web.requests import Server, file_name
from tests.web.tab import HOSTILE, Tab

NOT_SIDS = [None, "", 0, 3.5, True, [], ["a"], {}, {"a": 1}]
NOT_SIDS += ["x", "x" * 32, "../../etc/passwd", "\ud800", "a\0b", "🧠" * 99]


# ---- Hello


def test_hello_opens_a_session_on_the_two_neurons(server):
    tab = Tab(server)
    page = tab.hello()

    assert isinstance(tab.sid, str)
    assert len(tab.sid) >= 32
    assert (page["name"], page["order"]) == ("Two neurons", ["input", "output"])
    assert page["error"] is page["notice"] is None
    assert tab.tick()["cycle"] == 0


def test_a_reload_finds_its_session_where_it_was(tab):
    tab.order("step", n=7)
    tab.ask("set_name", value="Mine")
    again = Tab(tab.server, tab.sid)
    page = again.hello(document="{}")

    assert again.sid == tab.sid
    assert (page["name"], page["notice"], again.tick()["cycle"]) == ("Mine", None, 7)


def test_a_closed_tab_is_paused_and_gone_on_with(tab):
    tab.order("run", speed=100)
    assert tab.tick()["state"] == "running"
    cycle = tab.tick()["cycle"]
    after = Tab(tab.server)
    page = after.ask("hello", resume=tab.sid).page

    assert after.sid == tab.sid
    assert page["notice"] == requests.PAUSED
    frame = after.tick()
    assert (frame["state"], frame["cycle"]) == ("stopped", cycle)
    assert Tab(tab.server).ask("hello", resume=tab.sid).page["notice"] is None


@pytest.mark.parametrize("resume", NOT_SIDS)
def test_a_session_to_go_on_with_that_is_none_opens_a_new_one(tab, resume):
    after = Tab(tab.server)
    page = after.ask("hello", resume=resume).page
    assert isinstance(after.sid, str)
    assert after.sid != tab.sid
    assert page["error"] is None


def test_two_browsers_have_sessions_of_their_own(server):
    one, other = Tab(server), Tab(server)
    one.hello()
    other.hello()
    one.ask("set_name", value="Mine")

    assert one.sid != other.sid
    assert other.ask("refresh").page["name"] == "Two neurons"


def test_after_a_restart_the_browsers_document_comes_back_with_a_notice(tab):
    document = tab.ask("set_name", value="Kept").document
    after = Tab(Server(SessionStore()), tab.sid)
    page = after.hello(document)

    assert (page["name"], after.sid != tab.sid) == ("Kept", True)
    assert "The server was restarted: Kept was restored" in page["notice"]


def test_a_new_tab_of_a_browser_that_knows_a_document_is_welcomed_back(server):
    page = Tab(server).hello(codec.dumps(gallery.load_example("four_layers")))
    assert len(page["order"]) == 4
    assert page["notice"].startswith("Welcome back: ")


DOCUMENT = codec.dumps(gallery.load_example("two_neurons"))
BROKEN = {
    "cut": DOCUMENT[:100],
    "no json": "{",
    "no model": '{"a": 1}',
    "a list": "[]",
    "newer": DOCUMENT.replace('"version": 2', '"version": 99'),
    "a unit too few": DOCUMENT.replace("[1, 1]", "[0, 1]"),
    "nobody's spec": DOCUMENT.replace('"spec": "layer_spec"', '"spec": "gone"'),
    "deep": "[" * 100_000,
    "huge number": '{"format": "leabra-studio", "seed": ' + "9" * 10_000 + "}",
    "huge": " " * (9 * 2**20),
    "infinite": DOCUMENT.replace("200", "1e999"),
    "hostile": DOCUMENT.replace("Two neurons", "</script>\\u0000"),
}


@pytest.mark.parametrize("document", BROKEN.values(), ids=BROKEN)
def test_a_document_that_cannot_be_read_is_said_and_the_first_network_opens(server, document):
    page = Tab(server).hello(document)
    assert page["name"] == "Two neurons"
    assert page["notice"].startswith("The model saved in this browser could not be read (")
    assert len(page["notice"]) < 500


@pytest.mark.parametrize("document", [None, "", 1, True, [], {}, {"format": "leabra-studio"}], ids=repr)
def test_no_document_is_no_news(server, document):
    assert Tab(server).hello(document)["notice"] is None


def test_a_full_server_says_so_and_keeps_what_it_has(kernels):
    store = SessionStore(most=1)
    tab = Tab(Server(store))
    tab.hello()
    with store.checkout(tab.sid):
        late = Tab(tab.server)
        page = late.hello()
    assert late.sid is None
    assert "limit" in page["error"]["message"]
    assert tab.ask("refresh").page["error"] is None


# ---- Which session


@pytest.mark.parametrize("sid", NOT_SIDS, ids=repr)
def test_without_its_session_every_request_is_refused_with_a_sentence(server, sid):
    tab = Tab(server, sid)
    assert tab.ask("tidy").page["refused"] == "missing"
    assert tab.ask("tidy").page["error"]["message"].endswith(".")
    assert tab.tick()["code"] == "missing"
    assert tab.order("run")["error"].endswith(".")
    assert server.download(sid) is None
    assert len(server.store) == 0


@pytest.mark.parametrize("sid", NOT_SIDS, ids=repr)
def test_hello_with_any_id_opens_a_session(server, sid):
    tab = Tab(server, sid)
    assert tab.hello()["name"] == "Two neurons"
    assert tab.tick()["cycle"] == 0


def test_a_session_that_made_room_comes_back_from_its_checkpoint(kernels):
    server = Server(SessionStore(Checkpoints(Flask("test"), {}), most=1))
    tab, other = Tab(server), Tab(server)
    tab.hello()
    tab.ask("set_name", value="Mine")
    tab.order("step", n=30)
    other.hello()
    assert len(server.store) == 1

    page = tab.ask("refresh").page
    frame = tab.tick()
    assert (page["name"], page["error"]) == ("Mine", None)
    assert (frame["cycle"], frame["state"]) == (30, "stopped")


def test_a_session_at_work_makes_others_wait_and_say_so(tab, monkeypatch):
    monkeypatch.setattr(requests, "WAIT", 0.02)
    with tab.server.store.checkout(tab.sid):
        assert tab.tick() == {"n": tab.n, "skip": "The session is busy.", "code": "busy"}
        assert tab.ask("tidy").page["refused"] == "busy"
        assert tab.ask("hello").page["refused"] == "busy"
        assert "another request" in tab.order("run")["error"]
        assert tab.server.download(tab.sid) is None
    assert tab.tick()["cycle"] == 0


def test_two_browsers_on_one_session_lose_nothing(tab):
    tabs = [Tab(tab.server, tab.sid) for _ in range(2)]
    codes, failures = [], []

    def work(mine: Tab, first: int) -> None:
        try:
            mine.order("run", speed=None)
            for i in range(10):
                answer = mine.ask("add_layer", x=first, y=i)
                codes.append(answer.page.get("refused"))
                failures.append(answer.page["error"])
                mine.tick()
        except Exception as error:  # a thread of a test must hand on whatever it met
            failures.append(repr(error))

    threads = [threading.Thread(target=work, args=(one, i)) for i, one in enumerate(tabs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert set(codes) == set(failures) == {None}
    page = tab.ask("refresh").page
    assert len(page["order"]) == 22
    assert page["rev"] == 20


# ---- Commands


def test_run_stop_step_rewind(tab):
    assert tab.order("run", speed=None)["state"] == "running"
    assert tab.tick()["cycle"] > 0
    assert tab.order("stop")["state"] == "stopped"
    stopped = tab.tick()["cycle"]
    assert tab.tick()["cycle"] == stopped
    assert tab.order("step", n=5)["state"] == "stopped"
    assert tab.tick()["cycle"] == stopped + 5
    ack = tab.order("rewind")
    assert (ack["state"], ack["gen"], tab.tick()["cycle"]) == ("stopped", 1, 0)
    assert tab.order("rerun", speed=1.0)["state"] == "running"


def test_a_model_that_cannot_run_says_why(tab):
    tab.ask("set_shape", name="output", key="cols", value="3")
    tab.ask("set_param", name="proj1", path="projn_type", value="one_to_one")
    assert "one_to_one needs as many senders" in tab.order("run")["error"]
    assert "one_to_one" in tab.tick()["note"]
    tab.ask("undo")
    assert tab.order("run")["error"] is None


# ---- Downloads


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Two neurons", "two_neurons.py"),
        ("../../etc/passwd", "etc_passwd.py"),
        ('"); import os #', "import_os.py"),
        ("</script>", "script.py"),
        ("🧠", "model.py"),
        ("a\\b:c*?", "a_b_c.py"),
        ("x" * 80, "x" * 60 + ".py"),
        (".hidden", "hidden.py"),
    ],
)
def test_the_file_of_any_model_has_a_harmless_name(tab, name, expected):
    tab.ask("set_name", value=name)
    download = tab.server.download(tab.sid)
    assert download["filename"] == expected == file_name(name, ".py")
    assert download["content"].startswith("# ")
    compile(download["content"], expected, "exec")


@given(st.text())
def test_file_names_have_no_surprises(name):
    stem = file_name(name, ".py").removesuffix(".py")
    assert 1 <= len(stem) <= 60
    assert set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-")


@pytest.mark.parametrize("name", HOSTILE)
def test_the_script_of_hostile_names_is_python(tab, name):
    tab.ask("rename", name="output", new=name)
    tab.ask("set_param", name=name, path="gi", value="1.3")
    tab.ask("connect", pre=name, post=name)
    tab.ask("set_name", value=name)
    compile(tab.server.download(tab.sid)["content"], "script", "exec")
