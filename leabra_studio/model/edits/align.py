"""Edits that line layers up on the canvas, by the cards that they are drawn as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model import checks, limits
from leabra_studio.model.document import Layer, Model
from leabra_studio.model.edits.common import checked_names
from leabra_studio.model.edits.places import move

Line = Literal["left", "centre", "right", "top", "middle", "bottom"]
Direction = Literal["horizontal", "vertical"]
Sizes = Mapping[str, tuple[float, float]]
"""Name of a layer -> width and height of its card, in pixels."""

SIDES: Mapping[Line, tuple[int, float]] = MappingProxyType(
    {
        "left": (0, -0.5),
        "centre": (0, 0.0),
        "right": (0, 0.5),
        "top": (1, -0.5),
        "middle": (1, 0.0),
        "bottom": (1, 0.5),
    }
)
"""Axis, x or y, and how far from a card's centre the line is, in sizes of the card; y grows downwards."""
NEAR = 0.01
"""Pixels up to which a card stands where it should."""


@dataclass(frozen=True)
class _Card:
    """One layer on one axis."""

    name: str
    place: float
    size: float

    def side(self, part: float) -> float:
        """Return where the card's centre (0) or one of its sides (-0.5 and 0.5) is."""
        return self.place + part * self.size


def align(model: Model, names: Iterable[str], line: Line, sizes: Sizes) -> Model:
    """Return `model` with some layers in line: on one side, or on the middle, of the area that they take together.

    Parameters
    ----------
    model : Model
        The document.
    names : iterable of str
        At least two layers; projections among them do not count.
    line : str
        ``left``, ``centre`` or ``right``; ``top``, ``middle`` or ``bottom``.
    sizes : mapping
        Name of each of these layers -> width and height of its card, in pixels.

    Raises
    ------
    ValidationError
        If there are too few layers, one does not exist or has no size, or there is no such line.
    """
    checks.one_of("Model", "line", line, tuple(SIDES))
    axis, part = SIDES[line]
    cards = _cards(model, names, sizes, axis, 2)
    low, high = min(card.side(-0.5) for card in cards), max(card.side(0.5) for card in cards)
    at = (low + high) / 2 + part * (high - low)
    return _placed(model, {card: at - part * card.size for card in cards}, axis)


def distribute(model: Model, names: Iterable[str], direction: Direction, sizes: Sizes) -> Model:
    """Return `model` with equal gaps between some layers; the first and the last stay where they are.

    Parameters
    ----------
    model : Model
        The document.
    names : iterable of str
        At least three layers; projections among them do not count.
    direction : str
        ``horizontal`` or ``vertical``.
    sizes : mapping
        Name of each of these layers -> width and height of its card, in pixels.

    Raises
    ------
    ValidationError
        If there are too few layers, one does not exist or has no size, or there is no such direction.
    """
    checks.one_of("Model", "direction", direction, get_args(Direction))
    axis = get_args(Direction).index(direction)
    first, *between, last = sorted(_cards(model, names, sizes, axis, 3), key=lambda card: card.place)
    room = last.side(-0.5) - first.side(0.5) - sum(card.size for card in between)
    places, at = {}, first.side(0.5)
    for card in between:
        at += room / (len(between) + 1)
        places[card] = at + card.size / 2
        at += card.size
    return _placed(model, places, axis)


def _cards(model: Model, names: Iterable[str], sizes: Sizes, axis: int, least: int) -> list[_Card]:
    """Return the layers among `names` on one axis, in the model's order."""
    wanted = checked_names(names, model.names)
    layers = [layer for layer in model.layers if layer.name in wanted]
    if len(layers) < least:
        rule = f"must hold at least {least} layers (got {len(layers)}); select more"
        raise ValidationError("Model", "names", rule)
    return [_Card(x.name, x.y if axis else x.x, _size(x, sizes, axis)) for x in layers]


def _size(layer: Layer, sizes: Sizes, axis: int) -> float:
    pair = sizes.get(layer.name)
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        rule = f"must be two numbers, width and height (got {shown(pair)} for {shown(layer.name)})"
        raise ValidationError("Layer", "size", rule)
    return checks.number("Layer", ("width", "height")[axis], pair[axis], 0, limits.CANVAS)


def _placed(model: Model, places: Mapping[_Card, float], axis: int) -> Model:
    """Return `model` with the cards at their places on one axis; those that stand there already are not touched."""
    moved = {card.name: at for card, at in places.items() if abs(at - card.place) > NEAR}
    if not moved:
        return model
    layers = {name: model.layer(name) for name in moved}
    return move(model, {name: (x.x, moved[name]) if axis else (moved[name], x.y) for name, x in layers.items()})
