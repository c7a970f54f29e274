"""Tables for pandas: what is observed now, and what was logged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from leabra_studio.engine.kernels.recording import record_row
from leabra_studio.engine.logs import Block, Column, Log, Logs, Source
from leabra_studio.engine.state import State
from leabra_studio.engine.variables import LAYER_WHOLE


class ObservedColumn(pd.Series):
    """A column whose `values` can be written to, as they could when Leabra7 was made; they are the caller's own."""

    @property
    def _constructor(self) -> Any:
        return pd.Series

    @property
    def values(self) -> NDArray[Any]:
        """Return a copy of the column's values."""
        return self.to_numpy(copy=True)


class _AnyTable(type):
    """Lets every table pass for an `Observation`, as pandas' comparisons of tables ask for the class of the other."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, pd.DataFrame)


class Observation(pd.DataFrame, metaclass=_AnyTable):
    """A table of what a network does now; whatever is made from it is a plain table."""

    @property
    def _constructor(self) -> Any:
        return pd.DataFrame

    def __getitem__(self, key: Any) -> Any:
        """Return a column by name as an `ObservedColumn`, anything else as pandas does."""
        found = super().__getitem__(key)
        return ObservedColumn(found) if isinstance(found, pd.Series) else found


def observed(source: Source, attr: str, state: State) -> Observation:
    """Return one attribute of an object as it is now: one row, or one row for each part."""
    block = Block.of([(source, attr, 0)])
    row = np.zeros(block.width)
    record_row(row, block.segments, state.units, state.layers, state.weights)
    if attr in LAYER_WHOLE:
        return Observation({attr: row})
    order = _order(source)
    return Observation({**_part_labels(source, order, 1), _shown_name(attr): row[order]})


def logs_of(log: Log, name: str) -> Logs | None:
    """Return the tables of one object, None when nothing of it was logged."""
    pieces = [(block, [c for c in block.columns if c.source.name == name]) for block in log.blocks if block.used]
    pieces = [(block, columns) for block, columns in pieces if columns]
    if not pieces:
        return None
    wholes = [_whole(block, [c for c in columns if c.attr in LAYER_WHOLE], columns[0]) for block, columns in pieces]
    parts = [_parts(block, [c for c in columns if c.attr not in LAYER_WHOLE], columns[0]) for block, columns in pieces]
    return Logs(pd.concat(wholes, ignore_index=True), pd.concat(parts, ignore_index=True))


def _whole(block: Block, columns: Sequence[Column], any_column: Column) -> pd.DataFrame:
    data: dict[str, Any] = {c.attr: block.values(c.start, c.stop)[:, 0] for c in columns}
    return pd.DataFrame({**data, "time": block.times() - any_column.born})


def _parts(block: Block, columns: Sequence[Column], any_column: Column) -> pd.DataFrame:
    source = any_column.source
    if not columns:
        return pd.DataFrame({**_part_labels(source, _order(source), 0), "time": np.zeros(0, np.int64)})
    order = _order(source)
    data: dict[str, Any] = _part_labels(source, order, block.used)
    for c in columns:
        data[_shown_name(c.attr)] = block.values(c.start, c.stop)[:, order].ravel()
    data["time"] = np.repeat(block.times() - any_column.born, order.size)
    return pd.DataFrame(data)


def _shown_name(attr: str) -> str:
    return attr.removeprefix("unit_")


def _order(source: Source) -> NDArray[np.intp]:
    """Return the order in which an object's parts are listed: units as they are, connections receiver by receiver."""
    return np.arange(source.stop - source.start) if source.conns is None else source.conns.post_major()


def _part_labels(source: Source, order: NDArray[np.intp], times: int) -> dict[str, Any]:
    if source.conns is None:
        return {"unit": np.tile(order, times)}
    pre, post = (ends.astype(np.int64)[order] for ends in source.conns.pairs())
    return {"pre_unit": np.tile(pre, times), "post_unit": np.tile(post, times)}
