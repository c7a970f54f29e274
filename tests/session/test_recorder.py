"""The recorder and the packing of what it holds."""

import base64

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from leabra_studio.session.packing import number, pack_bytes, pack_floats, pack_levels
from leabra_studio.session.recorder import Mark, Recorder

VARIABLES, UNITS = 3, 2


def record(recorder: Recorder, cycles: int, revision: int = 1, label: str = "") -> None:
    """Record states whose every number says cycle, variable and unit."""
    while cycles:
        rows = recorder.room(cycles)
        cycle = recorder.stop + np.arange(len(rows))[:, None, None]
        rows[:] = cycle + np.arange(VARIABLES)[:, None] / 10 + np.arange(UNITS) / 100
        recorder.commit(len(rows), revision, label)
        cycles -= len(rows)


@given(chunks=st.lists(st.integers(1, 30), max_size=20), start=st.integers(0, 40))
def test_the_ring_holds_the_last_cycles_whatever_the_chunks(chunks, start):
    recorder = Recorder(VARIABLES, UNITS, start=start, cycles=10)

    for chunk in chunks:
        record(recorder, chunk)

    assert recorder.stop == start + sum(chunks)
    held = np.arange(recorder.first, recorder.stop)
    assert len(held) == min(10, sum(chunks))
    np.testing.assert_array_equal(recorder.series(2, 1, recorder.first), held + 0.2 + 0.01)
    np.testing.assert_array_equal(recorder.grid(1, recorder.first), held[:, None] + 0.1 + np.array([0, 0.01]))


def test_the_latest_state_is_that_of_the_last_cycle():
    recorder = Recorder(VARIABLES, UNITS, cycles=4)
    record(recorder, 9)
    np.testing.assert_array_equal(recorder.latest()[:, 0], [8, 8.1, 8.2])


@pytest.mark.parametrize(("cursor", "start"), [(-1, 6), (0, 6), (5, 6), (6, 6), (8, 8), (10, 10), (11, 6), (10**9, 6)])
def test_since_sends_what_is_new_and_all_to_who_holds_something_else(cursor, start):
    recorder = Recorder(VARIABLES, UNITS, cycles=4)
    record(recorder, 10)
    assert recorder.since(cursor) == start


def test_rows_given_out_and_never_filled_are_not_shown():
    recorder = Recorder(VARIABLES, UNITS, cycles=4)
    record(recorder, 4)

    recorder.room(3)[:] = np.nan

    np.testing.assert_array_equal(recorder.series(0, 0, recorder.first), [3.0])


def test_huge_nets_get_fewer_cycles_and_at_least_one():
    assert Recorder(16, 1000, limit=10 * 16 * 1000 * 8).capacity == 10
    assert Recorder(16, 1000, limit=100).capacity == 1
    assert Recorder(16, 0).capacity == 500


def test_marks_say_which_revision_was_in_force_from_which_cycle():
    recorder = Recorder(VARIABLES, UNITS, cycles=10)
    record(recorder, 3, revision=1)
    record(recorder, 4, revision=5, label="gi 2")
    record(recorder, 1, revision=5, label="gi 2")
    record(recorder, 2, revision=6, label="ff 1")

    assert recorder.marks(0) == [Mark(0, 1, ""), Mark(3, 5, "gi 2"), Mark(8, 6, "ff 1")]
    assert recorder.marks(4) == [Mark(4, 5, ""), Mark(8, 6, "ff 1")]
    assert recorder.marks(8) == [Mark(8, 6, "ff 1")]
    assert recorder.marks(10) == []


def test_marks_of_overwritten_cycles_are_dropped():
    recorder = Recorder(VARIABLES, UNITS, cycles=4)
    for revision in range(100):
        record(recorder, 1, revision)

    assert [mark.revision for mark in recorder.marks(recorder.first)] == [96, 97, 98, 99]
    assert len(recorder._marks) == 4


@given(arrays(np.float64, st.integers(0, 20)))
def test_floats_travel_bit_for_bit(values):
    back = np.frombuffer(base64.b64decode(pack_floats(values)), "<f8")
    assert back.tobytes() == values.tobytes()


def test_floats_travel_from_a_strided_view():
    values = np.arange(12.0).reshape(3, 4)[:, 1]
    np.testing.assert_array_equal(np.frombuffer(base64.b64decode(pack_floats(values)), "<f8"), [1, 5, 9])


def test_levels_span_the_range_and_survive_what_is_no_number():
    values = np.array([0, 0.5, 1, -3, 7, np.nan, np.inf, -np.inf])
    assert pack_levels(values, 0, 1).tolist() == [0, 128, 255, 0, 255, 0, 255, 0]
    assert pack_levels(values, -1, 1).tolist() == [128, 191, 255, 0, 255, 128, 255, 0]
    assert pack_levels(np.array([np.nan]), 0.5, 1).tolist() == [0]


@given(st.floats(0, 1))
def test_a_level_is_within_half_a_step_of_its_value(value):
    assert pack_levels(np.array([value]), 0, 1)[0] / 255 == pytest.approx(value, abs=0.5 / 255 + 1e-12)


def test_bytes_and_numbers():
    assert base64.b64decode(pack_bytes(np.array([0, 127, 255], np.uint8))) == b"\x00\x7f\xff"
    assert number(np.float64(0.25)) == 0.25
    assert number(float("nan")) is None
    assert number(float("-inf")) is None
