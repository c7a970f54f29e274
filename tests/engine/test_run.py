"""Running: clamping, cycles, phases, specs that change, and nets that must not touch each other."""

from __future__ import annotations

import copy
import math
import threading

import numpy as np
import pytest
from hypothesis import given, settings

import leabra_studio as lb
from leabra_studio.engine import layout
from tests.engine.nets import programs, random_nets, small, trial
from tests.engine.test_reference import run

pytestmark = pytest.mark.usefixtures("kernels")

V = {v.name: row for row, v in enumerate(lb.variables.UNIT_VARIABLES)}


def one(**values):
    net = lb.Net(seed=1)
    net.new_layer("a", 3, lb.LayerSpec(**values))
    return net


def everything(net):
    """Return all state as bytes and texts, to be compared."""
    state = net._state
    arrays = (state.units, state.layers, state.projns, state.weights, state.wiring)
    return [a.tobytes() for a in arrays], {freq: log.count for freq, log in net._logs.items()}


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


def test_two_nets_interleaved_are_as_each_alone():
    alone, a, b = small(1), small(1), small(2)
    for k in range(5):
        trial(alone, k)
    for k in range(5):
        trial(a, k)
        trial(b, k + 1)
        b.spec("mid").gi = 1 + k / 10
    assert everything(a) == everything(alone)


def test_nets_in_two_threads_are_as_each_alone():
    def work(net):
        for k in range(200):
            trial(net, k)

    pairs = [(small(seed), small(seed)) for seed in range(2)]
    threads = [threading.Thread(target=work, args=(net,)) for net, _ in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for net, alone in pairs:
        work(alone)
        assert everything(net) == everything(alone)


def test_numpy_s_global_randomness_is_not_touched():
    np.random.seed(7)  # the global generator is what is tested
    before = np.random.get_state()[1].copy()
    trial(small(None))
    assert (np.random.get_state()[1] == before).all()


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


@pytest.mark.parametrize("event", [None, "Cycle", lb.events.Cycle, lb.events.Event(), 3])
def test_handle_refuses_what_is_no_event(event):
    with pytest.raises(lb.ValidationError, match=r"Net\.handle\.event: must be an event"):
        small().handle(event)


def test_rows_of_the_unit_array_follow_the_declared_variables():
    names = [name for name in vars(layout) if name.isupper() and isinstance(getattr(layout, name), int)]
    rows = {name.lower(): getattr(layout, name) for name in names if not name.startswith("N_")}
    assert rows == {**V, "inputs": 15, "acts_m": 16, "acts_p": 17, "driver": 18}
    assert len(V) == layout.N_SHOWN
    assert len(rows) == layout.N_ROWS
