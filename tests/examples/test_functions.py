"""The functions of the programs: results on fixed seeds, and the parts they are made of."""

import argparse
from pathlib import Path

import error_driven_hidden
import iris
import numpy as np
import pandas as pd
import pattern_association
import pytest
import two_neurons
from shared import figures, patterns, runs
from shared.training import ACT, Rate, solved_at, thresholded_mse

import leabra_studio as lb

CASE = Path(__file__).parents[1] / "golden" / "leabra7" / "a_two_neurons.npz"
LEABRA7 = 1e-9
"""How far a number may be from Leabra7's own, measured in float64."""

OURS = 1e-9
"""How far a number may be from what this project gave when the test was written (numpy 2.4, numba 0.68, x86-64).

The losses after four epochs: they guard the programs against changes that nobody meant, the weights' draws included.
"""
LOSSES = {
    "pattern_association": [0.46642539130746735, 0.46738564171444935, 0.46839357256141356, 0.4694468608341034],
    "error_driven_hidden": [0.4703978196909763, 0.4503492990851478, 0.42843865576490725, 0.41443296762248844],
    "annealed": [0.457873816782128, 0.41774355450561085, 0.4061167447725217, 0.4019359359940215],
    "cos_diff": [0.47173293549122886, 0.46568164582875293, 0.4546062410726231, 0.4416662525987078],
}


def test_two_neurons_are_those_of_leabra7() -> None:
    log = two_neurons.run(two_neurons.build())
    with np.load(CASE, allow_pickle=False) as golden:
        for name in ("v_m", "act", "i_net", "net", "gc_i", "adapt", "spike"):
            np.testing.assert_allclose(log[name], golden[f"units/output/{name}"][:, 0], rtol=0, atol=LEABRA7)


def test_two_neurons_measures() -> None:
    measured = two_neurons.measures(two_neurons.run(two_neurons.build()))
    assert (measured["spikes"], measured["first_spike"]) == (29, 5)
    jittered = two_neurons.measures(two_neurons.run(two_neurons.build(seed=2, jitter=0.2)))
    assert jittered["last_act"] != measured["last_act"]


def test_losses_are_what_they_were() -> None:
    hidden = error_driven_hidden
    found = {
        "pattern_association": pattern_association.train(pattern_association.build(1), 4),
        "error_driven_hidden": hidden.train(hidden.build(1), 4),
        "annealed": hidden.train(hidden.build(1, hidden.ANNEALED), 4),
        "cos_diff": hidden.train(hidden.build(1, Rate(0.04, cos_diff=True)), 4),
    }
    for name, losses in LOSSES.items():
        np.testing.assert_allclose(found[name]["mse"], losses, rtol=0, atol=OURS, err_msg=name)


def test_pattern_association_is_solved_and_then_stops() -> None:
    run = pattern_association.train(pattern_association.build(3))
    assert solved_at(run["loss"]) == len(run) == 207
    assert (run["loss"].tail(3) == 0.0).all()
    going = pattern_association.train(pattern_association.build(3), epochs=220, keep_going=True)
    pd.testing.assert_frame_equal(going.head(207), run)
    assert len(going) == 220


def test_the_patterns_as_drawn_are_not_solved() -> None:
    run = pattern_association.train(pattern_association.build(3), epochs=300, task=pattern_association.AS_DRAWN)
    assert solved_at(run["loss"]) is None


def test_the_fourth_pattern_is_what_three_numbers_become() -> None:
    net = pattern_association.build(1)
    net.clamp_layer("input", [0, 1, 0])
    as_printed = net.units[ACT, net.unit_slice("input")].copy()
    net.clamp_layer("input", pattern_association.TASK.x[3])
    np.testing.assert_array_equal(net.units[ACT, net.unit_slice("input")], as_printed)


def test_no_input_of_the_hidden_task_speaks_for_an_answer() -> None:
    task = error_driven_hidden.TASK
    np.testing.assert_array_equal(task.x[task.y[:, 0] == 1].sum(axis=0), task.x[task.y[:, 0] == 0].sum(axis=0))


