"""Edits of layers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from leabra_studio.model import checks
from leabra_studio.model.document import Layer, Model, Role
from leabra_studio.model.edits.common import new_name, swapped
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.patterns import PatternTable

FIRST_NAMES = {"input": "input", "target": "output"}


def add_layer(
    model: Model,
    *,
    name: str | None = None,
    shape: tuple[int, int] = (1, 1),
    role: Role = "hidden",
    x: float = 0.0,
    y: float = 0.0,
) -> Model:
    """Return `model` with one more layer, the last one.

    Parameters
    ----------
    model : Model
        The document.
    name : str, optional
        Its name; without one it is called after its role, with a number where that is taken.
    shape : tuple of int
        Rows and columns.
    role : str
        ``hidden``, ``input`` or ``target``.
    x, y : float
        The place of its centre on the canvas, in pixels.

    Raises
    ------
    ValidationError
        If the name is taken or anything is out of range.
    LimitError
        If the model would have too many layers or units.
    """
    checks.text("Layer", "role", role)
    name = new_name(model, "Layer", name, FIRST_NAMES.get(role, "hidden"))
    return replace(model, layers=(*model.layers, Layer(name, shape, role, x=x, y=y)))


def set_role(model: Model, name: str, role: Role) -> Model:
    """Return `model` with another role for a layer; what it is clamped to stays."""
    return replace(model, layers=swapped(model.layers, replace(model.layer(name), role=role)))


def set_shape(model: Model, name: str, shape: tuple[int, int]) -> Model:
    """Return `model` with another shape of a layer.

    What the layer is clamped to and its patterns in tables keep their rows and columns: what is cut off is lost, what
    is new is 0. A single value that it is clamped to goes on to hold for all units.
    """
    layer = model.layer(name)
    changed = replace(layer, shape=shape)
    inputs = dict(model.inputs)
    if name in inputs:
        inputs[name] = _regridded(inputs[name], layer.shape, changed.shape)
    view = model.view
    if view.layer == name and view.unit >= changed.size:
        view = replace(view, unit=0)
    patterns = tuple(_resized(table, layer, changed) for table in model.patterns)
    layers = swapped(model.layers, changed)
    return replace(model, layers=layers, inputs=FrozenMap(inputs), patterns=patterns, view=view)


def set_input(model: Model, layer: str, values: Iterable[float] | None) -> Model:
    """Return `model` with a layer clamped.

    Parameters
    ----------
    model : Model
        The document.
    layer : str
        The name of the layer.
    values : iterable of float, optional
        Activations in [0, 1], one for each unit; a short list repeats. None: the layer is not clamped.

    Raises
    ------
    ValidationError
        If there is no such layer, there are no or too many values, or one is out of range.
    """
    size = model.layer(layer).size
    inputs = dict(model.inputs)
    if values is None:
        inputs.pop(layer, None)
    else:
        inputs[layer] = checks.activations(layer, values, size)
    return replace(model, inputs=FrozenMap(inputs))


def _resized(table: PatternTable, old: Layer, new: Layer) -> PatternTable:
    """Return a table with patterns for a layer of another shape; itself where its patterns did not fit the old one."""
    if table.columns.get(old.name) != old.size:
        return table
    return table.changed(old.name, lambda values: _on_grid(values, old.shape, new.shape))


def _regridded(values: tuple[float, ...], old: tuple[int, int], new: tuple[int, int]) -> tuple[float, ...]:
    if len(values) == 1:
        return values
    return _on_grid(tuple(values[i % len(values)] for i in range(old[0] * old[1])), old, new)


def _on_grid(values: tuple[float, ...], old: tuple[int, int], new: tuple[int, int]) -> tuple[float, ...]:
    rows, cols = old
    return tuple(
        values[row * cols + col] if row < rows and col < cols else 0.0 for row in range(new[0]) for col in range(new[1])
    )
