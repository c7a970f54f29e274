"""Tables of patterns: what they hold and refuse, how they follow the layers, what is said where they do not fit."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.errors import LimitError, ValidationError
from leabra_studio.model import Layer, Model, PatternTable, Row, TrainingPlan, edits, limits
from leabra_studio.model.build import calls
from leabra_studio.model.live import is_structural, live_calls
from leabra_studio.model.patterns import columns, find_table, split
from leabra_studio.model.problems import Problem, problems
from leabra_studio.model.wizard import new_network
from tests.model import samples

NET = Model(layers=(Layer("out", (1, 2), "target"), Layer("mid"), Layer("in", (2, 2), "input")))
ROWS = (
    Row("one", {"in": (1, 0, 0, 0), "out": (1, 0)}),
    Row("two", {"in": (0, 0.5, 0, 1), "out": (0, 1)}),
)
MODEL = replace(NET, patterns=(PatternTable("train", ROWS),), plan=TrainingPlan(train="train"))


def refused(make: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        make()
    return str(caught.value)


def test_values_become_floats_in_tuples() -> None:
    row = Row("  a  ", {"in": [1, 0, np.float64(0.5), -0.0]})
    assert row == Row("a", {"in": (1.0, 0.0, 0.5, 0.0)})
    assert repr(row.values["in"]) == "(1.0, 0.0, 0.5, 0.0)"
    assert Row("", {"in": np.eye(3)[1]}).values == {"in": (0.0, 1.0, 0.0)}
    assert hash(row) == hash(Row("a", {"in": (1.0, 0.0, 0.5, 0.0)}))


def test_a_table_says_what_it_holds() -> None:
    table = MODEL.patterns[0]
    assert table.columns == {"in": 4, "out": 2}
    assert table.size == 12
    assert table.array("in").tolist() == [[1, 0, 0, 0], [0, 0.5, 0, 1]]
    assert (PatternTable("empty").columns, PatternTable("empty").size) == ({}, 0)
    assert [layer.name for layer in columns(NET.layers)] == ["in", "out"]
    assert find_table(MODEL, "train") is table


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Row(3), "Row.name: must be a text (got 3)"),
        (lambda: Row("a\nb"), "Row.name: must be one line of visible characters (got 'a\\nb')"),
        (lambda: Row("x" * 81), "Row.name: must have at most 80 characters (got 81)"),
        (lambda: Row("a", 3), "Row.values: must be a mapping (got 3)"),
        (lambda: Row("a", {"in": "11"}), "Row.in: must be a list of numbers (got '11')"),
        (lambda: Row("a", {"in": ()}), "Row.in: must have a number for each unit (got none)"),
        (lambda: Row("a", {"in": (0, 1.5)}), "Row.in[1]: must be a number from 0 to 1 (got 1.5)"),
        (lambda: Row("a", {"in": (0, float("nan"))}), "Row.in[1]: must be a number from 0 to 1 (got nan)"),
        (lambda: Row("a", {"in": (0, True)}), "Row.in[1]: must be a number from 0 to 1 (got True)"),
        (lambda: Row("a", {"in": (0, None)}), "Row.in[1]: must be a number from 0 to 1 (got None)"),
        (lambda: PatternTable(""), "Table.name: must not be empty; type at least one character"),
        (lambda: PatternTable("t", 3), "Table.rows: must be a list of rows (got 3)"),
        (lambda: PatternTable("t", "ab"), "Table.rows: must be a list of rows (got 'ab')"),
        (lambda: PatternTable("t", (Row("a", {" x": (1,)}),)), "Table.columns: must be names of layers (got ' x')"),
        (
            lambda: PatternTable("t", (Row("a", {"x": (1,)}), Row("b", {"y": (1,)}))),
            "Table.rows[1]: must have values for 'x' (1), as row 0 has (got 'y' (1))",
        ),
        (
            lambda: PatternTable("t", (Row("a", {"x": (1,)}), Row("b"))),
            "Table.rows[1]: must have values for 'x' (1), as row 0 has (got no layer)",
        ),
        (
            lambda: MODEL.patterns[0].array("mid"),
            "Table.columns: table 'train' has no patterns for 'mid'; it has 'in', 'out'",
        ),
        (lambda: find_table(MODEL, []), "Model.patterns: there is no table []; there is 'train'"),
        (lambda: replace(MODEL, patterns=()), "plan.train: must be the name of a table of patterns (got 'train')"),
        (
            lambda: replace(NET, patterns=(PatternTable("t"),) * 2),
            "patterns[1].name: must be a new name (got 't' again)",
        ),
    ],
)
def test_what_is_not_allowed_has_a_sentence(make: Any, sentence: str) -> None:
    assert refused(make) == sentence


def test_limits_are_stated() -> None:
    with pytest.raises(LimitError, match="at most 10,000 rows of patterns"):
        PatternTable("t", (Row(),) * (limits.EVENTS + 1))
    with pytest.raises(LimitError, match="at most 500,000 values in patterns"):
        replace(NET, patterns=(PatternTable("t", (Row("", {"in": (0,) * 1000}),) * 501),))
    with pytest.raises(LimitError, match="at most 50 tables of patterns"):
        replace(NET, patterns=tuple(PatternTable(str(i)) for i in range(51)))


def test_patterns_and_plan_change_nothing_in_a_running_net() -> None:
    assert not is_structural(NET, MODEL)
    assert live_calls(NET, MODEL) == ()
    assert list(calls(NET)) == list(calls(MODEL))


def test_patterns_follow_a_layer() -> None:
    table = edits.rename(MODEL, "in", "input").patterns[0]
    assert table.columns == {"input": 4, "out": 2}
    assert edits.remove(MODEL, ["out"]).patterns[0].columns == {"in": 4}
    table = edits.set_shape(MODEL, "in", (3, 1)).patterns[0]
    assert table.array("in").tolist() == [[1, 0, 0], [0, 0, 0]]
    table = edits.set_shape(MODEL, "in", (2, 3)).patterns[0]
    assert table.array("in").tolist() == [[1, 0, 0, 0, 0, 0], [0, 0.5, 0, 0, 1, 0]]
    table = edits.duplicate(MODEL, ["in", "mid"]).patterns[0]
    assert table.columns == {"in": 4, "out": 2, "in_2": 4}
    assert table.array("in_2").tolist() == table.array("in").tolist()


def test_one_unit_that_becomes_more_is_one_of_them() -> None:
    model = replace(NET, patterns=(PatternTable("t", (Row("a", {"mid": (1,)}),)),))
    assert edits.set_shape(model, "mid", (2, 2)).patterns[0].array("mid").tolist() == [[1, 0, 0, 0]]


@pytest.mark.parametrize(
    "edit",
    [
        lambda model: edits.rename(model, "mid", "middle"),
        lambda model: edits.set_shape(model, "mid", (3, 3)),
        lambda model: edits.remove(model, ["mid"]),
        lambda model: edits.duplicate(model, ["mid"]),
        lambda model: edits.set_role(model, "out", "hidden"),
    ],
)
def test_tables_that_an_edit_does_not_concern_stay_the_same_object(edit: Any) -> None:
    assert edit(MODEL).patterns[0] is MODEL.patterns[0]


def test_a_name_that_a_lost_column_has_can_be_taken() -> None:
    model = replace(NET, patterns=(PatternTable("t", (Row("a", {"lost": (1, 1), "in": (1, 0, 0, 0)}),)),))
    assert edits.rename(model, "in", "lost").patterns[0] == PatternTable("t", (Row("a", {"lost": (1, 0, 0, 0)}),))
    assert edits.set_shape(edits.rename(model, "out", "lost"), "lost", (1, 1)).patterns[0].columns == {"in": 4}


def test_what_does_not_fit_is_no_error_but_named() -> None:
    lost = PatternTable("odd", (Row("", {"gone": (1,), "mid": (1,), "out": (1, 0, 1)}),))
    found = problems(replace(MODEL, projns=(), inputs={"out": (1,)}, patterns=(*MODEL.patterns, lost)))
    assert found == (
        Problem(
            "odd",
            "Table 'odd' has patterns for 'gone', which is no layer; fit it to the network.",
            table="odd",
            fits=True,
        ),
        Problem(
            "mid",
            "Table 'odd' has patterns for this layer, which is hidden: they are not shown to it.",
            table="odd",
            fits=True,
        ),
        Problem(
            "out", "Table 'odd' has 3 values for this layer, not 2; fit it to the network.", table="odd", fits=True
        ),
        Problem("in", "Table 'odd' has no patterns for this layer; fit it to the network.", table="odd", fits=True),
    )
    assert problems(replace(NET, inputs={"out": (1,)}, patterns=(PatternTable("empty"),))) == ()


@given(samples.models())
def test_a_table_that_was_fitted_has_no_problem(model: Model) -> None:
    for table in model.patterns:
        model = edits.fit_table(model, table.name)
    assert not any(problem.fits for problem in problems(model))


@given(st.integers(2, 30), st.floats(0, 1), st.integers(0, 2**32 - 1))
def test_a_split_loses_nothing_and_keeps_the_order(count: int, fraction: float, seed: int) -> None:
    rows = tuple(Row(str(i), {"in": (i / count,)}) for i in range(count))
    train, test = split(PatternTable("all", rows), fraction, seed)
    assert (train.name, test.name) == ("all_train", "all_test")
    assert sorted((*train.rows, *test.rows), key=rows.index) == list(rows)
    assert len(train.rows) == min(max(1, round(fraction * count)), count - 1)
    for part in (train, test):
        assert list(part.rows) == sorted(part.rows, key=rows.index)
    assert split(PatternTable("all", rows), fraction, seed) == (train, test)


def test_a_split_needs_two_rows_and_a_fraction() -> None:
    sentence = "Table.rows: must have at least two rows to be split (table 't' has 1)"
    assert refused(lambda: split(PatternTable("t", ROWS[:1]), 0.5, 0)) == sentence
    assert refused(lambda: split(MODEL.patterns[0], 1.5, 0)) == "Split.fraction: must be a number from 0 to 1 (got 1.5)"
    assert refused(lambda: split(MODEL.patterns[0], 0.5, -1)).startswith("Split.seed: must be a whole number from 0 to")
    long = split(PatternTable("x" * 80, ROWS), 0.5, 0)
    assert [part.name for part in long] == ["x" * 74 + "_train", "x" * 74 + "_test"]


def test_a_new_network_has_an_empty_table_that_fits() -> None:
    model = new_network("New", [("in", 1, 3, "input"), ("out", 1, 2, "target")])
    assert (model.patterns, model.plan.train) == ((PatternTable("train"),), "train")
    assert edits.add_row(model, "train").patterns[0].columns == {"in": 3, "out": 2}
