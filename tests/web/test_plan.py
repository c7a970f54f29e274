"""The training plan on the page: intents, the form, the outline, the problems."""

from typing import Any

import pytest

from leabra_studio.errors import LeabraError
from leabra_studio.model import Model, edits
from leabra_studio.model.patterns import Row
from leabra_studio.model.plan import TrainingPlan
from leabra_studio.model.problems import problems
from leabra_studio.session.session import Session
from leabra_studio.web.context import Context
from leabra_studio.web.intents import perform
from leabra_studio.web.views import outline, plan
from tests.web.trees import having, prop, texts

ROWS = (Row("one", {"in": (1.0, 0.0), "out": (1.0,)}), Row("two", {"in": (0.0, 1.0), "out": (0.0,)}))


def network() -> Model:
    model = edits.add_layer(Model(), name="in", shape=(1, 2), role="input")
    model = edits.add_layer(model, name="out", role="target")
    return edits.add_table(edits.add_projn(model, "in", "out"), "iris", ROWS)


MODEL = network()
STEP = edits.set_plan(MODEL, lrate_schedule={"type": "Step", "every": 10, "factor": 0.5})


def after(key: Any, value: Any, model: Model = MODEL) -> TrainingPlan:
    session = Session(model)
    perform(Context(session), {"op": "set_plan", "key": key, "value": value})
    return session.model.plan


def test_every_declared_field_has_a_row_with_its_help() -> None:
    fields = {prop(field, "data-key"): field for field in having(plan.form(MODEL), "data-op", "set_plan")}
    assert set(fields) == {*TrainingPlan.params(), "train", "test", "seeds", "lrate_schedule.type"}
    assert fields["epochs"].value == "500"
    helps = [prop(row, "data-help") for row in having(plan.form(MODEL), "data-help")]
    assert "epochs: How often all patterns are shown, at most · range 1 to 100000 · unit epochs · default 500" in helps


def test_the_head_says_what_is_trained_on() -> None:
    assert "iris · 2 rows" in texts(plan.head(MODEL))
    assert "no table to train on" in texts(plan.head(Model()))


def test_a_schedule_shows_the_numbers_that_it_declares() -> None:
    fields = {prop(field, "data-key"): field for field in having(plan.form(STEP), "data-op")}
    assert fields["lrate_schedule.every"].value == "10"
    assert fields["lrate_schedule.factor"].value == "0.5"


def test_fields_become_edits_with_a_name() -> None:
    assert after("epochs", "20").epochs == 20
    assert after("order", "sequential").order == "sequential"
    assert after("test", "iris").test == "iris"
    assert after("train", "").train is None
    seeded = after("seeds", " 4, 5 6 ")
    assert (seeded.seeds, seeded.runs) == ((4, 5, 6), 3)
    session = Session(MODEL)
    perform(Context(session), {"op": "set_plan", "key": "epochs", "value": "20"})
    assert session.history.undo_label == "Training: epochs 20"
    session.undo()
    assert session.model == MODEL


def test_a_value_that_is_there_already_is_no_edit() -> None:
    session = Session(MODEL)
    perform(Context(session), {"op": "set_plan", "key": "epochs", "value": "500"})
    assert session.model is MODEL


@pytest.mark.parametrize("word", ["Constant", "Step", "Exponential", "Plateau"])
def test_a_schedule_starts_with_its_declared_numbers(word: str) -> None:
    chosen = after("lrate_schedule.type", word).schedule()
    assert type(chosen).__name__ == word
    assert {name: getattr(chosen, name) for name in chosen.params()} == {
        name: param.default for name, param in chosen.params().items()
    }


def test_a_schedule_is_changed_number_by_number_and_taken_away() -> None:
    assert after("lrate_schedule.every", "7", STEP).lrate_schedule == {"type": "Step", "every": 7, "factor": 0.5}
    assert after("lrate_schedule.type", "", STEP).lrate_schedule is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (None, "1"),
        ("gone", "1"),
        ("__class__", "1"),
        ("epochs", None),
        ("epochs", "0"),
        ("epochs", "many"),
        ("epochs", "2.5"),
        ("order", "random"),
        ("order", ["permuted"]),
        ("train", "gone"),
        ("train", 3),
        ("seeds", "1 x"),
        ("seeds", "-1"),
        ("seeds", [1]),
        ("lrate_schedule", "Step"),
        ("lrate_schedule.type", "Cosine"),
        ("lrate_schedule.type", None),
        ("lrate_schedule.every", "7"),
        ("lrate_schedule.factor", "x" * 5000),
    ],
)
def test_malformed_fields_are_refused_with_a_sentence(key: Any, value: Any) -> None:
    session = Session(MODEL)
    with pytest.raises(LeabraError):
        perform(Context(session), {"op": "set_plan", "key": key, "value": value})
    assert session.model is MODEL


def test_the_inspector_shows_the_plan_until_something_is_selected(tab) -> None:
    page = tab.ask("plan_show")
    assert (page.page["about"], page.page["select"]) == ("plan", [])
    assert "Training plan" in texts(page.panes["head"])
    assert tab.ask("refresh", about="plan").page["about"] == "plan"
    assert tab.ask("select", names=["output"], about="plan").page["about"] == ""
    assert tab.ask("plan_hide", about="plan").page["about"] == ""


def test_a_refused_field_is_told_beside_it(tab) -> None:
    (field,) = tab.ask("set_plan", key="epochs", value="0", about="plan").page["fields"]
    assert field["path"] == "epochs"
    assert "must be in the range" in field["error"]


def test_the_outline_has_the_plan_and_the_tables() -> None:
    tree = outline.render(MODEL, (), {}, "plan")
    (row,) = having(tree, "data-kind", "plan")
    assert prop(row, "aria-selected") == "true"
    (table,) = having(tree, "data-kind", "table")
    assert prop(table, "data-table") == "iris"
    assert "2 rows" in texts(table)


def test_problems_of_tables_lead_to_them_and_are_mended_by_a_click() -> None:
    model = edits.set_shape(edits.set_shape(MODEL, "in", (1, 2)), "out", (1, 1))
    lost = edits.set_rows(model, "iris", [Row("", {"in": (1.0,), "old": (1.0,)})])
    found = problems(lost)
    assert [problem.name for problem in found] == ["in", "iris", "out"]
    jumps = [prop(item, "data-intent") for item in having(outline.problem_menu(found), "data-intent")]
    assert jumps == ['{"op": "table_show", "table": "iris"}'] * 3 + ['{"op": "table_fit", "table": "iris"}']
    note = having(plan.form(lost), "data-intent", '{"op": "table_fit", "table": "iris"}')
    assert len(note) == 1
    assert problems(edits.fit_table(lost, "iris")) == ()


def test_a_problem_of_the_plan_leads_to_the_plan_and_others_to_their_object() -> None:
    found = problems(edits.set_plan(edits.remove(MODEL, [MODEL.projns[0].name]), stop_by="test"))
    jumps = [prop(item, "data-intent") for item in having(outline.problem_menu(found), "data-intent")]
    assert jumps == ['{"op": "select", "names": ["out"]}', '{"op": "plan_show"}']


def test_a_form_without_tables_offers_one() -> None:
    assert having(plan.form(Model()), "data-intent", '{"op": "table_new"}')
    assert having(plan.form(edits.add_table(MODEL, "empty")), "data-intent") == []
