"""Every argument of every public call, given anything at all: it is used, or refused by name with the net untouched."""

from __future__ import annotations

import io
import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import leabra_studio as lb
from tests.engine.nets import everything, small, trial

pytestmark = pytest.mark.usefixtures("kernels")


class Hostile:
    """Raises something else whatever it is asked for."""

    def __array__(self, *args, **kwargs):
        raise ZeroDivisionError

    def __float__(self):
        raise KeyError

    def __iter__(self):
        raise RecursionError

    def __len__(self):
        raise AssertionError

    def __bool__(self):
        raise ArithmeticError

    def __eq__(self, other):
        raise LookupError

    def __repr__(self):
        raise OSError

    __hash__ = None


ANYTHING = [
    *(None, True, 0, 1, -1, 3.5, 10**400, -(10**400), 2**64, 1e308, math.nan, math.inf, -math.inf, 1j),
    *("", "a", "in", "on", "in\0", "\ud800", b"in", [], [[]], [None], ["a"], [1, [2]], [[1, 0], [0, 1]], [math.nan]),
    *([-1e-9], [1 + 1e-9], [10**400], (), {}, {"a": 1}, {"in": 1}, {1.0}, range(3), np.array(1.0), np.zeros((2, 2))),
    *(np.array(["a"]), np.array([None, 1], object), np.float32(0.5), np.int64(3), np.bool_(True), Fraction(1, 2)),
    *(np.datetime64("2020"), pd.Series([1.0, 0.5]), pd.DataFrame({"a": [1.0]}), object(), object, Hostile()),
    *([Hostile()], lb.LayerSpec(), lb.ProjnSpec(), lb.Scalar(0.5), lb.LayerSpec, lb.events.Cycle(), io.StringIO()),
    *(lb.rand.Distribution(), lb.schedules.Schedule(), lb.schedules.Constant(1.0), NotImplemented),
]


def is_path(value):
    """Return whether a file could be written there or looked for: files have tests of their own."""
    return isinstance(value, str) and value.isalpha() and value.isprintable()


CALLS = {
    "Net seed": lambda net, x: lb.Net(x),
    "new_layer name": lambda net, x: net.new_layer(x, 2),
    "new_layer size": lambda net, x: net.new_layer("new", x),
    "new_layer spec": lambda net, x: net.new_layer("new", 2, x),
    "new_projn name": lambda net, x: net.new_projn(x, "in", "out"),
    "new_projn pre": lambda net, x: net.new_projn("new", x, "out"),
    "new_projn post": lambda net, x: net.new_projn("new", "in", x),
    "new_projn spec": lambda net, x: net.new_projn("new", "in", "out", x),
    "new_projn dist": lambda net, x: net.new_projn("new", "in", "out", lb.ProjnSpec(dist=x, sparsity=0.5)),
    "clamp_layer name": lambda net, x: net.clamp_layer(x, [1]),
    "clamp_layer acts": lambda net, x: net.clamp_layer("in", x),
    "unclamp_layer": lambda net, x: net.unclamp_layer(x),
    "cycle": lambda net, x: net.cycle(x),
    "cycle record": lambda net, x: net.cycle(2, record=x),
    "minus_phase_cycle": lambda net, x: net.minus_phase_cycle(x),
    "plus_phase_cycle": lambda net, x: net.plus_phase_cycle(x),
    "end_epoch": lambda net, x: net.end_epoch(x),
    "observe name": lambda net, x: net.observe(x, "unit_act"),
    "observe attr": lambda net, x: net.observe("in", x),
    "logs freq": lambda net, x: net.logs(x, "in"),
    "logs name": lambda net, x: net.logs("cycle", x),
    "pause_logging": lambda net, x: net.pause_logging(x),
    "resume_logging": lambda net, x: net.resume_logging(x),
    "save": lambda net, x: net.save(None if is_path(x) else x),
    "load": lambda net, x: net.load(None if is_path(x) else x),
    "handle": lambda net, x: net.handle(x),
    "HardClamp acts": lambda net, x: net.handle(lb.events.HardClamp("in", x)),
    "HardClamp layer": lambda net, x: net.handle(lb.events.HardClamp(x, [1])),
    "PauseLogging": lambda net, x: lb.events.PauseLogging(x),
    "ResumeLogging": lambda net, x: lb.events.ResumeLogging(x),
    "set_weights projn": lambda net, x: net.set_weights(x, np.ones((2, 3))),
    "set_weights weights": lambda net, x: net.set_weights("on", x),
    "set_weights linear": lambda net, x: net.set_weights("on", np.ones((2, 3)), linear=x),
    "get_weights projn": lambda net, x: net.get_weights(x),
    "get_weights linear": lambda net, x: net.get_weights("on", linear=x),
    "init_weights": lambda net, x: net.init_weights(x),
    "schedule_lrate schedule": lambda net, x: net.schedule_lrate(x),
    "schedule_lrate projns": lambda net, x: net.schedule_lrate(lb.schedules.Step(10, 0.5), x),
    "lrate": lambda net, x: net.lrate(x),
    "ends": lambda net, x: net.ends(x),
    "is_clamped": lambda net, x: net.is_clamped(x),
    "unit_slice": lambda net, x: net.unit_slice(x),
    "spec": lambda net, x: net.spec(x),
    "lesion name": lambda net, x: net.lesion(x),
    "lesion fraction": lambda net, x: net.lesion("in", x),
    "lesion seed": lambda net, x: net.lesion("in", 0.5, x),
    "heal": lambda net, x: net.heal(x),
    "run_trials inputs": lambda net, x: net.run_trials(x),
    "run_trials patterns": lambda net, x: net.run_trials({"in": x}),
    "run_trials targets": lambda net, x: net.run_trials({"in": [[1, 0]]}, {"out": x}),
    "run_trials minus": lambda net, x: net.run_trials({"in": [[1, 0]]}, minus_cycles=x),
    "run_trials plus": lambda net, x: net.run_trials({"in": [[1, 0]]}, plus_cycles=x),
    "run_trials tolerance": lambda net, x: net.run_trials({"in": [[1, 0]]}, tolerance=x),
    "state": lambda net, x: net.state(weights=x),
    "restore": lambda net, x: net.restore(x),
    "save_weights place": lambda net, x: net.save_weights(None if is_path(x) else x),
    "save_weights format": lambda net, x: net.save_weights(io.BytesIO(), x),
    "load_weights": lambda net, x: net.load_weights(None if is_path(x) else x),
    "Uniform": lambda net, x: lb.Uniform(x, 2),
    "Exponential": lambda net, x: lb.Exponential(x),
    "Step": lambda net, x: lb.schedules.Step(x, 0.5),
    "sse": lambda net, x: lb.stats.sse(x, x),
    "sse threshold": lambda net, x: lb.stats.sse([1], [0], x),
    "settling_cycle": lambda net, x: lb.stats.settling_cycle([[1], [1]], x),
}


