"""Patterns that are made: one unit on in each, random ones that keep apart, noise on those that there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, combinations, repeat
from math import comb

import numpy as np
from numpy.typing import NDArray

from leabra_studio.errors import ValidationError
from leabra_studio.model import checks, limits
from leabra_studio.model.patterns import Pattern, PatternTable

Matrix = NDArray[np.float32]
"""Patterns [patterns, units] of zeros and ones; single precision, for counts are small."""

FEW = 2_000_000
"""Values up to which all patterns that there are are gone through, in random order and again and again."""
ROUNDS = 500
"""Times at most that this is done; fewer where there are many."""
BATCH = 256
"""Patterns drawn at a time where there are more."""
PATIENCE = 2
"""Patterns drawn for each that is asked for, after which, and some more, there is no further search."""
DECIMALS = 4
"""Digits that noisy values are rounded to, so that tables stay readable."""


def one_hot(size: int) -> tuple[Pattern, ...]:
    """Return as many patterns as a layer has units, each with another unit on."""
    count = checks.whole("Generator", "size", size, 1, limits.LAYER_UNITS)
    limits.at_most(count * count, limits.PATTERN_VALUES, "values in patterns")
    return _patterns(np.eye(count, dtype=np.float32))


def random_patterns(count: int, size: int, active: int, distance: int = 0, seed: int = 0) -> tuple[Pattern, ...]:
    """Return random patterns with the same number of units on.

    Parameters
    ----------
    count : int
        How many patterns.
    size : int
        Units of the layer.
    active : int
        Units that are on in each.
    distance : int
        In how many units two patterns differ at least (Hamming distance); with 0 the same one may come twice. As all
        have the same number of units on, two differ in an even number.
    seed : int
        Seed of the draw.

    Raises
    ------
    ValidationError
        If an argument is out of range, there are no such patterns, or none were found.
    LimitError
        If these would be too many values.
    """
    checks.whole("Generator", "count", count, 1, limits.EVENTS)
    checks.whole("Generator", "size", size, 1, limits.LAYER_UNITS)
    checks.whole("Generator", "active", active, 1, size)
    checks.whole("Generator", "distance", distance, 0, size)
    limits.at_most(count * size, limits.PATTERN_VALUES, "values in patterns")
    rng = np.random.default_rng(checks.whole("Generator", "seed", seed, 0, limits.SEED))
    apart = (distance + 1) // 2
    if apart == 0:
        return _patterns(_drawn(rng, count, size, active))
    if count > (possible := _bound(size, active, apart)):
        what = f"with {active} of {size} units on that differ in {distance}"
        raise ValidationError("Generator", "distance", f"must be smaller: {_few(possible)} {what} (asked for {count})")
    return _patterns(_searched(rng, count, size, active, apart))


def flipped(table: PatternTable, layers: Iterable[str], probability: float, seed: int) -> PatternTable:
    """Return a table in which values of some layers are turned over: what was on is off, 0.2 becomes 0.8.

    Parameters
    ----------
    table : PatternTable
        The table.
    layers : iterable of str
        Layers that it has patterns for.
    probability : float
        Of each value to be turned over.
    seed : int
        Seed of the draw.

    Raises
    ------
    ValidationError
        If an argument is out of range, or the table has no patterns for a layer.
    """
    share = checks.number("Noise", "probability", probability, 0, 1)
    return _with_noise(table, layers, seed, lambda rng, old: np.where(rng.random(old.shape) < share, 1 - old, old))


def noisy(table: PatternTable, layers: Iterable[str], deviation: float, seed: int) -> PatternTable:
    """Return a table with Gaussian noise on the values of some layers, cut off at 0 and 1.

    Parameters
    ----------
    table : PatternTable
        The table.
    layers : iterable of str
        Layers that it has patterns for.
    deviation : float
        Standard deviation of the noise, 0 to 1.
    seed : int
        Seed of the draw.

    Raises
    ------
    ValidationError
        If an argument is out of range, or the table has no patterns for a layer.
    """
    sd = checks.number("Noise", "deviation", deviation, 0, 1)
    return _with_noise(table, layers, seed, lambda rng, old: np.clip(old + sd * rng.standard_normal(old.shape), 0, 1))


def _with_noise(
    table: PatternTable,
    layers: Iterable[str],
    seed: int,
    change: Callable[[np.random.Generator, NDArray[np.float64]], NDArray[np.float64]],
) -> PatternTable:
    rng = np.random.default_rng(checks.whole("Noise", "seed", seed, 0, limits.SEED))
    for layer in dict.fromkeys(layers):
        values = np.round(change(rng, table.array(layer)), DECIMALS).tolist()
        rows = zip(table.rows, values, strict=True)
        table = replace(table, rows=tuple(replace(row, values={**row.values, layer: new}) for row, new in rows))
    return table


def _bound(size: int, active: int, apart: int) -> int:
    """Return how many patterns there can be at most: Johnson's bound, for the units that are on and those that are off.

    Two patterns share no set of ``active - apart + 1`` units.
    """
    bounds = []
    for on in (active, size - active):
        most = 1
        for i in range(on - apart, -1, -1):
            most = (size - i) * most // (on - i)
        bounds.append(most)
    return min(bounds)


def _few(possible: int) -> str:
    return "there is only one pattern" if possible == 1 else f"there are at most {possible:,} patterns"


def _searched(rng: np.random.Generator, count: int, size: int, active: int, apart: int) -> Matrix:
    """Return patterns that keep apart, found one after the other."""
    best = np.zeros((0, size), np.float32)
    rounds = min(ROUNDS, FEW // (comb(size, active) * size))
    for _ in range(max(rounds, 1)):
        batches = _all(rng, size, active) if rounds else (_drawn(rng, BATCH, size, active) for _ in repeat(None))
        found = _kept_apart(batches, count, size, active - apart)
        if len(found) == count:
            return found
        best = max(best, found, key=len)
    rule = f"only {len(best)} of {count} patterns were found that differ in {2 * apart} of {size} units"
    raise ValidationError("Generator", "distance", f"{rule}; ask for fewer, or for a smaller distance")


def _kept_apart(batches: Iterator[Matrix], count: int, size: int, shared: int) -> Matrix:
    """Return the first patterns that share no more than so many units; fewer than `count` where no more are found."""
    found, used, left = np.zeros((count, size), np.float32), 0, PATIENCE * count + FEW // size
    for batch in batches:
        free = batch[(batch @ found[:used].T <= shared).all(axis=1)]
        for one in _apart(free, shared)[: count - used]:
            found[used] = free[one]
            used += 1
        left -= len(batch)
        if used == count or left < 0:
            break
    return found[:used]


def _apart(patterns: Matrix, shared: int) -> list[int]:
    """Return the numbers of patterns that share no more than so many units with those chosen before them."""
    close = patterns @ patterns.T > shared
    barred = np.zeros(len(patterns), bool)
    chosen = []
    for i in range(len(patterns)):
        if not barred[i]:
            chosen.append(i)
            barred |= close[i]
    return chosen


def _drawn(rng: np.random.Generator, count: int, size: int, active: int) -> Matrix:
    """Return random patterns."""
    drawn = np.zeros((count, size), np.float32)
    on = np.argsort(rng.random((count, size)), axis=1)[:, :active]
    np.put_along_axis(drawn, on, 1.0, axis=1)
    return drawn


def _all(rng: np.random.Generator, size: int, active: int) -> Iterator[Matrix]:
    """Yield all patterns there are in random order, in batches."""
    units = np.fromiter(chain.from_iterable(combinations(range(size), active)), np.intp).reshape(-1, active)
    every = np.zeros((len(units), size), np.float32)
    np.put_along_axis(every, rng.permutation(units), 1.0, axis=1)
    yield from (every[i : i + BATCH] for i in range(0, len(every), BATCH))


def _patterns(matrix: Matrix) -> tuple[Pattern, ...]:
    return tuple(tuple(row) for row in matrix.tolist())
