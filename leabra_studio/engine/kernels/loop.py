"""The entry points: many cycles, a phase's end, learning and clamping, each in one call over the whole net.

Few arrays cross the border from Python, which is paid for per call; records give names to their parts inside, where
names cost nothing.

Source of the order: leabra7 0.1.0, net.py (_cycle) and layer.py (activation_cycle), as run.
"""

from __future__ import annotations

from leabra_studio.engine.kernels.activation import act_from_driver
from leabra_studio.engine.kernels.averages import avg_l_from_avg_m, avgs_from_act, cos_diff_from_acts
from leabra_studio.engine.kernels.clamping import act_from_clamp, first_outside
from leabra_studio.engine.kernels.inhibition import gc_i_from_net
from leabra_studio.engine.kernels.jit import kernel
from leabra_studio.engine.kernels.learning import learn_full, learn_wired, lrate_from_cos_diff
from leabra_studio.engine.kernels.lesioning import is_cut, silence
from leabra_studio.engine.kernels.net_input import (
    drop_inputs,
    net_from_inputs,
    scale_from_act,
    send_full,
    send_wired,
)
from leabra_studio.engine.kernels.potential import (
    adapt_from_vm,
    driver_from_vm,
    i_net_from_net,
    spike_from_vm,
    vm_from_i_net,
)
from leabra_studio.engine.kernels.recording import record_row, record_units
from leabra_studio.engine.layout import ACT, ACTS_M, ACTS_P, Floats, Ints, Longs, Record, Records


@kernel
def update_layer(u: Floats, layer: Record) -> None:
    """Advance one layer by one cycle; a clamped one keeps all but its averages, and lesioned units stay at rest."""
    lesioned = layer.n_live < layer.n_units
    if lesioned:
        silence(u, layer)
    if layer.clamped == 0 and layer.n_live > 0:
        net_from_inputs(u, layer)
        gc_i_from_net(u, layer)
        i_net_from_net(u, layer)
        vm_from_i_net(u, layer)
        spike_from_vm(u, layer)
        driver_from_vm(u, layer)
        act_from_driver(u, layer)
        adapt_from_vm(u, layer)
    if lesioned:
        silence(u, layer)
    drop_inputs(u, layer)
    avgs_from_act(u, layer)


@kernel
def send(u: Floats, projn: Record, sender: Record, receiver: Record, wt: Floats, wiring: Ints) -> None:
    """Send one projection's activation. Writes inputs, receiver.rel_sum."""
    factor = projn.wt_scale_rel * projn.wt_scale_abs
    own = wt[projn.start : projn.stop]
    if projn.full == 1:
        scale = factor * scale_from_act(sender.avg_act, sender.n_units, sender.n_units)
        send_full(u, sender, receiver, scale, own)
    else:
        send_wired(u, sender, receiver, factor, own, wiring[projn.wiring :])
    receiver.rel_sum += projn.wt_scale_rel


@kernel
def cycle(units: Floats, layers: Records, projns: Records, wt: Floats, wiring: Ints, last: bool) -> None:
    """Run one cycle: all layers in order, then all projections in order.

    A clamped layer drops what it receives, so that only what waits after the `last` cycle of a call can matter to it.
    """
    for i in range(layers.size):
        update_layer(units, layers[i])
    for i in range(projns.size):
        projn = projns[i]
        sender, receiver = layers[projn.pre], layers[projn.post]
        if (last or receiver.clamped == 0) and not is_cut(projn, sender, receiver):
            send(units, projn, sender, receiver, wt, wiring)


@kernel
def cycles(
    n: int,
    units: Floats,
    layers: Records,
    projns: Records,
    weights: Floats,
    wiring: Ints,
    record: Floats,
    segments: Longs,
    log: Floats,
    first: int,
) -> None:
    """Run `n` cycles and record after each.

    Parameters
    ----------
    n : int
        Number of cycles.
    units : ndarray [rows, units]
        State of all units.
    layers, projns : records [layers], [projections]
        Parameters and state.
    weights : ndarray [2, connections]
        Visible and linear weights.
    wiring : ndarray of int32
        Connections of projections that are not full.
    record : ndarray [n, shown rows, units] or empty
        Filled with the state after every cycle.
    segments : ndarray of int64 [segments, 3]
        What the log takes, see `record_row`; empty for nothing.
    log : ndarray [rows, width]
        Filled from row `first` on.
    first : int
        Row of the log for the first cycle.
    """
    for t in range(n):
        cycle(units, layers, projns, weights[0], wiring, t == n - 1)
        if record.size > 0:
            record_units(record[t], units)
        if segments.size > 0:
            record_row(log[first + t], segments, units, layers, weights)


@kernel
def end_minus(units: Floats) -> None:
    """Remember the activations at the end of the minus phase. Writes row acts_m."""
    for i in range(units.shape[1]):
        units[ACTS_M, i] = units[ACT, i]


@kernel
def end_plus(units: Floats, layers: Records) -> None:
    """Remember the activations at the end of the plus phase and advance the averages over trials."""
    for i in range(units.shape[1]):
        units[ACTS_P, i] = units[ACT, i]
    for layer in range(layers.size):
        cos_diff_from_acts(units, layers[layer])
        avg_l_from_avg_m(units, layers[layer])


@kernel
def learn(units: Floats, layers: Records, projns: Records, weights: Floats, wiring: Ints) -> None:
    """Change all weights by the XCAL rule; every visible weight is the sigmoid of its linear one afterwards."""
    for p in range(projns.size):
        projn, sender, receiver = projns[p], layers[projns[p].pre], layers[projns[p].post]
        if is_cut(projn, sender, receiver):
            continue
        rate, l_mix = projn.lrate * projn.lrate_factor, projn.thr_l_mix
        if projn.cos_diff_lrate != 0.0:
            rate *= lrate_from_cos_diff(receiver.cos_diff, receiver.cos_diff_avg)
        if projn.cos_diff_thr_l_mix != 0.0:
            l_mix *= receiver.cos_diff_avg
        if receiver.hidden == 0:
            l_mix = 0.0
        wt, fwt = weights[0, projn.start : projn.stop], weights[1, projn.start : projn.stop]
        if projn.full == 1:
            learn_full(units, sender, receiver, projn, rate, l_mix, wt, fwt)
        else:
            learn_wired(units, sender, receiver, projn, rate, l_mix, wt, fwt, wiring[projn.wiring :])
        projn.stale = 0


@kernel
def clamp(units: Floats, layer: Records, values: Floats) -> int:
    """Clamp the layer of the one record in `layer`, or return the index of the first value outside [0, 1], else -1."""
    wrong = first_outside(values)
    if wrong < 0:
        act_from_clamp(units, layer[0], values)
    return wrong
