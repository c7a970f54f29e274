"""The entry point for whole trials: clamping, both phases and learning, many patterns in one call.

Source of the order: leabra7 0.1.0, net.py (minus_phase_cycle, plus_phase_cycle, learn), called as the programs of the
Leabra7 paper, appendix B, call them.
"""

from __future__ import annotations

from leabra_studio.engine.kernels.clamping import act_from_clamp
from leabra_studio.engine.kernels.jit import kernel
from leabra_studio.engine.kernels.loop import cycle, end_minus, end_plus, learn
from leabra_studio.engine.kernels.recording import record_row
from leabra_studio.engine.layout import ACT, Floats, Ints, Longs, Records


@kernel
def clamp_layers(units: Floats, layers: Records, places: Longs, values: Floats, kind: int) -> None:
    """Clamp the layers of one kind to their parts of a pattern.

    Reads places [layers, 4]: the layer, where its values begin and end, the kind; values [width]. Writes what
    `act_from_clamp` writes.
    """
    for p in range(places.shape[0]):
        if places[p, 3] == kind:
            act_from_clamp(units, layers[places[p, 0]], values[places[p, 1] : places[p, 2]])


@kernel
def unclamp_layers(layers: Records, places: Longs) -> None:
    """Let go of all layers that patterns are for. Writes layer.clamped."""
    for p in range(places.shape[0]):
        layers[places[p, 0]].clamped = 0


@kernel
def settle(
    n: int,
    units: Floats,
    layers: Records,
    projns: Records,
    weights: Floats,
    wiring: Ints,
    segments: Longs,
    log: Floats,
    first: int,
    tolerance: float,
    before: Floats,
) -> int:
    """Run one phase of `n` cycles; return the last cycle in which an activation changed by more than `tolerance`.

    The first cycle is compared with nothing. A tolerance below 0 asks for nothing, and gives 0; `before` [units] is
    scratch.
    """
    moved = 0
    for t in range(n):
        cycle(units, layers, projns, weights[0], wiring, t == n - 1)
        if segments.size > 0:
            record_row(log[first + t], segments, units, layers, weights)
        if tolerance >= 0.0:
            for i in range(before.size):
                if t > 0 and abs(units[ACT, i] - before[i]) > tolerance:
                    moved = t
                before[i] = units[ACT, i]
    return moved


@kernel
def trials(
    minus: int,
    plus: int,
    units: Floats,
    layers: Records,
    projns: Records,
    weights: Floats,
    wiring: Ints,
    places: Longs,
    patterns: Floats,
    tolerance: float,
    acts: Floats,
    moved: Longs,
    segments: Longs,
    log: Floats,
    first: int,
    trial_segments: Longs,
    trial_log: Floats,
    trial_first: int,
) -> None:
    """Run a trial for each pattern. Writes the state, the logs, acts and moved.

    Parameters
    ----------
    minus, plus : int
        Cycles of the phases; without a plus phase nothing is learnt.
    units, layers, projns, weights, wiring
        As `loop.cycles` takes them.
    places : ndarray of int64 [layers, 4]
        The layers to clamp: index, first and last column of its values, 0 for an input and 1 for a target.
    patterns : ndarray [trials, width]
        The values, each in [0, 1].
    tolerance : float
        See `settle`.
    acts : ndarray [trials, units]
        Filled with the activations at the end of each minus phase.
    moved : ndarray of int64 [trials]
        Filled with what `settle` says of each minus phase.
    segments, log, first, trial_segments, trial_log, trial_first
        What the logs of cycles and of trials take, see `record_row`, and their first rows.
    """
    before = units[ACT].copy()
    length = minus + plus
    for k in range(patterns.shape[0]):
        clamp_layers(units, layers, places, patterns[k], 0)
        row = first + k * length
        moved[k] = settle(minus, units, layers, projns, weights, wiring, segments, log, row, tolerance, before)
        if plus > 0:
            end_minus(units)
        for i in range(units.shape[1]):
            acts[k, i] = units[ACT, i]
        if plus > 0:
            clamp_layers(units, layers, places, patterns[k], 1)
            settle(plus, units, layers, projns, weights, wiring, segments, log, row + minus, -1.0, before)
            end_plus(units, layers)
            if trial_segments.size > 0:
                record_row(trial_log[trial_first + k], trial_segments, units, layers, weights)
        unclamp_layers(layers, places)
        if plus > 0:
            learn(units, layers, projns, weights, wiring)
