"""The runner: slices that keep to their budget and hear Stop in time, whatever a cycle costs."""

import pytest

from leabra_studio.session.program import Program, Stretch, free_run
from leabra_studio.session.runner import Runner
from leabra_studio.session.simulation import LONGEST
from tests.session.helpers import Clock


class Slow:
    """Stands for a simulation whose cycles take `cost` seconds."""

    def __init__(self, clock: Clock, cost: float, stretches=None) -> None:
        self.clock, self.cost = clock, cost
        self.program = Program(stretches or free_run())
        self.chunk, self.longest, self.problem = 1, LONGEST, ""
        self.chunks: list[int] = []
        self.during = lambda: None

    @property
    def cycle(self) -> int:
        return sum(self.chunks)

    def advance(self, limit: int) -> int:
        count = self.program.chunk(limit)
        self.chunks.append(count)
        self.clock.now += count * self.cost
        self.program.ran(count)
        self.during()
        return count


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def runner(clock: Clock) -> Runner:
    return Runner(clock, clock)


def nothing() -> None:
    """Do not follow anything."""


@pytest.mark.parametrize("cost", [1e-6, 1e-4, 1e-3, 4e-3, 12e-3])
def test_a_slice_keeps_to_its_budget_and_stop_is_heard_in_time(clock, runner, cost):
    simulation = Slow(clock, cost)
    runner.start(None)
    for _ in range(20):
        began = clock.now
        assert runner.slice(simulation, nothing, 0.05)
        assert clock.now - began < 0.05 + 0.02
    assert max(simulation.chunks) * cost <= 0.02
    assert max(simulation.chunks) <= LONGEST
    assert sum(simulation.chunks) * cost >= 0.9 * 20 * 0.05


def test_chunks_do_not_shrink_while_another_thread_has_the_interpreter(clock):
    effort = Clock()
    simulation = Slow(effort, 1e-4)

    def late():
        clock.now += 0.02

    simulation.during = late
    runner = Runner(clock, effort)
    runner.start(None)
    for _ in range(20):
        runner.slice(simulation, nothing, 0.05)
    assert min(simulation.chunks[10:]) >= 20


def test_stop_ends_the_slice_after_the_present_chunk(clock, runner):
    simulation = Slow(clock, 1e-3)
    simulation.during = runner.stopping.set
    runner.start(None)
    assert not runner.slice(simulation, nothing, 10.0)
    assert len(simulation.chunks) == 1
    assert not runner.running
    assert not runner.stopping.is_set()


def test_a_slice_that_is_hurried_ends_after_the_present_chunk_and_the_run_goes_on(clock, runner):
    simulation = Slow(clock, 1e-3)
    simulation.during = runner.hurried.set
    runner.start(None)
    assert runner.slice(simulation, nothing, 10.0)
    assert len(simulation.chunks) == 1
    simulation.during = lambda: None
    assert runner.slice(simulation, nothing, 0.05)
    assert len(simulation.chunks) > 2


def test_stop_between_two_slices_ends_the_run(clock, runner):
    simulation = Slow(clock, 1e-3)
    runner.start(None)
    runner.stopping.set()
    assert not runner.slice(simulation, nothing, 10.0)
    assert simulation.chunks == []
    assert not runner.running


def test_run_after_stop_runs(clock, runner):
    runner.stopping.set()
    runner.start(None)
    assert runner.slice(Slow(clock, 1e-3), nothing, 0.05)


def test_a_slice_at_a_speed_runs_what_is_due_and_asks_for_no_more(clock, runner):
    simulation = Slow(clock, 1e-6)
    runner.start(100.0)
    for _ in range(10):
        assert not runner.slice(simulation, nothing, 0.05)
        clock.now += 0.1
    assert simulation.cycle == pytest.approx(91, abs=1)
    assert runner.rate == pytest.approx(100, rel=0.02)
    runner.halt()
    assert runner.rate is None


def test_a_net_too_slow_for_the_speed_asks_for_more_time_and_does_not_pile_up_debt(clock, runner):
    simulation = Slow(clock, 0.01)
    runner.start(1000.0)
    clock.now += 0.1
    for _ in range(100):
        assert runner.slice(simulation, nothing, 0.05)
    runner.change(50.0)
    slices = 0
    while runner.slice(simulation, nothing, 0.05):
        slices += 1
        assert slices < 100
    assert runner.rate < 110


def test_steps_are_made_at_once_and_then_it_stops(clock, runner):
    simulation = Slow(clock, 1e-4)
    simulation.program.step(120)
    runner.start(None)
    assert not runner.slice(simulation, nothing, 0.05)
    assert simulation.cycle == 120
    assert not runner.running
    assert not simulation.program.stepping


def test_many_steps_take_several_slices(clock, runner):
    simulation = Slow(clock, 1e-3)
    simulation.program.step(120)
    runner.start(None)
    slices = 1
    while runner.slice(simulation, nothing, 0.05):
        slices += 1
    assert (simulation.cycle, slices) == (120, 3)


def test_a_program_that_ends_ends_the_run(clock, runner):
    simulation = Slow(clock, 1e-4, iter([Stretch(30), Stretch(7)]))
    runner.start(None)
    assert not runner.slice(simulation, nothing, 1.0)
    assert simulation.cycle == 37
    assert not runner.running


def test_nothing_is_followed_when_nothing_is_due(clock, runner):
    followed = []
    runner.start(1.0)
    for _ in range(5):
        runner.slice(Slow(clock, 1e-4), lambda: followed.append(clock.now), 0.05)
        clock.now += 0.1
    assert len(followed) == 1


def test_a_runner_that_does_not_run_does_nothing(clock, runner):
    simulation = Slow(clock, 1e-3)
    assert not runner.slice(simulation, nothing, 1.0)
    assert simulation.chunks == []
