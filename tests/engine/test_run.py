"""Running: clamping, cycles, phases, specs that change, and nets that must not touch each other."""

from __future__ import annotations

import copy
import math

import numpy as np
import pytest
from hypothesis import given, settings

import leabra_studio as lb
from leabra_studio.engine import layout
from tests.engine.nets import V, everything, one, programs, random_nets, small, trial
from tests.engine.test_reference import run

pytestmark = pytest.mark.usefixtures("kernels")


@settings(max_examples=50)
@given(net=random_nets(), program=programs())
def test_stepping_equals_running(net, program):
    twin = copy.deepcopy(net)
    run(net, program)
    for verb, *args in program:
        if verb in ("cycle", "minus", "plus"):
            for _ in range(args[0]):
                twin.cycle()
            if verb != "cycle":
                twin.handle({"minus": lb.events.EndMinusPhase, "plus": lb.events.EndPlusPhase}[verb]())
        else:
            run(twin, [(verb, *args)])
    assert everything(net) == everything(twin)


def test_record_holds_the_state_after_each_cycle():
    net, twin = small(), small()
    record = np.full((12, len(V), 9), np.nan)
    for each in (net, twin):
        each.clamp_layer("in", [1, 0])
    net.cycle(12, record=record)
    for row in record:
        twin.cycle()
        assert (row == twin.units).all()
    assert everything(net) == everything(twin)


@pytest.mark.parametrize(
    "record",
    [
        np.zeros((2, 15, 9), np.float32),
        np.zeros((3, 15, 9)),
        np.zeros((2, 9, 15)).transpose(0, 2, 1),
        np.zeros((2, 15, 8)),
        np.zeros((2, 30, 9))[:, ::2],
        [[0.0]],
        "x",
        np.ma.zeros((2, 15, 9)),
        np.frombuffer(bytes(2 * 15 * 9 * 8)).reshape(2, 15, 9),
    ],
)
def test_record_must_fit(record):
    net = small()
    before = everything(net)
    with pytest.raises(
        lb.ValidationError, match=r"Net\.cycle\.record: must be a writable float64 array of shape \(2, 15, 9\)"
    ):
        net.cycle(2, record=record)
    assert everything(net) == before


@pytest.mark.parametrize("call", ["cycle", "minus_phase_cycle", "plus_phase_cycle"])
@pytest.mark.parametrize("n", [0, -1, 1.0, "1", None, True, math.nan])
def test_a_number_of_cycles_is_a_whole_number_from_1(call, n):
    net = small()
    before = everything(net)
    with pytest.raises(ValueError, match=rf"Net\.{call}\.num_cycles: must be a whole number, at least 1"):
        getattr(net, call)(n)
    assert everything(net) == before
    getattr(net, call)(np.int64(2))


def test_an_empty_net_runs():
    net = lb.Net()
    net.cycle(3)
    net.minus_phase_cycle()
    net.plus_phase_cycle()
    net.learn()
    net.end_epoch()
    net.reset()
    net.init_weights()


def test_a_changed_spec_acts_on_the_next_cycle():
    net, twin = small(), small()
    for each in (net, twin):
        trial(each)
    net.spec("mid").unit_spec.gc_l = 0.3
    net.spec("on").wt_scale_abs = 2
    net.cycle()
    twin.cycle()
    mid = net.unit_slice("mid")
    assert (net.units[V["i_net"], mid] != twin.units[V["i_net"], mid]).any()
    assert (net.units[:, net.unit_slice("in")] == twin.units[:, net.unit_slice("in")]).all()


def test_a_replaced_unit_spec_acts_and_goes_on_acting():
    net = one(inhibition_type="none")
    unit = lb.UnitSpec(e_rev_l=0.4)
    net.spec("a").unit_spec = unit
    net.cycle()
    assert net.units[V["i_net"], 0] == pytest.approx(0.1 * 0.4)
    unit.gc_l = 0
    net.cycle()
    assert net.units[V["i_net"], 0] == 0


def test_kwta_follows_its_fraction():
    net = one(inhibition_type="kwta", kwta_pct=0.5)
    assert net._state.layers["k"][0] == 2
    net.spec("a").kwta_pct = 0.9
    net.cycle()
    assert net._state.layers["k"][0] == 3


