"""Inhibition: one conductance for all units of a layer.

Source: leabra7 0.1.0, layer.py (update_inhibition), as run: feedforward and feedback inhibition are multiplied, where
Emergent adds them.
"""

from __future__ import annotations

import numpy as np

from leabra_studio.engine.kernels.jit import kernel
from leabra_studio.engine.kernels.lesioning import net_of_live
from leabra_studio.engine.layout import GC_I, INHIBITION, Floats, Record

FFFB, KWTA, KWTA_AVG = INHIBITION["fffb"], INHIBITION["kwta"], INHIBITION["kwta_avg"]


@kernel
def gc_i_from_fffb(layer: Record) -> float:
    """Return feedforward times feedback inhibition.

    Reads layer.avg_net of this cycle and layer.avg_act of the last; writes layer.fbi.
    """
    ffi = layer.ff * max(layer.avg_net - layer.ff0, 0.0)
    layer.fbi += layer.fb_dt * (layer.fb * layer.avg_act - layer.fbi)
    return float(layer.gi * (ffi * layer.fbi))


@kernel
def gc_i_at_threshold(net: float, layer: Record) -> float:
    """Return the inhibition that holds a unit with net input `net` exactly at threshold."""
    drive = (layer.e_rev_e - layer.spk_thr) * net + (layer.e_rev_l - layer.spk_thr) * layer.gc_l
    return float(drive / (layer.spk_thr - layer.e_rev_i))


@kernel
def gc_i_from_kwta(net: Floats, layer: Record) -> float:
    """Return inhibition between those of the k-th and the next strongest unit; 0 when all win. Reads net [n]."""
    if layer.k >= net.size:
        return 0.0
    rising = np.sort(net)
    loser = gc_i_at_threshold(rising[net.size - layer.k - 1], layer)
    winner = gc_i_at_threshold(rising[net.size - layer.k], layer)
    return loser + layer.kwta_pt * (winner - loser)


@kernel
def gc_i_from_kwta_avg(net: Floats, layer: Record) -> float:
    """Return inhibition between the means of the k strongest units and of the rest; 0 when all win. Reads net [n]."""
    if layer.k >= net.size:
        return 0.0
    rising = np.sort(net)
    n_losers = net.size - layer.k
    losers = winners = 0.0
    for i in range(n_losers):
        losers += gc_i_at_threshold(rising[i], layer)
    for i in range(n_losers, net.size):
        winners += gc_i_at_threshold(rising[i], layer)
    losers /= n_losers
    return losers + layer.kwta_pt * (winners / layer.k - losers)


@kernel
def gc_i_from_net(u: Floats, layer: Record) -> None:
    """Inhibit the layer in the way its spec says. Reads net; writes gc_i [n], layer.gc_i, layer.fbi (fffb)."""
    if layer.inhibition == FFFB:
        layer.gc_i = gc_i_from_fffb(layer)
    elif layer.inhibition == KWTA:
        layer.gc_i = gc_i_from_kwta(net_of_live(u, layer), layer)
    elif layer.inhibition == KWTA_AVG:
        layer.gc_i = gc_i_from_kwta_avg(net_of_live(u, layer), layer)
    else:
        layer.gc_i = 0.0
    for i in range(layer.start, layer.stop):
        u[GC_I, i] = layer.gc_i
