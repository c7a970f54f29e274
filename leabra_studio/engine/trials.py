"""Whole trials in one call, and the state of a net set aside and put back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from leabra_studio.engine import checks
from leabra_studio.engine.kernels import trials as kernels
from leabra_studio.engine.layout import ACT, LAYER_STATE, Floats, Longs
from leabra_studio.engine.limits import MAX_CYCLES
from leabra_studio.engine.params import shown
from leabra_studio.engine.running import _NO_ROOM, Running
from leabra_studio.errors import ValidationError

_FLAGS = ("clamped", "hidden")
_UNASKED = -1.0


class Trials(NamedTuple):
    """What trials gave.

    Attributes
    ----------
    acts : ndarray of float64, shape (trials, units)
        Activations of all units at the end of each minus phase: what the net expected. Columns as in `Net.units`.
    moved : ndarray of int64, shape (trials,)
        The last cycle of each minus phase, counted from 0, in which an activation changed by more than the tolerance;
        0 where none did or none was given.
    """

    acts: Floats
    moved: Longs


@dataclass(frozen=True, eq=False)
class NetState:
    """What changes in a net while it runs, set aside by `Net.state`; without names, it fits nets of one making only.

    Parameters
    ----------
    units : ndarray of float64, shape (rows, units)
        Every variable of every unit.
    layers : ndarray of float64, shape (numbers, layers)
        The state and the clamps of layers.
    weights : ndarray of float64, shape (2, connections), optional
        Visible and linear weights.
    stale : ndarray of int64, shape (projections,), optional
        Which of the visible weights are not the sigmoid of the linear ones.
    """

    units: Floats
    layers: Floats
    weights: Floats | None = None
    stale: Longs | None = None


class WholeTrials(Running):
    """The part of `Net` that runs whole trials."""

    def run_trials(
        self,
        inputs: Mapping[str, ArrayLike],
        targets: Mapping[str, ArrayLike] | None = None,
        *,
        minus_cycles: int = 50,
        plus_cycles: int = 25,
        tolerance: float | None = None,
    ) -> Trials:
        """Return what a net expected of each pattern, whose trials it runs in one compiled call.

        The same as, for each pattern, `clamp_layer` for the inputs, `minus_phase_cycle`, `clamp_layer` for the
        targets, `plus_phase_cycle`, `unclamp_layer` for all of them and `learn`, to the last bit, logs included. With
        no plus cycles it is a test: `clamp_layer` for the inputs, `cycle`, `unclamp_layer`; nothing is learnt, and
        targets are not looked at.

        Parameters
        ----------
        inputs : mapping of str to array_like of shape (trials, units)
            The layers that are clamped in both phases, and their patterns in [0, 1]; a row may be shorter or longer
            than the layer, see `clamp_layer`.
        targets : mapping of str to array_like of shape (trials, units), optional
            The layers that are clamped in the plus phase only.
        minus_cycles : int
            Cycles of a minus phase, at least 1.
        plus_cycles : int
            Cycles of a plus phase; 0 for a test.
        tolerance : float, optional
            Asks for `moved`: the change of an activation from one cycle to the next up to which it counts as settled.

        Returns
        -------
        Trials
            Activations at the end of the minus phases, and when they settled.

        Raises
        ------
        ValidationError
            If an argument is invalid, or a spec was changed to something invalid; nothing has run then.
        LimitError
            If there is no memory for the logs.
        """
        call = "Net.run_trials"
        minus = checks.whole(call, "minus_cycles", minus_cycles, 1, MAX_CYCLES)
        plus = checks.whole(call, "plus_cycles", plus_cycles, 0, MAX_CYCLES)
        places, patterns = self._patterns(call, inputs, {} if targets is None or not plus else targets)
        count = len(patterns)
        allowed = _UNASKED if tolerance is None else _tolerance(call, tolerance)
        self._sync()
        found = Trials(np.empty((count, self._state.units.shape[1])), np.zeros(count, np.int64))
        self._run_trials(minus, plus, places, patterns, allowed, found)
        return found

    def _run_trials(
        self, minus: int, plus: int, places: Longs, patterns: Floats, tolerance: float, found: Trials
    ) -> None:
        """Run trials in one compiled call, and note their moments in the logs."""
        cycles, trials, count = self._logs["cycle"], self._logs["trial"], len(patterns)
        room = cycles.begin(count * (minus + plus)) or _NO_ROOM
        trial_room = (trials.begin(count) if plus else None) or _NO_ROOM
        state = self._state.arrays
        arguments: tuple[Any, ...] = (*state, places, patterns, tolerance, *found, *room, *trial_room)
        kernels.trials(minus, plus, *arguments)
        cycles.end(count * (minus + plus))
        if plus:
            trials.end(count)

    def state(self, *, weights: bool = False) -> NetState:
        """Return a copy of what changes while the net runs: units, layers and clamps.

        Parameters
        ----------
        weights : bool
            Whether the weights are in it, too.

        Returns
        -------
        NetState
            For `restore`. Logs, schedules and randomness are not in it.

        Raises
        ------
        ValidationError
            If `weights` is no flag.
        MemoryError
            If there is no room for the copy.
        """
        held = self._state
        layers = np.stack([held.layers[name].astype(np.float64) for name in (*LAYER_STATE, *_FLAGS)])
        if not checks.flag("Net.state", "weights", weights):
            return NetState(held.units.copy(), layers)
        return NetState(held.units.copy(), layers, held.weights.copy(), held.projns["stale"].copy())

    def restore(self, state: NetState) -> None:
        """Put back what `state` has set aside, to the last bit.

        A test between two trials of training leaves no trace when the state is set aside before and put back after.

        Parameters
        ----------
        state : NetState
            Of this net, or of one of the same making.

        Raises
        ------
        ValidationError
            If it is no state, or that of another network; nothing has changed then.
        """
        call, held = "Net.restore", self._state
        checks.instance(call, "state", state, NetState, "what net.state() has returned")
        fits = state.units.shape == held.units.shape and state.layers.shape[1] == held.layers.size
        if not fits or (state.weights is not None and state.weights.shape != held.weights.shape):
            raise ValidationError(call, "state", "must be of a net with as many units, layers and connections")
        held.units[:] = state.units
        for name, values in zip((*LAYER_STATE, *_FLAGS), state.layers, strict=True):
            held.layers[name] = values
        if state.weights is not None and state.stale is not None:
            held.weights[:] = state.weights
            held.projns["stale"] = state.stale

    def not_finite(self) -> tuple[str, ...]:
        """Return the names of the projections, then of the layers, that hold a NaN or an infinity.

        Among the weights of projections; among the activations of layers.
        """
        held = self._state
        if np.isfinite(held.weights).all() and np.isfinite(self.units[ACT]).all():
            return ()
        projns = [p.name for p in self._projns.values() if not np.isfinite(held.weights[:, p.start : p.stop]).all()]
        acts = self.units[ACT]
        return (*projns, *(x.name for x in self._layers.values() if not np.isfinite(acts[x.start : x.stop]).all()))

    def _patterns(
        self, call: str, inputs: Mapping[str, ArrayLike], targets: Mapping[str, ArrayLike]
    ) -> tuple[Longs, Floats]:
        """Return the layers to clamp, and what to, as the kernel takes them."""
        places: list[tuple[int, int, int, int]] = []
        parts: list[Floats] = []
        for kind, (field, given) in enumerate((("inputs", inputs), ("targets", targets))):
            for name, values in _mapping(call, field, given).items():
                layer = self._layer(call, field, name)
                block = _block(call, f"{field}[{name!r}]", values, len(parts[0]) if parts else None)
                start = sum(part.shape[1] for part in parts)
                places.append((layer.index, start, start + block.shape[1], kind))
                parts.append(block)
        if not parts:
            raise ValidationError(call, "inputs", "must have patterns for at least one layer (got none)")
        if len({place[0] for place in places}) < len(places):
            raise ValidationError(call, "targets", "must not name a layer that is among the inputs")
        return np.array(places, np.int64), np.ascontiguousarray(np.concatenate(parts, axis=1))


def _block(call: str, field: str, values: Any, count: int | None) -> Floats:
    """Return the patterns of one layer, checked."""
    block = checks.array(call, field, values)
    if block.ndim != 2 or 0 in block.shape:
        rule = f"must have a row of values for each trial (got an array of shape {block.shape})"
        raise ValidationError(call, field, rule)
    if count is not None and len(block) != count:
        raise ValidationError(call, field, f"must have {count} rows, as the layer before it (got {len(block)})")
    wrong = ~((block >= 0.0) & (block <= 1.0))  # True for NaN
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        got = float(block[row, column])
        raise ValidationError(call, field, f"must lie in [0, 1] (got {got!r} in row {row}, column {column})")
    return block


def _mapping(call: str, field: str, value: Any) -> Mapping[str, ArrayLike]:
    if not isinstance(value, Mapping):
        raise ValidationError(call, field, f"must be layers and their patterns (got {shown(value)})")
    return value


def _tolerance(call: str, value: Any) -> float:
    number = checks.finite(call, "tolerance", value)
    if number < 0:
        raise ValidationError(call, "tolerance", f"must not be negative (got {number:g})")
    return number
