"""Running averages of the activation, within the trial and over trials.

Source: leabra7 0.1.0, unit.py (update_cycle_learning_averages, update_trial_learning_averages) and layer.py, as run:
the long average has no upper bound.
"""

from __future__ import annotations

import math

from leabra_studio.engine.kernels.jit import kernel
from leabra_studio.engine.kernels.lesioning import mean_of_live
from leabra_studio.engine.layout import ACT, ACTS_M, ACTS_P, AVG_L, AVG_M, AVG_S, AVG_SS, Floats, Record

ACTIVE = 0.1
"""Medium average above which a unit counts as active in its trial."""


@kernel
def avgs_from_act(u: Floats, layer: Record) -> None:
    """Advance the averages within the trial. Reads act; writes avg_ss, avg_s, avg_m [n], layer.avg_act."""
    ss, s, m = layer.integ * layer.ss_dt, layer.integ * layer.s_dt, layer.integ * layer.m_dt
    total = 0.0
    for i in range(layer.start, layer.stop):
        u[AVG_SS, i] += ss * (u[ACT, i] - u[AVG_SS, i])
        u[AVG_S, i] += s * (u[AVG_SS, i] - u[AVG_S, i])
        u[AVG_M, i] += m * (u[AVG_S, i] - u[AVG_M, i])
        total += u[ACT, i]
    layer.avg_act = mean_of_live(total, layer)


@kernel
def cosine(a: Floats, b: Floats) -> float:
    """Return the cosine of the angle between two vectors; 0 when one is all zeros. Reads a, b [n]."""
    ab = aa = bb = 0.0
    for i in range(a.size):
        ab += a[i] * b[i]
        aa += a[i] * a[i]
        bb += b[i] * b[i]
    return ab / (math.sqrt(aa) * math.sqrt(bb)) if aa > 0.0 and bb > 0.0 else 0.0


@kernel
def cos_diff_from_acts(u: Floats, layer: Record) -> None:
    """Compare the phases of the trial. Reads acts_m, acts_p; writes layer.cos_diff, layer.cos_diff_avg."""
    a, b = layer.start, layer.stop
    likeness = cosine(u[ACTS_P, a:b], u[ACTS_M, a:b])
    layer.cos_diff = min(max(likeness, 0.01), 0.99)
    layer.cos_diff_avg += layer.avg_dt * (likeness - layer.cos_diff_avg)


@kernel
def avg_l_from_avg_m(u: Floats, layer: Record) -> None:
    """Advance the average over trials: up for active units, down for others. Reads avg_m, acts_p; writes avg_l [n]."""
    total = 0.0
    for i in range(layer.start, layer.stop):
        total += u[ACTS_P, i]
    down = layer.l_dn_dt * mean_of_live(total, layer)
    for i in range(layer.start, layer.stop):
        active = u[AVG_M, i] > ACTIVE
        u[AVG_L, i] += layer.l_up_inc * u[AVG_M, i] if active else down * (u[AVG_M, i] - u[AVG_L, i])
