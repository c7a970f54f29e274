"""Learning-rate schedules: how the rate of a projection changes from epoch to epoch.

A schedule gives a factor on `ProjnSpec.lrate`. `Net.schedule_lrate` attaches it to projections, `Net.end_epoch`
advances it and `Net.learn` uses it. A schedule itself never changes: it says how one `Outlook` follows from the last.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from leabra_studio.engine.value import Value, number
from leabra_studio.errors import ValidationError


class Outlook(NamedTuple):
    """Where a schedule stands.

    Attributes
    ----------
    factor : float
        The factor on the learning rate now.
    epochs : int
        Epochs that have ended.
    best : float
        The lowest loss so far.
    waited : int
        Epochs since the loss last fell below `best`, or since the factor last did.
    """

    factor: float = 1.0
    epochs: int = 0
    best: float = math.inf
    waited: int = 0


@dataclass(frozen=True)
class Schedule(Value):
    """A rule for the factor on the learning rate."""

    def start(self) -> Outlook:
        """Return where the schedule stands before the first epoch."""
        return Outlook()

    def after(self, outlook: Outlook, loss: float | None) -> Outlook:
        """Return where it stands one epoch later.

        Parameters
        ----------
        outlook : Outlook
            Where it stood during the epoch.
        loss : float, optional
            The epoch's error.
        """
        epochs = outlook.epochs + 1
        return outlook._replace(epochs=epochs, factor=self.factor_at(epochs))

    def factor_at(self, epochs: int) -> float:
        """Return the factor after that many epochs.

        Raises
        ------
        ValidationError
            If the class has no rule.
        """
        rule = f"is not defined for a {type(self).__name__}; use one of {', '.join(SCHEDULES)}"
        raise ValidationError(type(self).__name__, "factor_at", rule)


@dataclass(frozen=True)
class Constant(Schedule):
    """The same factor for ever."""

    factor: float = number(1.0, doc="The factor on the learning rate.", ge=0, slider=(0, 2))

    def start(self) -> Outlook:
        """Return the factor, from the beginning."""
        return Outlook(factor=self.factor)

    def factor_at(self, epochs: int) -> float:
        """Return the factor."""
        return self.factor


@dataclass(frozen=True)
class Step(Schedule):
    """The rate is multiplied by a factor every so many epochs."""

    every: int = number(
        100, kind="int", doc="Epochs between the steps.", unit="epochs", ge=1, le=1_000_000, slider=(1, 500)
    )
    factor: float = number(0.5, doc="What each step multiplies the rate by.", ge=0, le=1, slider=(0, 1))

    def factor_at(self, epochs: int) -> float:
        """Return the product of the steps so far."""
        return float(self.factor ** (epochs // self.every))


@dataclass(frozen=True)
class Exponential(Schedule):
    """The rate falls smoothly, by half in every half-life."""

    half_life: float = number(100.0, doc="Epochs in which the rate halves.", unit="epochs", gt=0, slider=(1, 500))

    def factor_at(self, epochs: int) -> float:
        """Return two to the power of minus the half-lives so far."""
        return float(0.5 ** (epochs / self.half_life))


@dataclass(frozen=True)
class Plateau(Schedule):
    """The rate is cut each time the loss has not fallen for a while; it needs ``net.end_epoch(loss)``."""

    patience: int = number(
        20, kind="int", doc="Epochs to wait for a lower loss.", unit="epochs", ge=1, le=1_000_000, slider=(1, 200)
    )
    factor: float = number(0.5, doc="What each cut multiplies the rate by.", ge=0, le=1, slider=(0, 1))
    floor: float = number(0.01, doc="Factor below which the rate never falls.", ge=0, le=1, slider=(0, 1))

    def after(self, outlook: Outlook, loss: float | None) -> Outlook:
        """Return where it stands one epoch later, given the epoch's loss.

        Raises
        ------
        ValidationError
            If there is no loss.
        """
        if loss is None:
            rule = "a Plateau schedule is attached and watches it: call net.end_epoch(loss)"
            raise ValidationError("Net.end_epoch", "loss", rule)
        if loss < outlook.best:
            return Outlook(outlook.factor, outlook.epochs + 1, loss, 0)
        waited = outlook.waited + 1
        cut = waited >= self.patience
        factor = max(self.floor, outlook.factor * self.factor) if cut else outlook.factor
        return Outlook(factor, outlook.epochs + 1, outlook.best, 0 if cut else waited)


SCHEDULES: Mapping[str, type[Schedule]] = MappingProxyType(
    {cls.__name__: cls for cls in (Constant, Step, Exponential, Plateau)}
)
