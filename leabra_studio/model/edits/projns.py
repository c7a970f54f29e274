"""Edits of projections."""

from __future__ import annotations

from dataclasses import replace

from leabra_studio.model.document import Model, Projn
from leabra_studio.model.edits.common import new_name
from leabra_studio.model.limits import NAME_LENGTH

SENDER_LENGTH = NAME_LENGTH // 2 - 4


def add_projn(model: Model, pre: str, post: str, *, name: str | None = None) -> Model:
    """Return `model` with one more projection, the last one.

    Parameters
    ----------
    model : Model
        The document.
    pre, post : str
        The names of the sending and the receiving layer, which may be the same.
    name : str, optional
        Its name; without one it is ``<pre>_to_<post>``, with a number where that is taken.

    Raises
    ------
    ValidationError
        If a layer does not exist or the name is taken.
    LimitError
        If the model would have too many projections or connections.
    """
    model.layer(pre)
    model.layer(post)
    name = new_name(model, "Projn", name, default_name(pre, post))
    return replace(model, projns=(*model.projns, Projn(name, pre, post)))


def default_name(pre: str, post: str) -> str:
    """Return the name of a projection that was given none; long names of layers are cut."""
    whole = f"{pre}_to_{post}"
    return whole if len(whole) <= NAME_LENGTH else f"{pre[:SENDER_LENGTH]}_to_{post[:SENDER_LENGTH]}"
