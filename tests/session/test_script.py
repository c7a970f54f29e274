"""The script does again what the screen showed, to the last bit: it is executed here, and compared."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.model import edits, gallery
from leabra_studio.session.session import Session
from tests.session.helpers import Clock, recorded, request

pytestmark = pytest.mark.usefixtures("kernels")

SHOWN = ("v_m", "act", "gc_i", "net", "i_net", "adapt", "spike", "v_m_eq")


def executed(session: Session):
    """Run the session's script as a program of its own; return its net."""
    names: dict[str, object] = {"print": lambda *args: None}
    exec(compile(session.script().text, "script", "exec"), names)
    return names["net"]


def assert_same(session: Session) -> None:
    """Compare what the script logs with what the session recorded: every cycle of every unit, bit for bit."""
    net, first = executed(session), session._stage.simulation.recorder.first
    states = recorded(session, first)
    for name, where in session._stage.simulation.layers.items():
        parts = net.logs("cycle", name).parts
        size = where.stop - where.start
        logged = [c for c in parts.columns if c in UNIT_NAMES]
        assert logged
        for variable in logged:
            values = parts[variable].to_numpy().reshape(-1, size)[first:]
            np.testing.assert_array_equal(values, states[:, UNIT_NAMES.index(variable), where])


def session_of(key: str, **kwargs) -> Session:
    session = Session(gallery.load_example(key), **kwargs)
    session.show(edits.set_view(session.model, shown=SHOWN))
    return session


@pytest.mark.parametrize("key", ["two_neurons", "feedback_loop", "four_layers"])
def test_a_run_of_an_example(key):
    session = session_of(key)
    session.step(120)
    assert_same(session)


def test_a_script_of_what_was_not_run_makes_one_sweep():
    session = session_of("two_neurons")
    net = executed(session)
    session.step(session.model.cycles)
    assert net.logs("cycle", "output").parts["v_m"].to_list() == recorded(session)[:, 6, 1].tolist()


def test_a_change_that_has_not_run_yet_is_in_the_script_and_in_no_number():
    session = session_of("two_neurons")
    session.step(20)
    session.edit(edits.set_param, "output", "gi", 1.25)
    assert "1.25" in session.script().text
    assert_same(session)


def test_a_spec_that_was_made_taken_back_and_made_again():
    session = session_of("feedback_loop")
    for act in (
        lambda: session.edit(edits.set_param, "input_to_hidden", "wt_scale_abs", 2.0),
        lambda: session.edit(edits.set_param, "hidden", "unit_spec.gc_l", 0.3),
        session.undo,
        session.redo,
        lambda: session.edit(edits.set_input, "input", None),
        session.undo,
        lambda: session.edit(edits.reset_param, "hidden", "unit_spec.gc_l"),
    ):
        session.step(7)
        act()
    session.step(7)
    assert_same(session)


def test_a_layer_without_a_spec_gets_one_in_the_middle_of_a_run():
    session = session_of("two_neurons")
    session.edit(edits.add_layer, name='"); import os #', shape=(2, 2))
    session.edit(edits.add_projn, "input", '"); import os #')
    session.step(10)
    session.edit(edits.set_param, '"); import os #', "gi", 0.7)
    session.step(10)
    session.undo()
    session.step(10)
    session.edit(edits.set_param, '"); import os #', "ff", 0.5)
    session.step(10)
    assert_same(session)


NAMES = ("input", "hidden", "output")
VALUES = st.floats(0, 1).map(lambda x: round(x, 3))
ACTS = st.one_of(
    st.tuples(st.just("step"), st.integers(1, 30)),
    st.tuples(st.just("run"), st.sampled_from([5.0, 60.0, None])),
    st.tuples(st.just("gi"), st.sampled_from(NAMES), VALUES),
    st.tuples(st.just("unit"), st.sampled_from(NAMES), st.sampled_from(["gc_l", "spike_gain", "vm_dt"]), VALUES),
    st.tuples(st.just("projn"), st.sampled_from(["wt_scale_abs", "wt_scale_rel"]), VALUES),
    st.tuples(st.just("clamp"), st.sampled_from(NAMES), st.none() | st.tuples(VALUES, VALUES)),
    st.tuples(st.sampled_from(["undo", "redo", "rewind", "move", "halt"])),
    st.tuples(st.just("type"), st.sampled_from(NAMES), st.sampled_from(["kwta", "kwta_avg", "none", "fffb"])),
)


class Person:
    """Does with a session what a person may do with the page."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.session, self.clock = session, clock

    def step(self, count):
        self.session.halt()
        self.session.step(count)

    def run(self, speed):
        self.session.run(speed)
        for pause in (0.2, 0):
            self.session.tick(request(), 0.004)
            self.clock.now += pause
        self.session.halt()

    def gi(self, name, value):
        self.session.edit(edits.set_param, name, "gi", 2 * value)

    def unit(self, name, field, value):
        self.session.edit(edits.set_param, name, f"unit_spec.{field}", value / 4)

    def projn(self, field, value):
        self.session.edit(edits.set_param, "output_to_hidden", field, value)

    def clamp(self, name, values):
        self.session.edit(edits.set_input, name, values)

    def type(self, name, word):
        self.session.edit(edits.set_param, name, "inhibition_type", word)

    def move(self):
        self.session.edit(edits.move, {"hidden": (10.0, 20.0)})

    def __getattr__(self, verb):
        return getattr(self.session, verb)


@settings(max_examples=60)
@given(acts=st.lists(ACTS, max_size=14))
def test_anything_a_person_may_do_between_two_cycles(acts):
    clock = Clock(step=0.001)
    session = session_of("feedback_loop", clock=clock)
    person = Person(session, clock)
    for verb, *args in acts:
        getattr(person, verb)(*args)
    if session.cycle:
        assert_same(session)
    before = session.script().text
    assert Session.restore(session.checkpoint()).script().text == before
