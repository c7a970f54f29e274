"""Edits of where layers stand on the canvas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Literal

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model.document import Layer, Model

COLUMN, ROW = 260.0, 220.0
"""Distance of neighbouring centres, in pixels, when layers are small."""
CELL = 30.0
"""Pixels of one unit at full size."""
LARGEST_GRID = 480.0
"""Pixels of the largest layer's longer side: larger layers are drawn with smaller units."""
MARGIN = 160.0
"""Room that a layer needs beside its units for its frame and for the labels of projections."""


def move(model: Model, places: Mapping[str, tuple[float, float]]) -> Model:
    """Return `model` with some layers elsewhere.

    Parameters
    ----------
    model : Model
        The document.
    places : mapping
        Name of the layer -> x and y of its centre, in pixels.

    Raises
    ------
    ValidationError
        If a layer does not exist or a place is not on the canvas.
    """
    for name, place in places.items():
        if not isinstance(place, list | tuple) or len(place) != 2:
            raise ValidationError("Layer", "place", f"must be two numbers, x and y (got {shown(place)})")
        model.layer(name)
    return replace(model, layers=tuple(_at(x, places[x.name]) if x.name in places else x for x in model.layers))


def _at(layer: Layer, place: tuple[float, float]) -> Layer:
    return replace(layer, x=place[0], y=place[1])


def tidy(model: Model, direction: Literal["right", "up"] = "right") -> Model:
    """Return `model` with its layers in columns (or rows), each after all that feed it.

    Feedback does not count: inputs come first, and a projection back to a layer that is reached sooner moves nothing.
    The centre of the drawing stays where it is.

    Parameters
    ----------
    model : Model
        The document.
    direction : str
        ``right`` or ``up``: where the activation goes.

    Raises
    ------
    ValidationError
        If the direction is neither.
    """
    if direction not in ("right", "up"):
        raise ValidationError("Model", "direction", f"must be right or up (got {shown(direction)})")
    ranks = _ranks(model)
    order = sorted(model.layers, key=lambda layer: ranks[layer.name])
    groups = [tuple(group) for _, group in groupby(order, key=lambda layer: ranks[layer.name])]
    return _centred(model, _grid(groups, up=direction == "up"))


def _ranks(model: Model) -> dict[str, int]:
    """Return how many projections away from the inputs each layer is, by the longest way that never goes back."""
    distance = _distances(model)
    forward = [(p.pre, p.post) for p in model.projns if distance[p.pre] < distance[p.post]]
    ranks = dict.fromkeys(distance, 0)
    for name in sorted(distance, key=distance.__getitem__):
        ranks[name] = max((ranks[pre] + 1 for pre, post in forward if post == name), default=0)
    return ranks


def _distances(model: Model) -> dict[str, int]:
    """Return by how many projections at least each layer is away from where activation enters."""
    distance: dict[str, int] = {}
    for seeds in _entrances(model):
        front = [name for name in seeds if name not in distance]
        distance.update(dict.fromkeys(front, 0))
        while front:
            depth = distance[front[0]] + 1
            reached = (p.post for p in model.projns if p.pre in front)
            front = [name for name in dict.fromkeys(reached) if name not in distance]
            distance.update(dict.fromkeys(front, depth))
    return distance


def _entrances(model: Model) -> list[list[str]]:
    """Return where activation may enter, group after group: inputs, what nothing feeds, then any layer left."""
    fed = {p.post for p in model.projns if p.pre != p.post}
    inputs = [x.name for x in model.layers if x.role == "input" or x.name in model.inputs]
    unfed = [x.name for x in model.layers if x.name not in fed]
    return [inputs or unfed, unfed, *([x.name] for x in model.layers)]


def _grid(groups: list[tuple[Layer, ...]], *, up: bool) -> dict[str, tuple[float, float]]:
    """Return the place of each layer, the groups side by side and the layers of a group in line."""
    places = {}
    along = 0.0
    for group in groups:
        depth = max(_room(layer, across=up) for layer in group)
        across = -sum(_room(layer, across=not up) for layer in group) / 2
        for layer in group:
            room = _room(layer, across=not up)
            middle = (along + depth / 2, across + room / 2)
            places[layer.name] = (middle[1], -middle[0]) if up else middle
            across += room
        along += depth
    return places


def _room(layer: Layer, *, across: bool) -> float:
    """Return the pixels that a layer takes in height (`across`) or width, with the space around it."""
    rows, cols = layer.shape
    cell = min(CELL, LARGEST_GRID / max(rows, cols))
    return max(ROW, rows * cell + MARGIN) if across else max(COLUMN, cols * cell + MARGIN)


def _centred(model: Model, places: dict[str, tuple[float, float]]) -> Model:
    """Return `model` with its layers at `places`, moved together to where its centre was."""
    if not places:
        return model
    dx, dy = (
        round(_middle([getattr(x, axis) for x in model.layers]) - _middle([place[i] for place in places.values()]))
        for i, axis in enumerate("xy")
    )
    return move(model, {name: (x + dx, y + dy) for name, (x, y) in places.items()})


def _middle(values: list[float]) -> float:
    return (min(values) + max(values)) / 2
