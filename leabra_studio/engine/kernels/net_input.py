"""Net input: what units receive, and what projections send.

Source: leabra7 0.1.0, projn.py (flush) and unit.py (update_net), as run; the scale is Emergent's, read from the
instantaneous activity instead of a running average. A receiver without connections gets 0 where the original got NaN.
"""

from __future__ import annotations

import numpy as np

from leabra_studio.engine.kernels.jit import kernel
from leabra_studio.engine.kernels.lesioning import mean_of_live
from leabra_studio.engine.layout import ACT, DRIVER, INPUTS, NET, Floats, Ints, Record

SILENT = 1e-12
"""Activation, of either sign, up to which a sender is skipped: resting units send about 1e-20."""


@kernel
def net_from_inputs(u: Floats, layer: Record) -> None:
    """Integrate the input that has arrived since the last cycle.

    Reads inputs [n], layer.rel_sum; writes net [n], layer.avg_net.
    """
    rate = layer.integ * layer.net_dt
    share = 1.0 / layer.rel_sum if layer.rel_sum > 0.0 else 0.0
    total = 0.0
    for i in range(layer.start, layer.stop):
        u[NET, i] += rate * (u[INPUTS, i] * share - u[NET, i])
        total += u[NET, i]
    layer.avg_net = mean_of_live(total, layer)


@kernel
def drop_inputs(u: Floats, layer: Record) -> None:
    """Forget what has arrived; a clamped layer never uses it. Writes inputs [n], layer.rel_sum."""
    layer.rel_sum = 0.0
    for i in range(layer.start, layer.stop):
        u[INPUTS, i] = 0.0


@kernel
def scale_from_act(avg_act: float, n_pre: int, fan_in: int) -> float:
    """Return the factor on input from a layer of `n_pre` units with mean activation `avg_act`.

    It is one over the number of active senders that a unit with `fan_in` connections can expect; without any
    connection it is 0.
    """
    active = max(1.0, np.rint(avg_act * n_pre))
    expected = max(1.0, np.rint(avg_act * fan_in))
    if fan_in == 0:
        return 0.0
    if expected == active:
        return 1.0 / active
    return 1.0 / min(min(float(fan_in), active), expected + 2.0)


@kernel
def send_full(u: Floats, sender: Record, receiver: Record, scale: float, wt: Floats) -> None:
    """Add `scale` times weighted activation to every unit. Reads act, wt [pre * post]; writes inputs."""
    acts, inputs = u[ACT, sender.start : sender.stop], u[INPUTS, receiver.start : receiver.stop]
    n = inputs.size
    for i in range(acts.size):
        if not abs(acts[i]) <= SILENT:  # NaN is sent on
            sent, row = scale * acts[i], wt[i * n : (i + 1) * n]
            for j in range(n):
                inputs[j] += sent * row[j]


@kernel
def send_wired(u: Floats, sender: Record, receiver: Record, factor: float, wt: Floats, wiring: Ints) -> None:
    """Add weighted activation over existing connections, scaled by each receiver's number of them.

    Reads act, wt [connections], wiring; writes inputs, driver (scratch).
    """
    acts, inputs = u[ACT, sender.start : sender.stop], u[INPUTS, receiver.start : receiver.stop]
    n_pre, n_post = acts.size, inputs.size
    fan_in, target = wiring[n_pre + 1 : n_pre + 1 + n_post], wiring[n_pre + 1 + n_post :]
    total = u[DRIVER, receiver.start : receiver.stop]
    total[:] = 0.0
    for i in range(n_pre):
        if not abs(acts[i]) <= SILENT:  # NaN is sent on
            for c in range(wiring[i], wiring[i + 1]):
                total[target[c]] += acts[i] * wt[c]
    for j in range(n_post):
        inputs[j] += factor * scale_from_act(sender.avg_act, n_pre, fan_in[j]) * total[j]
