"""What a net is made of: layers, projections, their specs and weights."""

from __future__ import annotations

import copy
from collections import ChainMap
from collections.abc import Mapping
from typing import Any

import numpy as np

from leabra_studio.engine import checks
from leabra_studio.engine.connect import Drawn, draw
from leabra_studio.engine.layout import N_SHOWN, Floats
from leabra_studio.engine.limits import MAX_OBJECTS, MAX_SEED, MAX_UNITS
from leabra_studio.engine.logs import Log, Source
from leabra_studio.engine.parts import Layer, Projn
from leabra_studio.engine.spec import Spec
from leabra_studio.engine.specs import LayerSpec, ProjnSpec
from leabra_studio.engine.state import State, write_layer, write_projn
from leabra_studio.engine.variables import FREQUENCIES
from leabra_studio.errors import LimitError


class Structure:
    """The part of `Net` that is built: everything but running."""

    def __init__(self, seed: int | None = None) -> None:
        if seed is None:
            seed = int(np.random.SeedSequence().generate_state(1, np.uint32)[0])
        self._seed = checks.whole("Net", "seed", seed, 0, MAX_SEED)
        self._rng = np.random.default_rng(self._seed)
        self._state = State()
        self._layers: dict[str, Layer] = {}
        self._projns: dict[str, Projn] = {}
        self._logs: dict[str, Log] = {freq: Log() for freq in FREQUENCIES}
        self._objects: Mapping[str, Layer | Projn] = ChainMap[str, Any](self._layers, self._projns)
        self._read: dict[int, tuple[Spec, int]] = {}

    @property
    def seed(self) -> int:
        """The seed of the net's randomness, drawn from the system's entropy where none was given."""
        return self._seed

    @property
    def layer_names(self) -> tuple[str, ...]:
        """The names of the layers in order of creation."""
        return tuple(self._layers)

    @property
    def projn_names(self) -> tuple[str, ...]:
        """The names of the projections in order of creation."""
        return tuple(self._projns)

    @property
    def units(self) -> Floats:
        """The state of all units: a live, read-only view (variables, units).

        Rows are those of `UNIT_VARIABLES`, columns those of `unit_slice`. A view taken before a layer is added goes
        on showing the net without it.
        """
        view = self._state.units[:N_SHOWN].view()
        view.flags.writeable = False
        return view

    def unit_slice(self, layer: str) -> slice:
        """Return the columns of `units` that belong to a layer.

        Parameters
        ----------
        layer : str
            Its name.

        Raises
        ------
        ValidationError
            If there is no such layer.
        """
        found = self._layer("Net.unit_slice", "layer", layer)
        return slice(found.start, found.stop)

    def spec(self, name: str) -> LayerSpec | ProjnSpec:
        """Return the spec of a layer or projection: the object itself, so that changing it changes the net.

        Parameters
        ----------
        name : str
            The layer or projection.

        Raises
        ------
        ValidationError
            If nothing has that name.
        """
        checks.known("Net.spec", "name", name, self._objects, "a layer or projection")
        return self._objects[name].spec

    def new_layer(self, name: str, size: int, spec: LayerSpec | None = None) -> None:
        """Add a layer.

        Parameters
        ----------
        name : str
            A name that no layer or projection of the net has.
        size : int
            Number of units, at least 1.
        spec : LayerSpec, optional
            Its parameters; later changes to the object take effect on the next cycle.

        Raises
        ------
        ValidationError
            If an argument or a value of the spec is invalid.
        LimitError
            If the net would have too many units or objects, see `limits`.
        """
        call = "Net.new_layer"
        checks.new_name(call, name, self._objects, MAX_OBJECTS)
        size = checks.whole(call, "size", size, 1, MAX_UNITS - self._state.units.shape[1])
        spec = checks.spec_of(call, spec, LayerSpec)
        start = self._state.units.shape[1]
        layer = Layer(name, self._state.add_layer(size), start, start + size, spec)
        self._layers[name] = layer
        write_layer(self._state.layers[layer.index], spec)
        self._adopt(layer.source(), spec)

    def new_projn(self, name: str, pre: str, post: str, spec: ProjnSpec | None = None) -> None:
        """Add a projection and draw its weights.

        Parameters
        ----------
        name : str
            A name that no layer or projection of the net has.
        pre, post : str
            The sending and the receiving layer; they may be the same.
        spec : ProjnSpec, optional
            Its parameters; later changes of all but the structural ones take effect on the next cycle.

        Raises
        ------
        ValidationError
            If an argument or a value of the spec is invalid.
        LimitError
            If there would be too many connections, or no memory for them.

        Warns
        -----
        RuntimeWarning
            If a weight is drawn outside [0, 1], where learning is not defined.
        """
        call = "Net.new_projn"
        checks.new_name(call, name, self._objects, MAX_OBJECTS)
        sender, receiver = self._layer(call, "pre", pre), self._layer(call, "post", post)
        spec = checks.spec_of(call, spec, ProjnSpec)
        rng = copy.deepcopy(self._rng)
        try:
            drawn = draw(name, spec, sender.size, receiver.size, rng)
            self._attach(name, sender, receiver, spec, drawn)
        except MemoryError:
            raise LimitError(f"projection {name!r}: does not fit into memory; make its layers smaller") from None
        self._rng = rng
        self._adopt(self._projns[name].source(), spec)
        checks.warn_outside(name, drawn[1])

    def _attach(self, name: str, pre: Layer, post: Layer, spec: ProjnSpec, drawn: Drawn) -> None:
        """Add a projection behind the others."""
        conns, wts = drawn
        start = self._state.weights.shape[1]
        index = self._state.add_projn(pre.index, post.index, conns, wts)
        self._projns[name] = Projn(name, index, start, pre, post, conns, spec)
        write_projn(self._state.projns[index], spec)

    def _adopt(self, source: Source, spec: LayerSpec | ProjnSpec) -> None:
        """Log what the spec asks for and watch the spec for changes."""
        for freq, log in self._logs.items():
            log.add(source, getattr(spec, f"log_on_{freq}"))
        self._watch(spec)

    def _watch(self, spec: LayerSpec | ProjnSpec) -> None:
        for each in (spec, getattr(spec, "unit_spec", None)):
            if isinstance(each, Spec):
                self._read[id(each)] = (each, each.mutations)

    def _sync(self) -> None:
        """Read the specs again if one has changed; where one is invalid nothing is changed."""
        for spec, mutations in self._read.values():
            if spec.mutations != mutations:
                self._read_specs()
                return

    def _read_specs(self) -> None:
        before, self._read = self._read, {}
        try:
            for owner in self._objects.values():
                self._watch(owner.spec)  # counts first: what changes from here on is read again
                owner.spec.validate()
        except Exception:  # whatever a spec of somebody's own raises goes on to the caller, with nothing changed here
            self._read = before
            raise
        for layer in self._layers.values():
            write_layer(self._state.layers[layer.index], layer.spec)
        for projn in self._projns.values():
            write_projn(self._state.projns[projn.index], projn.spec)

    def _layer(self, call: str, field: str, name: Any) -> Layer:
        return self._layers[checks.known(call, field, name, self._layers, "a layer")]

    def _projn(self, call: str, field: str, name: Any) -> Projn:
        return self._projns[checks.known(call, field, name, self._projns, "a projection")]
