"""Edits of lesions: what takes no part until it is healed."""

from __future__ import annotations

from dataclasses import replace

from leabra_studio.engine.lesion import Lesion
from leabra_studio.model import checks
from leabra_studio.model.document import Model
from leabra_studio.model.frozen import FrozenMap


def lesion(model: Model, name: str, fraction: float = 1.0, seed: int = 0) -> Model:
    """Return `model` with a layer, a fraction of its units or a projection lesioned.

    Parameters
    ----------
    model : Model
        The document.
    name : str
        The layer or projection; a lesion it has is replaced.
    fraction : float
        The fraction of a layer's units, in (0, 1]; 1 for a projection.
    seed : int
        Says which units.

    Raises
    ------
    ValidationError
        If there is no such layer or projection, or a number is out of range.
    """
    cut = checks.lesion(name, Lesion(fraction, seed), model.kind_of(name) == "projn")
    return replace(model, lesions=FrozenMap({**model.lesions, name: cut}))


def heal(model: Model, name: str) -> Model:
    """Return `model` with a layer or projection that takes part whole again; unchanged where it does already.

    Raises
    ------
    ValidationError
        If there is no such layer or projection.
    """
    model.kind_of(name)
    if name not in model.lesions:
        return model
    return replace(model, lesions=FrozenMap((key, cut) for key, cut in model.lesions.items() if key != name))
