"""Edits of tables, rows and cells of patterns."""

import contextlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.errors import LimitError, ValidationError
from leabra_studio.model import Layer, Model, PatternTable, Row, TrainingPlan, edits, limits
from leabra_studio.model.cell_text import pasted, text_of, value_of
from tests.model import samples

NET = Model(layers=(Layer("out", (1, 2), "target"), Layer("mid"), Layer("in", (1, 3), "input")))
ROWS = tuple(Row(name, {"in": (1, 0, i / 4), "out": (1, 0)}) for i, name in enumerate("abcd"))
MODEL = replace(NET, patterns=(PatternTable("t", ROWS), PatternTable("empty")), plan=TrainingPlan("t", "empty"))


def names(model: Model, table: int = 0) -> str:
    return "".join(row.name for row in model.patterns[table].rows)


def values(model: Model, layer: str = "in", table: int = 0) -> list[tuple[float, ...]]:
    return [row.values[layer] for row in model.patterns[table].rows]


def test_the_first_table_is_the_one_to_train_on() -> None:
    one = edits.add_table(NET)
    two = edits.add_table(edits.add_table(one), rows=ROWS)
    assert [table.name for table in two.patterns] == ["train", "test", "test_2"]
    assert (one.plan.train, two.plan.train, two.plan.test) == ("train", "train", None)
    assert names(two, 2) == "abcd"


def test_the_plan_follows_its_tables() -> None:
    model = edits.rename_table(edits.rename_table(MODEL, "t", "  new "), "empty", "none")
    assert (model.plan.train, model.plan.test) == ("new", "none")
    assert edits.rename_table(model, "new", "new ") is model
    assert edits.remove_table(model, "new").plan == replace(MODEL.plan, train=None, test="none")
    assert edits.remove_table(model, "none").plan == replace(MODEL.plan, train="new", test=None)


def test_a_split_makes_two_tables_and_trains_on_the_first() -> None:
    model = edits.split_table(edits.add_table(MODEL, "t_test"), "t", 0.75, 1)
    assert [table.name for table in model.patterns] == ["t", "empty", "t_test", "t_train", "t_test_2"]
    assert [len(table.rows) for table in model.patterns] == [4, 0, 0, 3, 1]
    assert (model.plan.train, model.plan.test) == ("t_train", "t_test_2")
    other = edits.set_plan(MODEL, train="empty")
    assert edits.split_table(other, "t", 0.5, 1).plan == other.plan


def test_rows_are_added_copied_moved_and_removed() -> None:
    assert names(edits.add_row(MODEL, "t", name="e")) == "abcde"
    assert names(edits.add_row(MODEL, "t", 0, "e")) == "eabcd"
    assert names(edits.duplicate_rows(MODEL, "t", [2, 0, 2])) == "abcacd"
    assert names(edits.remove_rows(MODEL, "t", {1, 3})) == "ac"
    assert names(edits.move_rows(MODEL, "t", [3, 1], 0)) == "bdac"
    assert names(edits.move_rows(MODEL, "t", [0, 1], 4)) == "cdab"
    assert names(edits.move_rows(MODEL, "t", [0, 2], 2)) == "bacd"
    assert names(edits.set_row_name(MODEL, "t", 1, " x ")) == "axcd"
    assert names(edits.set_rows(MODEL, "t", ROWS[:1])) == "a"


@given(st.sets(st.integers(0, 3), min_size=1), st.integers(0, 4))
def test_moving_keeps_the_others_in_order(chosen: set[int], before: int) -> None:
    moved = names(edits.move_rows(MODEL, "t", chosen, before))
    picked = "".join("abcd"[i] for i in sorted(chosen))
    assert picked in moved
    assert moved.replace(picked, "") == "".join(x for i, x in enumerate("abcd") if i not in chosen)
    ahead = "".join(x for i, x in enumerate("abcd") if i < before and i not in chosen)
    assert moved.startswith(ahead + picked)


def test_a_new_row_fits_the_table_or_the_network() -> None:
    model = edits.add_row(MODEL, "empty")
    assert model.patterns[1].rows == (Row("", {"in": (0, 0, 0), "out": (0, 0)}),)
    odd = replace(MODEL, patterns=(PatternTable("t", (Row("", {"gone": (1,)}),)), PatternTable("empty")))
    assert edits.add_row(odd, "t").patterns[0].rows[1] == Row("", {"gone": (0,)})


