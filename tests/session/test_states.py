"""Whatever is wrong with a model, a request or the machine: the page gets a frame and a sentence."""

import pytest

from leabra_studio.engine import warm
from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.errors import Busy, LeabraError, ValidationError
from leabra_studio.model import edits
from leabra_studio.model.document import Model
from leabra_studio.session.session import Session
from tests.session.helpers import Clock, Page, request, two

pytestmark = pytest.mark.usefixtures("kernels")


def fatal(session: Session) -> None:
    """Make a model that cannot be built: one to one between layers of different sizes."""
    session.edit(edits.set_shape, "output", (1, 3))
    session.edit(edits.set_param, "proj1", "projn_type", "one_to_one")


def test_a_model_with_a_problem_keeps_the_page_alive():
    session = two(clock=Clock())
    session.run(10.0)
    session.tick(request())
    fatal(session)

    frame = session.tick(request())
    assert (session.state, frame["state"], frame["count"]) == ("error", "error", 0)
    assert "one_to_one" in frame["note"]
    with pytest.raises(LeabraError, match="one_to_one"):
        session.run(None)
    with pytest.raises(LeabraError, match="one_to_one"):
        session.step(1)
    session.rewind()
    assert "one_to_one" in session.script().text
    assert session.edit(edits.set_name, "still wrong").message.startswith("proj1: ")

    session.edit(edits.set_shape, "output", (1, 1))
    assert (session.state, session.tick(request())["state"]) == ("stopped", "stopped")
    session.step(200)


def test_a_net_that_refuses_while_it_runs_stops_with_the_sentence(monkeypatch):
    session = two(clock=Clock())
    session.step(5)
    session.run(10.0)

    def refuse(*args, **kwargs):
        raise ValidationError("LayerSpec", "gi", "must be a number (got None)")

    monkeypatch.setattr(session._stage.simulation.net, "cycle", refuse)
    frame = Page(session).tick()
    assert (frame["state"], frame["note"], frame["count"]) == ("error", "LayerSpec.gi: must be a number (got None)", 5)

    session.edit(edits.set_param, "output", "gi", 1.0)
    session.step(2)
    assert (session.state, session.cycle) == ("stopped", 2)


@pytest.mark.parametrize("path", ["unit_spec.spk_thr", "unit_spec.vm_dt", "gi", "unit_spec.gc_l", "fb_dt"])
def test_numbers_without_bounds_do_not_break_a_frame(path):
    session = two()
    session.edit(edits.set_param, "output", path, 1e300)
    session.step(100)
    Page(session, variables=UNIT_NAMES).tick()
    assert session.state == "stopped"


class TestWhileKernelsAreCompiled:
    @pytest.fixture(autouse=True)
    def compiling(self, monkeypatch):
        monkeypatch.setattr(warm, "ready", lambda: False)

    def test_run_and_step_are_refused_with_a_sentence_and_edits_work(self):
        session = two()
        with pytest.raises(Busy, match="compiled"):
            session.run(None)
        with pytest.raises(Busy, match="compiled"):
            session.step(1)

        change = session.edit(edits.set_param, "output", "gi", 1.0)
        session.rewind()

        frame = session.tick(request())
        assert (session.state, frame["state"], frame["rev"]) == ("compiling", "compiling", 1)
        assert "compiled" in frame["note"]
        assert not change.rebuilt
        assert "gi=1.0" in session.script().text

    def test_the_net_is_there_when_they_are_ready(self, monkeypatch):
        session = two()
        session.edit(edits.set_input, "input", (0.5,))
        monkeypatch.setattr(warm, "ready", lambda: True)
        assert session.tick(request(layer="input"))["unit"]["values"]["act"] == 0.5
        session.step(3)
        assert session.state == "stopped"

    def test_a_failure_is_said(self, monkeypatch):
        session = two()
        monkeypatch.setattr(warm, "failed", lambda: "OSError: no space left")
        assert session.tick(request())["state"] == "error"
        with pytest.raises(LeabraError, match="no space left"):
            session.run(None)
        session.edit(edits.set_name, "kept")


@pytest.mark.parametrize("name", ['"); import os #', "</script>", "😀", "constructor", "x" * 80])
def test_names_go_through_frames_as_they_are(name):
    session = two()
    session.edit(edits.rename, "output", name)
    session.step(3)
    page = Page(session, layer=name)
    assert page.tick()["unit"]["layer"] == name
    assert list(page.frame["heat"]["layers"]) == ["input", name]
    assert page.count == 3


@pytest.mark.parametrize("asked", [None, 3, [], {}, {"n": 1}, request(vars=["nope"]), request(cursor=1.5)], ids=repr)
def test_a_malformed_request_gets_a_sentence_and_runs_nothing(asked):
    session = two(clock=Clock())
    session.run(None)
    frame = session.tick(asked)
    assert set(frame) == {"n", "skip", "code"}
    assert frame["code"] == "bad"
    assert session.cycle == 0


def test_the_empty_document_is_a_model_too():
    session = Session(Model(name="Nothing yet"))
    session.step(10)
    frame = session.tick(request(history=True))
    assert (frame["state"], frame["cycle"], frame["unit"]) == ("stopped", 10, None)
    session.edit(edits.add_layer)
    assert session.tick(request())["unit"]["layer"] == "hidden"
