"""The script of a model that trains, executed, is the training of the studio: every record, every weight, every bit."""

import ast
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from leabra_studio.export.page import Script
from leabra_studio.export.training import CONSTANTS, WORDS, training_script
from leabra_studio.model import Layer, Model, NamedSpec, PatternTable, Projn, Row, TrainingPlan, edits
from tests.export.plain import Plain
from tests.export.running import same_bits, trained
from tests.export.test_source import unchecked, unformatted
from tests.model import lessons, samples

PAIRS = PatternTable(
    "pairs",
    (
        Row("one", {"input": (1, 0, 0, 1), "output": (1, 0)}),
        Row("two", {"input": (0, 1, 1, 0), "output": (0, 1)}),
    ),
)
MODEL = Model(
    name="Two patterns",
    seed=1,
    layers=(Layer("input", (2, 2), "input"), Layer("output", (1, 2), "target")),
    projns=(Projn("up", "input", "output", "up_spec"),),
    specs=(NamedSpec("up_spec", "projn", {"dist": {"type": "Uniform", "low": 0.25, "high": 0.75}, "lrate": 0.2}),),
    patterns=(PAIRS,),
    plan=TrainingPlan("pairs", minus_cycles=30, plus_cycles=10, epochs=3),
)
PLATEAU = {"type": "Plateau", "patience": 1, "factor": 0.5, "floor": 0.1}


def planned(**changes: Any) -> Model:
    return replace(MODEL, plan=replace(MODEL.plan, **changes))


def agree(model: Model) -> Script:
    """Check that a model's script does what the program of its plan says, and looks as it should."""
    made = training_script(model)
    plain = Plain(model)
    runs, _ = trained(made)
    ours = [{"run": i, "train": None, "test": None, **r} for i, (_, records) in enumerate(runs) for r in records]
    assert ours == plain.records
    for (net, _), other in zip(runs, plain.nets, strict=True):
        assert same_bits(net.units, other.units)
        assert all(same_bits(net.get_weights(name), other.get_weights(name)) for name in other.projn_names)
    return made


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"order": "sequential", "seeds": (5, 5), "runs": 2},
        {"epochs": 200, "stop_after": 2},
        {"epochs": 200, "stop_after": 2, "stop_by": "test"},
        {"epochs": 7, "stop_after": 0, "test": "pairs", "test_every": 3, "test_cycles": 20},
        {"epochs": 7, "test": "pairs", "test_every": 3, "test_state": "kept"},
        {"epochs": 7, "test": "pairs", "test_every": 0},
        {"epochs": 200, "test": "pairs", "test_every": 1, "test_state": "kept", "stop_by": "test"},
        {"epochs": 200, "test": "pairs", "test_every": 2, "stop_by": "test", "lrate_schedule": PLATEAU},
        {"epochs": 30, "lrate_schedule": PLATEAU, "stop_after": 0},
    ],
)
def test_a_script_is_the_training(changes: dict[str, Any]) -> None:
    assert unformatted(agree(planned(**changes)).text) == ""


def test_a_run_that_stops_early_has_solved_its_task() -> None:
    (_, records), *_ = trained(training_script(planned(epochs=200)))[0]
    assert 3 < len(records) < 200
    assert [record["train"]["errors"] for record in records[-3:]] == [0, 0, 0]


@settings(max_examples=40)
@given(lessons.models())
def test_any_script_is_the_training(model: Model) -> None:
    made = agree(model)
    assert unformatted(made.text) == ""
    assert training_script(model) == made
    assert set(made.lines) == model.taken
    count = len(made.text.splitlines())
    numbers = [
        *made.plan,
        *(number for part in (made.lines, made.tables) for lines in part.values() for number in lines),
    ]
    assert all(1 <= number <= count for number in numbers)


def variables(source: str) -> set[str]:
    """Return everything that a script gives a value to, but for its own specs and tables."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.FunctionDef(name=name):
                found.add(name)
            case ast.alias(name=name, asname=other):
                found.add(other or name)
    return found


@settings(max_examples=40)
@given(lessons.models(plain=True))
def test_no_spec_and_no_table_can_take_a_word_that_the_script_needs(model: Model) -> None:
    named = {
        "shapes",
        "checks",
        "layer_spec",
        "projn_spec",
        *(f"{p}{x}" for p in ("", "TEST_") for x in lessons.COLUMNS),
    }
    assert variables(training_script(model).text) <= WORDS | CONSTANTS | named | {"net", "lb"}


@pytest.mark.parametrize("name", [*samples.HOSTILE, *sorted(WORDS), *sorted(CONSTANTS), "train", "test"])
def test_hostile_names_are_only_names(name: str) -> None:
    plan = TrainingPlan("pairs", "other", 2, 1, epochs=1, test_every=1, test_cycles=2)
    model = replace(MODEL, patterns=(PAIRS, replace(PAIRS, name="other")), plan=plan, name=name)
    model = edits.rename_table(edits.rename_table(model, "other", f"{name[:70]}_b"), "pairs", name)
    model = edits.set_row_name(model, name, 0, name)
    model = edits.rename(edits.rename(model, "input", name), "output", f"{name[:70]}_c")
    model = edits.rename_spec(model, "up_spec", f"{name[:70]}_d")
    made = agree(model)
    assert (unformatted(made.text), unchecked(made.text)) == ("", "")
    assert set(made.tables) == {name, f"{name[:70]}_b"}


def test_lines_of_an_object_of_a_table_and_of_the_plan_are_lit() -> None:
    made = training_script(planned(test="pairs"))
    lines = made.text.splitlines()

    def lit(numbers: tuple[int, ...]) -> list[str]:
        return [lines[number - 1].strip() for number in numbers]

    assert lit(made.lines["input"]) == [
        'net.new_layer("input", size=4)',
        'net.clamp_layer("input", row[INPUT])',
        'net.unclamp_layer("input")',
        'net.clamp_layer("input", row[INPUT])',
        'net.unclamp_layer("input")',
    ]
    assert "10 01  10  # one" in lit(made.tables["pairs"])
    assert "EPOCHS = 3" in lit(made.plan)
