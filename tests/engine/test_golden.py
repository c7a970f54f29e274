"""The engine against the numbers of Leabra7 itself; see tests/golden/leabra7/README.md for where they come from."""

from __future__ import annotations

import numpy as np
import pytest

from leabra_studio.engine.kernels import activation, learning
from tests.engine import golden

TOLERANCE = 1e-9


@pytest.mark.parametrize("name", golden.CASES)
def test_every_quantity_of_every_cycle_and_learning_step(name):
    case, arrays = golden.load(name)
    seen = golden.Run(case).seen
    expected = {key: values for key, values in arrays.items() if not key.endswith("/cycles")}
    assert set(expected) <= set(seen)
    for key, values in expected.items():
        np.testing.assert_allclose(np.array(seen[key], float), values, rtol=0, atol=TOLERANCE, err_msg=key)


@pytest.mark.parametrize("name", golden.CASES)
def test_connections_are_those_of_the_original(name):
    case, _ = golden.load(name)
    net = golden.build(case)
    for projn in case["projns"]:
        there = ~np.isnan(net.get_weights(projn["name"]))
        assert (there == (True if projn["connected"] == "all" else np.array(projn["connected"], bool))).all()


def test_activation_function():
    _, arrays = golden.load("functions")
    x, y = arrays["nxx1_table/x"], arrays["nxx1_table/y"]
    np.testing.assert_allclose(activation.TABLE, y, rtol=0, atol=1e-15)
    assert x[0] == pytest.approx(activation.LOWEST)
    assert x.size == activation.TABLE.size
    found = [activation.nxx1(v) for v in arrays["nxx1_eval/x"]]
    np.testing.assert_allclose(found, arrays["nxx1_eval/y"], rtol=0, atol=1e-13)


def test_learning_functions():
    _, arrays = golden.load("functions")
    points = [arrays[f"xcal/{q}"].ravel() for q in ("x", "thr", "y")]
    for x, thr, y in zip(*points, strict=True):
        assert learning.xcal(x, thr) == pytest.approx(y, abs=1e-15)
    points = [arrays[f"sig/{q}"].ravel() for q in ("x", "gain", "offset", "y")]
    for x, gain, offset, y in zip(*np.broadcast_arrays(*points), strict=True):
        assert learning.wt_from_fwt(x, gain, offset) == pytest.approx(y, abs=1e-14)
