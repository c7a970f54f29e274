"""Numbers as the short texts that a frame carries."""

from base64 import b64encode
from math import isfinite

import numpy as np
from numpy.typing import NDArray

LEVELS = 255
_FLOAT = np.dtype("<f8")


def pack_floats(values: NDArray[np.float64]) -> str:
    """Return `values` as base64 of little-endian float64, every bit kept (NaN and infinity too)."""
    return b64encode(values.astype(_FLOAT, copy=False).tobytes()).decode("ascii")


def pack_levels(values: NDArray[np.float64], lo: float, hi: float) -> NDArray[np.uint8]:
    """Return `values` on 256 levels: `lo` and all below it is 0, `hi` and all above it is 255.

    NaN takes the level of zero, the nearest that the range has to it.
    """
    if not (values.size and lo <= values.min() and values.max() <= hi):  # NaN is never within a range
        values = np.clip(np.where(np.isnan(values), 0.0, values), lo, hi)
    scaled = (values - lo) * (LEVELS / (hi - lo))
    return np.rint(scaled, out=scaled).astype(np.uint8)


def pack_bytes(levels: NDArray[np.uint8]) -> str:
    """Return uint8 levels as base64."""
    return b64encode(levels.tobytes()).decode("ascii")


def number(value: float) -> float | None:
    """Return `value` as JSON can write it: None for NaN and infinity."""
    return float(value) if isfinite(value) else None
