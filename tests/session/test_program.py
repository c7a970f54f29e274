"""The program of a run: every way to go through it passes the same cycles and the same ends."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.session.program import Level, Program, Stretch, free_run

TRIALS_PER_EPOCH = 3


def two_epochs() -> Iterator[Stretch]:
    """Trials of a minus phase of 5 cycles and a plus phase of 2."""
    for trial in range(1, 2 * TRIALS_PER_EPOCH + 1):
        yield Stretch(5, Level.PHASE)
        yield Stretch(2, Level.EPOCH if trial % TRIALS_PER_EPOCH == 0 else Level.TRIAL)


def run_out(program: Program, limit: int = 10**6) -> list[tuple[int, ...]]:
    """Run until nothing may run; return the counters after each chunk that ended something above a cycle."""
    ends = []
    while cycles := program.chunk(limit):
        before = program.done[Level.PHASE]
        program.ran(cycles)
        if program.done[Level.PHASE] != before:
            ends.append(tuple(program.done.values()))
    return ends


def test_an_end_of_a_level_ends_all_levels_below_it():
    program = Program(two_epochs())

    ends = run_out(program)

    assert ends[:2] == [(5, 1, 0, 0, 0), (7, 2, 1, 0, 0)]
    assert ends[-1] == (42, 12, 6, 2, 0)


@given(chunk=st.integers(1, 50), steps=st.lists(st.tuples(st.sampled_from(Level), st.integers(1, 4)), max_size=30))
def test_stepping_at_any_level_passes_the_ends_that_a_full_run_passes(chunk, steps):
    whole = run_out(Program(two_epochs()))
    stepped, program = [], Program(two_epochs())

    for level, count in steps:
        program.step(count, level)
        stepped += run_out(program, chunk)
    program.release()
    stepped += run_out(program, chunk)

    assert stepped == whole


@pytest.mark.parametrize(
    ("level", "cycles"), [(Level.CYCLE, 3), (Level.PHASE, 12), (Level.TRIAL, 21), (Level.EPOCH, 42)]
)
def test_a_step_ends_with_the_last_of_the_levels_asked_for(level, cycles):
    program = Program(two_epochs())

    program.step(3, level)
    run_out(program, 4)

    assert program.done[Level.CYCLE] == cycles


def test_steps_asked_for_before_the_last_are_made_add_up():
    program = Program(free_run())
    program.step(4)
    program.ran(program.chunk(1))

    program.step(2)
    run_out(program)

    assert program.done[Level.CYCLE] == 6


def test_a_step_at_another_level_replaces_the_one_in_hand():
    program = Program(two_epochs())
    program.step(40)
    program.ran(program.chunk(1))

    program.step(1, Level.PHASE)
    run_out(program)

    assert program.done[Level.CYCLE] == 5


def test_a_free_run_goes_on_until_it_is_stopped():
    program = Program(free_run())

    program.ran(program.chunk(10**9))

    assert program.chunk(10**9) == 10**9
    assert not program.stepping
