"""Logs and observations: what rows hold, when they are taken, how tables look."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import leabra_studio as lb
from leabra_studio.engine import logs as logs_module
from tests.engine.nets import small, trial

pytestmark = pytest.mark.usefixtures("kernels")


def test_cycle_rows_are_the_state_after_each_cycle():
    wanted = ("unit_v_m", "avg_act", "unit_act", "fbi", "avg_net")
    net, twin = small(log_on_cycle=wanted), small()
    for each in (net, twin):
        each.clamp_layer("in", [1, 0.5])
    net.cycle(3)
    net.cycle()
    whole, parts = net.logs("cycle", "mid")
    assert list(whole) == ["avg_act", "fbi", "avg_net", "time"]
    assert list(parts) == ["unit", "v_m", "act", "time"]
    for t in range(4):
        twin.cycle()
        rows = parts[parts["time"] == t]
        assert rows["unit"].tolist() == [0, 1, 2]
        assert rows["act"].tolist() == twin.observe("mid", "unit_act")["act"].tolist()
        assert rows["v_m"].tolist() == twin.observe("mid", "unit_v_m")["v_m"].tolist()
        assert whole["avg_act"][t] == twin.observe("mid", "avg_act")["avg_act"][0]
    assert whole["time"].tolist() == [0, 1, 2, 3]
    assert parts.index.tolist() == list(range(12))


def test_values_are_plain_numbers():
    net = small(log_on_trial=("cos_diff_avg", "unit_act"))
    for k in range(3):
        trial(net, k)
    whole, parts = net.logs("trial", "mid")
    assert whole["cos_diff_avg"].dtype == np.float64
    assert whole["cos_diff_avg"].nunique() == 3
    assert parts["unit"].dtype.kind == whole["time"].dtype.kind == "i"


def test_both_tables_always_exist():
    net = small(log_on_cycle=("unit_act",), log_on_trial=("avg_act",))
    trial(net)
    assert list(net.logs("cycle", "mid").whole) == ["time"]
    assert len(net.logs("cycle", "mid").whole) == 20
    assert list(net.logs("trial", "mid").parts) == ["unit", "time"]
    assert net.logs("trial", "mid").parts.empty


def test_pausing_leaves_rows_out_and_counts_on():
    net = small(log_on_cycle=("avg_act",), log_on_epoch=("avg_act",))
    net.cycle(45)
    net.pause_logging("cycle")
    net.cycle(4)
    net.end_epoch()
    net.resume_logging("cycle")
    net.cycle()
    assert net.logs("cycle", "mid").whole["time"].tolist() == [*range(45), 49]
    assert len(net.logs("epoch", "mid").whole) == 1
    net.pause_logging()
    net.cycle()
    net.end_epoch()
    net.resume_logging()
    net.cycle()
    assert net.logs("cycle", "mid").whole["time"].tolist() == [*range(45), 49, 51]
    assert len(net.logs("epoch", "mid").whole) == 1


def test_each_frequency_has_its_own_moments():
    every = {f"log_on_{freq}": ("avg_act",) for freq in lb.variables.FREQUENCIES}
    net = small(**every)
    for k in range(6):
        trial(net, k, minus=3, plus=2)
        if k % 2:
            net.end_epoch()
    net.end_batch()
    counts = {freq: len(net.logs(freq, "mid").whole) for freq in lb.variables.FREQUENCIES}
    assert counts == {"cycle": 30, "trial": 6, "epoch": 3, "batch": 1}


def test_the_trial_row_of_weights_is_taken_before_learning():
    net = small()
    net.new_projn("x", "in", "out", lb.ProjnSpec(dist=lb.Uniform(0.25, 0.75), log_on_trial=("conn_wt", "conn_fwt")))
    drawn = net.get_weights("x")
    trial(net)
    learnt = net.get_weights("x")
    trial(net, 1)
    parts = net.logs("trial", "x").parts
    assert list(parts) == ["pre_unit", "post_unit", "conn_wt", "conn_fwt", "time"]
    for t, matrix in enumerate((drawn, learnt)):
        np.testing.assert_array_equal(parts[parts["time"] == t]["conn_wt"], matrix.ravel())
    assert list(net.logs("trial", "x").whole) == ["time"]


def test_connections_are_listed_receiver_by_receiver_without_those_left_out():
    net = small()
    there = ~np.isnan(net.get_weights("up"))
    table = net.observe("up", "conn_wt")
    post, pre = np.nonzero(there)
    assert table["post_unit"].tolist() == post.tolist()
    assert table["pre_unit"].tolist() == pre.tolist()
    assert len(table) == 9


def test_a_late_object_counts_from_its_own_start():
    net = small(log_on_cycle=("avg_act",))
    net.cycle(5)
    net.new_layer("late", 1, lb.LayerSpec(log_on_cycle=("unit_act", "avg_net")))
    net.cycle(2)
    assert net.logs("cycle", "late").whole["time"].tolist() == [0, 1]
    assert net.logs("cycle", "mid").whole["time"].tolist() == list(range(7))


def test_redrawn_connections_are_logged_as_they_were_and_as_they_are():
    net = lb.Net(seed=1)
    net.new_layer("a", 3)
    net.new_projn("p", "a", "a", lb.ProjnSpec(sparsity=0.5, dist=lb.Uniform(0.25, 0.75), log_on_cycle=("conn_wt",)))
    expected = []
    for n in (2, 3):
        net.cycle(n)
        expected += [net.observe("p", "conn_wt")] * n
        net.init_weights()
    parts = net.logs("cycle", "p").parts
    for t, table in enumerate(expected):
        assert (parts[parts["time"] == t].drop(columns="time").to_numpy() == table.to_numpy()).all()


def test_the_log_grows_beyond_its_first_room():
    net = small(log_on_cycle=("unit_act",))
    net.clamp_layer("in", [1])
    for n in (1, logs_module.FIRST_CHUNK, 1, 500, 3):
        net.cycle(n)
    whole, parts = net.logs("cycle", "mid")
    assert whole["time"].tolist() == list(range(logs_module.FIRST_CHUNK + 505))
    assert parts["act"].iloc[-3:].tolist() == net.observe("mid", "unit_act")["act"].tolist()


def test_a_log_that_does_not_fit_is_met_with_a_sentence():
    net = small(log_on_cycle=("unit_act",))
    with pytest.raises(lb.LimitError, match="the log does not fit into memory; pause logging or log less"):
        net._logs["cycle"].begin(10**15)
    net.cycle(2)
    assert len(net.logs("cycle", "mid").parts) == 6


@pytest.mark.parametrize("freq", ["cycle", "trial", "epoch", "batch"])
def test_nothing_logged_is_a_value_error(freq):
    net = small(**{f"log_on_{freq}": ("unit_act",)})
    with pytest.raises(ValueError, match=rf"Net\.logs\.name: has no logs at frequency '{freq}'"):
        net.logs(freq, "mid")
    trial(net)
    net.end_epoch()
    net.end_batch()
    assert len(net.logs(freq, "mid").parts)
    with pytest.raises(ValueError, match=rf"ask for them with log_on_{freq}"):
        net.logs(freq, "up")


@pytest.mark.parametrize("freq", ["cycles", "", 1, ["cycle"], "x" * 10_000])
def test_unknown_frequencies_are_met_by_name(freq):
    net = small()
    for call, args in ((net.logs, (freq, "mid")), (net.pause_logging, (freq,)), (net.resume_logging, (freq,))):
        with pytest.raises(lb.ValidationError, match=rf"^Net\.{call.__name__}\.freq: must name a frequency"):
            call(*args)


@pytest.mark.parametrize("attr", [*lb.variables.LAYER_WHOLE, *lb.variables.LAYER_PARTS])
def test_everything_can_be_observed_and_logged_of_a_layer(attr):
    net = small(log_on_cycle=(attr,))
    trial(net)
    seen = net.observe("mid", attr)
    part = attr.startswith("unit_")
    name = attr.removeprefix("unit_")
    assert list(seen) == (["unit", name] if part else [name])
    assert len(seen) == (3 if part else 1)
    logged = net.logs("cycle", "mid")
    if name not in ("cos_diff_avg", "avg_l"):  # these change at the end of a phase, after its last cycle
        table = logged.parts if part else logged.whole
        assert table[name].iloc[-len(seen) :].tolist() == seen[name].tolist()


@pytest.mark.parametrize(
    ("name", "attr", "field"),
    [
        ("nobody", "unit_act", "name"),
        (None, "unit_act", "name"),
        (["mid"], "unit_act", "name"),
        ("mid", "act", "attr"),
        ("mid", "conn_wt", "attr"),
        ("up", "unit_act", "attr"),
        ("mid", None, "attr"),
        ("mid", ["unit_act"], "attr"),
    ],
)
def test_observe_refuses_by_name(name, attr, field):
    with pytest.raises(lb.ValidationError, match=rf"Net\.observe\.{field}: must name"):
        small().observe(name, attr)


def test_observed_values_are_the_callers_own_and_can_be_written():
    net = small()
    trial(net)
    act = net.units.copy()
    out = net.observe("mid", "unit_act")["act"].values
    out[:] = 0
    out[np.argmax(out)] = 1
    assert out.tolist() == [1, 0, 0]
    assert (net.units == act).all()


def test_tables_are_ordinary_tables():
    net = small(log_on_cycle=("unit_act",))
    trial(net)
    table = net.observe("mid", "unit_act")
    assert isinstance(table, pd.DataFrame)
    assert type(table[table["act"] >= 0]) is pd.DataFrame
    assert type(net.logs("cycle", "mid").parts) is pd.DataFrame
    assert table["act"].mean() == pytest.approx(net.observe("mid", "avg_act")["avg_act"][0])


def test_what_is_observed_is_a_table_like_any_other():
    net = small()
    net.clamp_layer("in", [1, 0.5])
    seen = net.observe("in", "unit_act")
    expected = pd.DataFrame({"unit": [0, 1, 2, 3], "act": [0.95, 0.5, 0.95, 0.5]})
    pd.testing.assert_frame_equal(seen, expected)
    pd.testing.assert_frame_equal(expected, seen)
    seen["act"].values[:] = 0
    assert seen["act"].tolist() == expected["act"].tolist()
    assert type(seen[["act"]]) is type(seen.copy()) is pd.DataFrame


def test_units_of_connections_and_moments_are_whole_numbers_of_64_bits():
    net = lb.Net()
    net.new_layer("a", 2, lb.LayerSpec(log_on_cycle=("unit_act",)))
    net.new_projn("p", "a", "a", lb.ProjnSpec(sparsity=0.5, log_on_cycle=("conn_wt",)))
    net.cycle()
    for table in (net.logs("cycle", "p").parts, net.logs("cycle", "a").parts, net.observe("p", "conn_fwt")):
        counts = [name for name in table if name in ("pre_unit", "post_unit", "unit", "time")]
        assert {str(table[name].dtype) for name in counts} == {"int64"}
        assert {str(kind) for kind in table.drop(columns=counts).dtypes} == {"float64"}
