"""Emergent's files of weights: JSON, layer by layer, what each unit receives from which units of each other layer.

Source of the format: emer/emergent, package weights, and emer/leabra, which reads its text with four digits by default.
Present versions call a layer's projections ``Paths``, earlier ones ``Prjns``: both are written, either is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from leabra_studio.engine.archive import damage
from leabra_studio.engine.encode import Data, take, take_count
from leabra_studio.engine.layout import Floats, Longs
from leabra_studio.engine.limits import MAX_OBJECTS, MAX_UNITS
from leabra_studio.engine.params import shown
from leabra_studio.errors import FormatError

if TYPE_CHECKING:
    from leabra_studio.engine.parts import Layer, Projn
    from leabra_studio.engine.structure import Structure

KEYS = ("Paths", "Prjns")
LINEAR, OURS = "Wt1", "fwt"
"""Where the linear weights are, which Emergent does not keep, and the word in the metadata that says so."""

FIRST_AVG = 0.15
"""Emergent's mean activity of a layer that has not run."""


class Entry(NamedTuple):
    """The weights of one projection in a file.

    Attributes
    ----------
    label : str
        What the file calls it.
    projn : Projn, optional
        The net's; None where there is no such projection.
    values : tuple of two ndarrays, optional
        Visible and linear weights in the order of its connections.
    """

    label: str
    projn: Projn | None
    values: tuple[Floats, Floats] | None


class Sink(Protocol):
    """What takes bytes."""

    def write(self, data: bytes, /) -> int:
        """Take some."""


def write(net: Structure, stream: Sink) -> None:
    """Write the weights of a net; every number is read back to the last bit."""
    layers = list(net._layers.values())
    stream.write(b'{"Network": "leabra_studio",\n"Layers": [\n')
    for i, layer in enumerate(layers):
        for line in _layer_lines(net, layer):
            stream.write(line.encode())
        stream.write(b",\n" if i < len(layers) - 1 else b"\n")
    stream.write(b"]}\n")


def _layer_lines(net: Structure, layer: Layer) -> Iterator[str]:
    avg = float(net._state.layers["avg_act"][layer.index]) or FIRST_AVG
    meta = {"ActMAvg": repr(avg), "ActPAvg": repr(avg)}
    yield f'{{"Layer": {json.dumps(layer.name)}, "MetaData": {json.dumps(meta)}'
    received = [p for p in net._projns.values() if p.post is layer]
    for key in KEYS:
        yield f', "{key}": '
        yield from _listed(_projn_lines(net, p) for p in received)
    yield "}"


def _listed(groups: Iterable[Iterable[str]]) -> Iterator[str]:
    yield "["
    for i, lines in enumerate(groups):
        yield ",\n" if i else "\n"
        yield from lines
    yield "]"


def _projn_lines(net: Structure, projn: Projn) -> Iterator[str]:
    meta = {"GScale": "1", LINEAR: OURS}
    yield f'{{"From": {json.dumps(projn.pre.name)}, "MetaData": {json.dumps(meta)}, "Rs": '
    pre, post = projn.conns.pairs()
    order = projn.conns.post_major()
    ends = np.searchsorted(post[order], np.arange(projn.post.size + 1))
    wt, fwt = net._state.weights[:, projn.start : projn.stop]
    yield from _listed(
        [_receiver(i, *(values[order[ends[i] : ends[i + 1]]].tolist() for values in (pre, wt, fwt)))]
        for i in range(projn.post.size)
    )
    yield "}"


def _receiver(index: int, senders: list[int], wt: list[float], fwt: list[float]) -> str:
    return json.dumps({"Ri": index, "N": len(senders), "Si": senders, "Wt": wt, LINEAR: fwt})


def entries(net: Structure, text: bytes) -> list[Entry]:
    """Return what a file holds, projection by projection, joined to those of a net.

    Raises
    ------
    FormatError
        If it is no such file, or a projection joins other units in it than in the net.
    """
    try:
        root = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormatError("holds no weights: it is neither a .npz of Leabra Studio nor JSON", "the file") from error
    layers = take(root, "Layers", list, "")
    if len(layers) > MAX_OBJECTS:
        raise FormatError(f"must not have more than {MAX_OBJECTS:,} entries", "Layers")
    free = {name: list(group) for name, group in _by_ends(net).items()}
    return [entry for i, data in enumerate(layers) for entry in _layer_entries(free, data, f"Layers[{i}]")]


def _by_ends(net: Structure) -> dict[tuple[str, str], list[Projn]]:
    """Return the projections by the names of their layers, in order of creation."""
    groups: dict[tuple[str, str], list[Projn]] = {}
    for p in net._projns.values():
        groups.setdefault((p.pre.name, p.post.name), []).append(p)
    return groups