def test_values_and_patterns_are_set() -> None:
    assert values(edits.set_value(MODEL, "t", 1, "in", 1, 0.5))[:2] == [(1, 0, 0), (1, 0.5, 0.25)]
    assert values(edits.set_pattern(MODEL, "t", 3, "out", [0, 1]), "out")[3] == (0, 1)
    assert values(edits.set_column(MODEL, "t", "in", [(0, 0, 1), (0, 1, 0)]))[:3] == [(0, 0, 1), (0, 1, 0), (1, 0, 0.5)]
    longer = edits.set_column(MODEL, "empty", "out", [(0, 1)] * 2)
    assert longer.patterns[1].rows == (Row("", {"in": (0, 0, 0), "out": (0, 1)}),) * 2


def test_a_layer_without_patterns_gets_zeros_with_its_first_value() -> None:
    model = edits.set_value(edits.set_role(MODEL, "mid", "target"), "t", 2, "mid", 0, 1)
    assert values(model, "mid") == [(0,), (0,), (1,), (0,)]


def test_a_block_is_pasted_over_layers_and_beyond_the_last_row() -> None:
    model = edits.paste(MODEL, "t", 3, "in", 1, "0.25\t0.5\t0,75\r\n1\t1\t1\r\n")
    assert values(model)[3:] == [(1, 0.25, 0.5), (0, 1, 1)]
    assert values(model, "out")[3:] == [(0.75, 0), (1, 0)]
    assert names(model) == "abcd"
    assert values(edits.paste(MODEL, "empty", 0, "out", 0, "0 1"), "out", 1) == [(0, 1)]
    assert edits.paste(MODEL, "t", 0, "in", 0, "1") == MODEL


def test_fitting_cuts_fills_and_drops() -> None:
    odd = PatternTable("t", (Row("a", {"gone": (1,), "in": (1, 1, 1, 1), "mid": (1,)}),))
    model = edits.fit_table(replace(MODEL, patterns=(odd, PatternTable("empty"))), "t")
    assert model.patterns[0].rows == (Row("a", {"in": (1, 1, 1), "out": (0, 0)}),)
    assert edits.fit_table(model, "t") is model
    assert edits.fit_table(model, "empty") is model


