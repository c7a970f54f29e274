"""Tests that are asked for: which net they are of, and what their table lists."""

import pytest

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


def test_every_record_says_the_seed_of_its_run():
    frame = train(pupil(runs=2, epochs=1))
    assert [record["seed"] for record in frame["train"]["records"]] == [42, 43]
