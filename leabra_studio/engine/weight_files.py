"""Files of weights alone, ours (npz) and Emergent's (JSON): written, read, and fitted to the projections of a net."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from leabra_studio.engine import archive, wts
from leabra_studio.engine.archive import Place, check_place
from leabra_studio.engine.encode import Data, take, take_count
from leabra_studio.engine.layout import Floats, Ints
from leabra_studio.engine.limits import CONNECTION_TEXT, MAX_CONNECTIONS, MAX_OBJECTS, MAX_TEXT, MAX_UNITS
from leabra_studio.engine.params import shown
from leabra_studio.errors import FormatError, ValidationError

if TYPE_CHECKING:
    from leabra_studio.engine.parts import Projn
    from leabra_studio.engine.structure import Structure

FORMAT = "leabra-studio-weights"
VERSION = 1
"""The header's `version`: 1 since the first release. A file of another version is refused."""

FORMATS = ("npz", "wts", "wts.gz")
GZIP = b"\x1f\x8b"
ZIP = b"PK"
LISTED = 6
"""Names that a sentence tells at most."""

Values = tuple["Projn", Floats, Floats]
"""A projection, and its visible and linear weights in the order of its connections."""


@dataclass(frozen=True)
class Fitted:
    """What became of the weights in a file.

    Parameters
    ----------
    taken : tuple of str
        Projections of the net that have their weights from the file.
    kept : tuple of str
        Projections of the net that the file does not have; they keep their weights.
    left : tuple of str
        What the file has beyond that, as it calls it.
    """

    taken: tuple[str, ...]
    kept: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = [f"Weights taken over: {_listed(self.taken)}."]
        if self.kept:
            parts.append(f"Not in the file, so as before: {_listed(self.kept)}.")
        if self.left:
            parts.append(f"In the file but not in the network: {_listed(self.left)}.")
        return " ".join(parts)


def save(net: Structure, place: Place, format: str | None) -> None:
    """Write the weights of a net; see `Net.save_weights`."""
    call = "Net.save_weights"
    check_place(call, place, "write")
    format = _format(call, place) if format is None else format
    if not isinstance(format, str) or format not in FORMATS:
        raise ValidationError(call, "format", f"must be one of {', '.join(FORMATS)} (got {shown(format)})")
    if format == "npz":
        _write_npz(net, place)
        return
    with archive.writing(place) as stream:
        if format == "wts":
            wts.write(net, stream)
            return
        with gzip.GzipFile("", "wb", 6, stream, mtime=0) as packed:
            wts.write(net, packed)


def load(net: Structure, place: Place) -> tuple[list[Values], Fitted]:
    """Return the weights in a file that belong to a net, and what became of all of them; see `Net.load_weights`."""
    check_place("Net.load_weights", place, "read")
    with archive.opened(place) as stream:
        with archive.damage(""):
            start = stream.tell()
            magic = stream.read(2)
            stream.seek(start)
        entries = _npz_entries(net, stream) if magic == ZIP else wts.entries(net, _text(net, stream, magic))
    found = [(entry.projn, *entry.values) for entry in entries if entry.projn is not None and entry.values is not None]
    taken = tuple(projn.name for projn, _, _ in found)
    kept = tuple(name for name in net.projn_names if name not in taken)
    left = tuple(entry.label for entry in entries if entry.projn is None)
    if not found:
        raise FormatError(
            f"holds weights of {_listed(left)}; the network has {_listed(kept)}: nothing fits", "the file"
        )
    return found, Fitted(taken, kept, left)


def _format(call: str, place: Place) -> str:
    name = os.fspath(place) if isinstance(place, str | os.PathLike) else ""
    for format in FORMATS:
        if name.endswith(f".{format}"):
            return format
    rule = f"must be given where the place has no suffix of {', '.join(FORMATS)} (got {shown(place)})"
    raise ValidationError(call, "format", rule)


def _listed(names: tuple[str, ...]) -> str:
    more = [f"and {len(names) - LISTED} more"] if len(names) > LISTED else []
    return ", ".join([*(shown(name) for name in names[:LISTED]), *more]) or "nothing"


