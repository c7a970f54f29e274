"""Tests that are asked for: which net they are of, and what their table lists."""

import numpy as np
import pytest

import leabra_studio as lb
from leabra_studio.model import edits
from tests.session.lessons import finish, pupil, train

pytestmark = pytest.mark.usefixtures("kernels")


def test_a_test_says_which_epoch_the_net_has_learnt_and_when_it_has_gone_on():
    session = pupil(epochs=3, test_every=0)

    def tested() -> tuple[int, int, str]:
        session.test_all()
        finish(session)
        found = session.results("trials")
        return found["run"], found["epoch"], found["stale"]

    assert tested() == (1, 0, "")
    session.step(1, "epoch", "train")
    finish(session)
    assert "before the first epoch" in session.results("trials")["stale"]
    assert tested() == (1, 1, "")
    train(session)
    assert "after epoch 1." in session.results("trials")["stale"]
    assert tested() == (1, 3, "")
    session.rewind("train")
    assert session.training.mode == "train"
    assert "begun anew" in session.results("trials")["stale"]
    assert tested() == (1, 0, "")


def test_a_row_tested_alone_leaves_the_table_of_all_rows():
    session = pupil()
    session.test_one(1)
    finish(session)
    assert [row["row"] for row in session.results("trials")["rows"]] == [1]
    session.test_all()
    finish(session)
    session.test_one(1)
    finish(session)
    assert [row["row"] for row in session.results("trials")["rows"]] == [0, 1]
    assert session.training.tested == 3


def test_all_rows_are_tested_of_a_table_that_was_just_chosen():
    session = pupil()
    train(session)
    session.edit(edits.set_plan, test="train")
    session.test_all()
    finish(session)
    table = session.results("trials")
    assert (table["table"], table["count"]) == ("train", 3)


def test_a_trial_is_correct_by_its_winner_where_the_plan_says_so():
    session = pupil()
    train(session)
    session.test_all()
    finish(session)
    before = session.results("trials")
    assert before["correct"] == sum(row["sse"] == 0 for row in before["rows"])
    session.edit(edits.set_plan, correct_by="winner")
    assert session.results("trials")["stale"] == "What counts as correct has changed since."
    session.test_all()
    finish(session)
    outcome = session.training.outcomes["test"]
    wrong = lb.stats.winner_error(outcome.targets["out"], outcome.acts["out"])
    after = session.results("trials")
    assert [row["correct"] for row in after["rows"]] == [error == 0 for error in wrong]
    assert after["correct"] == (wrong == 0).sum()
    assert after["rule"].startswith("the most active unit")
    assert after["stale"] == ""


def test_a_test_is_old_once_the_parameters_the_patterns_or_their_table_are_others():
    session = pupil()
    train(session)
    session.test_all()
    finish(session)

    def stale():
        return [session.results(what).get("stale") for what in ("trials", "confusion", "similarity")]

    assert stale() == ["", "", ""]
    for edit, arguments, word in (
        (edits.set_param, ("hid", "gi", 1.1), "parameters"),
        (edits.set_pattern, ("test", 0, "in", (0.5, 0, 0, 0)), "patterns"),
        (edits.rename_table, ("test", "other"), "no longer there"),
    ):
        session.edit(edit, *arguments)
        assert all(word in sentence for sentence in stale())
        session.undo()
        assert stale() == ["", "", ""]


def test_every_run_has_its_statistics():
    session = pupil(runs=2, epochs=40, test_every=3, minus_cycles=30, plus_cycles=10, test_cycles=30)
    train(session)
    records = session.training.records
    told = session.results("runs")
    assert told["stop_by"] == "train"
    assert [(row["run"], row["seed"], row["epochs"]) for row in told["runs"]] == [(1, 42, 40), (2, 43, 40)]
    for row in told["runs"]:
        mine = records.column("run") == row["run"] - 1
        for part in ("train", "test"):
            kept = mine & np.isfinite(records.column(f"{part} errors"))
            errors, epochs = records.column(f"{part} errors")[kept], records.column("epoch")[kept] + 1
            perfect = epochs[errors == 0]
            assert row["first_zero"][part] == (perfect[0] if perfect.size else None)
            assert row["correct"][part] == records.column(f"{part} percent_correct")[kept][-1]
    assert any(row["first_zero"]["test"] for row in told["runs"])
    lines = session.results("runs_csv")["text"].splitlines()
    assert lines[0] == "run,seed,epochs,train first_zero,test first_zero,train correct,test correct"
    assert [line.split(",")[:3] for line in lines[1:]] == [["1", "42", "40"], ["2", "43", "40"]]


def test_every_record_says_the_seed_of_its_run():
    frame = train(pupil(runs=2, epochs=1))
    assert [record["seed"] for record in frame["train"]["records"]] == [42, 43]
