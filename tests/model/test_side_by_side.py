"""Models side by side: what their trainings differ in, and nothing that has no influence on them."""

from dataclasses import replace

import pytest
from hypothesis import given

from leabra_studio.model import edits
from leabra_studio.model.changes import Difference, difference
from leabra_studio.model.side_by_side import NONE, Side, change_text, side_by_side
from tests.model import samples
from tests.session.lessons import NET, model

WEAK = edits.set_param(NET, "hid", "gi", 1.5)
LARGER = edits.add_layer(WEAK, name="more", shape=(2, 2))


def rows(*models):
    return [(side.where, side.what, side.values) for side in side_by_side(models)]


def test_one_changed_parameter_is_one_row():
    assert side_by_side((NET, WEAK)) == (Side("hid", "gi", ("1.8", "1.5")),)
    assert change_text(NET, WEAK) == "gi 1.8 → 1.5"


def test_a_value_stands_in_each_column_also_where_only_another_model_differs():
    wide = edits.set_param(NET, "up", "lrate", 0.4)
    assert rows(NET, WEAK, wide) == [
        ("hid", "gi", ("1.8", "1.5", "1.8")),
        ("up, over, back", "lrate", ("0.2", "0.2", "0.4")),
    ]


def test_objects_that_share_a_value_in_every_model_are_one_row_and_others_are_not():
    own = edits.set_param(edits.own_copy(NET, "up"), "up", "lrate", 0.4)
    assert rows(NET, own) == [("up", "lrate", ("0.2", "0.4"))]
    both = edits.set_param(own, "over", "lrate", 0.1)
    assert rows(NET, own, both) == [
        ("up", "lrate", ("0.2", "0.4", "0.4")),
        ("over, back", "lrate", ("0.2", "0.2", "0.1")),
    ]


def test_structure_plan_and_patterns_count():
    longer = model(epochs=9, test="train", lrate_schedule={"type": "Step", "every": 2, "factor": 0.5})
    assert rows(NET, longer, LARGER) == [
        ("plan", "test", ("test", "train", "test")),
        ("plan", "epochs", ("4", "9", "4")),
        ("plan", "lrate_schedule", (NONE, "Step(every=2, factor=0.5)", NONE)),
        ("patterns", "test", (rows(NET, longer)[-1][2][0], NONE, rows(NET, longer)[-1][2][0])),
        ("more", "layer", (NONE, NONE, "2 x 2, hidden")),
        ("hid", "gi", ("1.8", "1.8", "1.5")),
    ]
    assert change_text(NET, LARGER) == "layer – → 2 x 2, hidden and 1 more"


def test_another_cell_of_a_table_that_is_used_is_a_difference():
    other = edits.set_pattern(NET, "train", 1, "in", (1, 1, 1, 1))
    ((where, what, values),) = rows(NET, other)
    assert (where, what) == ("patterns", "train")
    assert values[0] != values[1]
    assert all(value.startswith("3 rows, content ") for value in values)


@pytest.mark.parametrize(
    "same",
    [
        NET,
        edits.set_seed(NET, 7),
        edits.set_cycles(NET, 50),
        edits.set_name(edits.set_notes(edits.move(NET, {"in": (1, 1)}), "x"), "y"),
        model(runs=3, seeds=(1, 2, 3)),
    ],
)
def test_what_has_no_influence_on_a_run_with_a_given_seed_does_not_count(same):
    assert rows(NET, same) == []
    assert change_text(NET, same) == ""


def test_one_model_differs_from_nothing():
    assert side_by_side((NET,)) == side_by_side(()) == ()


def test_many_names_are_counted():
    many = NET
    for i in range(3):
        many = edits.add_projn(many, "in", "hid", name=f"p{i}")
        many = edits.use_spec(many, f"p{i}", "wide")
    changed = edits.set_param(many, "up", "lrate", 0.4)
    assert rows(many, changed) == [("up, over, 4 more", "lrate", ("0.2", "0.4"))]


def test_plans_and_tables_are_differences_of_models():
    other = replace(NET, patterns=NET.patterns[:1], plan=replace(NET.plan, test=None, epochs=5))
    found = difference(NET, other)
    assert found[:2] == (Difference(("",), "plan.test", "test", None), Difference(("",), "plan.epochs", "4", "5"))
    assert [(item.field, item.b) for item in found[2:]] == [("patterns test", None)]


@given(samples.models(12), samples.models(12))
def test_every_row_has_different_texts_and_no_row_twice(one, other):
    found = side_by_side((one, other, one))
    assert all(side.values[0] == side.values[2] != side.values[1] for side in found)
    assert len({(side.where, side.what) for side in found}) == len(found)
