"""Sizes of layer cards and the room between parallel projections, in canvas pixels."""

from __future__ import annotations

from typing import NamedTuple

CELL = 28
GAP = 2
PADDING = 8
HEAD = 26
MIN_WIDTH = 112
MIN_CELL = 8
PAIR_OFFSET = 24
"""Half of the 48 px between a forward and a feedback projection."""
FAN = 16
"""Room between further projections of one pair."""


class Card(NamedTuple):
    """Size of one layer's card and of the unit cells inside it."""

    width: float
    height: float
    cell: float


def cell_size(largest_side: int) -> float:
    """One cell size for the whole view: 28 px, smaller when a layer would grow past a third of a screen."""
    return max(MIN_CELL, min(CELL, 480 // max(1, largest_side) - GAP))


def card(rows: int, cols: int, cell: float) -> Card:
    """The card of a ``rows`` x ``cols`` layer."""
    grid_width = cols * (cell + GAP) - GAP
    grid_height = rows * (cell + GAP) - GAP
    return Card(max(MIN_WIDTH, grid_width + 2 * PADDING), HEAD + grid_height + PADDING, cell)
