"""Checkpoints: a session goes on from its bytes as if nothing had happened; other bytes are a miss."""

import json
import pickle
from functools import cache

import numpy as np
import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from leabra_studio.engine import warm
from leabra_studio.errors import FormatError
from leabra_studio.model import edits, gallery
from leabra_studio.session.checkpoint import LIFETIME, BytesSerializer, Checkpoints, cache_config
from leabra_studio.session.freeze import pack, unpack
from leabra_studio.session.session import Session
from leabra_studio.session.store import SessionStore
from tests.session.helpers import Clock, recorded, request

pytestmark = pytest.mark.usefixtures("kernels")

SID = "A" * 32


def played(key: str = "feedback_loop", **kwargs) -> Session:
    """Return a session with a past: changed, run, changed and not run since."""
    session = Session(gallery.load_example(key), **kwargs)
    session.step(30)
    session.edit(edits.set_param, "output", "gi", 0.7)
    session.edit(edits.set_param, "output", "unit_spec.gc_l", 0.2)
    session.edit(edits.set_input, "input", (0.2, 0.9))
    session.step(40)
    session.edit(edits.set_param, "input_to_hidden", "wt_scale_abs", 1.4)
    return session


@cache
def good() -> bytes:
    """Return the bytes of a checkpoint."""
    return played().checkpoint()


def latest(session: Session, cycles: int) -> np.ndarray:
    return recorded(session, session.cycle - cycles)


def test_a_restored_session_goes_on_bit_for_bit():
    session = played()
    other = Session.restore(session.checkpoint())

    assert other.model == session.model
    assert (other.cycle, other.revision, other.state) == (70, session.revision, "stopped")
    assert other.generation == session.generation + 1
    assert other.tick(request())["stale_why"] == session.tick(request())["stale_why"] == "wt_scale_abs changed"
    for one in (session, other):
        one.step(25)
        one.edit(edits.set_param, "output", "gi", 1.9)
        one.edit(edits.set_input, "input", None)
        one.step(25)
    np.testing.assert_array_equal(latest(other, 50), latest(session, 50))
    assert other.script().text == session.script().text


def test_a_restored_session_shows_its_state_and_has_recorded_nothing():
    session = played()
    before = session.tick(request())
    after = Session.restore(session.checkpoint()).tick(request(gen=before["gen"], cursor=70))
    assert (after["from"], after["count"], after["cycle"]) == (70, 0, 70)
    assert after["unit"] == before["unit"]
    assert after["heat"] == before["heat"]


def test_a_run_that_was_on_is_stopped_after_it_was_restored():
    session = played(clock=Clock())
    session.run(10.0)
    session.tick(request())
    assert Session.restore(session.checkpoint()).state == "stopped"


def test_a_restored_session_rewinds_to_the_same_start():
    session = played()
    other = Session.restore(session.checkpoint())
    for one in (session, other):
        one.rewind()
        one.step(20)
    np.testing.assert_array_equal(recorded(other), recorded(session))


def test_a_session_that_waits_for_its_kernels_keeps_its_run(monkeypatch):
    content = played().checkpoint()
    monkeypatch.setattr(warm, "ready", lambda: False)
    waiting = Session.restore(content)
    assert (waiting.state, waiting.cycle) == ("compiling", 0)
    again = Session.restore(waiting.checkpoint())
    monkeypatch.undo()
    assert again.tick(request())["cycle"] == 70


def test_a_model_that_cannot_run_is_kept_too():
    session = Session(gallery.load_example("feedback_loop"))
    session.edit(edits.set_param, "output_to_hidden", "projn_type", "one_to_one")
    other = Session.restore(session.checkpoint())
    assert other.state == "error"
    assert other.model == session.model


def test_a_run_that_this_engine_cannot_go_on_with_leaves_the_document():
    header, net = unpack(played().checkpoint())
    for damaged in (b"", net[:-100], net.replace(b"output", b"inputs")):
        session = Session.restore(pack(header, damaged))
        assert (session.state, session.cycle, session.model.name) == ("stopped", 0, "Feedback loop")


@settings(max_examples=150)
@given(data=st.data())
def test_changed_bytes_are_refused(data):
    content = bytearray(good())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(FormatError):
        Session.restore(bytes(content))


@given(content=st.binary(max_size=200))
def test_foreign_bytes_are_refused(content):
    for foreign in (content, good()[: len(content)], good() + content[:1] + b"x"):
        with pytest.raises(FormatError):
            Session.restore(foreign)


@given(
    header=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    ),
    keys=st.sets(st.sampled_from(["document", "revision", "generation", "simulation"])),
)
def test_a_header_that_makes_no_sense_is_refused(header, keys):
    known, net = unpack(good())
    broken = {**known, **dict.fromkeys(keys, header)} if keys else header
    try:
        session = Session.restore(pack(broken, net))
    except FormatError:
        return
    session.tick(request())


