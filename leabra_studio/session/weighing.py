"""Weights of a session's net in files: handed out, and taken over as calls of its journal."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from leabra_studio.model.calls import Call
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.session.session import Session

if TYPE_CHECKING:
    from leabra_studio.engine.net import Net

MOST_WEIGHTS = 20_000
"""Weights of one projection up to which a script holds them number by number; beyond, it reads the file."""
NOT_KEPT = "Rewind and a new seed draw new ones."


def save_weights(session: Session, form: str) -> bytes:
    """Return the weights of all projections as a file, see `Net.save_weights`.

    Raises
    ------
    LeabraError
        If there is no net, or no such format.
    """
    stream = BytesIO()
    session._runnable().net.save_weights(stream, form)
    return stream.getvalue()


def load_weights(session: Session, data: bytes, name: str) -> str:
    """Give the net the weights in a file, and return what fitted and what did not, in words.

    Parameters
    ----------
    session
        Whose net; it stops.
    data
        The file, see `Net.load_weights`.
    name
        What the file is called, for the script.

    Raises
    ------
    LeabraError
        If the file is none of weights or does not fit; the net is then as before.
    """
    session.halt()
    simulation = session._runnable()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # weights outside [0, 1]: the picture of the weights shows them
        fitted = simulation.net.load_weights(BytesIO(data))
    simulation.journal.follow(simulation.journal.model, weight_calls(simulation.net, fitted.taken, name))
    return f"{fitted} {NOT_KEPT}"


def weight_calls(net: Net, projns: tuple[str, ...], name: str) -> list[Call]:
    """Return the calls with which a script gives a net its weights; large ones it reads from the file."""
    if any(net.get_weights(projn).size > MOST_WEIGHTS for projn in projns):
        return [Call("load_weights", FrozenMap({"place": name}), about=frozenset(projns))]
    return [_set_weights(net, projn) for projn in projns]


def _set_weights(net: Net, projn: str) -> Call:
    visible, linear = (_rows(net, projn, linear=which) for which in (False, True))
    args = {"projn": projn, "weights": visible} | ({} if linear == visible else {"linear": linear})
    return Call("set_weights", FrozenMap(args), about=frozenset({projn}))


def _rows(net: Net, projn: str, *, linear: bool) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, np.nan_to_num(net.get_weights(projn, linear=linear), nan=0.0).tolist()))
