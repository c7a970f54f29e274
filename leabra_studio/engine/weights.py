"""The weights of a net: drawn anew, asked for, set, kept in files of their own."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from leabra_studio.engine import checks, weight_files
from leabra_studio.engine.archive import Place
from leabra_studio.engine.connect import draw
from leabra_studio.engine.layout import Floats
from leabra_studio.engine.limits import MAX_SEED
from leabra_studio.engine.parts import Projn
from leabra_studio.engine.structure import Structure
from leabra_studio.engine.weight_files import Fitted
from leabra_studio.errors import ValidationError


class Weights(Structure):
    """The part of `Net` that holds weights."""

    def init_weights(self, seed: int | None = None) -> None:
        """Draw all connections and weights anew, projection by projection, as when they were made.

        With the seed of another net of the same making the weights become those the other one started with. Units
        keep their state; see `reset`.

        Parameters
        ----------
        seed : int, optional
            Starts the net's randomness anew; without it the net's own goes on.

        Raises
        ------
        ValidationError
            If the seed or a value of a spec is invalid; the weights are then as before.
        """
        if seed is None:
            seed, rng = self._seed, copy.deepcopy(self._rng)
        else:
            seed = checks.whole("Net.init_weights", "seed", seed, 0, MAX_SEED)
            rng = np.random.default_rng(seed)
        self._sync()
        projns = list(self._projns.values())
        drawn = [draw(p.name, p.spec, p.pre.size, p.post.size, rng) for p in projns]
        kept = self._state.projns[["lrate_factor", "off"]].copy()
        self._seed, self._rng = seed, rng
        self._state.drop_projns()
        for p, each in zip(projns, drawn, strict=True):
            self._attach(p.name, p.pre, p.post, p.spec, each)
            for log in self._logs.values():
                log.replace(self._projns[p.name].source())
        self._state.projns[["lrate_factor", "off"]] = kept
        for p, (_, wts) in zip(projns, drawn, strict=True):
            checks.warn_outside(p.name, wts)

    def get_weights(self, projn: str, *, linear: bool = False) -> Floats:
        """Return the weights of a projection.

        Parameters
        ----------
        projn : str
            Its name.
        linear : bool
            Those that learning changes, instead of the visible ones, which are their sigmoid and are sent with.

        Returns
        -------
        ndarray of float64, shape (post, pre)
            A copy; NaN where there is no connection.

        Raises
        ------
        ValidationError
            If there is no such projection, or `linear` is no flag.
        """
        found = self._projn("Net.get_weights", "projn", projn)
        row = int(checks.flag("Net.get_weights", "linear", linear))
        return found.conns.matrix(self._state.weights[row, found.start : found.stop])

    def set_weights(self, projn: str, weights: Any, *, linear: Any = None) -> None:
        """Set the weights of a projection.

        Parameters
        ----------
        projn : str
            Its name.
        weights : array_like, shape (post, pre)
            The visible weights; NaN or 0 where there is no connection.
        linear : array_like, shape (post, pre), optional
            The weights that learning changes; without them the visible ones stand for both, as when the net was made.

        Raises
        ------
        ValidationError
            If the shape is wrong, a weight is not finite, or one is given where there is no connection.

        Warns
        -----
        RuntimeWarning
            If a weight lies outside [0, 1], where learning is not defined.
        """
        found = self._projn("Net.set_weights", "projn", projn)
        visible = _values(found, "weights", weights)
        self._put(found, visible, visible if linear is None else _values(found, "linear", linear))
        checks.warn_outside(projn, visible)

    def save_weights(self, place: Place, format: str | None = None) -> None:
        """Save the weights of all projections, for this net or another one with the same projections.

        Parameters
        ----------
        place : path or binary stream
            Where to; a file that exists is replaced once the new one is complete.
        format : str, optional
            ``npz`` (ours, every bit kept), ``wts`` (Emergent's JSON) or ``wts.gz``; by default that of the path's
            suffix.

        Raises
        ------
        ValidationError
            If there is no such format, or none is given and the path has none of these suffixes.
        OSError
            If the file cannot be written.
        """
        weight_files.save(self, place, format)

    def load_weights(self, place: Place) -> Fitted:
        """Return what became of the weights in a file, of whichever format: those that fit are the net's now.

        Projections of a file of ours are those of the same names, of Emergent's those between the same layers. What
        only one of the two has is left alone.

        Parameters
        ----------
        place : path or binary stream
            What `save_weights`, or Emergent, has written.

        Returns
        -------
        Fitted
            Which projections have new weights, and which have not.

        Raises
        ------
        LeabraError
            If it is no such file, whatever its bytes, if a projection has other sizes or connections there, or if
            it has none of the net's projections. The net is then as before.
        OSError
            If there is no file, or it cannot be read.

        Warns
        -----
        RuntimeWarning
            If a weight lies outside [0, 1], where learning is not defined.
        """
        found, fitted = weight_files.load(self, place)
        for projn, visible, linear in found:
            self._put(projn, visible, linear)
        for projn, visible, _ in found:
            checks.warn_outside(projn.name, visible)
        return fitted

    def _put(self, projn: Projn, visible: Floats, linear: Floats) -> None:
        """Write the weights of a projection, in the order of its connections."""
        self._state.weights[0, projn.start : projn.stop] = visible
        self._state.weights[1, projn.start : projn.stop] = linear
        self._state.projns["stale"][projn.index] = 1


def _values(projn: Projn, field: str, weights: Any) -> Floats:
    """Return the values of a matrix (post, pre) in the order of a projection's connections."""
    call = "Net.set_weights"
    matrix = checks.array(call, field, weights)
    shape = (projn.post.size, projn.pre.size)
    if matrix.shape != shape:
        raise ValidationError(call, field, f"must have shape {shape}, receivers by senders (got {matrix.shape})")
    values = projn.conns.values(matrix)
    if not np.isfinite(values).all():
        raise ValidationError(call, field, "must be finite numbers wherever there is a connection")
    if np.count_nonzero(np.nan_to_num(matrix)) > np.count_nonzero(values):
        raise ValidationError(call, field, "must be NaN or 0 where there is no connection")
    return values
