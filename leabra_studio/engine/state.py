"""The arrays of one net: everything kernels read and write."""

from __future__ import annotations

import numpy as np

from leabra_studio.engine.connect import Connections
from leabra_studio.engine.layout import (
    INHIBITION,
    LAYER,
    LAYER_STATE,
    N_ROWS,
    N_STATE,
    PROJN,
    Floats,
    Ints,
    Record,
    Records,
)
from leabra_studio.engine.spec import Spec
from leabra_studio.engine.specs import LayerSpec, ProjnSpec

CACHE_LINE = 64
"""Bytes that a processor reads at once."""


class State:
    """Units, layers, projections and weights as plain arrays.

    Attributes
    ----------
    units : ndarray of float64, shape (rows, units)
        One column a unit; rows as in `layout`.
    layers, projns : ndarray of records
        In order of creation.
    weights : ndarray of float64, shape (2, connections)
        Visible weights, then linear ones.
    wiring : ndarray of int32
        The connections of projections that are not full, see `PROJN`.
    arrays : tuple
        All of these, in the order in which kernels take them.
    """

    def __init__(self) -> None:
        self.units: Floats = np.zeros((N_ROWS, 0))
        self.layers: Records = np.zeros(0, LAYER)
        self.projns: Records = np.zeros(0, PROJN)
        self.weights: Floats = np.zeros((2, 0))
        self.wiring: Ints = np.zeros(0, np.int32)
        self._pack()

    def _pack(self) -> None:
        """Keep all arrays together, in the order in which kernels take them."""
        self.arrays = (self.units, self.layers, self.projns, self.weights, self.wiring)

    def add_layer(self, size: int) -> int:
        """Append a layer of `size` resting units and return its index; its parameters are still 0."""
        layer = np.zeros(1, LAYER)
        start = self.units.shape[1]
        layer["start"], layer["stop"], layer["n_units"], layer["n_live"] = start, start + size, size, size
        layer["hidden"] = 1
        self.units = _joined(self.units, np.zeros((N_ROWS, size)))
        self.layers = np.concatenate([self.layers, layer])
        self._pack()
        return self.layers.size - 1

    def add_projn(self, pre: int, post: int, conns: Connections, wts: Floats) -> int:
        """Append a projection with weights `wts` and return its index; its parameters are still 0."""
        projn = np.zeros(1, PROJN)
        start = self.weights.shape[1]
        projn["pre"], projn["post"], projn["full"] = pre, post, conns.full
        projn["start"], projn["stop"], projn["wiring"] = start, start + conns.count, self.wiring.size
        projn["stale"], projn["lrate_factor"] = 1, 1.0
        weights = _joined(self.weights, wts)
        wiring = np.concatenate([self.wiring, conns.wiring()])
        self.weights, self.wiring, self.projns = weights, wiring, np.concatenate([self.projns, projn])
        self._pack()
        return self.projns.size - 1

    def drop_projns(self) -> None:
        """Remove all projections."""
        self.projns, self.weights, self.wiring = np.zeros(0, PROJN), np.zeros((2, 0)), np.zeros(0, np.int32)
        self._pack()

    def rest(self) -> None:
        """Bring units and layers to where they started; weights and lesions stay."""
        self.units[:N_STATE] = 0.0
        self.layers["clamped"], self.layers["hidden"] = 0, 1
        for name in LAYER_STATE:
            self.layers[name] = 0.0


def _joined(columns: Floats, more: Floats) -> Floats:
    """Return two arrays side by side, from a cache line on: where rows lie across two, cycles take a third longer.

    `more` may lack the rows: it is then the same in each.
    """
    n = columns.shape[1]
    shape = (len(columns), n + more.shape[-1])
    room = np.empty(shape[0] * shape[1] + CACHE_LINE // 8)
    first = -room.ctypes.data % CACHE_LINE // 8
    joined = room[first : first + shape[0] * shape[1]].reshape(shape)
    joined[:, :n], joined[:, n:] = columns, more
    return joined


def write_layer(layer: Record, spec: LayerSpec) -> None:
    """Write the numbers of a spec and of its unit spec into a layer's record."""
    _write(layer, spec)
    _write(layer, spec.unit_spec)
    layer["inhibition"] = INHIBITION[spec.inhibition_type]
    layer["k"] = max(1, round(int(layer["n_live"]) * spec.kwta_pct))


def write_projn(projn: Record, spec: ProjnSpec) -> None:
    """Write the numbers of a spec into a projection's record."""
    if (projn["sig_gain"], projn["sig_offset"]) != (spec.sig_gain, spec.sig_offset):
        projn["stale"] = 1
    _write(projn, spec)


def _write(record: Record, spec: Spec) -> None:
    names = record.dtype.names
    for name, declared in spec.params().items():
        if declared.kind in ("float", "bool") and name in names:
            record[name] = getattr(spec, name)
