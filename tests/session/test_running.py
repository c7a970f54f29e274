"""What runs is what the document says, bit for bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import leabra_studio as lb
from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.model import edits
from tests.engine import golden
from tests.session.helpers import Clock, Page, loop, recorded, request, two

pytestmark = pytest.mark.usefixtures("kernels")

ALL = tuple(name for name in UNIT_NAMES if name != "net_raw")


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
