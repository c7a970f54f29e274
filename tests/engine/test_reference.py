"""Compiled kernels against the same source run by the interpreter, and against an independent engine in numpy."""

from __future__ import annotations

import copy
import types

import numpy as np
import pytest
from hypothesis import given, settings

import leabra_studio as lb
from leabra_studio.engine import running
from leabra_studio.engine.kernels import loop
from tests.engine.nets import V, programs, random_nets
from tests.engine.oracle import OracleNet
from tests.engine.plain import plain

ORACLE_TOLERANCE = 1e-9
"""Absolute; sums are taken in another order, and `v_m_eq` grows."""

ULPS = 1e-12
"""Relative; compiled powers may differ from the interpreter's in the last bits."""

pytestmark = pytest.mark.usefixtures("kernels")


def run(net, program):
    for verb, *args in program:
        if verb in ("clamp", "unclamp"):
            name = net.layer_names[args[0] % len(net.layer_names)]
            net.clamp_layer(name, args[1]) if verb == "clamp" else net.unclamp_layer(name)
        elif verb == "learn":
            net.learn()
        else:
            {"cycle": net.cycle, "minus": net.minus_phase_cycle, "plus": net.plus_phase_cycle}[verb](*args)


def run_oracle(net, program):
    for verb, *args in program:
        layers = list(net.layers.values())
        if verb == "clamp":
            layers[args[0] % len(layers)].clamp(args[1])
        elif verb == "unclamp":
            layers[args[0] % len(layers)].clamped = False
        elif verb == "learn":
            net.learn()
        else:
            net.cycle(args[0])
            {"cycle": lambda: None, "minus": net.end_minus, "plus": net.end_plus}[verb]()


@pytest.fixture(scope="module")
def interpreted():
    names = ("cycles", "end_minus", "end_plus", "learn", "clamp")
    return types.SimpleNamespace(**{name: plain(getattr(loop, name)) for name in names})


@settings(max_examples=25)
@given(net=random_nets(), program=programs())
def test_compiled_equals_plain_python(net, program, interpreted):
    twin = copy.deepcopy(net)
    run(net, program)
    with pytest.MonkeyPatch.context() as patch, np.errstate(all="ignore"):
        patch.setattr(running, "loop", interpreted)
        run(twin, program)
    np.testing.assert_allclose(net.units, twin.units, rtol=ULPS, atol=1e-15)
    for name in net.projn_names:
        np.testing.assert_allclose(net.get_weights(name), twin.get_weights(name), rtol=ULPS, atol=1e-15)


@settings(max_examples=100)
@given(net=random_nets(), program=programs())
def test_equals_the_independent_engine(net, program):
    oracle = OracleNet(net)
    run(net, program)
    run_oracle(oracle, program)
    np.testing.assert_allclose(net.units, oracle.units, rtol=0, atol=ORACLE_TOLERANCE)
    for name in net.projn_names:
        wts = np.nan_to_num(net.get_weights(name))
        np.testing.assert_allclose(wts, oracle.projns[name].wt, rtol=0, atol=ORACLE_TOLERANCE)


def test_activations_that_swing_below_zero_are_sent():
    """A rate above 1 makes the activation overshoot its drive, to both sides."""
    unit_spec = lb.UnitSpec(vm_dt=1.9)
    net = lb.Net(seed=4)
    for name, size in (("in", 4), ("mid", 3), ("out", 2)):
        net.new_layer(name, size, lb.LayerSpec(gi=3.0, unit_spec=unit_spec))
    for i, sparsity in enumerate((1.0, 0.8)):
        drawn = lb.ProjnSpec(dist=lb.Uniform(0.25, 0.75), sparsity=sparsity)
        net.new_projn(f"up{i}", "in", "mid", drawn)
        net.new_projn(f"on{i}", "mid", "out", drawn)
    oracle = OracleNet(net)
    record = np.empty((30, len(V), 9))
    run(net, [("clamp", 0, [1, 0.4])])
    net.cycle(30, record=record)
    run_oracle(oracle, [("clamp", 0, [1, 0.4]), ("cycle", 30)])
    assert record[:, V["act"], net.unit_slice("mid")].min() < -0.1
    np.testing.assert_allclose(net.units, oracle.units, rtol=0, atol=ORACLE_TOLERANCE)


def test_a_number_that_is_none_reaches_the_activations():
    """What is broken must be seen to be, not look like rest."""
    net = lb.Net(seed=4)
    for name in ("in", "mid", "out"):
        net.new_layer(name, 2)
    net.new_projn("on", "in", "mid")
    net.new_projn("up", "mid", "out")
    net._state.weights[0, 0] = np.nan
    net.clamp_layer("in", [1.0])
    net.cycle(5)
    assert np.isnan(net.units[V["act"], 2:]).all()
    assert net.not_finite() == ("on", "mid", "out")
