"""A session: what runs is what the document says, and what is shown is what ran."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import leabra_studio as lb
from leabra_studio.engine import warm
from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.errors import Busy, LeabraError, ValidationError
from leabra_studio.model import edits, gallery
from leabra_studio.model.document import Model
from leabra_studio.session.session import Session
from tests.engine import golden
from tests.session.helpers import Clock, Page, recorded, request

pytestmark = pytest.mark.usefixtures("kernels")

ALL = tuple(name for name in UNIT_NAMES if name != "net_raw")


def two(**kwargs) -> Session:
    return Session(gallery.load_example("two_neurons"), **kwargs)


def loop(**kwargs) -> Session:
    return Session(gallery.load_example("feedback_loop"), **kwargs)


def by_hand(*changes) -> np.ndarray:
    """Run the two neurons with the library alone: cycles, and functions of (net, spec) in between."""
    net, spec = lb.Net(seed=42), lb.LayerSpec()
    net.new_layer("input", 1, spec)
    net.new_layer("output", 1, spec)
    net.new_projn("proj1", "input", "output")
    net.clamp_layer("input", [1.0])
    blocks = []
    for change in changes:
        if callable(change):
            change(net, spec)
        else:
            blocks.append(np.empty((change, *net.units.shape)))
            net.cycle(change, record=blocks[-1])
    return np.concatenate(blocks)


def test_the_two_neurons_of_the_paper_through_frames():
    _, arrays = golden.load("a_two_neurons")
    clock = Clock()
    page = Page(two(clock=clock), variables=ALL)
    page.session.run(73.0)

    while page.count < 200:
        page.tick()
        clock.now += 0.1

    for name in ALL:
        np.testing.assert_allclose(page.series[name][:200], arrays[f"units/output/{name}"][:, 0], rtol=0, atol=1e-9)


@given(steps=st.lists(st.integers(1, 60), min_size=1, max_size=8), speed=st.sampled_from([1.0, 33.3, 400.0, None]))
def test_stepping_equals_running_bit_for_bit(steps, speed):
    stepped, clock = loop(), Clock(step=1e-4)
    for count in steps:
        stepped.step(count)
    running = loop(clock=clock)
    running.run(speed)
    while running.cycle < sum(steps):
        running.tick(request(), 0.003)
        clock.now += 0.7

    total = sum(steps)
    recorder = running._stage.simulation.recorder
    first = min(recorder.first, total)
    np.testing.assert_array_equal(
        recorder.data[np.arange(first, total) % recorder.capacity], recorded(stepped)[first:total]
    )


def test_a_live_edit_lands_on_the_next_cycle_and_equals_the_same_done_by_hand():
    session = two()
    session.step(50)
    change = session.edit(edits.set_param, "output", "gi", 1.3)
    session.step(30)
    session.edit(edits.set_param, "output", "unit_spec.spike_gain", 0.02)
    session.edit(edits.set_input, "input", (0.4,))
    session.step(20)
    session.edit(edits.set_input, "input", None)
    session.step(20)

    def weaker(net, spec):
        spec.gi = 1.3

    def tired(net, spec):
        spec.unit_spec.spike_gain = 0.02
        net.clamp_layer("input", [0.4])

    expected = by_hand(50, weaker, 30, tired, 20, lambda net, spec: net.unclamp_layer("input"), 20)
    np.testing.assert_array_equal(recorded(session), expected)
    assert (change.structural, change.rebuilt, change.message) == (False, False, "")


def test_an_edit_of_a_running_net_waits_for_the_next_cycle_only():
    clock = Clock()
    session, page = two(clock=clock), None
    session.run(1.0)
    page = Page(session)
    page.tick()
    session.edit(edits.set_param, "output", "gi", 1.3)
    clock.now += 0.5
    assert (page.tick()["cycle"], page.frame["stale"]) == (1, False)
    clock.now += 0.5
    page.tick()

    np.testing.assert_array_equal(recorded(session), by_hand(1, lambda net, spec: setattr(spec, "gi", 1.3), 1))
    assert page.frame["revs"] == [[1, 1, "gi 1.3"]]


def test_undo_and_redo_while_it_runs():
    clock = Clock()
    session = two(clock=clock)
    page = Page(session)
    session.run(10.0)
    for act in (None, lambda: session.edit(edits.set_param, "output", "gi", 0.5), session.undo, session.redo):
        if act:
            act()
        page.tick()
        clock.now += 1.0
    page.tick()

    def gi(value):
        return lambda net, spec: setattr(spec, "gi", value)

    # one cycle at once, then ten a second
    np.testing.assert_array_equal(recorded(session), by_hand(1, gi(0.5), 10, gi(1.8), 10, gi(0.5), 20))
    assert session.state == "running"
    assert session.revision == 3


def test_changes_before_the_first_cycle_are_part_of_the_start():
    session = two()
    session.edit(edits.set_input, "input", None)
    session.edit(edits.set_input, "input", (0.3,))
    session.edit(edits.set_param, "output", "gi", 1.0)

    script = session.script().text

    assert script.count("clamp_layer") == 1
    assert "gi=1.0" in script
    assert Page(session).tick()["unit"]["values"]["act"] == 0


def test_the_state_before_the_first_cycle_is_shown():
    session = two()
    assert Page(session, layer="input").tick()["unit"]["values"]["act"] == 0.95
    session.edit(edits.set_input, "input", (0.5,))
    assert Page(session, layer="input").tick()["unit"]["values"]["act"] == 0.5


def test_a_structural_edit_rebuilds_the_net_and_says_so():
    clock = Clock()
    session = two(clock=clock)
    page = Page(session)
    session.run(100.0)
    page.tick()
    clock.now += 0.3
    page.tick()
    before = page.gen

    change = session.edit(edits.add_layer, name="more", shape=(2, 3))
    page.tick()

    assert change.structural
    assert change.rebuilt
    assert "cycle 0" in change.message
    assert page.gen == before + 1
    assert session.state == "running"
    assert list(page.frame["heat"]["layers"]) == ["input", "output", "more"]
    clock.now += 0.1
    page.tick()
    assert page.count == page.frame["cycle"] == 10


def test_steps_in_hand_end_with_a_rebuild():
    session = two(clock=Clock(step=0.01))
    session.step(100_000)
    assert session.state == "running"
    session.edit(edits.add_layer, name="more")
    assert session.state == "stopped"


def test_rewind_goes_back_and_gives_the_same_run_again():
    session = loop()
    session.step(150)
    first, generation = recorded(session), session.generation

    session.rewind()
    assert (session.cycle, session.state, session.generation) == (0, "stopped", generation + 1)
    session.step(150)

    np.testing.assert_array_equal(recorded(session), first)


def test_another_seed_is_another_run_and_undo_brings_the_first_one_back():
    session = loop()
    session.step(60)
    first = recorded(session)

    assert session.edit(edits.set_seed, 8).rebuilt
    session.step(60)
    assert not np.array_equal(recorded(session), first)

    session.undo()
    session.step(60)
    np.testing.assert_array_equal(recorded(session), first)


def test_what_no_longer_belongs_to_the_model_is_stale_until_it_does_again():
    session = two()
    page = Page(session)

    def stale():
        return page.tick()["stale_why"]

    session.edit(edits.set_param, "output", "gi", 1.0)
    assert stale() == ""
    session.step(10)
    session.edit(edits.move, {"output": (400.0, 100.0)})
    session.edit(edits.set_name, "another")
    assert stale() == ""
    session.edit(edits.set_param, "output", "gi", 1.1)
    assert stale() == "gi changed"
    session.edit(edits.set_input, "input", (0.2,))
    assert stale() == "gi and 1 more changed"
    session.undo()
    session.undo()
    assert stale() == ""
    session.redo()
    assert page.tick()["stale"] is True
    session.step(1)
    assert stale() == ""
    session.edit(edits.set_input, "input", None)
    assert stale() == "input of input changed"
    session.rewind()
    assert stale() == ""


def test_a_halt_before_the_change_took_effect_leaves_it_stale():
    session = two(clock=Clock())
    page = Page(session)
    session.run(1.0)
    page.tick()
    session.edit(edits.set_param, "output", "gi", 1.1)
    assert page.tick()["stale"] is False
    session.halt()
    assert page.tick()["stale_why"] == "gi changed"


def test_moves_and_views_leave_no_mark_in_the_record():
    session = two()
    page = Page(session)
    session.step(5)
    session.edit(edits.move, {"output": (400.0, 100.0)})
    session.show(edits.set_view(session.model, variable="v_m"))
    session.step(5)
    session.edit(edits.set_param, "output", "gi", 1.25)
    session.step(5)

    assert page.tick()["revs"] == [[0, 0, ""], [10, 2, "gi 1.25"]]
    assert page.frame["rev"] == session.revision == 2


def test_the_view_is_no_change_of_the_document():
    session = two()
    session.show(edits.set_view(session.model, variable="v_m", unit=0))
    assert session.model.view.variable == "v_m"
    assert session.revision == 0
    assert not session.history.can_undo
    assert session.edit(edits.set_view, variable="net").revision == 0


def test_an_edit_that_is_refused_or_changes_nothing_changes_nothing():
    session = two()
    session.step(5)
    with pytest.raises(ValidationError, match="gi: must be"):
        session.edit(edits.set_param, "output", "gi", float("nan"))
    assert session.edit(edits.set_name, session.model.name).revision == 0
    assert session.undo().revision == 0
    assert session.redo().revision == 0
    assert (session.revision, session.cycle, session.history.can_undo) == (0, 5, False)


def test_a_dragged_slider_is_one_entry_and_many_revisions():
    session = two()
    for value in (1.0, 1.1, 1.2):
        session.step(2)
        session.edit(edits.set_param, "output", "gi", value, label="Inhibition", key="gi")
    assert session.history.done_labels == ("Inhibition",)
    assert session.revision == 3
    session.undo()
    assert session.model == gallery.load_example("two_neurons")


def test_opening_another_document_is_one_undo_away():
    session = two(clock=Clock())
    session.run(10.0)
    session.tick(request())

    change = session.open(gallery.load_example("four_layers"))

    assert change.rebuilt
    assert (session.state, session.cycle) == ("stopped", 0)
    assert len(session.tick(request())["heat"]["layers"]) == 4
    session.undo()
    assert session.model == gallery.load_example("two_neurons")
    session.step(3)
    assert session.cycle == 3


def test_the_empty_document_is_a_model_too():
    session = Session(Model(name="Nothing yet"))
    session.step(10)
    frame = session.tick(request(history=True))
    assert (frame["state"], frame["cycle"], frame["unit"]) == ("stopped", 10, None)
    session.edit(edits.add_layer)
    assert session.tick(request())["unit"]["layer"] == "hidden"


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
    Page(session, variables=ALL).tick()
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


@pytest.mark.parametrize("name", ['"); import os #', "</script>", "😀", "__proto__", "x" * 80])
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
