"""Write the gallery's models of the three programs that learn: each gives the numbers of its program in examples/.

Run it from the root of the checkout, with scikit-learn installed:
`PYTHONPATH=.:examples python tools/make_examples.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import error_driven_hidden
import iris
import numpy as np
import pattern_association
from shared.training import Floats, Patterns
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split

import leabra_studio as lb
from leabra_studio.model import Model, PatternTable, Row, TrainingPlan, View, codec, edits
from leabra_studio.model.from_net import model_of

FOLDER = Path("leabra_studio/model/examples")
SEED = 1
"""The programs' own default."""
CLOSE = 0.55
"""Share of the usual distance between layers, which leaves room for the name of a projection."""
NOTES = {
    "pattern_association": """\
Four patterns, two answers and no hidden layer: figure 2 of the Leabra7 paper.
Watch the error fall while the weights from units that speak for an answer grow; a run ends after three tests in a row \
without an error, and every epoch is tested.
Try 0110 as the fourth input, as the paper draws it: then no weights solve the task, for that takes a hidden layer. \
Or raise the learning rate to 0.2.""",
    "error_driven_hidden": """\
Every input is on once for each answer, so that only pairs of units tell: figure 3 of the Leabra7 paper.
Watch the hidden layer in the plus phase: the weak feedback from the output tells it the outcome, and what differs \
from the minus phase is learnt. Not every seed solves it; the error jumps, for with feedback a small change of a \
weight may throw an answer over.
Try another seed, no feedback (wt_scale_rel 0), or a learning rate of 0.08 that falls to a tenth after 2500 epochs.""",
    "iris": """\
Three species of iris told apart by four measures of the flower, each a row of nine units: figure 4 of the \
Leabra7 paper.
Rows from below: sepal length, sepal width, petal length, petal width. 120 flowers are learnt; 30 others, set aside by \
the seed, are tested every fifth epoch.
Watch which species are taken for each other: setosa never, versicolor and virginica now and then. Try fewer hidden \
units, or no feedback.""",
}


def described(net: lb.Net, key: str, name: str, plan: TrainingPlan, tables: Sequence[PatternTable]) -> Model:
    """Return the model of a program's net, with its patterns and its plan."""
    model = replace(model_of(net, name).model, notes=NOTES[key], patterns=tuple(tables), plan=plan)
    return placed(replace(model, view=View(layer="output")))


def placed(model: Model) -> Model:
    """Return a model with its layers close above each other: the canvas is low while the learning curves are shown."""
    model = edits.tidy(model, "up")
    return replace(model, layers=tuple(replace(layer, y=round(CLOSE * layer.y)) for layer in model.layers))


def of_task(task: Patterns) -> PatternTable:
    """Return a task of few patterns as a table; rows are called by their input."""
    names = ("".join(str(int(act)) for act in x) for x in task.x)
    return PatternTable("patterns", tuple(rows(names, task.x, task.y, "input", "output")))


def rows(names: Iterator[str], x: Floats, y: Floats, *layers: str) -> Iterator[Row]:
    """Yield rows for two layers."""
    for name, *acts in zip(names, x, y, strict=True):
        yield Row(name, {layer: tuple(map(float, a)) for layer, a in zip(layers, acts, strict=True)})


def of_patterns(task: Patterns) -> TrainingPlan:
    """Return what `shared.training.train_patterns` does."""
    return TrainingPlan(
        "patterns", "patterns", task.phases.minus, task.phases.plus, "sequential", epochs=3000,
        stop_by="test", test_every=1, test_cycles=task.phases.test, test_state="kept",
    )  # fmt: skip  # numbers, then words


def of_iris() -> Model:
    """Return IRIS, with the program's own split."""
    data, flowers = iris.load_data(SEED), load_iris()
    names = [f"{flowers.target_names[kind]} {i + 1}" for i, kind in enumerate(flowers.target)]
    parts = train_test_split(np.array(names), test_size=0.2, random_state=SEED)
    tables = (
        PatternTable("iris_train", tuple(rows(iter(parts[0].tolist()), data.x_train, data.y_train, "input", "output"))),
        PatternTable("iris_test", tuple(rows(iter(parts[1].tolist()), data.x_test, data.y_test, "input", "output"))),
    )
    plan = TrainingPlan(
        "iris_train", "iris_test", iris.PHASES.minus, iris.PHASES.plus, "sequential", stop_after=0,
        test_cycles=iris.PHASES.test, test_state="kept", correct_by="winner",
    )  # fmt: skip  # numbers, then words
    model = described(iris.build(SEED), "iris", "IRIS 36-23-3", plan, tables)
    shapes = {"input": (4, iris.BINS), "hidden": (1, iris.HIDDEN), "output": (1, iris.SPECIES)}
    layers = tuple(replace(layer, shape=shapes[layer.name]) for layer in model.layers)
    model = placed(replace(model, layers=layers))
    for name in shapes:
        model = edits.rename(model, name, name.capitalize())
    return model


def main() -> None:
    """Write the files."""
    models = {"iris": of_iris()}
    for program, name in ((pattern_association, "Pattern association"), (error_driven_hidden, "Error-driven hidden")):
        key = program.PROGRAM.name
        plan, tables = of_patterns(program.TASK), (of_task(program.TASK),)
        models[key] = described(program.build(SEED), key, name, plan, tables)
    for key, model in models.items():
        (FOLDER / f"{key}{codec.SUFFIX}").write_text(codec.dumps(model), "utf-8")
        print(key, len(codec.dumps(model)), "characters")


if __name__ == "__main__":
    main()
