"""Edits of the model as a whole, and of what the page shows of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model.document import Model, View


def set_name(model: Model, name: str) -> Model:
    """Return `model` with another title.

    Raises
    ------
    ValidationError
        If it is not 1 to 80 visible characters.
    """
    return replace(model, name=name)


def set_seed(model: Model, seed: int) -> Model:
    """Return `model` with another seed.

    Raises
    ------
    ValidationError
        If it is not a whole number from 0 to 2**32 - 1.
    """
    return replace(model, seed=seed)


def set_cycles(model: Model, cycles: int) -> Model:
    """Return `model` with another length of one sweep.

    Raises
    ------
    ValidationError
        If it is not a whole number from 1 to 100,000.
    """
    return replace(model, cycles=cycles)


def set_notes(model: Model, notes: str) -> Model:
    """Return `model` with other notes.

    Raises
    ------
    ValidationError
        If they are no text.
    LimitError
        If they are longer than 20,000 characters.
    """
    return replace(model, notes=notes)


def set_view(model: Model, **changes: Any) -> Model:
    """Return `model` with the page showing something else.

    Parameters
    ----------
    model : Model
        The document.
    **changes
        Fields of `View`: ``variable``, ``layer``, ``unit``, ``shown``. Another layer is shown from its unit 0 on.

    Raises
    ------
    ValidationError
        If there is no such field, layer, unit or variable.
    """
    unknown = [name for name in changes if name not in View.__dataclass_fields__]
    if unknown:
        raise ValidationError("View", unknown[0][:80], f"is not shown by a page (got {shown(changes[unknown[0]])})")
    if changes.get("layer", model.view.layer) != model.view.layer:
        changes = {"unit": 0, **changes}
    return replace(model, view=replace(model.view, **changes))
