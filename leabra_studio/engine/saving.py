"""Saving a net whole: specs, weights, unit state, logs, schedules and randomness in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine import archive
from leabra_studio.engine.connect import Connections
from leabra_studio.engine.encode import Data, generator_data, schedule_data, spec_data
from leabra_studio.engine.layout import LAYER_STATE, N_STATE
from leabra_studio.engine.logs import Log

if TYPE_CHECKING:
    from leabra_studio.engine.net import Net

FORMAT = "leabra-studio-net"
VERSION = 2
"""The header's `version`: 2 brought lesions."""

NO_CONNECTIONS = -1
"""Index of the connections of a layer, which has none."""


class _Numbered:
    """Objects by the order in which they were first asked for."""

    def __init__(self) -> None:
        self.all: list[Any] = []
        self._index: dict[int, int] = {}

    def __call__(self, value: Any) -> int:
        if id(value) not in self._index:
            self._index[id(value)] = len(self.all)
            self.all.append(value)
        return self._index[id(value)]


def save(net: Net, place: archive.Place) -> None:
    """Write a net to a file.

    Parameters
    ----------
    net : Net
        The net.
    place : path or binary stream
        Where to.
    """
    specs, conns = _Numbered(), _Numbered()
    arrays: dict[str, NDArray[Any]] = {
        "units": net._state.units[:N_STATE],
        "layers": np.stack([net._state.layers[name] for name in LAYER_STATE]),
        "weights": net._state.weights,
    }
    header = {
        "format": FORMAT,
        "version": VERSION,
        "seed": net.seed,
        "rng": generator_data(net._rng),
        "layers": _layers(net, specs),
        "projns": _projns(net, specs, conns),
        "lesions": {name: [lesion.fraction, lesion.seed] for name, lesion in net.lesions.items()},
        "logs": {freq: _log(freq, log, conns, arrays) for freq, log in net._logs.items()},
        "specs": [spec_data(spec) for spec in specs.all],
        "connections": [_connections(each) for each in conns.all],
    }
    wired = [np.stack(each.pairs()) for each in conns.all if not each.full]
    arrays["pairs"] = np.concatenate([np.zeros((2, 0), np.int32), *wired], axis=1)
    archive.write(place, header, arrays)


def _layers(net: Net, specs: _Numbered) -> list[Data]:
    rows = []
    for layer in net._layers.values():
        record = net._state.layers[layer.index]
        flags = {"clamped": bool(record["clamped"]), "hidden": bool(record["hidden"])}
        rows.append({"name": layer.name, "size": layer.size, "spec": specs(layer.spec), **flags})
    return rows


def _projns(net: Net, specs: _Numbered, conns: _Numbered) -> list[Data]:
    rows = []
    for projn in net._projns.values():
        schedule = net._schedules.get(projn.name)
        rows.append(
            {
                "name": projn.name,
                "pre": projn.pre.name,
                "post": projn.post.name,
                "spec": specs(projn.spec),
                "connections": conns(projn.conns),
                "stale": bool(net._state.projns[projn.index]["stale"]),
                "schedule": None if schedule is None else schedule_data(*schedule),
            }
        )
    return rows


def _connections(conns: Connections) -> Data:
    return {"n_pre": conns.n_pre, "n_post": conns.n_post, "full": conns.full, "count": conns.count}


def _log(freq: str, log: Log, conns: _Numbered, arrays: dict[str, NDArray[Any]]) -> Data:
    blocks: list[Data] = []
    for block in log.blocks:
        arrays[f"log_{freq}_{len(blocks)}"] = block.values(0, block.width)
        arrays[f"log_{freq}_{len(blocks)}_times"] = block.times()
        columns = []
        for c in block.columns:
            each = NO_CONNECTIONS if c.source.conns is None else conns(c.source.conns)
            columns.append([c.source.name, c.attr, c.born, each])
        blocks.append({"columns": columns, "used": block.used})
    wanted = [[source.name, attr, born] for source, attr, born in log.wanted]
    return {"count": log.count, "paused": log.paused, "wanted": wanted, "blocks": blocks}
