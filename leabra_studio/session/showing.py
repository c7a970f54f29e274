"""Showing patterns to a net: the parts of a trial, by the public calls of the library alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine import events, stats
from leabra_studio.engine.specs import ProjnSpec
from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.model.plan import TrainingPlan
from leabra_studio.model.program import Stretch
from leabra_studio.session.material import Material

if TYPE_CHECKING:
    from leabra_studio.engine.net import Net

Floats = NDArray[np.float64]

ACT = UNIT_NAMES.index("act")


def begin(net: Net, material: Material, stretch: Stretch) -> None:
    """Clamp what a phase shows: inputs in its minus phase, targets in its plus phase."""
    shown = material.inputs if stretch.phase == "minus" else material.targets
    for layer, patterns in shown.items():
        net.clamp_layer(layer, patterns[stretch.row])


def end(net: Net, material: Material, stretch: Stretch) -> None:
    """Do what ends a phase whose cycles have run; a trial of training ends with learning, one of a test without."""
    if stretch.mode == "train" and stretch.phase == "minus":
        net.handle(events.EndMinusPhase())
        return
    if stretch.phase == "plus":
        net.handle(events.EndPlusPhase())
    let_go(net, material.roles)
    if stretch.mode == "train":
        net.learn()


def let_go(net: Net, layers: Mapping[str, str]) -> None:
    """Unclamp layers."""
    for layer in layers:
        net.unclamp_layer(layer)


def whole(net: Net, material: Material, rows: Sequence[int], plan: TrainingPlan, mode: str) -> tuple[Floats, Floats]:
    """Run whole trials; return the activations [trials, units] their minus phases end with, and when they settled."""
    inputs, targets = material.of_rows(np.array(rows, np.int64))
    if mode == "train":
        found = net.run_trials(inputs, targets, minus_cycles=plan.minus_cycles, plus_cycles=plan.plus_cycles)
        return found.acts, np.full(len(rows), nan)
    found = net.run_trials(inputs, minus_cycles=plan.test_cycles, plus_cycles=0, tolerance=stats.TOLERANCE)
    return found.acts, np.where(found.moved < plan.test_cycles - 1, found.moved, nan)


def factor(net: Net) -> float:
    """Return what a schedule multiplies the learning rates by now."""
    specs = ((name, net.spec(name)) for name in net.projn_names)
    rates = ((name, spec.lrate) for name, spec in specs if isinstance(spec, ProjnSpec))
    return next((net.lrate(name) / rate for name, rate in rates if rate), 1.0)


class Settling:
    """Watches one phase cycle by cycle for the last change of an activation."""

    def __init__(self) -> None:
        self._stretch: Stretch | None = None
        self._before: Floats | None = None
        self._cycles = self._moved = 0

    def begin(self, stretch: Stretch) -> None:
        """Watch a phase from its first cycle on."""
        self._stretch, self._before, self._cycles, self._moved = stretch, None, 0, 0

    def follow(self, stretch: Stretch, acts: Floats) -> None:
        """See the activations [cycles, units] of the next cycles."""
        if stretch is not self._stretch:
            return
        known = acts if self._before is None else np.concatenate([self._before, acts])
        moved = np.flatnonzero(np.abs(np.diff(known, axis=0)).max(axis=1, initial=0.0) > stats.TOLERANCE)
        if moved.size:
            self._moved = self._cycles + int(moved[-1]) + (self._before is None)
        self._cycles, self._before = self._cycles + len(acts), acts[-1:].copy()

    def settled(self, stretch: Stretch) -> float:
        """Return the cycle in which the phase settled; NaN if it did not, or was not seen whole."""
        seen = stretch is self._stretch and self._cycles == stretch.cycles
        return float(self._moved) if seen and self._moved < stretch.cycles - 1 else nan
