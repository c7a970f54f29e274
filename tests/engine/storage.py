"""Saved nets for tests: bytes, a net in which everything has happened, comparing and using what was loaded."""

from __future__ import annotations

import io
from functools import cache

import pytest

import leabra_studio as lb
from tests.engine.nets import everything, small, trial


def saved(net):
    stream = io.BytesIO()
    net.save(stream)
    return stream.getvalue()


def loaded(data):
    net = lb.Net(seed=0)
    net.load(io.BytesIO(data))
    return net


def lively():
    """Return a net in which everything that is saved is something else than at the start."""
    every = {f"log_on_{freq}": ("unit_act", "avg_act") for freq in lb.variables.FREQUENCIES}
    net = small(seed=5, **every, gi=1.5, unit_spec=lb.UnitSpec(spike_gain=0.01))
    wts = lb.ProjnSpec(log_on_trial=("conn_wt", "conn_fwt"), sparsity=0.5, dist=lb.Gaussian(0.5, 0.001))
    net.new_projn("naïve <b>\n\ud800", "in", "out", wts)
    net.schedule_lrate(lb.schedules.Step(1, 0.5), "on")
    net.schedule_lrate(lb.schedules.Plateau(3, 0.5, 0.1), "up")
    for k in range(3):
        trial(net, k)
        net.end_epoch(loss=1 / (k + 1))
    net.end_batch()
    net.pause_logging("epoch")
    net.init_weights()
    trial(net, 1)
    net.clamp_layer("in", [0.5])
    net.lesion("mid", 0.5, seed=2)
    net.lesion("back")
    net.cycle(2)
    return net


def same_logs(a, b):
    for freq in lb.variables.FREQUENCIES:
        for name in (*a.layer_names, *a.projn_names):
            try:
                expected = a.logs(freq, name)
            except lb.ValidationError:
                with pytest.raises(lb.ValidationError, match="has no logs"):
                    b.logs(freq, name)
                continue
            for x, y in zip(expected, b.logs(freq, name), strict=True):
                assert x.equals(y), (freq, name)


def go_on(net):
    net.resume_logging()
    for k in range(3):
        trial(net, k)
        net.end_epoch(loss=2.0)
    net.init_weights()
    net.new_layer("late", 2, lb.LayerSpec(log_on_cycle=("avg_act",)))
    net.new_projn("late", "in", "late") if "late" not in net.layer_names else None
    trial(net)


def attempt(data, net):
    """Load bytes into a net; return None, or the sentence with which they were refused, the net being as before."""
    before, sentence = everything(net), None
    try:
        net.load(io.BytesIO(data))
    except lb.LeabraError as error:
        sentence = str(error)
    assert sentence is None or (10 < len(sentence) < 600 and everything(net) == before)
    return sentence


def refused(data):
    sentence = attempt(data, small())
    assert sentence is not None
    return sentence


def accepted(data):
    """Return the net in these bytes, None where they are refused."""
    net = lb.Net(seed=0)
    return net if attempt(data, net) is None else None


@cache
def golden_bytes():
    return saved(lively())


def use(net):
    """Call what could reach outside of arrays if what was loaded did not fit together."""
    for name in net.layer_names:
        net.clamp_layer(name, [1])
        net.unclamp_layer(name)
    net.resume_logging()
    net.cycle(3)
    net.plus_phase_cycle(2)
    net.learn()
    same_logs(net, net)
