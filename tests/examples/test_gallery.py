"""The gallery's models of the programs that learn are those programs: the same weights and losses for the same seed."""

from dataclasses import replace
from types import ModuleType

import error_driven_hidden
import iris
import numpy as np
import pattern_association
import pytest

import leabra_studio as lb
from leabra_studio.export.training import training_script
from leabra_studio.model import Model, codec, edits, gallery
from leabra_studio.session.session import Session
from tests.export.plain import Plain
from tests.export.running import same_bits, trained
from tests.export.test_source import unchecked, unformatted
from tests.session import lessons

SUMS = 1e-12
"""How far the mean of the patterns' errors may be from the mean of all units' errors, which is summed otherwise."""


def shortened(key: str, epochs: int) -> Model:
    model = gallery.load_example(key)
    return replace(model, plan=replace(model.plan, epochs=epochs))


def same_weights(net: lb.Net, other: lb.Net) -> bool:
    pairs = zip(net.projn_names, other.projn_names, strict=True)
    return all(same_bits(net.get_weights(one), other.get_weights(two)) for one, two in pairs)


@pytest.mark.parametrize("program", [pattern_association, error_driven_hidden])
def test_few_patterns_are_learnt_as_by_the_program(program: ModuleType) -> None:
    model = shortened(program.PROGRAM.name, 40)
    net = program.build(model.seed)
    losses = program.train(net, 40)
    plain = Plain(model)
    found = [record["test"]["avg_sse"] for record in plain.records]
    np.testing.assert_allclose(found, losses["loss"], rtol=0, atol=SUMS)
    assert same_weights(net, plain.net)


def test_iris_is_learnt_as_by_the_program() -> None:
    model = shortened("iris", 7)
    net = iris.build(model.seed)
    data = iris.load_data(model.seed)
    losses = iris.train(net, data, 7)
    tables = {table.name: table for table in model.patterns}
    np.testing.assert_array_equal(tables["iris_train"].array("Input"), data.x_train)
    np.testing.assert_array_equal(tables["iris_test"].array("Output"), data.y_test)
    plain = Plain(model)
    tested = [record["epoch"] for record in plain.records if record["test"]]
    assert tested == losses["epoch"].tolist() == [5, 7]
    found = [record["test"]["percent_correct"] / 100 for record in plain.records if record["test"]]
    assert found == losses["test_accuracy"].tolist()
    assert same_weights(net, plain.net)


@pytest.mark.usefixtures("kernels")
def test_the_accuracies_of_iris_are_those_that_a_session_tests() -> None:
    model = shortened("iris", 10)
    losses = iris.train(iris.build(model.seed), iris.load_data(model.seed), 10)
    session = Session(model)
    lessons.train(session)
    tested = session.training.records.column("test percent_correct")[[4, 9]] / 100
    assert tested.tolist() == losses["test_accuracy"].tolist()
    session.edit(edits.set_plan, test="iris_train", label="Test the flowers of training")
    session.test_all()
    lessons.finish(session)
    assert session.results("trials")["correct"] == round(120 * losses["train_accuracy"].iloc[-1])


@pytest.mark.parametrize(("key", "epochs"), [("pattern_association", 6), ("error_driven_hidden", 6), ("iris", 2)])
def test_the_script_of_an_example_is_its_training(key: str, epochs: int) -> None:
    model = shortened(key, epochs)
    made = training_script(model)
    ((net, records),) = trained(made)[0]
    plain = Plain(model)
    assert [{"run": 0, **record} for record in records] == plain.records
    assert same_weights(net, plain.net)
    assert (unformatted(made.text), unchecked(made.text)) == ("", "")


def test_pattern_association_is_solved_where_the_program_solves_it() -> None:
    model = replace(gallery.load_example("pattern_association"), seed=3)
    ((_, records),) = trained(training_script(model))[0]
    assert len(records) == 207


@pytest.mark.parametrize("key", ["pattern_association", "error_driven_hidden", "iris"])
def test_a_file_is_no_larger_than_it_must_be(key: str) -> None:
    assert len(codec.dumps(gallery.load_example(key))) < 20_000
