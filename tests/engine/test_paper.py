"""Programs written for Leabra7 run with the import line changed: the calls that the paper's programs make."""

from __future__ import annotations

import logging

import numpy as np
import pandas as pd
import pytest

import leabra_studio as lb

pytestmark = pytest.mark.usefixtures("kernels")

PATTERNS = {
    "two_to_one": (
        np.array([[1, 1, 1, 0], [0, 1, 1, 1], [0, 1, 0, 1], [0, 1, 0, 0]]),
        np.array([[1, 0], [1, 0], [0, 1], [0, 1]]),
    ),
    "xor_like": (
        np.array([[1, 0, 1, 0], [0, 1, 0, 1], [1, 1, 0, 0], [0, 0, 1, 1]]),
        np.array([[1, 0], [1, 0], [0, 1], [0, 1]]),
    ),
}


def test_two_neurons():
    net = lb.Net()
    names = ("v_m", "act", "i_net", "net", "gc_i", "adapt", "spike")
    layer_spec = lb.LayerSpec(log_on_cycle=tuple(f"unit_{name}" for name in names))
    net.new_layer(name="input", size=1, spec=layer_spec)
    net.new_layer(name="output", size=1, spec=layer_spec)
    net.new_projn(name="proj1", pre="input", post="output")
    net.clamp_layer(name="input", acts=[1])
    for _ in range(200):
        net.cycle()
    whole, part = net.logs(freq="cycle", name="output")
    assert list(part) == ["unit", *names, "time"]
    assert len(part) == 200
    assert list(whole) == ["time"]
    columns = part.set_index("time").select_dtypes("number").columns  # what plotting against time draws
    assert [*columns] == ["unit", *names]
    assert part["act"].iloc[-1] == pytest.approx(0.50477848055, abs=1e-10)
    assert part["spike"].sum() > 10


def pattern_network(logger):
    logger.info("Building network")
    net = lb.Net()
    unit_spec = lb.UnitSpec(
        adapt_dt=0, vm_gain=0, spike_gain=0, ss_dt=1, s_dt=0.2, m_dt=0.15, l_dn_dt=0.4, l_up_inc=0.15, vm_dt=0.3
    )
    layer_spec = lb.LayerSpec(gi=1.5, ff=1, fb=0.5, fb_dt=0.7, log_on_epoch=("unit_act",), unit_spec=unit_spec)
    net.new_layer("input", size=4, spec=layer_spec)
    net.new_layer("output", size=2, spec=layer_spec)
    spec = lb.ProjnSpec(lrate=0.02, dist=lb.Uniform(0.25, 0.75), thr_l_mix=0.01, cos_diff_lrate=False)
    net.new_projn("input_to_output", pre="input", post="output", spec=spec)
    return net


def hidden_network():
    net = lb.Net()
    layer_spec = lb.LayerSpec(gi=1.5, ff=1, fb=1, unit_spec=lb.UnitSpec(spike_gain=0, vm_gain=0, adapt_dt=0))
    for name, size in (("input", 4), ("hidden", 4), ("output", 2)):
        net.new_layer(name, size=size, spec=layer_spec)
    common = {"lrate": 0.04, "thr_l_mix": 0, "cos_diff_lrate": False, "cos_diff_thr_l_mix": True}
    up_spec = lb.ProjnSpec(dist=lb.Uniform(0.25, 0.75), **common)
    down_spec = lb.ProjnSpec(dist=lb.Uniform(0.25, 0.5), wt_scale_rel=0.3, **common)
    net.new_projn("input_to_hidden", pre="input", post="hidden", spec=up_spec)
    net.new_projn("hidden_to_output", pre="hidden", post="output", spec=up_spec)
    net.new_projn("output_to_hidden", pre="output", post="hidden", spec=down_spec)
    return net


def train_trial(network, x, y):
    network.clamp_layer("input", x)
    network.minus_phase_cycle(num_cycles=50)
    network.clamp_layer("output", y)
    network.plus_phase_cycle(num_cycles=20)
    network.unclamp_layer("input")
    network.unclamp_layer("output")
    network.learn()


def answer(network, pattern):
    network.clamp_layer("input", pattern)
    for _ in range(50):
        network.cycle()
    network.unclamp_layer("input")
    out = network.observe("output", "unit_act")["act"].values
    best = np.argmax(out)
    out[:] = 0
    out[best] = 1
    return list(out)


@pytest.mark.parametrize("task", PATTERNS)
def test_training_programs(task, tmp_path):
    inputs, outputs = PATTERNS[task]
    net = pattern_network(logging.getLogger()) if task == "two_to_one" else hidden_network()
    data = {"epoch": [], "train_loss": []}
    for epoch in range(15):
        for x, y in zip(inputs, outputs, strict=True):
            train_trial(net, x, y)
        net.end_epoch()
        predicted = np.array([answer(net, x) for x in inputs])
        data["epoch"].append(epoch)
        data["train_loss"].append(np.mean((outputs - predicted) ** 2))
    metrics = pd.DataFrame(data)
    assert metrics["train_loss"].between(0, 1).all()
    if task == "two_to_one":
        assert len(net.logs("epoch", "output").parts) == 30
    net.save(f"{tmp_path}/{task}_network.pkl")
    again = lb.Net()
    again.load(f"{tmp_path}/{task}_network.pkl")
    for name in net.projn_names:
        np.testing.assert_array_equal(again.get_weights(name), net.get_weights(name))


def test_rows_of_unequal_length_are_repeated_one_by_one():
    net = hidden_network()
    ragged = np.empty(2, object)
    ragged[:] = [[1, 0, 1, 0], [0, 1, 0]]
    for row in ragged:
        net.clamp_layer("input", row)
    assert net.observe("input", "unit_act")["act"].tolist() == [0, 0.95, 0, 0]


def test_pattern_association_is_learnt():
    """Leabra7 learns these four patterns within 890 epochs from each of 10 seeds (50 + 25 cycles)."""
    net = pattern_network(logging.getLogger())
    net.init_weights(seed=1)
    inputs, outputs = PATTERNS["two_to_one"]
    perfect = 0
    for _ in range(1500):
        for x, y in zip(inputs, outputs, strict=True):
            train_trial(net, x, y)
        right = [answer(net, x) == list(y) for x, y in zip(inputs, outputs, strict=True)]
        perfect = perfect + 1 if all(right) else 0
        if perfect == 3:
            return
    pytest.fail("not learnt in 1500 epochs")
