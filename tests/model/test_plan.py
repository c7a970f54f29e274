"""The training plan, and the stretches that it is made of."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.engine import schedules
from leabra_studio.errors import ValidationError
from leabra_studio.model import Layer, Model, PatternTable, Row, TrainingPlan, edits
from leabra_studio.model.plan import obstacle
from leabra_studio.model.program import NO_ROW, Level, Stretch, never, probe, program
from leabra_studio.session import program as sessions

NET = Model(layers=(Layer("in", (1, 2), "input"), Layer("out", role="target")))
ROW = Row("a", {"in": (1, 0), "out": (1,)})
TABLES = (PatternTable("train", (ROW,) * 3), PatternTable("test", (ROW,) * 2))
PLAN = TrainingPlan("train", "test", 5, 2, "sequential", epochs=4, runs=2, stop_after=0, test_every=2, test_cycles=4)
MODEL = replace(NET, patterns=TABLES, plan=PLAN)


def refused(make: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        make()
    return str(caught.value)


def test_every_number_and_word_is_declared_once() -> None:
    params = TrainingPlan.params()
    assert list(params) == [
        *("minus_cycles", "plus_cycles", "order", "correct_by", "epochs", "runs"),
        *("stop_after", "stop_by", "test_every", "test_cycles", "test_state"),
    ]
    for name, declared in params.items():
        assert (declared.name, declared.default) == (name, getattr(TrainingPlan(), name))
        assert declared.doc.endswith(".")
    assert (TrainingPlan().minus_cycles, TrainingPlan().plus_cycles) == (50, 25)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"minus_cycles": 0}, "Plan.minus_cycles: must be in the range 1 to 10000 (got 0); the default is 50"),
        ({"epochs": 1.5}, "Plan.epochs: must be a whole number (got 1.5); the default is 500"),
        (
            {"order": "random"},
            "Plan.order: must be one of permuted, sequential (got 'random'); the default is 'permuted'",
        ),
        ({"train": 3}, "Plan.train: must be a text (got 3)"),
        ({"seeds": 3}, "Plan.seeds: must be a list of whole numbers (got 3)"),
        ({"seeds": (1, 2)}, "Plan.seeds: must be one for each of 1 runs, or none (got 2)"),
        ({"seeds": (-1,)}, "Plan.seeds[0]: must be a whole number from 0 to 4,294,967,295 (got -1)"),
        ({"lrate_schedule": "Step"}, "Plan.lrate_schedule: must be a mapping (got 'Step')"),
        (
            {"lrate_schedule": {"type": ["Step"]}},
            "Plan.lrate_schedule: must have a type out of Constant, Step, Exponential, Plateau (got ['Step'])",
        ),
        (
            {"lrate_schedule": {"type": "Step", "factor": 1, "steps": 3}},
            "Plan.lrate_schedule: of type Step must have exactly the numbers every, factor (got 'factor', 'steps')",
        ),
        (
            {"lrate_schedule": {"type": "Exponential", "half_life": 0}},
            "Plan.lrate_schedule.half_life: must be above 0 (got 0.0); the default is 100.0",
        ),
    ],
)
def test_what_is_not_allowed_has_a_sentence(changes: dict[str, Any], sentence: str) -> None:
    assert refused(lambda: TrainingPlan(**changes)) == sentence


def test_a_schedule_is_data_and_becomes_the_librarys_own() -> None:
    plan = TrainingPlan(lrate_schedule={"type": "Step", "every": 10.0, "factor": 0.5})
    assert plan.lrate_schedule == {"type": "Step", "every": 10, "factor": 0.5}
    assert plan.schedule() == schedules.Step(10, 0.5)
    assert TrainingPlan().schedule() is None
    hash(plan)


def test_seeds_are_those_listed_or_count_from_the_models() -> None:
    assert [TrainingPlan(runs=3).seed_of(run, 7) for run in range(3)] == [7, 8, 9]
    assert TrainingPlan(runs=2).seed_of(1, 2**32 - 1) == 0
    assert TrainingPlan(runs=2, seeds=(5, 5)).seed_of(1, 7) == 5


def test_the_plan_is_edited_field_by_field() -> None:
    model = edits.set_plan(MODEL, epochs=9, test=None)
    assert model.plan == replace(PLAN, epochs=9, test=None)
    model = edits.set_plan(model, seeds=[4, 9, 6])
    assert (model.plan.runs, model.plan.seeds) == (3, (4, 9, 6))
    assert edits.set_plan(model, runs=2).plan.seeds == (4, 9)
    assert edits.set_plan(model, runs=5).plan.seeds == (4, 9, 6, 10, 11)
    assert edits.set_plan(model, seeds=()).plan.runs == 3
    assert refused(lambda: edits.set_plan(model, epoch=3)) == "Plan.epoch: is not in a plan (got 3)"
    assert refused(lambda: edits.set_plan(model, train="x")).startswith("Model.patterns: there is no table 'x'")
    assert refused(lambda: edits.set_plan(model, runs=0)).startswith(
        "Plan.runs: must be in the range 1 to 1000 (got 0)"
    )


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        (MODEL, ""),
        (replace(MODEL, plan=replace(PLAN, test=None)), ""),
        (NET, "There is no table of patterns to train on: add one, or choose one in the training plan."),
        (
            replace(MODEL, patterns=(TABLES[0], PatternTable("test"))),
            "Table 'test' has no rows yet: add, import or generate some.",
        ),
        (edits.set_plan(replace(MODEL, patterns=(TABLES[0], PatternTable("test"))), test_every=0), ""),
        (
            edits.set_role(edits.set_role(MODEL, "in", "hidden"), "out", "hidden"),
            "Table 'train' has no patterns for any input or target.",
        ),
        (
            replace(MODEL, layers=(Layer("in", role="input"), *NET.layers[1:])),
            "Table 'train' has 2 values for 'in', not 1: fit it to the network.",
        ),
    ],
)
def test_what_keeps_a_model_from_being_trained_is_said(model: Model, sentence: str) -> None:
    assert obstacle(model) == sentence


def counts(stretches: Iterator[Stretch]) -> dict[str, int]:
    done = sessions.Program(stretches)  # type: ignore[arg-type]  # the same fields
    while not done.over:
        done.ran(done.chunk(1000))
    return {level.name: count for level, count in done.done.items()}


def test_levels_are_those_that_a_session_steps_by() -> None:
    assert {level.name: int(level) for level in Level} == {level.name: int(level) for level in sessions.Level}
    assert counts(program(PLAN, TABLES, 1)) == {
        "CYCLE": 2 * 4 * 3 * (5 + 2) + 2 * 2 * 2 * 4,
        "PHASE": 2 * 4 * 3 * 2 + 2 * 2 * 2,
        "TRIAL": 2 * 4 * 3 + 2 * 2 * 2,
        "EPOCH": 8,
        "RUN": 2,
    }


def test_one_epoch_by_hand() -> None:
    plan = replace(PLAN, runs=1, epochs=1, test_every=9)
    short = [(x.mode, x.phase, x.cycles, x.trial, x.row, x.ends.name) for x in program(plan, TABLES, 0)]
    assert short == [
        ("train", "minus", 5, 0, 0, "PHASE"),
        ("train", "plus", 2, 0, 0, "TRIAL"),
        ("train", "minus", 5, 1, 1, "PHASE"),
        ("train", "plus", 2, 1, 1, "TRIAL"),
        ("train", "minus", 5, 2, 2, "PHASE"),
        ("train", "plus", 2, 2, 2, "TRIAL"),
        ("test", "minus", 4, 0, 0, "TRIAL"),
        ("test", "minus", 4, 1, 1, "TRIAL"),
        ("train", "plus", 0, 3, -1, "RUN"),
    ]


def test_tests_come_every_so_often_and_at_the_end_of_a_run() -> None:
    tested = {(x.run, x.epoch) for x in program(replace(PLAN, epochs=5), TABLES, 0) if x.mode == "test"}
    assert tested == {(run, epoch) for run in range(2) for epoch in (1, 3, 4)}
    for plan in (replace(PLAN, test=None), replace(PLAN, test_every=0)):
        assert {x.mode for x in program(plan, TABLES, 0)} == {"train"}


@pytest.mark.parametrize(
    ("stop_by", "asked"),
    [
        ("train", [(0, 1), (0, 2), (1, 1), (1, 0), (1, 2), (1, 1)]),
        ("test", [(0, 3), (1, 3), (1, 1)]),
    ],
)
def test_a_run_ends_after_enough_perfect_epochs(stop_by: str, asked: list[tuple[int, int]]) -> None:
    seen = []

    def perfect(run: int, epoch: int) -> bool:
        seen.append((run, epoch))
        return run == 1 and epoch in (1, 2, 3)

    last = {"train": 2, "test": 3}[stop_by]
    plan = replace(PLAN, stop_after=2, epochs=last + 2, stop_by=stop_by)
    plan = replace(plan, test_every=3) if stop_by == "train" else replace(plan, epochs=6)
    stretches = list(program(plan, TABLES, 0, perfect))
    ends = [(x.run, x.epoch) for x in stretches if x.ends is Level.RUN]
    assert ends == [(0, plan.epochs - 1), (1, last)]
    assert [x for x in seen if x[1] + 1 < plan.epochs] == asked
    tests = {(x.run, x.epoch) for x in stretches if x.mode == "test"}
    assert set(ends) <= tests


@pytest.mark.parametrize(("stop_by", "mode", "trials"), [("train", "train", 3), ("test", "test", 2)])
def test_an_epoch_is_asked_about_when_the_trials_that_count_have_run(stop_by: str, mode: str, trials: int) -> None:
    seen: list[Stretch] = []

    def perfect(run: int, epoch: int) -> bool:
        return [x.mode for x in seen if x.ends is Level.TRIAL].count(mode) == trials

    plan = replace(PLAN, stop_after=1, stop_by=stop_by, test_every=1, runs=1)
    for stretch in program(plan, TABLES, 0, perfect):
        seen.append(stretch)
    assert seen[-1] == Stretch(0, Level.RUN, "train", "plus", 0, 0, 3, NO_ROW)
    assert len(seen) == 2 * 3 + 2 + 1


def test_without_tests_a_run_that_is_to_stop_by_them_has_all_its_epochs() -> None:
    plan = replace(PLAN, stop_after=1, stop_by="test", test=None, runs=1)
    stretches = program(plan, TABLES, 0, lambda run, epoch: True)
    assert [x.epoch for x in stretches if x.ends is Level.RUN] == [3]


@given(st.integers(0, 2**32 - 1), st.integers(1, 7), st.integers(0, 1), st.integers(0, 3))
def test_a_program_can_be_begun_at_any_epoch(seed: int, rows: int, run: int, epoch: int) -> None:
    tables = (PatternTable("train", (ROW,) * rows), TABLES[1])
    plan = replace(PLAN, order="permuted")
    whole = list(program(plan, tables, seed))
    later = list(program(plan, tables, seed, never, (run, epoch)))
    assert later == [x for x in whole if (x.run, x.epoch) >= (run, epoch)]
    for _, stretches in groupby((x for x in whole if x.phase == "plus" and x.cycles), lambda x: (x.run, x.epoch)):
        assert sorted(x.row for x in stretches) == list(range(rows))


def test_the_order_follows_from_the_seed_of_the_run_alone() -> None:
    tables = (PatternTable("train", (ROW,) * 20),)
    plan = TrainingPlan("train", epochs=2, runs=3, seeds=(5, 6, 5))
    orders = {
        key: [x.row for x in stretches if x.phase == "plus" and x.cycles]
        for key, stretches in groupby(program(plan, tables, 1), lambda x: (x.run, x.epoch))
    }
    assert orders[0, 0] == orders[2, 0] != orders[1, 0]
    assert orders[0, 0] != orders[0, 1]
    other = TrainingPlan("train", epochs=2)
    assert [x.row for x in islice(program(other, tables, 5), 1, 40, 2)] == orders[0, 0]


def test_a_test_by_itself() -> None:
    assert [(x.row, x.trial, x.ends.name, x.cycles) for x in probe(PLAN, [1, 0])] == [
        (1, 0, "TRIAL", 4),
        (0, 1, "EPOCH", 4),
    ]
    assert list(probe(PLAN, [])) == []


@pytest.mark.parametrize(
    ("plan", "start", "sentence"),
    [
        (TrainingPlan(), (0, 0), "Plan.train: must name a table (got None)"),
        (replace(PLAN, train="x"), (0, 0), "Plan.train: must be the name of a table with at least one row (got 'x')"),
        (replace(PLAN, test="empty"), (0, 0), "Plan.test: must be the name of a table with at least one row (got 'em"),
        (PLAN, (2, 0), "Program.run: must be a whole number from 0 to 1 (got 2)"),
        (PLAN, (0, 4), "Program.epoch: must be a whole number from 0 to 3 (got 4)"),
    ],
)
def test_what_cannot_begin_says_why_at_once(plan: TrainingPlan, start: tuple[int, int], sentence: str) -> None:
    tables = (*TABLES, PatternTable("empty"))
    assert refused(lambda: program(plan, tables, 0, never, start)).startswith(sentence)
