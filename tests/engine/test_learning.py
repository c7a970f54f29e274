"""Learning: what is skipped must not matter, contrast, the two cos_diff options, schedules."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import leabra_studio as lb
from leabra_studio.engine.kernels import learning
from tests.engine.nets import small, trial
from tests.engine.oracle import OracleNet

pytestmark = pytest.mark.usefixtures("kernels")

sched = lb.schedules


def test_the_first_learn_turns_every_weight_into_its_sigmoid():
    net = small()
    for projn in net.projn_names:
        net.set_weights(projn, net.get_weights(projn) * 0 + 0.7)
    net.learn()
    for projn in net.projn_names:
        wts = net.get_weights(projn)
        np.testing.assert_allclose(wts[~np.isnan(wts)], 1 / (1 + (0.3 / 0.7) ** 6), rtol=1e-12)


@pytest.mark.parametrize("parameter", ["sig_gain", "sig_offset"])
def test_a_changed_sigmoid_reaches_weights_that_learn_nothing(parameter):
    net = small()
    net.learn()
    setattr(net.spec("on"), parameter, 2.0)
    net.learn()
    fwt = net.observe("on", "conn_fwt")["conn_fwt"]
    gain, offset = net.spec("on").sig_gain, net.spec("on").sig_offset
    expected = 1 / (1 + (offset * (1 - fwt) / fwt) ** gain)
    np.testing.assert_allclose(net.observe("on", "conn_wt")["conn_wt"], expected, rtol=1e-12)


def test_silent_senders_are_skipped_without_a_trace():
    """Units that hardly fire, but whose products lie on both sides of the least that is learnt from."""
    net = small(clamp_max=1.0)
    oracle = OracleNet(net)
    acts = np.array([1e-5, 9e-5, 1.2e-4, 1.0]), np.array([1.0, 0.9])
    for k in range(3):
        for n, clamp in ((40, 0), (5, 1)):
            net.clamp_layer(("in", "out")[clamp], acts[clamp])
            oracle.layers[("in", "out")[clamp]].clamp(acts[clamp])
            (net.plus_phase_cycle if clamp else net.minus_phase_cycle)(n)
            oracle.cycle(n)
            (oracle.end_plus if clamp else oracle.end_minus)()
        net.learn()
        oracle.learn()
        for projn in net.projn_names:
            got = np.nan_to_num(net.get_weights(projn))
            np.testing.assert_allclose(got, oracle.projns[projn].wt, rtol=0, atol=1e-12, err_msg=f"{projn} {k}")


@given(
    x=st.floats(0, 1),
    thr=st.floats(0, 2),
)
def test_xcal(x, thr):
    change = learning.xcal(x, thr)
    if x < 1e-4:
        assert change == 0
    elif x > 0.1 * thr:
        assert change == x - thr
    else:
        assert change == pytest.approx(-9 * x)


@given(fwt=st.floats(0, 1), dwt=st.floats(-0.5, 0.5))
def test_linear_weights_stay_between_0_and_1(fwt, dwt):
    assert 0 <= learning.fwt_from_dwt(fwt, dwt) <= 1


@given(st.floats(1e-3, 1))
def test_visible_weights_have_more_contrast(fwt):
    wt = learning.wt_from_fwt(fwt, 6.0, 1.0)
    assert 0 <= wt <= 1
    assert abs(wt - 0.5) >= abs(fwt - 0.5) - 1e-12
    assert learning.wt_from_fwt(0.0, 6.0, 1.0) == 0


@given(d=st.floats(0.01, 0.99), m=st.floats(0, 0.99))
def test_lrate_from_cos_diff_is_highest_where_it_is_as_usual(d, m):
    factor = learning.lrate_from_cos_diff(d, m)
    assert 0.01 <= factor <= 1 + 1e-12
    assert learning.lrate_from_cos_diff(m, m) == (pytest.approx(1.0) if m > 0 else 0.01)
    assert learning.lrate_from_cos_diff(0.0, m) == 0.01


def changes(net, trials=3):
    before = {p: net.get_weights(p) for p in net.projn_names}
    for k in range(trials):
        trial(net, k)
    return {p: np.nanmax(np.abs(net.get_weights(p) - before[p])) for p in net.projn_names}


def test_cos_diff_lrate_scales_what_is_learnt():
    nets = [small(avg_dt=0.5) for _ in range(2)]
    for net in nets:
        trial(net)
    for p in nets[1].projn_names:
        nets[1].spec(p).cos_diff_lrate = True
    oracle = OracleNet(nets[1])
    assert oracle.projns["on"].spec.cos_diff_lrate
    assert changes(nets[0])["on"] > changes(nets[1])["on"] > 0


def test_a_schedule_scales_the_rate_exactly():
    scheduled, slow = small(), small()
    scheduled.schedule_lrate(sched.Constant(0.25))
    for p in slow.projn_names:
        slow.spec(p).lrate = 0.02 * 0.25
    changes(scheduled)
    changes(slow)
    for p in slow.projn_names:
        np.testing.assert_array_equal(scheduled.get_weights(p), slow.get_weights(p))


def rates(rule, losses):
    net = small()
    net.schedule_lrate(rule, "on")
    found = [net.lrate("on") / 0.02]
    for loss in losses:
        net.end_epoch(loss)
        found.append(net.lrate("on") / 0.02)
    assert net.lrate("up") == 0.02
    return found


@pytest.mark.parametrize(
    ("rule", "losses", "expected"),
    [
        (sched.Constant(0.5), [None] * 3, [0.5] * 4),
        (sched.Step(2, 0.1), [None] * 5, [1, 1, 0.1, 0.1, 0.01, 0.01]),
        (sched.Exponential(2), [None] * 4, [1, 0.5**0.5, 0.5, 0.5**1.5, 0.25]),
        (sched.Plateau(2, 0.5, 0.2), [3, 3, 3, 2, 2, 2, 2, 2, 1], [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.2, 0.2]),
    ],
)
def test_schedules(rule, losses, expected):
    assert rates(rule, losses) == pytest.approx(expected)


def test_a_schedule_follows_the_spec_and_can_be_replaced():
    net = small()
    net.schedule_lrate(sched.Step(1, 0.5))
    net.end_epoch()
    net.spec("on").lrate = 0.1
    assert net.lrate("on") == pytest.approx(0.05)
    net.schedule_lrate(sched.Constant(1), "on")
    net.end_epoch()
    assert net.lrate("on") == pytest.approx(0.1)
    assert net.lrate("up") == pytest.approx(0.005)
    net.reset()
    assert net.lrate("up") == 0.02
    net.init_weights()
    net.end_epoch()
    assert net.lrate("up") == 0.01
    net.init_weights()
    assert net.lrate("up") == 0.01


def test_a_plateau_needs_its_loss():
    net = small(log_on_epoch=("avg_act",))
    net.schedule_lrate(sched.Step(1, 0.5), "up")
    net.schedule_lrate(sched.Plateau(2, 0.5, 0.1), "on")
    with pytest.raises(lb.ValidationError, match=r"Net\.end_epoch\.loss: a Plateau schedule is attached"):
        net.end_epoch()
    assert net.lrate("up") == 0.02
    with pytest.raises(lb.ValidationError, match="has no logs"):
        net.logs("epoch", "mid")


@pytest.mark.parametrize("loss", [math.nan, math.inf, "1", [1], True, 1j])
def test_a_loss_is_a_finite_number(loss):
    with pytest.raises(lb.ValidationError, match=r"Net\.end_epoch\.loss: must be a finite number"):
        small().end_epoch(loss)


@pytest.mark.parametrize("rule", [None, 0.5, "step", sched.Step, lb.Scalar(1)])
def test_a_schedule_is_one(rule):
    with pytest.raises(lb.ValidationError, match=r"Net\.schedule_lrate\.schedule: must be a schedule"):
        small().schedule_lrate(rule)


def test_a_schedule_needs_projections_that_exist():
    net = small()
    with pytest.raises(lb.ValidationError, match=r"Net\.schedule_lrate\.projns: must name a projection"):
        net.schedule_lrate(sched.Constant(0.5), "on", "mid")
    assert net.lrate("on") == 0.02
