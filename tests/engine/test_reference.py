"""Compiled kernels against the same source run by the interpreter, and against an independent engine in numpy."""

from __future__ import annotations

import copy
import types

import numpy as np
import pytest
from hypothesis import given, settings

from leabra_studio.engine import net as net_module
from leabra_studio.engine import running
from leabra_studio.engine.kernels import loop
from tests.engine.nets import programs, random_nets
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
        patch.setattr(net_module, "loop", interpreted)
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
