"""What the log takes from the state, row by row, inside the compiled loop.

Source: our own; which attributes there are follows leabra7 0.1.0, specs.py.
"""

from __future__ import annotations

from leabra_studio.engine.kernels.jit import kernel
from leabra_studio.engine.layout import N_ROWS, Floats, Longs, Record, Records

WEIGHTS = N_ROWS
WHOLE = N_ROWS + 2
"""Kinds of segment: below WEIGHTS a row of the unit array, then visible and linear weights, then a layer's numbers."""


@kernel
def copy(source: Floats, target: Floats) -> None:
    """Copy numbers. Reads source [n]; writes target [n]."""
    for i in range(target.size):
        target[i] = source[i]


@kernel
def record_units(record: Floats, units: Floats) -> None:
    """Copy what is shown of all units. Reads units; writes record [shown rows, units]."""
    for row in range(record.shape[0]):
        copy(units[row], record[row])


@kernel
def whole_value(layer: Record, which: int) -> float:
    """Return one of the numbers that can be observed of a layer, in the order of `LAYER_WHOLE`."""
    if which == 0:
        return float(layer.avg_act)
    if which == 1:
        return float(layer.avg_net)
    if which == 2:
        return float(layer.fbi)
    return float(layer.cos_diff_avg)


@kernel
def record_row(row: Floats, segments: Longs, units: Floats, layers: Records, weights: Floats) -> None:
    """Copy the state into one row of a log.

    Each segment is (kind, at, n): units at..at+n of a row of the unit array, weights at..at+n, or one number of layer
    `at`. Reads segments [segments, 3], units, layers, weights; writes row [sum of n].
    """
    k = 0
    for s in range(segments.shape[0]):
        kind, at, n = segments[s, 0], segments[s, 1], segments[s, 2]
        if kind < WEIGHTS:
            copy(units[kind, at : at + n], row[k : k + n])
        elif kind < WHOLE:
            copy(weights[kind - WEIGHTS, at : at + n], row[k : k + n])
        else:
            row[k] = whole_value(layers[at], kind - WHOLE)
        k += n