def made():
    net = small(log_on_cycle=("unit_act",))
    trial(net, minus=2, plus=1)
    return net


def complaint(call, *args):
    """Return the error that a call ends in, None where it is none; any that is not of the package goes on."""
    try:
        call(*args)
    except (lb.LeabraError, RuntimeWarning) as error:
        return error
    return None


@pytest.mark.parametrize("call", CALLS)
def test_anything_is_used_or_refused_by_name(call):
    net = made()
    before, names, rng = everything(net), (net.layer_names, net.projn_names), net._rng.bit_generator.state
    for value in ANYTHING:
        error = complaint(CALLS[call], net, value)
        if isinstance(error, lb.LeabraError):
            assert str(error).partition(":")[0].strip()
            assert "\n" not in str(error)
            assert everything(net) == before
            assert (net.layer_names, net.projn_names) == names
            assert net._rng.bit_generator.state == rng
        else:
            assert error is None or "lie outside [0, 1]" in str(error)
            net = made()


@pytest.mark.parametrize("family", [lb.UnitSpec, lb.LayerSpec, lb.ProjnSpec])
def test_any_value_of_a_parameter_is_valid_or_refused_by_name(family):
    for name in family.params():
        for value in ANYTHING:
            spec = family(**{name: value})
            assert (spec == family()) in (True, False)
            error = complaint(spec.validate)
            assert error is None or error.field == name or name in str(error)
            assert "\n" not in str(error)


@pytest.mark.parametrize("call", ["cycle", "minus_phase_cycle", "plus_phase_cycle"])
def test_more_cycles_than_can_ever_pass_are_refused(call):
    with pytest.raises(lb.LimitError, match=rf"Net\.{call}\.num_cycles: at most 1,000,000,000 \(got 1000000001\)"):
        getattr(lb.Net(), call)(1_000_000_001)


def test_a_refused_lesion_draws_nothing():
    net = small()
    rng = net._rng.bit_generator.state
    net.spec("in").gi = math.nan
    with pytest.raises(lb.ValidationError, match="gi"):
        net.lesion("in", 0.5)
    assert net._rng.bit_generator.state == rng


class Short(lb.Distribution):
    """Draws too little."""

    def draw(self, rng, n):
        return rng.random(n - 1)


@pytest.mark.parametrize(
    ("dist", "rule"),
    [(Short(), r"must draw 4 numbers \(got an array of shape \(3,\)\)"), (lb.Distribution(), "use one of Scalar")],
)
def test_a_distribution_that_cannot_be_drawn_from_is_refused_and_nothing_is_drawn(dist, rule):
    net = small()
    before, rng = everything(net), net._rng.bit_generator.state
    with pytest.raises(lb.ValidationError, match=rule):
        net.new_projn("new", "in", "out", lb.ProjnSpec(dist=dist, sparsity=0.5))
    assert everything(net) == before
    assert net._rng.bit_generator.state == rng


def test_a_warning_that_is_an_error_leaves_a_whole_net():
    """Weights outside [0, 1] are warned of when everything else is done."""
    net = small()
    wild = lb.ProjnSpec(dist=lb.Gaussian(5, 1), log_on_cycle=("conn_wt",))
    with pytest.raises(RuntimeWarning, match="'new'"):
        net.new_projn("new", "in", "out", wild)
    with pytest.raises(RuntimeWarning, match="'new'"):
        net.init_weights(4)
    wild.wt_scale_abs = 2.0
    net.cycle()
    assert net._state.projns["wt_scale_abs"][-1] == 2.0
    assert len(net.logs("cycle", "new").parts) == 8
    assert net.projn_names == ("up", "on", "back", "new")