def _layer_entries(free: dict[tuple[str, str], list[Projn]], data: Data, path: str) -> Iterator[Entry]:
    post = take(data, "Layer", str, path)
    key = next((key for key in KEYS if data.get(key) is not None), None)
    rows = [] if key is None else take(data, key, list, path)
    if len(rows) > MAX_OBJECTS:
        raise FormatError(f"must not have more than {MAX_OBJECTS:,} entries", f"{path}.{key}")
    for i, row in enumerate(rows):
        inside = f"{path}.{key}[{i}]"
        pre = take(row, "From", str, inside)
        group = free.get((pre, post))
        projn = group.pop(0) if group else None
        label = f"{pre} → {post}" if projn is None else projn.name
        yield Entry(label, projn, None if projn is None else _values(projn, row, inside))


def _values(projn: Projn, data: Data, path: str) -> tuple[Floats, Floats]:
    """Return the weights of a projection in the order of its connections."""
    meta = data.get("MetaData")
    keys = ("Wt", LINEAR) if isinstance(meta, dict) and meta.get(LINEAR) == OURS else ("Wt",)
    receivers = take(data, "Rs", list, path) if data.get("Rs") is not None else []
    if len(receivers) > MAX_UNITS:
        raise FormatError(f"must not have more than {MAX_UNITS:,} entries", f"{path}.Rs")
    parts = [_received(row, keys, f"{path}.Rs[{i}]") for i, row in enumerate(receivers)]
    post, pre = (np.concatenate([np.zeros(0, np.int64), *(part[k] for part in parts)]) for k in (0, 1))
    found = [np.concatenate([np.zeros(0), *(part[2][k] for part in parts)]) for k in range(len(keys))]
    order = np.lexsort((post, pre))
    _refuse_other(projn, pre[order], post[order])
    visible = found[0][order]
    return visible, found[1][order] if len(found) > 1 else fwt_from_wt(visible, projn)


def _received(data: Data, keys: tuple[str, ...], path: str) -> tuple[Longs, Longs, list[Floats]]:
    """Return receiver and sender of each connection of one unit, and its numbers under `keys`."""
    receiver = take_count(data, "Ri", path)
    senders = _numbers(data, "Si", path, "iu")
    values = [_numbers(data, key, path, "iuf").astype(np.float64) for key in keys]
    if any(each.size != senders.size for each in values):
        raise FormatError(f"must have one weight for each of {senders.size} senders", f"{path}.Wt")
    if not all(np.isfinite(each).all() for each in values):
        raise FormatError("must be finite numbers", f"{path}.Wt")
    if receiver >= MAX_UNITS or (senders.size and not 0 <= senders.min() <= senders.max() < MAX_UNITS):
        raise FormatError(f"must have units below {MAX_UNITS:,}", path)
    return np.full(senders.size, receiver, np.int64), senders.astype(np.int64), values


def _numbers(data: Data, key: str, path: str, kinds: str) -> Any:
    given = data.get(key)
    if given is None or given == []:
        return np.zeros(0, np.int64)
    with damage(f"{path}.{key}"):
        array = np.asarray(given)
    if array.ndim != 1 or array.dtype.kind not in kinds:
        raise FormatError("must be a list of numbers", f"{path}.{key}")
    return array


def _refuse_other(projn: Projn, pre: Longs, post: Longs) -> None:
    """Refuse connections, sender by sender, that are not those of a projection.

    Raises
    ------
    FormatError
        With a sentence that says which projection, and the sizes.
    """
    owner = f"projection {shown(projn.name)}"
    own_pre, own_post = projn.conns.pairs()
    if np.array_equal(pre, own_pre) and np.array_equal(post, own_post):
        return
    n_pre, n_post = (int(units.max()) + 1 if units.size else 0 for units in (pre, post))
    if n_pre > projn.pre.size or n_post > projn.post.size or pre.size == n_pre * n_post:
        rule = f"joins {n_pre} to {n_post} units in the file, but {projn.pre.size} to {projn.post.size} in the network"
        raise FormatError(rule, owner)
    rule = f"has {pre.size} connections in the file, but {own_pre.size} in the network, or between other units"
    raise FormatError(rule, owner)


def fwt_from_wt(wt: Floats, projn: Projn) -> Floats:
    """Return the linear weights whose sigmoid the visible ones are; themselves where there is none."""
    gain, offset = projn.spec.sig_gain, projn.spec.sig_offset
    inside = (wt > 0.0) & (wt < 1.0)
    if gain == 0.0 or offset <= 0.0:
        return wt
    odds = np.where(inside, 1.0 / np.where(inside, wt, 0.5) - 1.0, 1.0) ** (1.0 / gain)
    return np.where(inside, offset / (offset + odds), wt)