def _text(net: Structure, stream: BinaryIO, magic: bytes) -> bytes:
    """Return the text of a JSON file, packed or not, of no more characters than such a net's can have."""
    most = MAX_TEXT + CONNECTION_TEXT * net._state.weights.shape[1]
    with archive.damage(""):
        if magic == GZIP:
            with gzip.GzipFile(fileobj=stream) as packed:
                data = packed.read(most + 1)
        else:
            data = stream.read(most + 1)
    if len(data) > most:
        raise FormatError(f"must not be larger than {most:,} bytes for this network", "the file")
    return data


def _write_npz(net: Structure, place: Place) -> None:
    projns = list(net._projns.values())
    rows = [
        {
            "name": p.name,
            "pre": p.pre.name,
            "post": p.post.name,
            "n_pre": p.pre.size,
            "n_post": p.post.size,
            "full": p.conns.full,
            "count": p.conns.count,
        }
        for p in projns
    ]
    wired = [np.stack(p.conns.pairs()) for p in projns if not p.conns.full]
    pairs = np.concatenate([np.zeros((2, 0), np.int32), *wired], axis=1)
    header = {"format": FORMAT, "version": VERSION, "seed": net.seed, "projns": rows}
    archive.write(place, header, {"weights": net._state.weights, "pairs": pairs})


def _npz_entries(net: Structure, stream: BinaryIO) -> list[wts.Entry]:
    with archive.reading(stream) as source:
        header = source.header()
        if take(header, "format", str, "") != FORMAT:
            raise FormatError(f"must be {FORMAT!r}; a whole net is opened with Net.load", "format")
        if take(header, "version", int, "") != VERSION:
            raise FormatError(f"must be {VERSION}; this release cannot read another", "version")
        rows = take(header, "projns", list, "")
        if len(rows) > MAX_OBJECTS:
            raise FormatError(f"must not have more than {MAX_OBJECTS:,} entries", "projns")
        counts = [_count(data, f"projns[{i}]") for i, data in enumerate(rows)]
        wired = [take(data, "full", bool, f"projns[{i}]") is False for i, data in enumerate(rows)]
        weights = source.array("weights", np.float64, (2, sum(counts)))
        pairs = source.array("pairs", np.int32, (2, sum(n for n, each in zip(counts, wired, strict=True) if each)))
    names = [take(data, "name", str, f"projns[{i}]") for i, data in enumerate(rows)]
    if len(set(names)) < len(names):
        raise FormatError("must have different names", "projns")
    entries, at, behind = [], 0, 0
    for i, (name, data) in enumerate(zip(names, rows, strict=True)):
        own, at = weights[:, at : at + counts[i]], at + counts[i]
        joined = pairs[:, behind : behind + counts[i]] if wired[i] else None
        behind += counts[i] if wired[i] else 0
        entries.append(_entry(net._projns.get(name), data, own, joined, f"projns[{i}]"))
    return entries


def _count(data: Any, path: str) -> int:
    count = take_count(data, "count", path)
    if count > MAX_CONNECTIONS:
        raise FormatError("is larger than a net can be", f"{path}.count")
    return count


def _entry(projn: Projn | None, data: Data, weights: Floats, pairs: Ints | None, path: str) -> wts.Entry:
    """Return what a file says of one projection.

    Raises
    ------
    FormatError
        If the net has one of that name that is another.
    """
    n_pre, n_post = (take_count(data, key, path) for key in ("n_pre", "n_post"))
    if max(n_pre, n_post) > MAX_UNITS or (pairs is None and weights.shape[1] != n_pre * n_post):
        raise FormatError("must be the number of connections between the units", f"{path}.count")
    if projn is None:
        return wts.Entry(data["name"], None, None)
    owner = f"projection {shown(projn.name)}"
    if (n_pre, n_post) != (projn.pre.size, projn.post.size):
        rule = f"joins {n_pre} to {n_post} units in the file, but {projn.pre.size} to {projn.post.size} in the network"
        raise FormatError(rule, owner)
    if weights.shape[1] != projn.conns.count:
        rule = f"has {weights.shape[1]} connections in the file, but {projn.conns.count} in the network"
        raise FormatError(rule, owner)
    if pairs is not None and not np.array_equal(pairs, np.stack(projn.conns.pairs())):
        rule = (
            "joins other units in the file than in the network; build the network with the seed the file was made with"
        )
        raise FormatError(rule, owner)
    if not np.isfinite(weights).all():
        raise FormatError("has a weight in the file that is no finite number", owner)
    return wts.Entry(projn.name, projn, (weights[0], weights[1]))
