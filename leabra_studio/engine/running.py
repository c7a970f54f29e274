"""Running a net: clamping, cycles, phases, learning."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from leabra_studio.engine import checks
from leabra_studio.engine.kernels import loop
from leabra_studio.engine.layout import N_SHOWN, Floats
from leabra_studio.engine.lesions import Lesions
from leabra_studio.engine.limits import MAX_CYCLES
from leabra_studio.engine.logs import Room
from leabra_studio.engine.schedules import Outlook, Schedule

_NO_RECORD = np.zeros((0, 0, 0))
_NO_ROOM = Room(np.zeros((0, 3), np.int64), np.zeros((0, 0)), 0)


class Running(Lesions):
    """The part of `Net` that is run: everything but asking and keeping."""

    def __init__(self, seed: int | None = None) -> None:
        super().__init__(seed)
        self._schedules: dict[str, tuple[Schedule, Outlook]] = {}

    @property
    def cycles_run(self) -> int:
        """How many cycles have been run since the net was made or reset."""
        return self._logs["cycle"].count

    def clamp_layer(self, name: str, acts: Sequence[float] | ArrayLike) -> None:
        """Set a layer's activations and hold them.

        Parameters
        ----------
        name : str
            The layer.
        acts : sequence of float
            Activations in [0, 1]: repeated when fewer than the layer has units, cut when more; values above the
            spec's `clamp_max` count as that.

        Raises
        ------
        ValidationError
            If there is no such layer, or a value is not in [0, 1].
        """
        call = "Net.clamp_layer"
        layer = self._layer(call, "name", name)
        values = checks.vector(call, "acts", acts)
        self._sync()
        state = self._state
        wrong = loop.clamp(state.units, state.layers[layer.index : layer.index + 1], values)
        if wrong >= 0:
            raise checks.no_activation(call, "acts", values, wrong)

    def unclamp_layer(self, name: str) -> None:
        """Let a layer go; its activations change from the next cycle on.

        Parameters
        ----------
        name : str
            The layer.

        Raises
        ------
        ValidationError
            If there is no such layer, or a spec was changed to something invalid.
        """
        layer = self._layer("Net.unclamp_layer", "name", name)
        self._sync()
        self._state.layers["clamped"][layer.index] = 0

    def cycle(self, num_cycles: int = 1, *, record: Floats | None = None) -> None:
        """Run cycles: layers in order of creation, then projections, then the logs.

        Parameters
        ----------
        num_cycles : int
            How many.
        record : ndarray of float64, shape (num_cycles, variables, units), optional
            Filled with `units` as it is after each cycle.

        Raises
        ------
        ValidationError
            If an argument is invalid, or a spec was changed to something invalid; nothing has run then.
        """
        n = checks.whole("Net.cycle", "num_cycles", num_cycles, 1, MAX_CYCLES)
        if record is None:
            self._run(n, _NO_RECORD)
        else:
            self._run(n, checks.recording("Net.cycle", record, (n, N_SHOWN, self._state.units.shape[1])))

    def minus_phase_cycle(self, num_cycles: int = 50) -> None:
        """Run a minus phase: the net settles on its expectation, which is remembered.

        Parameters
        ----------
        num_cycles : int
            Cycles of the phase, at least 1.

        Raises
        ------
        ValidationError
            As `cycle`.
        """
        self._run(checks.whole("Net.minus_phase_cycle", "num_cycles", num_cycles, 1, MAX_CYCLES), _NO_RECORD)
        self._end_minus()

    def plus_phase_cycle(self, num_cycles: int = 25) -> None:
        """Run a plus phase: the net settles on the outcome, which ends the trial.

        Clamping the outcome is the caller's job, as is calling `learn`.

        Parameters
        ----------
        num_cycles : int
            Cycles of the phase, at least 1.

        Raises
        ------
        ValidationError
            As `cycle`.
        """
        self._run(checks.whole("Net.plus_phase_cycle", "num_cycles", num_cycles, 1, MAX_CYCLES), _NO_RECORD)
        self._end_plus()

    def learn(self) -> None:
        """Change the weights of all projections by what the last trial's phases differ in (XCAL).

        Raises
        ------
        ValidationError
            If a spec was changed to something invalid; nothing has changed then.
        """
        self._sync()
        loop.learn(*self._state.arrays)

    def end_epoch(self, loss: float | None = None) -> None:
        """Say that an epoch has ended: it is logged, and learning-rate schedules advance.

        Parameters
        ----------
        loss : float, optional
            The epoch's error; needed by the schedules that watch it.

        Raises
        ------
        ValidationError
            If the loss is no finite number, or missing where a schedule needs it, or a spec was changed to something
            invalid; nothing has changed then.
        """
        if loss is not None:
            loss = checks.finite("Net.end_epoch", "loss", loss)
        later = {name: (rule, rule.after(outlook, loss)) for name, (rule, outlook) in self._schedules.items()}
        self._sync()
        self._logs["epoch"].take(self._state)
        self._set_schedules(later)

    def end_batch(self) -> None:
        """Say that a batch has ended: it is logged.

        Raises
        ------
        ValidationError
            If a spec was changed to something invalid; nothing has changed then.
        """
        self._sync()
        self._logs["batch"].take(self._state)

    def schedule_lrate(self, schedule: Schedule, *projns: str) -> None:
        """Let a schedule change the learning rate of projections from epoch to epoch, starting now.

        The rate is that of the spec times the schedule's factor; `end_epoch` advances it.

        Parameters
        ----------
        schedule : Schedule
            One of `leabra_studio.schedules`.
        *projns : str
            The projections; all there are now when none is named. A schedule they had is replaced.

        Raises
        ------
        ValidationError
            If it is no schedule, or there is no such projection.
        """
        call = "Net.schedule_lrate"
        example = "a schedule, such as lb.schedules.Exponential(100)"
        schedule = checks.instance(call, "schedule", schedule, Schedule, example)
        names = [self._projn(call, "projns", name).name for name in projns or self._projns]
        schedule.after(schedule.start(), 0.0)  # one without a rule says so now
        self._set_schedules(self._schedules | {name: (schedule, schedule.start()) for name in names})

    def lrate(self, projn: str) -> float:
        """Return the learning rate that the next `learn` uses: the spec's times the schedule's factor.

        Parameters
        ----------
        projn : str
            The projection.

        Raises
        ------
        ValidationError
            If there is no such projection, or a spec was changed to something invalid.
        """
        found = self._projn("Net.lrate", "projn", projn)
        self._sync()
        record = self._state.projns[found.index]
        return float(record["lrate"] * record["lrate_factor"])

    def reset(self) -> None:
        """Bring everything but the weights back to the start: units, layers, clamps, schedules, logs and counters."""
        self._state.rest()
        for log in self._logs.values():
            log.clear()
        self._set_schedules({name: (rule, rule.start()) for name, (rule, _) in self._schedules.items()})

    def _run(self, n: int, record: Floats) -> None:
        """Run `n` cycles in one compiled call."""
        self._sync()
        log = self._logs["cycle"]
        room = log.begin(n)
        loop.cycles(n, *self._state.arrays, record, *(_NO_ROOM if room is None else room))
        log.end(n)

    def _end_minus(self) -> None:
        self._sync()
        loop.end_minus(self._state.units)

    def _end_plus(self) -> None:
        self._sync()
        loop.end_plus(self._state.units, self._state.layers)
        self._logs["trial"].take(self._state)

    def _set_schedules(self, schedules: dict[str, tuple[Schedule, Outlook]]) -> None:
        self._schedules = schedules
        for name, (_, outlook) in schedules.items():
            self._state.projns["lrate_factor"][self._projns[name].index] = outlook.factor
