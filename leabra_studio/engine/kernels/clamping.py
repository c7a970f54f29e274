"""Hard clamping: activations that are given from outside."""

from __future__ import annotations

from leabra_studio.engine.kernels.jit import kernel
from leabra_studio.engine.layout import ACT, ACT_ND, I_NET, V_M, Floats, Record

NOTHING = 1e-6
"""Clamped activation below which a unit rests."""


@kernel
def first_outside(values: Floats) -> int:
    """Return the index of the first value that is not in [0, 1], else -1. Reads values [n]."""
    for i in range(values.size):
        if not 0.0 <= values[i] <= 1.0:
            return i
    return -1


@kernel
def act_from_clamp(u: Floats, layer: Record, values: Floats) -> None:
    """Set the activations to `values`, repeated or cut to the layer's size, none above layer.clamp_max.

    Reads values [any]; writes act, act_nd, v_m, i_net [n], layer.avg_act, layer.clamped, layer.hidden.
    """
    total = 0.0
    for i in range(layer.start, layer.stop):
        value = min(values[(i - layer.start) % values.size], layer.clamp_max)
        u[ACT, i] = u[ACT_ND, i] = value
        u[V_M, i] = layer.e_rev_l if value < NOTHING else layer.spk_thr + value / layer.act_gain
        u[I_NET, i] = 0.0
        total += value
    layer.avg_act = total / layer.n_units
    layer.clamped, layer.hidden = 1, 0
