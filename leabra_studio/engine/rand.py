"""The distributions that initial weights are drawn from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine.value import Value, number
from leabra_studio.errors import ValidationError


@dataclass(frozen=True)
class Distribution(Value):
    """A probability distribution over one real number."""

    def draw(self, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        """Return `n` independent values.

        Parameters
        ----------
        rng : numpy.random.Generator
            Where the randomness comes from.
        n : int
            How many.

        Returns
        -------
        ndarray of float64, shape (n,)
            The values.

        Raises
        ------
        ValidationError
            If the class says nothing of how to draw.
        """
        rule = f"is not defined for a {type(self).__name__}; use one of {', '.join(DISTRIBUTIONS)}"
        raise ValidationError(type(self).__name__, "draw", rule)


@dataclass(frozen=True)
class Scalar(Distribution):
    """Always the same value."""

    value: float = number(0.5, doc="The value of every weight.", slider=(0, 1))

    def draw(self, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        """Return `n` times the value; nothing is drawn from `rng`."""
        return np.full(n, self.value)


@dataclass(frozen=True)
class Uniform(Distribution):
    """Every value of the interval [low, high) equally likely."""

    low: float = number(0.25, doc="Lower end of the interval.", slider=(0, 1))
    high: float = number(0.75, doc="Upper end of the interval, above the lower.", slider=(0, 1))

    def validate(self) -> None:
        """Check the numbers and that the interval is not empty."""
        super().validate()
        if not self.low < self.high or not math.isfinite(self.high - self.low):
            raise ValidationError("Uniform", "high", f"must be above low ({self.low!r}) (got {self.high!r})")

    def draw(self, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        """Return `n` independent values."""
        return rng.uniform(self.low, self.high, n)


@dataclass(frozen=True)
class Gaussian(Distribution):
    """The normal distribution."""

    mean: float = number(0.5, doc="The mean of the distribution.", slider=(0, 1))
    var: float = number(0.01, doc="The variance of the distribution.", ge=0, slider=(0, 0.1))

    def draw(self, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        """Return `n` independent values."""
        return rng.normal(self.mean, math.sqrt(self.var), n)


@dataclass(frozen=True)
class LogNormal(Distribution):
    """A value whose logarithm is normally distributed."""

    mean: float = number(-0.75, doc="The mean of the logarithm.", slider=(-3, 0))
    var: float = number(0.05, doc="The variance of the logarithm.", ge=0, slider=(0, 1))

    def draw(self, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        """Return `n` independent values."""
        return rng.lognormal(self.mean, math.sqrt(self.var), n)


@dataclass(frozen=True)
class Exponential(Distribution):
    """The exponential distribution; its mean is 1/lambd."""

    lambd: float = number(2.0, doc="The rate, one over the mean.", gt=0, slider=(1, 10))

    def draw(self, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        """Return `n` independent values."""
        return rng.exponential(1 / self.lambd, n)


DISTRIBUTIONS: Mapping[str, type[Distribution]] = MappingProxyType(
    {cls.__name__: cls for cls in (Scalar, Uniform, Gaussian, LogNormal, Exponential)}
)