class TestCache:
    @pytest.fixture(params=["memory", "files"])
    def environ(self, request, tmp_path):
        return {} if request.param == "memory" else {"LEABRA_CACHE_DIR": str(tmp_path / "cache")}

    def test_a_session_comes_back(self, environ):
        checkpoints = Checkpoints(Flask("test"), environ)
        assert checkpoints.load(SID) is None
        session = played()
        checkpoints.save(SID, session)
        assert checkpoints.load(SID).script().text == session.script().text

    @pytest.mark.parametrize("content", [b"", b"nonsense", 7, pickle.dumps("a text")], ids=repr)
    def test_what_is_no_checkpoint_is_a_miss(self, environ, content):
        checkpoints = Checkpoints(Flask("test"), environ)
        checkpoints._cache.set(SID, content)
        assert checkpoints.load(SID) is None

    def test_nothing_but_bytes_goes_in(self, environ):
        with pytest.raises(TypeError, match="only bytes"):
            Checkpoints(Flask("test"), environ)._cache.set(SID, {"a": 1})

    def test_a_store_that_starts_again_has_its_sessions(self, tmp_path):
        environ = {"LEABRA_CACHE_DIR": str(tmp_path / "cache")}
        store = SessionStore(Checkpoints(Flask("one"), environ))
        sid = store.create(played())
        with store.checkout(sid):
            pass
        with SessionStore(Checkpoints(Flask("two"), environ)).checkout(sid) as session:
            assert session.cycle == 70


def test_files_that_others_wrote_are_a_miss(tmp_path):
    folder = tmp_path / "cache"
    environ = {"LEABRA_CACHE_DIR": str(folder)}
    Checkpoints(Flask("test"), environ).save(SID, played())
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:4] + pickle.dumps({"a": 1}))
    assert Checkpoints(Flask("test"), environ).load(SID) is None


def test_a_cache_that_fails_is_no_obstacle(monkeypatch, caplog):
    checkpoints = Checkpoints(Flask("test"), {})

    def fail(*args, **kwargs):
        raise ConnectionError("no route to the cache")

    monkeypatch.setattr(type(checkpoints._cache.cache), "get", fail)
    monkeypatch.setattr(type(checkpoints._cache.cache), "set", fail)
    checkpoints.save(SID, played())
    assert checkpoints.load(SID) is None
    assert caplog.text.count("no route to the cache") == 2


def test_the_environment_chooses_the_cache():
    assert cache_config({})["CACHE_TYPE"] == "SimpleCache"
    assert cache_config({"LEABRA_CACHE_DIR": "/x"})["CACHE_DIR"] == "/x"
    redis = cache_config({"LEABRA_CACHE_DIR": "/x", "LEABRA_REDIS_URL": "redis://h:1/2"})
    assert (redis["CACHE_TYPE"], redis["CACHE_REDIS_URL"]) == ("RedisCache", "redis://h:1/2")
    assert redis["CACHE_DEFAULT_TIMEOUT"] == LIFETIME
    assert redis["CACHE_SERIALIZER"] is BytesSerializer


class FewWords:
    """Stands for a Redis client with the words that a cache needs."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def set(self, name, value, ex):
        assert ex == LIFETIME
        self.kept[name] = value
        return True

    def get(self, name):
        return self.kept.get(name)


class TestRedis:
    @pytest.fixture
    def checkpoints(self):
        pytest.importorskip("redis")
        return Checkpoints(Flask("test"), {"LEABRA_REDIS_URL": "redis://127.0.0.1:1/0"})

    def test_a_session_comes_back(self, checkpoints):
        backend = checkpoints._cache.cache
        waiting = backend._write_client.connection_pool.connection_kwargs
        assert waiting["socket_timeout"] == waiting["socket_connect_timeout"] == 2.0
        backend._read_client = backend._write_client = FewWords()
        checkpoints.save(SID, played())
        assert checkpoints.load(SID).cycle == 70
        backend._write_client.kept = {name: pickle.dumps(b"x") for name in backend._write_client.kept}
        assert checkpoints.load(SID) is None

    def test_a_server_that_is_away_is_no_obstacle(self, checkpoints, caplog):
        checkpoints.save(SID, played())
        assert checkpoints.load(SID) is None
        assert checkpoints.lasting
        assert [record.message[:13] for record in caplog.records] == ["no checkpoint"] * 2


@pytest.mark.parametrize("value", [b"", b"B", b"some bytes", 0, 12345], ids=repr)
def test_the_serializer_gives_back_what_it_got(value):
    serializer = BytesSerializer()
    assert serializer.loads(serializer.dumps(value)) == value


@pytest.mark.parametrize("content", [None, b"", b"X", b"I", b"I-1", b"Inf", b"!" + pickle.dumps(3), pickle.dumps(b"x")])
def test_the_serializer_reads_nothing_else(content):
    assert BytesSerializer().loads(content) is None


def test_what_is_kept_is_small_and_json_and_one_net():
    header, net = unpack(played().checkpoint())
    assert set(header) == {"document", "revision", "generation", "simulation"}
    assert json.loads(header["document"])["name"] == "Feedback loop"
    assert len(net) < 10_000
