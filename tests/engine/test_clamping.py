"""Clamping: what a layer takes, what it keeps, what it forgets."""

from __future__ import annotations

import math

import numpy as np
import pytest

import leabra_studio as lb
from tests.engine.nets import V, everything, one, small, trial

pytestmark = pytest.mark.usefixtures("kernels")


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([0.5], [0.5, 0.5, 0.5]),
        ([0.1, 0.2], [0.1, 0.2, 0.1]),
        ([0.1, 0.2, 0.3, 0.4], [0.1, 0.2, 0.3]),
        ([1, 0.96, 0.95], [0.95, 0.95, 0.95]),
        (np.array([0, 1, 0]), [0, 0.95, 0]),
        (np.array([True, False, True]), [0.95, 0, 0.95]),
        (np.float32([0.5, 0.25, 0]), [0.5, 0.25, 0]),
        (np.eye(3)[1], [0, 0.95, 0]),
        (np.arange(6)[::2] / 5, [0, 0.4, 0.8]),
        (np.array([0.25, 0.5, 0.75], object), [0.25, 0.5, 0.75]),
        ((0.5 for _ in range(0)), None),
    ],
)
def test_clamp_repeats_cuts_and_limits(acts, expected):
    net = one()
    if expected is None:
        with pytest.raises(lb.ValidationError, match=r"Net\.clamp_layer\.acts: "):
            net.clamp_layer("a", acts)
        return
    net.clamp_layer("a", acts)
    assert net.units[V["act"]].tolist() == pytest.approx(expected)
    assert (net.units[V["act_nd"]] == net.units[V["act"]]).all()
    resting = [0.3 if value == 0 else 0.5 + value / 100 for value in expected]
    assert net.units[V["v_m"]].tolist() == pytest.approx(resting)


@pytest.mark.parametrize(
    "acts",
    [
        [],
        [-0.1],
        [1.1],
        [math.nan],
        [math.inf],
        [0, 0, 2],
        None,
        "1",
        ["a"],
        0.5,
        [[1, 0, 1]],
        [[1], [0, 1]],
        [1j],
        {},
        object(),
        b"1",
        [None],
        [10**400],
    ],
)
def test_clamp_refuses_what_are_no_activations(acts):
    net = small()
    trial(net)
    before = everything(net)
    with pytest.raises(lb.ValidationError, match=r"^Net\.clamp_layer\.acts: must"):
        net.clamp_layer("in", acts)
    assert everything(net) == before


def test_a_clamped_layer_keeps_all_but_its_averages():
    net = small()
    trial(net)
    net.clamp_layer("mid", [0.5])
    before = net.units[:, net.unit_slice("mid")].copy()
    net.cycle(10)
    after = net.units[:, net.unit_slice("mid")]
    frozen = [row for name, row in V.items() if not name.startswith("avg_s") and name != "avg_m"]
    assert (after[frozen] == before[frozen]).all()
    assert (after[V["avg_s"]] != before[V["avg_s"]]).all()


def test_unclamping_changes_nothing_before_the_next_cycle():
    net = one()
    net.clamp_layer("a", [0.5])
    net.unclamp_layer("a")
    assert (net.units[V["act"]] == 0.5).all()
    net.cycle()
    assert (net.units[V["act"]] < 0.5).all()


def test_input_sent_to_a_clamped_layer_waits_when_it_is_let_go():
    """What the last cycle sends is used, what earlier ones sent is not: in one call as in many."""
    nets = [small(), small()]
    for net in nets:
        net.clamp_layer("in", [1])
        net.clamp_layer("mid", [0.5])
    nets[0].cycle(7)
    for _ in range(7):
        nets[1].cycle()
    for net in nets:
        net.unclamp_layer("mid")
        net.cycle(2)
    assert everything(nets[0]) == everything(nets[1])
    assert nets[0].units[V["net"], nets[0].unit_slice("mid")].all()
