"""Whole trials in one call are the single calls, bit for bit; state set aside comes back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import leabra_studio as lb
from leabra_studio.engine.kernels import trials as kernels
from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.errors import ValidationError
from tests.engine.plain import plain

pytestmark = pytest.mark.usefixtures("kernels")

ACT = UNIT_NAMES.index("act")
X = np.array([[1, 0, 0.4], [0, 1, 1], [0.2, 0.9, 0]])
Y = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])


def net(seed: int = 3, log: bool = False) -> lb.Net:
    made = lb.Net(seed)
    spec = lb.LayerSpec(log_on_cycle=("unit_act",), log_on_trial=("avg_act",)) if log else lb.LayerSpec()
    for name, size in (("in", 3), ("hid", 4), ("out", 2)):
        made.new_layer(name, size, spec)
    wide = lb.ProjnSpec(dist=lb.Uniform(0.25, 0.75), lrate=0.3)
    made.new_projn("up", "in", "hid", lb.ProjnSpec(dist=lb.Uniform(0.25, 0.75), sparsity=0.7))
    made.new_projn("over", "hid", "out", wide)
    made.new_projn("back", "out", "hid", wide)
    return made


def singly(made: lb.Net, minus: int, plus: int) -> np.ndarray:
    found = []
    for x, y in zip(X, Y, strict=True):
        made.clamp_layer("in", x)
        made.minus_phase_cycle(minus) if plus else made.cycle(minus)
        found.append(made.units[ACT].copy())
        if plus:
            made.clamp_layer("out", y)
            made.plus_phase_cycle(plus)
            made.unclamp_layer("out")
        made.unclamp_layer("in")
        if plus:
            made.learn()
    return np.array(found)


def everything(made: lb.Net) -> list[np.ndarray]:
    kept = made.state(weights=True)
    return [kept.units, kept.layers, kept.weights, kept.stale]


def same(one: lb.Net, other: lb.Net) -> None:
    for a, b in zip(everything(one), everything(other), strict=True):
        np.testing.assert_array_equal(a, b)


@settings(max_examples=20)
@given(seed=st.integers(0, 50), minus=st.integers(1, 12), plus=st.integers(0, 6), log=st.booleans(), off=st.booleans())
def test_whole_trials_are_the_single_calls(seed, minus, plus, log, off):
    one, other = net(seed, log), net(seed, log)
    for each in (one, other):
        if off:
            each.lesion("back")
    for _ in range(2):
        expected = singly(one, minus, plus)
        found = other.run_trials({"in": X}, {"out": Y}, minus_cycles=minus, plus_cycles=plus, tolerance=0.01)
        np.testing.assert_array_equal(found.acts, expected)
    same(one, other)
    if log:
        for freq in ("cycle", "trial") if plus else ("cycle",):
            a, b = (each.logs(freq, "hid") for each in (one, other))
            assert a.whole.equals(b.whole)
            assert a.parts.equals(b.parts)


def test_moved_is_when_the_phase_settled():
    one, other = net(), net()
    record = np.empty((30, *one.units.shape))
    one.clamp_layer("in", X[0])
    one.cycle(30, record=record)
    found = other.run_trials({"in": X[:1]}, minus_cycles=30, plus_cycles=0, tolerance=0.01)
    expected = lb.stats.settling_cycle(record[:, ACT])
    assert found.moved[0] == (29 if expected is None else expected)


def test_the_kernel_in_plain_python_does_the_same(monkeypatch):
    compiled, read = net(), net()
    compiled.run_trials({"in": X}, {"out": Y}, minus_cycles=6, plus_cycles=3)
    monkeypatch.setattr(kernels, "trials", plain(kernels.trials))
    with np.errstate(all="ignore"):
        read.run_trials({"in": X}, {"out": Y}, minus_cycles=6, plus_cycles=3)
    for a, b in zip(everything(compiled), everything(read), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("weights", [False, True])
def test_a_state_that_was_set_aside_comes_back(weights):
    one = net()
    one.run_trials({"in": X}, {"out": Y}, minus_cycles=5, plus_cycles=3)
    one.clamp_layer("in", X[0])
    before, kept = everything(one), one.state(weights=weights)
    one.unclamp_layer("in")
    one.run_trials({"in": X}, {"out": Y}, minus_cycles=5, plus_cycles=3 if weights else 0)
    one.restore(kept)
    for a, b in zip(everything(one), before, strict=True):
        np.testing.assert_array_equal(a, b)
    with pytest.raises(ValidationError, match="as many units"):
        lb.Net(1).restore(kept)


def test_what_is_no_number_is_named():
    one = net()
    assert one.not_finite() == ()
    one._state.weights[0, -1] = np.nan
    assert one.not_finite() == ("back",)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (({},), "at least one layer"),
        (({"in": X, "out": Y[:2]},), "must have 3 rows"),
        (({"in": X + 1},), "must lie in"),
        (({"in": X * np.nan},), "must lie in"),
        (({"in": X[0]},), "a row of values for each trial"),
        (({"in": X}, {"in": X}), "among the inputs"),
        (({"no": X},), "must name a layer"),
        ((X,), "layers and their patterns"),
    ],
)
def test_what_cannot_be_shown_is_refused_before_anything_runs(arguments, sentence):
    one = net()
    before = everything(one)
    with pytest.raises(ValidationError, match=sentence):
        one.run_trials(*arguments)
    with pytest.raises(ValidationError, match="minus_cycles"):
        one.run_trials({"in": X}, minus_cycles=0)
    for a, b in zip(everything(one), before, strict=True):
        np.testing.assert_array_equal(a, b)
