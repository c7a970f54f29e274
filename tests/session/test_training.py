"""Training in a session is the training of the library's programs, however it is gone through, bit for bit."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leabra_studio.errors import LeabraError, ValidationError
from leabra_studio.model import edits
from leabra_studio.session.session import Session
from tests.session.helpers import loop
from tests.session.lessons import NET, ByHand, ask, finish, model, pupil, state, train

pytestmark = pytest.mark.usefixtures("kernels")

LEVELS = ("cycle", "phase", "trial", "epoch", "run")


@pytest.mark.parametrize("follow", ["never", "cycle"])
@pytest.mark.parametrize("test_state", ["restored", "kept"])
@pytest.mark.parametrize("order", ["permuted", "sequential"])
def test_it_is_what_the_library_does(follow, test_state, order):
    schedule = {"type": "Plateau", "patience": 1, "factor": 0.5, "floor": 0.1}
    plan = {"test_state": test_state, "order": order, "lrate_schedule": schedule}
    session, by_hand = pupil(**plan), ByHand(model(**plan))
    frame = train(session, follow)
    for epoch in range(4):
        by_hand.epoch(epoch)
    session._stage.training.put_back("train")
    np.testing.assert_array_equal(state(session), by_hand.state())
    assert [record["epoch"] for record in frame["train"]["records"]] == [1, 2, 3, 4]
    assert [record["test"] is not None for record in frame["train"]["records"]] == [False, True, False, True]


@settings(max_examples=25)
@given(steps=st.lists(st.tuples(st.sampled_from(LEVELS[:4]), st.integers(1, 3), st.booleans()), max_size=12))
def test_stepping_at_any_level_equals_running(steps):
    stepped, whole = pupil(), pupil()
    for level, count, recorded in steps:
        ask(stepped, "cycle" if recorded else "never")
        if stepped.training.place is None:
            break
        stepped.step(count, level)
        finish(stepped, "cycle" if recorded else "never")
    if stepped.training.place is not None:
        train(stepped)
    train(whole)
    np.testing.assert_array_equal(state(stepped), state(whole))
    assert stepped.training.records.arrays()[0] == whole.training.records.arrays()[0]
    one, other = (session.training.records for session in (stepped, whole))
    for name in one.names():
        if "settling" not in name:
            np.testing.assert_array_equal(one.column(name), other.column(name))


@given(after=st.integers(0, 40), all_rows=st.booleans(), kept=st.booleans())
@settings(max_examples=25)
def test_a_test_does_not_disturb_training(after, all_rows, kept):
    tested, alone = pupil(), pupil()
    for session in (tested, alone):
        if after:
            session.step(after)
    if kept:
        tested.step(3, "cycle", "test")
    tested.test_all() if all_rows else tested.test_one(1)
    finish(tested)
    assert tested.training.tested == alone.training.tested + 1
    for session in (tested, alone):
        train(session)
    np.testing.assert_array_equal(state(tested), state(alone))


def test_two_runs_have_their_seeds_and_nets_of_their_own():
    session = pupil(runs=2, seeds=(7, 3), test_every=0)
    frame = train(session)
    by_hand = ByHand(model(runs=2, seeds=(7, 3), test_every=0), run=1)
    for epoch in range(4):
        by_hand.epoch(epoch)
    np.testing.assert_array_equal(state(session), by_hand.state())
    assert [(r["run"], r["epoch"]) for r in frame["train"]["records"]] == [(x, y) for x in (1, 2) for y in (1, 2, 3, 4)]
    assert (frame["train"]["run"], frame["train"]["seed"], frame["train"]["done"]) == (2, 3, 1.0)
    with pytest.raises(LeabraError, match="Training is over"):
        session.run(None)
    session.rewind()
    assert [r["run"] for r in ask(session)["train"]["records"]] == [1] * 4
    train(session)
    np.testing.assert_array_equal(state(session), by_hand.state())
    session.init()
    assert ask(session)["train"]["records"] == []
    assert session.training.seed == 7


@pytest.mark.parametrize("stop_by", ["train", "test"])
def test_a_run_stops_after_perfect_epochs(stop_by):
    session = pupil(
        stop_after=2, stop_by=stop_by, test_every=1, epochs=300, minus_cycles=30, plus_cycles=20, test_cycles=30
    )
    records = train(session)["train"]["records"]
    errors = [record[stop_by]["errors"] for record in records]
    assert len(records) < 300
    assert errors[-2:] == [0, 0]
    assert all(errors[i : i + 2] != [0, 0] for i in range(len(errors) - 2))


def test_the_frame_says_where_training_stands():
    session = pupil(order="sequential")
    told = ask(session)["train"]
    assert (told["run"], told["epoch"], told["trial"], told["trials"], told["cycle"], told["done"]) == (
        1,
        1,
        0,
        3,
        0,
        0,
    )
    session.step(9)
    told = json.loads(json.dumps(ask(session), allow_nan=False))["train"]
    assert (told["trial"], told["row"], told["name"], told["phase"], told["cycle"]) == (1, 0, "p0", "plus", 9)
    session.step(1, "epoch")
    told = ask(session, rows=0)["train"]
    assert (told["from"], len(told["records"]), told["epoch"], told["trial"]) == (0, 1, 1, 3)
    assert ask(session, rows=1)["train"]["records"] == []
    session.step(1, "trial", "test")
    told = ask(session)["train"]
    assert (told["mode"], told["trial"], told["trials"], told["name"], told["tested"]) == ("test", 1, 2, "p0", 0)


def test_a_model_without_a_plan_says_why_it_is_not_trained():
    frame = ask(loop(), layer="output")
    assert frame["train"] is None
    assert frame["no_train"].startswith("There is no table of patterns")
    for refused in (lambda s: s.test_all(), lambda s: s.choose("test"), lambda s: s.results("trials")):
        with pytest.raises(LeabraError, match="not trained"):
            refused(loop())
    with pytest.raises(ValidationError, match="level"):
        loop().step(1, "trial")


@pytest.mark.parametrize(
    ("do", "word"),
    [
        (lambda s: s.run(None, "learn"), "mode"),
        (lambda s: s.step(1, "week"), "level"),
        (lambda s: s.step(1, ["cycle"]), "level"),
        (lambda s: s.choose(None), "mode"),
        (lambda s: s.test_one(9), "row"),
        (lambda s: s.test_one("1"), "row"),
        (lambda s: s.results("everything"), "what"),
        (lambda s: s.results("trials"), "tested yet"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(do, word):
    session = pupil()
    with pytest.raises(LeabraError, match=word):
        do(session)
    assert "train" in ask(session)


@pytest.mark.parametrize("change", [{"follow": "day"}, {"follow": 3}, {"rows": -2}, {"rows": "all"}, {"rows": True}])
def test_malformed_fields_of_a_tick_are_answered_with_a_sentence(change):
    assert ask(pupil(), **change)["code"] == "bad"


def test_a_change_of_patterns_and_plan_comes_with_the_next_trial():
    session = pupil(order="sequential")
    session.step(2)
    session.edit(edits.set_plan, minus_cycles=3, epochs=2)
    session.step(1, "trial")
    assert session.cycle == 12
    session.step(1, "trial")
    assert session.cycle == 12 + 3 + 4
    session.edit(edits.remove_rows, "train", [2])
    assert [r["epoch"] for r in train(session)["train"]["records"]] == [1, 2]
    session.edit(edits.set_plan, epochs=3)
    assert [r["epoch"] for r in train(session)["train"]["records"]] == [1, 2, 3]


def test_a_parameter_changed_while_trained_asks_for_init():
    session = pupil()
    assert session.edit(edits.set_param, "hid", "gi", 1.9).message == ""
    session.step(1, "trial")
    session.edit(edits.set_param, "hid", "gi", 1.7)
    session.step(1)
    assert ask(session)["train"]["init"].startswith("hid gi changed: weights were learnt with another value")
    session.init()
    assert ask(session)["train"]["init"] == ""


def test_weights_that_are_no_numbers_stop_training_and_the_last_good_ones_come_back():
    session = pupil(epochs=50, test=None)
    session.step(2, "epoch")
    finish(session)
    good = state(session)
    session.edit(edits.set_param, "over", "lrate", 1e9)
    frame = train(session)
    assert "over" in frame["train"]["problem"]
    assert len(frame["train"]["records"]) >= 2
    assert np.isfinite(state(session)).all()
    if len(frame["train"]["records"]) == 2:
        np.testing.assert_array_equal(state(session), good)


def test_a_structural_edit_keeps_the_weights_that_it_can_and_says_so():
    session = pupil()
    session.step(2, "epoch")
    finish(session)
    before = session.weights("up")
    change = session.edit(edits.set_shape, "out", (1, 3))
    assert "'up' were kept" in change.message
    assert "no training" not in change.message
    np.testing.assert_array_equal(session.weights("up"), before)
    session.undo()
    np.testing.assert_array_equal(session.weights("up"), before)
    assert len(ask(session)["train"]["records"]) == 2
    train(session)
    assert len(session.training.records) == 4


def test_results_of_a_test_are_what_the_page_draws():
    session = pupil()
    session.test_all()
    finish(session)
    found = json.loads(json.dumps(session.results("trials"), allow_nan=False))
    assert (found["table"], found["count"], len(found["rows"])) == ("test", 2, 2)
    assert set(found["rows"][0]["output"]) == {"out"}
    assert len(session.results("confusion")["counts"]) == 2
    assert len(session.results("similarity", layer="hid")["matrix"]) == 2
    assert session.results("weights", projn="up")["rows"] == 3
    assert session.results("trials_csv")["text"].count("\n") == 3
    train(session)
    assert session.results("records_csv")["text"].count("\n") == 5
    assert "learnt since" not in session.results("trials")["stale"]


def test_new_seed_is_an_edit_and_begins_anew():
    session = Session(NET)
    train(session)
    session.new_seed()
    assert session.model.seed != NET.seed
    assert ask(session)["train"]["records"] == []
    session.undo()
    assert session.model == NET


@settings(max_examples=30)
@given(cycles=st.integers(0, 200), tested=st.booleans(), follow=st.sampled_from(["never", "cycle"]))
def test_a_restored_training_goes_on_bit_for_bit_also_from_the_middle_of_an_epoch(cycles, tested, follow):
    plan = {"runs": 2, "lrate_schedule": {"type": "Exponential", "half_life": 3.0}}
    session = pupil(**plan)
    if cycles:
        session.step(cycles)
        finish(session)
    if tested:
        session.test_one(1)
    other = Session.restore(session.checkpoint())
    assert ask(other)["train"]["records"] == ask(session)["train"]["records"]
    assert ask(other)["train"]["trial"] == ask(session)["train"]["trial"] or tested
    assert (other.cycle, other.training.mode) == (session.cycle, session.training.mode)
    for each in (session, other):
        train(each, follow)
    np.testing.assert_array_equal(state(other), state(session))
    for name in session.training.records.names():
        if "settling" not in name:
            one, same = (each.training.records.column(name) for each in (session, other))
            np.testing.assert_array_equal(one, same)