ODD = replace(MODEL, patterns=(PatternTable("t", (Row("a", {"in": (1, 1, 1, 1)}),)), PatternTable("empty")))
NO_ROWS = "Table.row: must be a row of table 'empty', which has none; add one"


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda: edits.add_table(MODEL, "t"), "Table.name: must be a new name (got 't'); 't_2' is free"),
        (lambda: edits.rename_table(MODEL, "t", "empty"), "Table.name: must be a new name (got 'empty'); 'empty_2' is"),
        (lambda: edits.remove_table(MODEL, "x"), "Model.patterns: there is no table 'x'; there is 't', 'empty'"),
        (lambda: edits.add_row(MODEL, "t", 5), "Table.at: must be a whole number from 0 to 4 (got 5)"),
        (lambda: edits.remove_rows(MODEL, "t", []), "Table.rows: must be at least one (got none); select some first"),
        (lambda: edits.remove_rows(MODEL, "t", [4]), "Table.row: must be a whole number from 0 to 3 (got 4)"),
        (lambda: edits.remove_rows(MODEL, "empty", [0]), NO_ROWS),
        (lambda: edits.move_rows(MODEL, "t", [0], 5), "Table.before: must be a whole number from 0 to 4 (got 5)"),
        (lambda: edits.set_row_name(MODEL, "t", 0, "\t\0"), "Row.name: must be one line of visible characters"),
        (lambda: edits.set_value(MODEL, "empty", 0, "in", 0, 1), NO_ROWS),
        (
            lambda: edits.set_value(MODEL, "t", 0, "mid", 0, 1),
            "Table.layer: must be an input or target (got 'mid'); there is 'in', 'out'",
        ),
        (lambda: edits.set_value(MODEL, "t", 0, "in", 3, 1), "Table.unit: must be a whole number from 0 to 2 (got 3)"),
        (lambda: edits.set_value(MODEL, "t", 0, "in", 0, 2), "Table.value: must be a number from 0 to 1 (got 2)"),
        (lambda: edits.set_value(MODEL, "t", 0, "in", 0, "1"), "Table.value: must be a number from 0 to 1 (got '1')"),
        (
            lambda: edits.set_value(ODD, "t", 0, "in", 0, 1),
            "Table.columns: table 't' has 4 values for 'in', not 3; fit it to the network first",
        ),
        (
            lambda: edits.set_pattern(MODEL, "t", 0, "in", [1, 1]),
            "Table.in: must have 3 values, one for each unit (got 2)",
        ),
        (
            lambda: edits.set_pattern(MODEL, "t", 0, "in", [1, 1, 3]),
            "Table.in[2]: must be a number from 0 to 1 (got 3)",
        ),
        (
            lambda: edits.set_column(MODEL, "t", "in", [(1, 1, 1), ()]),
            "Table.in: must have a number for each unit (got",
        ),
        (lambda: edits.paste(MODEL, "t", 5, "in", 0, "1"), "Paste.row: must be a whole number from 0 to 4 (got 5)"),
        (lambda: edits.paste(MODEL, "t", 0, "out", 2, "1"), "Paste.unit: must be a whole number from 0 to 1 (got 2)"),
        (
            lambda: edits.paste(MODEL, "t", 0, "out", 1, "1 1"),
            "Paste.text: must not be wider than what is left of the row, 1 (got 2 values in a line)",
        ),
        (
            lambda: edits.paste(MODEL, "t", 0, "in", 0, "1\t0\nx\t0"),
            "Paste.text: must hold numbers from 0 to 1 (value 1 of line 2 is 'x')",
        ),
        (
            lambda: edits.paste(MODEL, "t", 0, "in", 0, "1\t0\n1"),
            "Paste.text: must be a block of values (line 1 has 2, line 2 has 1)",
        ),
        (
            lambda: edits.paste(MODEL, "t", 0, "in", 0, "1\t\n1\t1"),
            "Paste.text: must hold numbers from 0 to 1 (value 2 of line 1 is '')",
        ),
        (lambda: edits.paste(MODEL, "t", 0, "in", 0, ""), "Paste.text: must hold at least one value (got none)"),
    ],
)
def test_refusals_say_why(edit: Any, sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        edit()
    assert str(caught.value).startswith(sentence)


def test_limits_hold_for_all_tables_together() -> None:
    model = edits.set_rows(MODEL, "t", ROWS[:1] * (limits.EVENTS - 1))
    model = edits.add_row(model, "empty")
    for edit in (
        lambda: edits.add_row(model, "empty"),
        lambda: edits.duplicate_rows(model, "t", [0]),
        lambda: edits.paste(model, "empty", 1, "in", 0, "1"),
        lambda: edits.set_column(model, "t", "in", [(1, 1, 1)] * (limits.EVENTS + 1)),
        lambda: edits.paste(model, "t", 0, "in", 0, "1" * (limits.TABLE_BYTES + 1)),
    ):
        with pytest.raises(LimitError, match="A model may have at most"):
            edit()


@given(samples.models(steps=samples.STEPS + samples.TABLES))
def test_tables_of_edited_models_are_uniform_and_found_by_the_plan(model: Model) -> None:
    known = {table.name for table in model.patterns}
    assert {model.plan.train, model.plan.test} <= known | {None}
    for table in model.patterns:
        assert {tuple(sorted(row.widths.items())) for row in table.rows} <= {tuple(sorted(table.columns.items()))}


@given(st.floats(0, 1))
def test_a_value_is_written_so_that_it_is_read_exactly(value: float) -> None:
    assert value_of(text_of(value)) == value
    assert value_of(f" {text_of(value).replace('.', ',')}\t", comma=True) == value


@pytest.mark.parametrize(
    "text", ["", " ", "x", "nan", "inf", "1_0", "0x1", "1e", "--1", "٣", "1.5", "-0.1", "1e999", "1,0"]
)
def test_what_is_no_value_is_none(text: str) -> None:
    assert value_of(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("+1", 1), (".5", 0.5), ("1.", 1), ("1e-3", 0.001), ("-0", 0), ("00.5", 0.5)]
)
def test_what_is_a_value_is_read(text: str, value: float) -> None:
    assert value_of(text) == value
    assert str(value_of(text)) == str(float(value))


@given(st.text(st.sampled_from("01.5,;\t\n\r x"), max_size=20))
def test_any_clipboard_is_a_block_or_refused(text: str) -> None:
    with contextlib.suppress(ValidationError):
        block = pasted(text)
        assert len({len(line) for line in block}) == 1
        assert all(0 <= value <= 1 for line in block for value in line)
