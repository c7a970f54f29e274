"""Pace: cycles by the clock, and the clock is the test's."""

import pytest

from leabra_studio.session.pace import DEBT, Pace


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(clock)


def test_the_first_cycle_is_due_at_once_and_the_next_when_its_time_has_come(clock, pace):
    pace.start(2.0)
    assert pace.due() == 1
    pace.spent(1)

    clock.now += 0.49
    assert pace.due() == 0
    clock.now += 0.02
    assert pace.due() == 1


@pytest.mark.parametrize("speed", [1.0, 3.0, 7.5, 100.0, 1000.0])
def test_ticks_of_any_length_add_up_to_the_speed(clock, pace, speed):
    pace.start(speed)
    done = 0
    for number in range(300):
        clock.now += 0.05 + 0.1 * (number % 3) / 3
        due = pace.due()
        done += due
        pace.spent(due)

    assert done == pytest.approx(1 + speed * (clock.now - 100.0), abs=1)


def test_as_fast_as_possible_has_no_end(pace):
    pace.start(None)
    assert pace.due() == float("inf")


def test_a_page_that_slept_catches_up_with_little(clock, pace):
    pace.start(100.0)
    clock.now += 3600
    assert pace.due() == 100 * DEBT


def test_one_cycle_is_due_after_a_sleep_however_slow_the_speed(clock, pace):
    pace.start(0.01)
    pace.spent(1)
    clock.now += 3600
    assert pace.due() == 1


def test_a_change_of_speed_keeps_what_was_due_and_does_not_give_a_cycle_away(clock, pace):
    pace.start(10.0)
    pace.spent(1)
    clock.now += 0.35
    pace.change(100.0)
    assert pace.due() == 3
    pace.spent(3)
    for speed in (1.0, 50.0, None, 2.0) * 10:
        pace.change(speed)
    assert pace.due() == 0


def test_the_rate_is_what_ran_and_not_what_was_asked_for(clock, pace):
    pace.start(1000.0)
    assert pace.rate is None
    for _ in range(30):
        pace.spent(5)
        clock.now += 0.1
    assert pace.rate == pytest.approx(50)


def test_the_rate_follows_the_last_seconds(clock, pace):
    pace.start(None)
    for cycles in [10] * 50 + [40] * 30:
        pace.spent(cycles)
        clock.now += 0.1
    assert pace.rate == pytest.approx(400)
