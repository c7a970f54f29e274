"""Patterns that are made: what was asked for holds for each of them, and what cannot be is said."""

from itertools import combinations
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leabra_studio.errors import LimitError, ValidationError
from leabra_studio.model import PatternTable, Row
from leabra_studio.model.generators import flipped, noisy, one_hot, random_patterns

TABLE = PatternTable("t", tuple(Row(str(i), {"in": np.eye(50)[i], "out": (1, 0)}) for i in range(50)))
SEEDS = st.integers(0, 2**32 - 1)


def refused(make: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        make()
    return str(caught.value)


def apart(patterns: tuple[tuple[float, ...], ...]) -> int:
    """Return in how many units the two patterns differ that differ least."""
    pairs = combinations(patterns, 2)
    return min((sum(a != b for a, b in zip(*pair, strict=True)) for pair in pairs), default=1_000)


def test_one_hot_patterns() -> None:
    assert one_hot(3) == ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    assert repr(one_hot(1)) == "((1.0,),)"


@given(st.integers(1, 8), st.integers(1, 12), st.data(), SEEDS)
def test_random_patterns_are_what_was_asked_for_or_refused(
    count: int, size: int, data: st.DataObject, seed: int
) -> None:
    active, distance = data.draw(st.integers(1, size)), data.draw(st.integers(0, size))
    try:
        patterns = random_patterns(count, size, active, distance, seed)
    except ValidationError:
        assert distance > 2 or count > comb(size, active), (
            "patterns that are merely different are found if there are any"
        )
        return
    assert len(patterns) == count
    assert {len(pattern) for pattern in patterns} == {size}
    assert {sum(pattern) for pattern in patterns} == {active}
    assert apart(patterns) >= distance
    assert patterns == random_patterns(count, size, active, distance, seed)


@pytest.mark.parametrize(
    ("count", "size", "active", "distance"), [(6, 4, 2, 2), (7, 7, 3, 4), (12, 9, 3, 4), (14, 8, 4, 4), (252, 10, 5, 1)]
)
def test_what_just_fits_is_found(count: int, size: int, active: int, distance: int) -> None:
    """Known designs: all pairs, the Fano plane, affine plane and Steiner system S(3, 4, 8)."""
    assert apart(random_patterns(count, size, active, distance)) >= distance


@settings(max_examples=20)
@given(SEEDS)
def test_large_tables_keep_apart(seed: int) -> None:
    patterns = np.array(random_patterns(300, 60, 8, 6, seed))
    shared = patterns @ patterns.T
    np.fill_diagonal(shared, 0)
    assert shared.max() <= 8 - 3


def test_without_a_distance_the_same_pattern_may_come_twice() -> None:
    assert len(random_patterns(20, 2, 1)) == 20


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            lambda: random_patterns(7, 4, 2, 1),
            "Generator.distance: must be smaller: there are at most 6 patterns with 2 of 4 units on that differ in 1",
        ),
        (
            lambda: random_patterns(2, 9, 3, 8),
            "Generator.distance: must be smaller: there is only one pattern with 3 of 9 units on that differ in 8",
        ),
        (
            lambda: random_patterns(500, 100, 10, 16),
            "Generator.distance: only ",
        ),
        (lambda: random_patterns(0, 4, 2), "Generator.count: must be a whole number from 1 to 10,000 (got 0)"),
        (lambda: random_patterns(1, 4, 5), "Generator.active: must be a whole number from 1 to 4 (got 5)"),
        (lambda: random_patterns(1, 4, 1, 5), "Generator.distance: must be a whole number from 0 to 4 (got 5)"),
        (lambda: random_patterns(1, 4, 1, 1, -1), "Generator.seed: must be a whole number from 0 to 4,294,967,295"),
        (lambda: one_hot(0), "Generator.size: must be a whole number from 1 to 4,096 (got 0)"),
        (lambda: flipped(TABLE, ["in"], 1.1, 0), "Noise.probability: must be a number from 0 to 1 (got 1.1)"),
        (lambda: noisy(TABLE, ["in"], -1, 0), "Noise.deviation: must be a number from 0 to 1 (got -1)"),
        (lambda: noisy(TABLE, ["x"], 1, 0), "Table.columns: table 't' has no patterns for 'x'; it has 'in', 'out'"),
    ],
)
def test_what_cannot_be_is_said(make: Any, sentence: str) -> None:
    assert refused(make).startswith(sentence)


def test_large_orders_are_refused_before_they_are_made() -> None:
    for make in (lambda: one_hot(4096), lambda: random_patterns(10_000, 4096, 1)):
        with pytest.raises(LimitError, match="at most 500,000 values in patterns"):
            make()


def test_flipping_turns_a_share_of_the_values_over() -> None:
    new = flipped(TABLE, ["in", "in"], 0.1, 3)
    assert np.abs(new.array("in") - TABLE.array("in")).mean() == pytest.approx(0.1, abs=0.02)
    assert set(new.array("in").ravel()) == {0, 1}
    assert new.array("out").tolist() == TABLE.array("out").tolist()
    assert flipped(TABLE, ["in"], 0, 3) == TABLE
    assert (flipped(TABLE, ["in"], 1, 3).array("in") == 1 - TABLE.array("in")).all()
    assert flipped(PatternTable("t", (Row("", {"x": (0.2,)}),)), ["x"], 1, 0).rows[0].values["x"] == (0.8,)


def test_noise_is_gaussian_and_cut_off() -> None:
    middle = PatternTable("t", (Row("", {"x": (0.5,) * 1000}),) * 20)
    values = noisy(middle, ["x"], 0.1, 7).array("x")
    assert (values.mean(), values.std()) == (pytest.approx(0.5, abs=0.005), pytest.approx(0.1, abs=0.005))
    strong = noisy(TABLE, ["in"], 1, 7).array("in")
    assert (strong.min(), strong.max()) == (0, 1)
    assert noisy(TABLE, ["in"], 0, 7) == TABLE
    assert noisy(TABLE, ["in"], 0.3, 7) == noisy(TABLE, ["in"], 0.3, 7) != noisy(TABLE, ["in"], 0.3, 8)
    assert all(len(repr(value)) <= 6 for value in noisy(TABLE, ["in"], 0.3, 7).rows[0].values["in"])
