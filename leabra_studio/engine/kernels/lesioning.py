"""Lesions: units that are there but take no part, and what is left of a layer without them.

Source: emer/leabra, leabra/layer.go (LesionNeurons, and what its loops do with neurons that are off), in own words:
lesioned units are not updated, send nothing and do not count in the means that inhibition is made from, while the scale
of what a layer sends stays that of all its units. A layer without any unit left, and a lesioned projection, are left
out whole.
"""

from __future__ import annotations

import numpy as np

from leabra_studio.engine.kernels.jit import kernel
from leabra_studio.engine.layout import N_STATE, NET, OFF, Floats, Record


@kernel
def mean_of_live(total: float, layer: Record) -> float:
    """Return the mean over the layer's units of numbers with that sum; lesioned ones do not count."""
    return float(total / layer.n_live) if layer.n_live > 0 else 0.0


@kernel
def silence(u: Floats, layer: Record) -> None:
    """Put lesioned units to rest; what has reached them is lost. Reads off; writes all other rows [n]."""
    for i in range(layer.start, layer.stop):
        if u[OFF, i] != 0.0:
            for row in range(N_STATE):
                u[row, i] = 0.0


@kernel
def net_of_live(u: Floats, layer: Record) -> Floats:
    """Return the net input of the units that are not lesioned [n_live]. Reads net, off."""
    own = u[NET, layer.start : layer.stop]
    if layer.n_live == layer.n_units:
        return own
    live = np.empty(layer.n_live)
    n = 0
    for i in range(layer.start, layer.stop):
        if u[OFF, i] == 0.0:
            live[n] = u[NET, i]
            n += 1
    return live


@kernel
def is_cut(projn: Record, sender: Record, receiver: Record) -> bool:
    """Return whether a projection is lesioned, or one of its layers whole."""
    return bool(projn.off != 0 or sender.n_live == 0 or receiver.n_live == 0)
