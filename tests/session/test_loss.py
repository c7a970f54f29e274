"""Frames since a cursor: whatever answers are lost on the way, the page ends with every cycle, once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.model import edits, gallery
from leabra_studio.session.session import Session
from tests.session.helpers import VARS, Clock, Page, recorded, request

pytestmark = pytest.mark.usefixtures("kernels")

SPEED = 100.0
TICKS = st.lists(st.tuples(st.booleans(), st.floats(0, 0.5)), min_size=1, max_size=12)


def running(clock: Clock) -> Session:
    session = Session(gallery.load_example("two_neurons"), clock=clock)
    session.run(SPEED)
    return session


def assert_complete(page: Page) -> None:
    states = recorded(page.session)
    column = page.session._stage.simulation.layers["output"].start
    assert page.count == page.session.cycle == len(states)
    for name in VARS:
        np.testing.assert_array_equal(page.series[name], states[:, UNIT_NAMES.index(name), column])


@given(ticks=TICKS)
def test_lost_answers_lose_no_cycle(ticks):
    clock = Clock()
    page = Page(running(clock))
    for lost, pause in ticks:
        clock.now += min(pause, 0.4)
        page.tick(lost=lost)
    page.tick()
    assert_complete(page)


@given(ticks=TICKS, at=st.integers(0, 11), act=st.sampled_from(["rewind", "rebuild", "edit", "undo"]))
def test_lost_answers_lose_no_cycle_across_a_new_generation(ticks, at, act):
    clock = Clock()
    session = running(clock)
    page = Page(session)
    acts = {
        "rewind": lambda: (session.rewind(), session.run(SPEED)),
        "rebuild": lambda: session.edit(edits.add_layer),
        "edit": lambda: session.edit(edits.set_param, "output", "gi", 1.0),
        "undo": session.undo,
    }
    for number, (lost, pause) in enumerate(ticks):
        if number == at % len(ticks):
            acts[act]()
        clock.now += min(pause, 0.4)
        page.tick(lost=lost)
    page.tick()
    assert_complete(page)


def test_a_page_that_was_away_for_longer_than_the_ring_gets_what_is_left():
    session = Session(gallery.load_example("two_neurons"))
    session.step(100)
    held = session.tick(request())
    session.step(1000)
    frame = session.tick(request(cursor=held["count"]))
    assert (frame["from"], frame["count"], frame["cycle"]) == (600, 500, 1100)


def test_two_pages_of_one_session_both_get_every_cycle():
    clock = Clock()
    session = running(clock)
    pages = Page(session), Page(session)
    for number in range(10):
        clock.now += 0.15
        pages[number % 3 == 0].tick()
    for page in pages:
        page.tick()
        assert_complete(page)


def test_two_sessions_have_nothing_to_do_with_each_other():
    one, other = (Session(gallery.load_example("two_neurons")) for _ in range(2))
    one.step(20)
    one.edit(edits.set_param, "output", "gi", 0.5)
    other.step(50)
    one.step(30)

    alone = Session(gallery.load_example("two_neurons"))
    alone.step(50)
    np.testing.assert_array_equal(recorded(other), recorded(alone))
    assert other.revision == 0
    assert not np.array_equal(recorded(one), recorded(alone))
