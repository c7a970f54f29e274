from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.errors import ValidationError
from leabra_studio.model import Layer, Model, Projn, edits

NEAR = 0.05
MODEL = Model(
    layers=(Layer("a", x=0, y=0), Layer("b", x=100, y=50), Layer("c", x=400, y=-20), Layer("d", x=7, y=7)),
    projns=(Projn("p", "a", "b"),),
)
SIZES = {"a": (40.0, 20.0), "b": (80.0, 60.0), "c": (20.0, 100.0), "d": (10.0, 10.0)}


def at(model: Model, axis: str) -> dict[str, float]:
    return {layer.name: getattr(layer, axis) for layer in model.layers}


@pytest.mark.parametrize(
    ("line", "axis", "expected"),
    [
        ("left", "x", {"a": 0, "b": 20, "c": -10}),
        ("centre", "x", {"a": 195, "b": 195, "c": 195}),
        ("right", "x", {"a": 390, "b": 370, "c": 400}),
        ("top", "y", {"a": -60, "b": -40, "c": -20}),
        ("middle", "y", {"a": 5, "b": 5, "c": 5}),
        ("bottom", "y", {"a": 70, "b": 50, "c": 30}),
    ],
)
def test_layers_in_line(line: Any, axis: str, expected: Mapping[str, float]) -> None:
    model = edits.align(MODEL, ["c", "b", "a", "p"], line, SIZES)
    other = "y" if axis == "x" else "x"
    assert at(model, axis) == {**expected, "d": 7}
    assert at(model, other) == at(MODEL, other)
    assert edits.align(model, ["a", "b", "c"], line, SIZES) is model


def test_equal_gaps() -> None:
    model = edits.distribute(MODEL, ["a", "b", "c"], "horizontal", SIZES)
    assert at(model, "x") == {"a": 0, "b": 205, "c": 400, "d": 7}
    assert at(model, "y") == at(MODEL, "y")
    model = edits.distribute(MODEL, ["a", "b", "c"], "vertical", SIZES)
    assert at(model, "y") == {"a": 25, "b": 50, "c": -20, "d": 7}
    assert edits.distribute(model, ["a", "b", "c"], "vertical", SIZES) is model


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda: edits.align(MODEL, ["a", "b"], "up", SIZES), "Model.line: must be one of left, centre, right, top"),
        (lambda: edits.align(MODEL, ["a", "b"], [], SIZES), "Model.line: must be one of"),
        (lambda: edits.align(MODEL, ["a", "p"], "left", SIZES), "Model.names: must hold at least 2 layers (got 1)"),
        (lambda: edits.align(MODEL, [], "left", SIZES), "Model.names: must hold at least one name (got none)"),
        (lambda: edits.align(MODEL, ["a", "z"], "left", SIZES), "Model.names: there is nothing called 'z'"),
        (
            lambda: edits.align(MODEL, ["a", "b"], "left", {}),
            "Layer.size: must be two numbers, width and height (got N",
        ),
        (lambda: edits.align(MODEL, ["a", "b"], "left", {"a": 3}), "Layer.size: must be two numbers, width and height"),
        (
            lambda: edits.align(MODEL, ["a", "b"], "left", {**SIZES, "a": (float("nan"), 1)}),
            "Layer.width: must be a number from 0 to 1,000,000 (got nan)",
        ),
        (
            lambda: edits.align(MODEL, ["a", "b"], "top", {**SIZES, "a": (1, -1)}),
            "Layer.height: must be a number from 0 to 1,000,000 (got -1)",
        ),
        (
            lambda: edits.distribute(MODEL, ["a", "b", "c"], "diagonal", SIZES),
            "Model.direction: must be one of horizontal, vertical (got 'diagonal')",
        ),
        (
            lambda: edits.distribute(MODEL, ["a", "b"], "vertical", SIZES),
            "Model.names: must hold at least 3 layers (got 2); select more",
        ),
    ],
)
def test_refusals_have_a_sentence(edit: Any, sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        edit()
    assert str(caught.value).startswith(sentence)


PLACES = st.floats(-1e4, 1e4)
CARDS = st.lists(st.tuples(PLACES, PLACES, st.floats(1, 600), st.floats(1, 600)), min_size=3, max_size=7)


def drawn(cards: list[tuple[float, float, float, float]]) -> tuple[Model, dict[str, tuple[float, float]]]:
    layers = tuple(Layer(f"l{i}", x=x, y=y) for i, (x, y, _, _) in enumerate(cards))
    return Model(layers=layers), {f"l{i}": (width, height) for i, (_, _, width, height) in enumerate(cards)}


@given(CARDS, st.sampled_from(["left", "centre", "right", "top", "middle", "bottom"]))
def test_sides_that_are_aligned_meet_and_stay_inside(cards: Any, line: Any) -> None:
    model, sizes = drawn(cards)
    axis = 0 if line in ("left", "centre", "right") else 1
    part = {"left": -0.5, "top": -0.5, "right": 0.5, "bottom": 0.5}.get(line, 0)

    def sides(model: Model, part: float) -> list[float]:
        return [(x.x, x.y)[axis] + part * sizes[x.name][axis] for x in model.layers]

    after = edits.align(model, model.names, line, sizes)
    met = sides(after, part)
    assert max(met) - min(met) < NEAR
    assert min(sides(after, -0.5)) > min(sides(model, -0.5)) - NEAR
    assert max(sides(after, 0.5)) < max(sides(model, 0.5)) + NEAR
    assert edits.align(after, model.names, line, sizes) is after


@given(CARDS, st.sampled_from(["horizontal", "vertical"]))
def test_gaps_are_equal_and_the_order_is_kept(cards: Any, direction: Any) -> None:
    model, sizes = drawn(cards)
    axis = ("horizontal", "vertical").index(direction)
    order = sorted(model.layers, key=lambda layer: (layer.x, layer.y)[axis])
    after = edits.distribute(model, model.names, direction, sizes)
    ends = [
        (place - sizes[x.name][axis] / 2, place + sizes[x.name][axis] / 2)
        for x in order
        for place in [(after.layer(x.name).x, after.layer(x.name).y)[axis]]
    ]
    gaps = [low - high for (_, high), (low, _) in pairwise(ends)]
    assert max(gaps) - min(gaps) < NEAR
    assert (after.layer(order[0].name), after.layer(order[-1].name)) == (order[0], order[-1])
