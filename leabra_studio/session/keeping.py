"""Keeping weights: what a net that is built anew takes over from the one before it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import numpy as np

from leabra_studio.errors import LeabraError
from leabra_studio.model.calls import Call
from leabra_studio.model.document import Model
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.names import listed

if TYPE_CHECKING:
    from leabra_studio.engine.net import Net


def kept(source: Net, target: Net, names: Mapping[str, str]) -> tuple[str, ...]:
    """Give a net the weights of another one, every bit.

    Parameters
    ----------
    source, target
        The net before, and the one that takes its place.
    names
        The projections of the target, and what they are called in the source.

    Returns
    -------
    tuple of str
        The projections of the target that have the same connections, and so the weights.
    """
    return tuple(new for new, old in names.items() if _copied(source, target, old, new))


def calls(source: Net, target: Net, names: Mapping[str, str]) -> dict[str, Call | None]:
    """Return the same as calls for a script, by projection; None where the target has these weights already."""
    found: dict[str, Call | None] = {}
    for name, before in names.items():
        old, new = source.get_weights(before), target.get_weights(name)
        if np.array_equal(np.isnan(old), np.isnan(new)):
            weights = tuple(map(tuple, np.nan_to_num(old).tolist()))
            call = Call("set_weights", FrozenMap({"projn": name, "weights": weights}), about=frozenset({name}))
            found[name] = None if np.array_equal(old, new, equal_nan=True) else call
    return found


def sentence(names: Collection[str], model: Model) -> str:
    """Return what was kept and what was not."""
    if not model.projns:
        return ""
    if not names:
        return "All weights begin anew."
    lost = tuple(projn.name for projn in model.projns if projn.name not in names)
    rest = f"; those of {listed(lost)} begin anew" if lost else ""
    return f"The weights of {listed(tuple(names))} were kept{rest}."


def _copied(source: Net, target: Net, old: str, new: str) -> bool:
    try:
        target.set_weights(new, source.get_weights(old), linear=source.get_weights(old, linear=True))
    except LeabraError:  # other connections were drawn
        return False
    return True
