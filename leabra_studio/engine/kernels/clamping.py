"""Hard clamping: activations that are given from outside.

Source: leabra7 0.1.0, unit.py and layer.py (hard_clamp), as run.
"""

from __future__ import annotations

from leabra_studio.engine.kernels.jit import kernel
from leabra_studio.engine.kernels.lesioning import mean_of_live, silence
from leabra_studio.engine.layout import ACT, ACT_ND, I_NET, OFF, V_M, Floats, Record

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

    Lesioned units stay silent. Reads values [any], off; writes act, act_nd, v_m, i_net [n], layer.avg_act,
    layer.clamped, layer.hidden.
    """
    act, act_nd = u[ACT, layer.start : layer.stop], u[ACT_ND, layer.start : layer.stop]
    v_m, i_net = u[V_M, layer.start : layer.stop], u[I_NET, layer.start : layer.stop]
    off = u[OFF, layer.start : layer.stop]
    total = 0.0
    for i in range(act.size):
        value = min(values[i % values.size], layer.clamp_max)
        act[i] = act_nd[i] = value
        v_m[i] = layer.e_rev_l if value < NOTHING else layer.spk_thr + value / layer.act_gain
        i_net[i] = 0.0
        total += value * (1.0 - off[i])
    silence(u, layer)
    layer.avg_act = mean_of_live(total, layer)
    layer.clamped, layer.hidden = 1, 0
