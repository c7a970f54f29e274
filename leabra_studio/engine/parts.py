"""The layers and projections of a net: where each is in the arrays, and its spec."""

from __future__ import annotations

from dataclasses import dataclass

from leabra_studio.engine.connect import Connections
from leabra_studio.engine.logs import Source
from leabra_studio.engine.specs import LayerSpec, ProjnSpec


@dataclass(frozen=True, eq=False)
class Layer:
    """A layer of a net: its place and its spec."""

    name: str
    index: int
    start: int
    stop: int
    spec: LayerSpec

    @property
    def size(self) -> int:
        """How many units it has."""
        return self.stop - self.start

    def source(self) -> Source:
        """Return where its attributes are found."""
        return Source(self.name, self.index, self.start, self.stop)


@dataclass(frozen=True, eq=False)
class Projn:
    """A projection of a net: its place, its layers, its connections and its spec."""

    name: str
    index: int
    start: int
    pre: Layer
    post: Layer
    conns: Connections
    spec: ProjnSpec

    @property
    def stop(self) -> int:
        """The column after its last weight."""
        return self.start + self.conns.count

    def source(self) -> Source:
        """Return where its attributes are found."""
        return Source(self.name, self.index, self.start, self.stop, self.conns)
