"""Membrane potential, spikes and adaptation.

Source: leabra7 0.1.0, unit.py (update_membrane_potential, update_activation), as run: both potentials take the same
step, adaptation is subtracted from it and decays.
"""

from __future__ import annotations

from leabra_studio.engine.kernels.jit import kernel
from leabra_studio.engine.layout import ADAPT, DRIVER, I_NET, I_NET_R, NET, SPIKE, V_M, V_M_EQ, Floats, Record

MAX_STEP = 100.0
"""No potential changes by more than this in one cycle."""


@kernel
def i_net_from_net(u: Floats, layer: Record) -> None:
    """Compute the net currents at both potentials. Reads net, v_m, v_m_eq, layer.gc_i; writes i_net, i_net_r [n]."""
    e_rev_e, e_rev_l, e_rev_i = layer.e_rev_e, layer.e_rev_l, layer.e_rev_i
    gc_l, gc_i = layer.gc_l, layer.gc_i
    for i in range(layer.start, layer.stop):
        v, v_eq = u[V_M, i], u[V_M_EQ, i]
        u[I_NET, i] = u[NET, i] * (e_rev_e - v) + gc_l * (e_rev_l - v) + gc_i * (e_rev_i - v)
        u[I_NET_R, i] = u[NET, i] * (e_rev_e - v_eq) + gc_l * (e_rev_l - v_eq) + gc_i * (e_rev_i - v_eq)


@kernel
def vm_from_i_net(u: Floats, layer: Record) -> None:
    """Move both potentials by the same step. Reads i_net, adapt; writes v_m, v_m_eq [n]."""
    rate = layer.integ * layer.vm_dt
    for i in range(layer.start, layer.stop):
        step = min(max(rate * (u[I_NET, i] - u[ADAPT, i]), -MAX_STEP), MAX_STEP)
        u[V_M, i] += step
        u[V_M_EQ, i] += step


@kernel
def spike_from_vm(u: Floats, layer: Record) -> None:
    """Fire above threshold and set the potential back. Reads v_m; writes spike, v_m [n]."""
    spk_thr, v_m_r = layer.spk_thr, layer.v_m_r
    for i in range(layer.start, layer.stop):
        fires = u[V_M, i] > spk_thr
        u[SPIKE, i] = 1.0 if fires else 0.0
        u[V_M, i] = v_m_r if fires else u[V_M, i]


@kernel
def driver_from_vm(u: Floats, layer: Record) -> None:
    """Compute what drives the activation: the potential below threshold, else net input above what reaching it takes.

    Reads v_m_eq, net, adapt, layer.gc_i; writes driver [n].
    """
    spk_thr = layer.spk_thr
    needed = layer.gc_i * (layer.e_rev_i - spk_thr) + layer.gc_l * (layer.e_rev_l - spk_thr)
    span = spk_thr - layer.e_rev_e
    for i in range(layer.start, layer.stop):
        above = u[NET, i] - (needed - u[ADAPT, i]) / span
        u[DRIVER, i] = u[V_M_EQ, i] - spk_thr if u[V_M_EQ, i] < spk_thr else above


@kernel
def adapt_from_vm(u: Floats, layer: Record) -> None:
    """Let fatigue follow the potential and grow with spikes. Reads v_m, spike; writes adapt [n]."""
    integ, adapt_dt = layer.integ, layer.adapt_dt
    vm_gain, spike_gain, e_rev_l = layer.vm_gain, layer.spike_gain, layer.e_rev_l
    for i in range(layer.start, layer.stop):
        toward = adapt_dt * (vm_gain * (u[V_M, i] - e_rev_l) - u[ADAPT, i])
        u[ADAPT, i] += integ * (toward + u[SPIKE, i] * spike_gain)
