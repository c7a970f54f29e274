"""The events a net can handle, by Leabra7's names; each method of `Net` that changes it stands for one or more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from leabra_studio.engine import checks
from leabra_studio.engine.variables import FREQUENCIES


@dataclass(frozen=True)
class Event:
    """Anything that can be given to `Net.handle`."""


@dataclass(frozen=True)
class Cycle(Event):
    """One cycle passes."""


@dataclass(frozen=True)
class BeginMinusPhase(Event):
    """The minus phase begins; nothing changes."""


@dataclass(frozen=True)
class EndMinusPhase(Event):
    """The minus phase ends: activations are remembered as the network's expectation."""


@dataclass(frozen=True)
class BeginPlusPhase(Event):
    """The plus phase begins; nothing changes."""


@dataclass(frozen=True)
class EndPlusPhase(Event):
    """The plus phase ends: activations are remembered as the outcome, averages advance, trials are logged."""


@dataclass(frozen=True)
class EndTrial(Event):
    """The trial ends; nothing changes."""


@dataclass(frozen=True)
class EndEpoch(Event):
    """An epoch ends: it is logged and learning-rate schedules advance.

    Parameters
    ----------
    loss : float, optional
        The epoch's error, for schedules that watch it.
    """

    loss: float | None = None


@dataclass(frozen=True)
class EndBatch(Event):
    """A batch ends: it is logged."""


@dataclass(frozen=True)
class HardClamp(Event):
    """A layer's activations are set and held.

    Parameters
    ----------
    layer_name : str
        The layer.
    acts : sequence of float
        Activations in [0, 1].

    Raises
    ------
    ValidationError
        If a value is not in [0, 1].
    """

    layer_name: str
    acts: Sequence[float] | ArrayLike

    def __post_init__(self) -> None:
        checks.activations("HardClamp", "acts", self.acts)


@dataclass(frozen=True)
class Unclamp(Event):
    """A layer's activations are released.

    Parameters
    ----------
    layer_name : str
        The layer.
    """

    layer_name: str


@dataclass(frozen=True)
class Learn(Event):
    """All projections learn."""


@dataclass(frozen=True)
class PauseLogging(Event):
    """Logs of one frequency stop taking rows.

    Parameters
    ----------
    freq_name : str
        The frequency.

    Raises
    ------
    ValidationError
        If there is no such frequency.
    """

    freq_name: str

    def __post_init__(self) -> None:
        checks.known(type(self).__name__, "freq_name", self.freq_name, FREQUENCIES, "a frequency")


@dataclass(frozen=True)
class ResumeLogging(Event):
    """Logs of one frequency take rows again.

    Parameters
    ----------
    freq_name : str
        The frequency.

    Raises
    ------
    ValidationError
        If there is no such frequency.
    """

    freq_name: str

    def __post_init__(self) -> None:
        checks.known(type(self).__name__, "freq_name", self.freq_name, FREQUENCIES, "a frequency")
