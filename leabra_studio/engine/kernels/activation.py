"""The activation function and the activation it drives.

Source: leabra7 0.1.0, unit.py (nxx1_table, update_activation), as run.
"""

from __future__ import annotations

import numpy as np

from leabra_studio.engine.kernels.jit import kernel
from leabra_studio.engine.layout import ACT, ACT_ND, DRIVER, Floats, Record

GAIN = 40.0
STEP = 0.001
LOWEST, HIGHEST = -0.03, 1.0
NOISE_SD = 0.01


def _noisy_xx1() -> Floats:
    """Return x/(x+1), blurred with Gaussian noise, on the grid from LOWEST to HIGHEST.

    The wider grid is Leabra7's to the last bit: its zero is 5.6e-17, so that a unit at rest has 1.5e-20, not 0.
    """
    noise_x = np.arange(-30, 31) * STEP
    noise = np.exp(-((noise_x / NOISE_SD) ** 2))
    x = np.arange(2 * LOWEST, HIGHEST - LOWEST + STEP / 2, STEP)
    drive = GAIN * np.maximum(x, 0.0)
    blurred = np.convolve(drive / (drive + 1.0), noise / noise.sum(), mode="same")
    return np.ascontiguousarray(blurred[30:-30])


TABLE = _noisy_xx1()


@kernel
def nxx1(x: float) -> float:
    """Return the noisy x/(x+1) of a driver: linear between the table's points, constant outside, NaN for NaN."""
    position = (x - LOWEST) / STEP
    if not position > 0.0:
        return float(TABLE[0] if position <= 0.0 else position)
    if position >= TABLE.size - 1:
        return float(TABLE[-1])
    i = int(position)
    return float(TABLE[i] + (position - i) * (TABLE[i + 1] - TABLE[i]))


@kernel
def act_from_driver(u: Floats, layer: Record) -> None:
    """Let the activation follow its driver. Reads driver; writes act_nd, act [n]."""
    rate, syn_tr = layer.integ * layer.vm_dt, layer.syn_tr
    for i in range(layer.start, layer.stop):
        u[ACT_ND, i] += rate * (nxx1(u[DRIVER, i]) - u[ACT_ND, i])
        u[ACT, i] = u[ACT_ND, i] * syn_tr
