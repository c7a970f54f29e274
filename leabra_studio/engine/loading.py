"""Loading a saved net: every byte is checked, and the net is touched only when all of it is good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leabra_studio.engine import archive, checks
from leabra_studio.engine.connect import Connections
from leabra_studio.engine.encode import MAX_COUNT, Data, generator_of, item, schedule_of, spec_of, take, take_count
from leabra_studio.engine.layout import LAYER_STATE, N_STATE, Ints
from leabra_studio.engine.limits import MAX_CONNECTIONS, MAX_OBJECTS, MAX_UNITS
from leabra_studio.engine.logs import Block, Log, Source
from leabra_studio.engine.params import shown
from leabra_studio.engine.running import Running
from leabra_studio.engine.saving import FORMAT, NO_CONNECTIONS, VERSION
from leabra_studio.engine.spec import Spec
from leabra_studio.engine.specs import LayerSpec, ProjnSpec
from leabra_studio.engine.variables import FREQUENCIES, LAYER_PARTS, LAYER_WHOLE, PROJN_PARTS
from leabra_studio.errors import FormatError

if TYPE_CHECKING:
    from leabra_studio.engine.parts import Layer


def load(place: archive.Place) -> Running:
    """Return the net that was saved in a file.

    Parameters
    ----------
    place : path or binary stream
        Where from.

    Raises
    ------
    LeabraError
        If it is no saved net, whatever its bytes.
    OSError
        If there is no file, or it may not be read.
    """
    with archive.reading(place) as source:
        header = source.header()
        if take(header, "format", str, "") != FORMAT:
            raise FormatError(f"must be {FORMAT!r}", "format")
        if take(header, "version", int, "") not in range(1, VERSION + 1):
            raise FormatError(f"must be 1 to {VERSION}; this release cannot read another", "version")
        return _Loader(source, header).net


class _Loader:
    """Builds the net of one file, step by step; `net` is good when the last step has passed."""

    def __init__(self, source: archive.Archive, header: Data) -> None:
        self.source = source
        self.header = header
        self.net = Running(take(header, "seed", int, ""))
        self.specs = [spec_of(data, f"specs[{i}]") for i, data in enumerate(self._rows("specs"))]
        self.conns = self._connections()
        self._add_layers()
        self._add_projns()
        self._add_lesions()
        self._fill()
        for freq in FREQUENCIES:
            data = take(take(header, "logs", dict, ""), freq, dict, "logs")
            self.net._logs[freq] = self._log(freq, data, f"logs.{freq}")
        self.net._rng = generator_of(take(header, "rng", dict, ""), "rng")

    def _rows(self, key: str) -> list[Any]:
        rows = take(self.header, key, list, "")
        if len(rows) > MAX_OBJECTS:
            raise FormatError(f"must not have more than {MAX_OBJECTS:,} entries", key)
        return rows

    def _connections(self) -> list[Connections]:
        rows = self._rows("connections")
        wired = [i for i, data in enumerate(rows) if not take(data, "full", bool, f"connections[{i}]")]
        counts = [take_count(data, "count", f"connections[{i}]") for i, data in enumerate(rows)]
        pairs: Ints = self.source.array("pairs", np.int32, (2, sum(counts[i] for i in wired)))
        found, start = [], 0
        for i, data in enumerate(rows):
            stop = start + (counts[i] if i in wired else 0)
            found.append(_connections_of(data, counts[i], pairs[:, start:stop], f"connections[{i}]"))
            start = stop
        return found

    def _add_layers(self) -> None:
        rows = self._rows("layers")
        sizes = [take_count(data, "size", f"layers[{i}]") for i, data in enumerate(rows)]
        if sum(sizes) > MAX_UNITS:
            raise FormatError(f"must not have more than {MAX_UNITS:,} units", "layers")
        self.units = self.source.array("units", np.float64, (N_STATE, sum(sizes)))
        self.numbers = self.source.array("layers", np.float64, (len(LAYER_STATE), len(rows)))
        state = self.net._state
        for i, (data, size) in enumerate(zip(rows, sizes, strict=True)):
            path = f"layers[{i}]"
            self.net.new_layer(take(data, "name", str, path), size, self._spec(data, LayerSpec, path))
            for flag in ("clamped", "hidden"):
                state.layers[flag][i] = take(data, flag, bool, path)

    def _add_projns(self) -> None:
        rows = self._rows("projns")
        chosen = [
            item(self.conns, take(data, "connections", int, f"projns[{i}]"), f"projns[{i}].connections")
            for i, data in enumerate(rows)
        ]
        weights = self.source.array("weights", np.float64, (2, sum(conns.count for conns in chosen)))
        for i, (data, conns) in enumerate(zip(rows, chosen, strict=True)):
            self._add_projn(data, conns, f"projns[{i}]")
        self.net._state.weights[:] = weights
        for i, data in enumerate(rows):
            self.net._state.projns["stale"][i] = take(data, "stale", bool, f"projns[{i}]")

    def _add_projn(self, data: Data, conns: Connections, path: str) -> None:
        net = self.net
        name = checks.new_name(path, take(data, "name", str, path), net._objects, MAX_OBJECTS)
        pre, post = self._layer(data, "pre", path), self._layer(data, "post", path)
        if (conns.n_pre, conns.n_post) != (pre.size, post.size):
            raise FormatError("must connect layers of these sizes", f"{path}.connections")
        spec = self._spec(data, ProjnSpec, path)
        net._attach(name, pre, post, spec, (conns, np.zeros(conns.count)))
        net._watch(spec)
        if data.get("schedule") is not None:
            schedule = schedule_of(data["schedule"], f"{path}.schedule")
            net._set_schedules(net._schedules | {name: schedule})

    def _add_lesions(self) -> None:
        if self.header["version"] == 1:
            return
        for name, lesion in take(self.header, "lesions", dict, "").items():
            if not isinstance(lesion, list) or len(lesion) != 2:
                raise FormatError("must be a fraction and a seed", f"lesions.{shown(name)}")
            self.net.lesion(name, *lesion)

    def _fill(self) -> None:
        """Put units and layers into their state: last, as a lesion brings units to rest."""
        self.net._state.units[:N_STATE] = self.units
        for name, values in zip(LAYER_STATE, self.numbers, strict=True):
            self.net._state.layers[name] = values

    def _layer(self, data: Data, key: str, path: str) -> Layer:
        return self.net._layer(path, key, take(data, key, str, path))

    def _spec(self, data: Data, family: type[Any], path: str) -> Any:
        spec: Spec = item(self.specs, take(data, "spec", int, path), f"{path}.spec")
        return checks.instance(path, "spec", spec, family, f"a {family.__name__}")

    def _log(self, freq: str, data: Data, path: str) -> Log:
        log = Log(take_count(data, "count", path), take(data, "paused", bool, path))
        for entry in take(data, "wanted", list, path):
            name, attr, born = _entry(entry, 3, f"{path}.wanted")
            log.wanted.append((self._source(name, attr, f"{path}.wanted"), attr, born))
        for i, block in enumerate(take(data, "blocks", list, path)):
            log.blocks.append(self._block(block, f"log_{freq}_{i}", f"{path}.blocks[{i}]"))
        return log

    def _source(self, name: str, attr: str, path: str) -> Source:
        checks.known(path, "name", name, self.net._objects, "a layer or projection")
        attrs = PROJN_PARTS if name in self.net._projns else LAYER_WHOLE + LAYER_PARTS
        checks.known(path, "attr", attr, attrs, "an attribute")
        return self.net._objects[name].source()

    def _block(self, data: Data, array: str, path: str) -> Block:
        wanted = []
        for entry in take(data, "columns", list, path):
            name, attr, born, index = _entry(entry, 4, f"{path}.columns")
            source = self._source(name, attr, path)
            if index != NO_CONNECTIONS:
                conns = item(self.conns, index, f"{path}.columns")
                source = Source(name, 0, 0, conns.count, conns)
            if (source.conns is None) != (name in self.net._layers):
                raise FormatError("must have connections exactly where it is a projection", f"{path}.columns")
            wanted.append((source, attr, born))
        block, used = Block.of(wanted), take_count(data, "used", path)
        times = self.source.array(f"{array}_times", np.int64, (used,))
        if used and not (times.min() >= 0 and times.max() < MAX_COUNT):
            raise FormatError("must be counts", f"{array}_times")
        for run in np.split(times, np.flatnonzero(np.diff(times) != 1) + 1):
            block.add(run.size, int(run[0]) if run.size else 0)
        block.chunks = [self.source.array(array, np.float64, (used, block.width))]
        return block


def _entry(entry: Any, length: int, path: str) -> list[Any]:
    """Return a row of the header: a name, an attribute, then whole numbers."""
    good = isinstance(entry, list) and len(entry) == length
    kinds = [str, str, int, int][:length]
    if not good or any(type(cell) is not kind for cell, kind in zip(entry, kinds, strict=True)):
        raise FormatError(f"must be {length} cells: {', '.join(kind.__name__ for kind in kinds)}", path)
    if any(type(cell) is int and not NO_CONNECTIONS <= cell < MAX_COUNT for cell in entry):
        raise FormatError("must hold counts", path)
    return list(entry)


def _connections_of(data: Data, count: int, pairs: Ints, path: str) -> Connections:
    """Return connections whose every index lies inside the layers, in the order that kernels rely on."""
    n_pre, n_post = take_count(data, "n_pre", path), take_count(data, "n_post", path)
    if max(n_pre, n_post) > MAX_UNITS or count > MAX_CONNECTIONS:
        raise FormatError("is larger than a net can be", path)
    if take(data, "full", bool, path):
        if count != n_pre * n_post:
            raise FormatError("must be all pairs of units", f"{path}.count")
        return Connections(n_pre, n_post)
    pre, post = pairs
    inside = ((pre >= 0) & (pre < n_pre) & (post >= 0) & (post < n_post)).all()
    if not inside or not (np.diff(pre.astype(np.int64) * n_post + post) > 0).all():
        raise FormatError("must be pairs of units, sender by sender, each once", path)
    return Connections(n_pre, n_post, pre.copy(), post.copy())