CALLS = {
    "cycle": lambda net: net.cycle(),
    "minus": lambda net: net.minus_phase_cycle(2),
    "plus": lambda net: net.plus_phase_cycle(2),
    "learn": lambda net: net.learn(),
    "clamp": lambda net: net.clamp_layer("in", [1]),
    "end plus": lambda net: net.handle(lb.events.EndPlusPhase()),
    "init_weights": lambda net: net.init_weights(5),
    "lrate": lambda net: net.lrate("on"),
    "unclamp": lambda net: net.unclamp_layer("in"),
    "end_epoch": lambda net: net.end_epoch(),
    "end_batch": lambda net: net.end_batch(),
    "end minus": lambda net: net.handle(lb.events.EndMinusPhase()),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("name", "path", "value", "message"),
    [
        ("mid", "gi", math.nan, r"LayerSpec\.gi: must be a finite number"),
        ("mid", "inhibition_type", "fbff", r"LayerSpec\.inhibition_type: must be one of"),
        ("mid", "unit_spec.v_m_r", 0.7, r"UnitSpec\.v_m_r: must be below"),
        ("mid", "unit_spec", None, r"LayerSpec\.unit_spec: must be a UnitSpec"),
        ("on", "lrate", "fast", r"ProjnSpec\.lrate: must be a number"),
        ("on", "dist", 0.5, r"ProjnSpec\.dist: must be a distribution"),
    ],
)
def test_nonsense_is_caught_at_the_next_call_with_the_state_untouched(call, name, path, value, message):
    net = small()
    trial(net)
    owner = net.spec(name)
    *outer, field = path.split(".")
    for step in outer:
        owner = getattr(owner, step)
    good = getattr(owner, field)
    net.spec("in").ff = 0.5
    before = everything(net)
    setattr(owner, field, value)
    for _ in range(2):
        with pytest.raises(lb.ValidationError, match=message):
            CALLS[call](net)
        assert everything(net) == before
    setattr(owner, field, good)
    CALLS[call](net)
    assert net._state.layers["ff"][0] == 0.5


def test_reset_brings_all_but_the_weights_back():
    net, twin = small(log_on_cycle=("unit_act",)), small(log_on_cycle=("unit_act",))
    for _ in range(3):
        trial(net)
    wts = net.get_weights("on")
    net.reset()
    assert not net.units.any()
    assert net.cycles_run == 0
    assert (net.get_weights("on") == wts).all()
    for projn in net.projn_names:
        twin.set_weights(projn, net.get_weights(projn))
    for each in (net, twin):
        each.clamp_layer("in", [1])
        each.cycle(30)
    assert (net.units == twin.units).all()
    assert net.logs("cycle", "mid").parts.equals(twin.logs("cycle", "mid").parts)


def test_events_do_what_the_methods_do():
    ev, net, twin = lb.events, small(log_on_trial=("avg_act",)), small(log_on_trial=("avg_act",))
    trial(net, minus=3, plus=2)
    net.end_epoch()
    net.end_batch()
    told = [ev.HardClamp("in", [1, 0, 0.5, 0]), ev.BeginMinusPhase(), *[ev.Cycle()] * 3, ev.EndMinusPhase()]
    told += [ev.HardClamp("out", [1, 0]), ev.BeginPlusPhase(), *[ev.Cycle()] * 2, ev.EndPlusPhase(), ev.EndTrial()]
    told += [ev.Unclamp("in"), ev.Unclamp("out"), ev.Learn(), ev.EndEpoch(), ev.EndBatch()]
    for event in told:
        twin.handle(event)
    assert everything(net) == everything(twin)
    twin.handle(ev.PauseLogging("trial"))
    twin.handle(ev.EndPlusPhase())
    twin.handle(ev.ResumeLogging("trial"))
    assert len(twin.logs("trial", "mid").whole) == 1


def test_events_are_checked_when_they_are_made_and_can_be_derived_from():
    for acts in ([2], [math.nan], [], "on"):
        with pytest.raises(ValueError, match=r"HardClamp\.acts: must"):
            lb.events.HardClamp("in", acts)
    for event in (lb.events.PauseLogging, lb.events.ResumeLogging):
        with pytest.raises(ValueError, match=rf"{event.__name__}\.freq_name: must name a frequency"):
            event("second")

    class Tick(lb.events.Cycle):
        pass

    net = small()
    net.handle(Tick())
    assert net.cycles_run == 1


@pytest.mark.parametrize("event", [None, "Cycle", lb.events.Cycle, lb.events.Event(), 3])
def test_handle_refuses_what_is_no_event(event):
    with pytest.raises(lb.ValidationError, match=r"Net\.handle\.event: must be an event"):
        small().handle(event)


def test_rows_of_the_unit_array_follow_the_declared_variables():
    names = [name for name in vars(layout) if name.isupper() and isinstance(getattr(layout, name), int)]
    rows = {name.lower(): getattr(layout, name) for name in names if not name.startswith("N_")}
    assert rows == {**V, "inputs": 15, "acts_m": 16, "acts_p": 17, "driver": 18, "off": 19}
    assert len(V) == layout.N_SHOWN
    assert len(rows) == layout.N_ROWS
