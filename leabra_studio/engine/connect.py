"""Which units of two layers a projection connects."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine import checks
from leabra_studio.engine.layout import Floats, Ints
from leabra_studio.engine.limits import MAX_CONNECTIONS
from leabra_studio.engine.specs import ProjnSpec
from leabra_studio.errors import LimitError, ValidationError


@dataclass(frozen=True, eq=False)
class Connections:
    """The connections between two layers, in the order their weights are stored: sender by sender.

    Parameters
    ----------
    n_pre, n_post : int
        Sizes of the layers.
    pre, post : ndarray of int32, shape (connections,), optional
        The units that each connection joins; None when all pairs are connected.
    """

    n_pre: int
    n_post: int
    pre: Ints | None = None
    post: Ints | None = None

    @property
    def full(self) -> bool:
        """Whether every pair is connected."""
        return self.pre is None

    @property
    def count(self) -> int:
        """How many connections there are."""
        return self.n_pre * self.n_post if self.pre is None else self.pre.size

    def pairs(self) -> tuple[Ints, Ints]:
        """Return the sending and the receiving unit of each connection."""
        if self.pre is not None and self.post is not None:
            return self.pre, self.post
        pre, post = np.divmod(np.arange(self.count, dtype=np.int32), np.int32(self.n_post))
        return pre, post

    def post_major(self) -> NDArray[np.intp]:
        """Return the connections' indices ordered receiver by receiver, the order of Leabra7's tables and draws."""
        if self.pre is None or self.post is None:
            return np.arange(self.count).reshape(self.n_pre, self.n_post).T.ravel()
        return np.lexsort((self.pre, self.post))

    def wiring(self) -> Ints:
        """Return what kernels need to know of connections that are not full, see `PROJN`."""
        if self.pre is None or self.post is None:
            return np.zeros(0, np.int32)
        first = np.searchsorted(self.pre, np.arange(self.n_pre + 1))
        fan_in = np.bincount(self.post, minlength=self.n_post)
        return np.concatenate([first, fan_in, self.post]).astype(np.int32)

    def matrix(self, values: Floats) -> Floats:
        """Return one value per connection as a matrix (post, pre), NaN where there is no connection."""
        if self.pre is None:
            return values.reshape(self.n_pre, self.n_post).T.copy()
        matrix = np.full((self.n_post, self.n_pre), np.nan)
        matrix[self.post, self.pre] = values
        return matrix

    def values(self, matrix: Floats) -> Floats:
        """Return the values of a matrix (post, pre) at the connections."""
        return matrix.T.ravel() if self.pre is None else matrix[self.post, self.pre]


Drawn = tuple[Connections, Floats]
"""Connections and the weight of each."""


def connect(name: str, spec: ProjnSpec, n_pre: int, n_post: int, rng: np.random.Generator) -> Connections:
    """Choose the connections that a spec asks for.

    Parameters
    ----------
    name : str
        Name of the projection, for errors.
    spec : ProjnSpec
        Type, masks and sparsity.
    n_pre, n_post : int
        Sizes of the layers.
    rng : numpy.random.Generator
        Where the choice under `sparsity` comes from; not used when all are kept.

    Raises
    ------
    ValidationError
        If one_to_one meets different numbers of senders and receivers.
    LimitError
        If there would be more than `MAX_CONNECTIONS`.
    """
    senders = np.flatnonzero(np.resize(spec.pre_mask, n_pre)).astype(np.int32)
    receivers = np.flatnonzero(np.resize(spec.post_mask, n_post)).astype(np.int32)
    if spec.projn_type == "one_to_one":
        _refuse_unequal(name, senders.size, receivers.size)
        pre, post = senders, receivers
    else:
        _refuse_too_many(name, senders.size * receivers.size)
        if spec.sparsity == 1.0 and senders.size == n_pre and receivers.size == n_post:
            return Connections(n_pre, n_post)
        pre, post = np.repeat(senders, receivers.size), np.tile(receivers, senders.size)
    if spec.sparsity < 1.0:
        kept = np.sort(rng.choice(pre.size, math.floor(spec.sparsity * pre.size), replace=False))
        pre, post = pre[kept], post[kept]
    return Connections(n_pre, n_post, pre, post)


def draw(name: str, spec: ProjnSpec, n_pre: int, n_post: int, rng: np.random.Generator) -> Drawn:
    """Choose the connections that a spec asks for, then draw their weights, receiver by receiver.

    See `connect`.
    """
    conns = connect(name, spec, n_pre, n_post, rng)
    values = checks.array(f"projection {name!r}", "dist", spec.dist.draw(rng, conns.count))
    if values.shape != (conns.count,):
        rule = f"must draw {conns.count} numbers (got an array of shape {values.shape})"
        raise ValidationError(f"projection {name!r}", "dist", rule)
    wts = np.empty(conns.count)
    wts[conns.post_major()] = values
    return conns, wts


def _refuse_unequal(name: str, n_senders: int, n_receivers: int) -> None:
    if n_senders != n_receivers:
        rule = f"one_to_one needs as many senders as receivers (got {n_senders} and {n_receivers})"
        raise ValidationError(f"projection {name!r}", "projn_type", f"{rule}; use masks or layers of one size")


def _refuse_too_many(name: str, count: int) -> None:
    if count > MAX_CONNECTIONS:
        raise LimitError(f"projection {name!r}: at most {MAX_CONNECTIONS:,} connections are possible (got {count:,})")