def test_iris_flowers_are_36_units() -> None:
    data = iris.load_data(seed=5)
    assert [part.shape for part in data] == [(120, 36), (30, 36), (120, 3), (30, 3)]
    x = np.concatenate([data.x_train, data.x_test])
    assert set(x.ravel()) == {0.0, 1.0}
    np.testing.assert_array_equal(x.reshape(150, 4, 9).sum(axis=2), np.ones((150, 4)))
    assert (x.sum(axis=0) > 0).all(), "a bin is empty"
    np.testing.assert_array_equal(data.x_train, iris.load_data(seed=5).x_train)
    assert (data.x_train != iris.load_data(seed=6).x_train).any()


def test_iris_training_is_what_it_was() -> None:
    run = iris.train(iris.build(1), iris.load_data(1), epochs=3, every=2)
    assert run["epoch"].tolist() == [2, 3]
    right = run[["train_accuracy", "test_accuracy"]].to_numpy() * (120, 30)
    np.testing.assert_allclose(right, [[51, 9], [49, 11]], rtol=0, atol=OURS)
    table = iris.results({1: run})
    assert table.loc[1, "best_train_accuracy"] == 51 / 120


def test_iris_learns() -> None:
    run = iris.train(iris.build(2), iris.load_data(2), epochs=30, every=30)
    assert run["train_accuracy"].iloc[-1] > 0.7


def test_losses_and_solutions() -> None:
    target = np.array([[1.0, 0.0]])
    assert thresholded_mse(target, np.array([[0.6, 0.4]])) == 0.0
    assert thresholded_mse(target, np.array([[0.4, 0.4]])) == pytest.approx(0.18)
    assert solved_at(pd.Series([0.1, 0, 0, 0.2, 0, 0, 0, 0])) == 7
    assert solved_at(pd.Series([0.1, 0, 0, 0.2])) is None
    assert solved_at(pd.Series([0.0, 0.0])) is None


def test_results_count_what_was_solved() -> None:
    flat = pd.DataFrame({"epoch": range(1, 5), "loss": [0.5, 0, 0, 0], "mse": [0.5, 0.1, 0.1, 0.1]})
    wild = pd.DataFrame({"epoch": range(1, 5), "loss": [0.5, 0, 0.5, 0], "mse": [0.5, 0.1, 0.5, 0.1]})
    rows = patterns.results({1: flat, 2: wild})
    assert rows["solved"].isna().tolist() == [False, True]
    assert rows["perfect"].tolist() == [0.75, 0.5]
    assert rows.loc[2, "spread"] == pytest.approx(0.25)
    assert patterns.late_text(rows) == (
        "last 100 epochs: no error in 0 of 2, loss still moving (spread above 0.01) in 2"
    )
    assert runs.solved_text([4, None, 8]) == "solved: 2 of 3 (67%), after 6 epochs (median; 4 to 8)"
    assert runs.solved_text([None]) == "solved: 0 of 1 (0%)"


@pytest.mark.parametrize(
    ("text", "rule"),
    [("step=2500,0.1", lb.schedules.Step(2500, 0.1)), ("exponential=100", lb.schedules.Exponential(100))],
)
def test_schedules_are_read(text: str, rule: lb.schedules.Schedule) -> None:
    assert runs.schedule(text) == rule


@pytest.mark.parametrize("text", ["", "steep=1", "step", "step=1", "step=a,b", "step=0,0.5", "constant=nan"])
def test_wrong_schedules_are_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        runs.schedule(text)


@pytest.mark.parametrize("text", ["-1", "fast", "nan"])
def test_wrong_learning_rates_are_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        runs.learning_rate(text)


def test_threads_change_nothing() -> None:
    options = argparse.Namespace(seed=4, seeds=3, epochs=2, threads=1)

    def one(seed: int, tick: runs.Tick) -> pd.DataFrame:
        return pattern_association.train(pattern_association.build(seed), options.epochs, tick=tick)

    alone = runs.run_all(one, options)
    options.threads = 2
    both = runs.run_all(one, options)
    assert list(alone) == list(both) == [4, 5, 6]
    for seed in alone:
        pd.testing.assert_frame_equal(alone[seed], both[seed])


def test_without_a_browser_there_is_only_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CHROME_BIN", raising=False)
    drawn = two_neurons.figure(two_neurons.run(two_neurons.build(), cycles=10))
    assert figures.write(drawn, tmp_path / "new", "figure") == [tmp_path / "new" / "figure.html"]
    monkeypatch.setenv("CHROME_BIN", str(tmp_path / "no-such-browser"))
    assert [path.suffix for path in figures.write(drawn, tmp_path, "figure")] == [".html"]
