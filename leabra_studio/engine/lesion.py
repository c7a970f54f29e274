"""What is lesioned of a layer or projection: a value that documents and nets share."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Lesion:
    """What is lesioned of a layer or projection.

    Parameters
    ----------
    fraction : float
        The fraction of a layer's units, in (0, 1]; 1 for a projection.
    seed : int
        Says which units, at least 0.
    """

    fraction: float = 1.0
    seed: int = 0

    def units(self, size: int) -> NDArray[np.intp]:
        """Return the lesioned units of a layer of that size, in ascending order: at least one.

        With the same seed the units of a smaller fraction are among those of a larger one.
        """
        count = max(1, math.floor(self.fraction * size + 1e-9))
        return np.sort(np.random.default_rng(self.seed).permutation(size)[:count])
