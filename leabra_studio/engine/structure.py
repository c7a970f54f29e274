"""What a net is made of: layers, projections, their specs and weights."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from leabra_studio.engine import checks
from leabra_studio.engine.connect import connect
from leabra_studio.engine.layout import N_SHOWN, Floats
from leabra_studio.engine.logs import Log, Source
from leabra_studio.engine.parts import Layer, Projn
from leabra_studio.engine.spec import Spec
from leabra_studio.engine.specs import LayerSpec, ProjnSpec
from leabra_studio.engine.state import State, write_layer, write_projn
from leabra_studio.engine.variables import FREQUENCIES
from leabra_studio.errors import ValidationError

MAX_UNITS = 1_000_000
"""Of one net."""


class Structure:
    """The part of `Net` that is built: everything but running."""

    def __init__(self, seed: int | None = None) -> None:
        if seed is None:
            seed = int(np.random.SeedSequence().generate_state(1, np.uint32)[0])
        self._seed = checks.whole("Net", "seed", seed, 0)
        self._rng = np.random.default_rng(self._seed)
        self._state = State()
        self._layers: dict[str, Layer] = {}
        self._projns: dict[str, Projn] = {}
        self._logs: dict[str, Log] = {freq: Log() for freq in FREQUENCIES}
        self._read: list[tuple[Spec, int]] = []

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
            If the net would have more than `MAX_UNITS` units.
        """
        call = "Net.new_layer"
        checks.new_name(call, name, self._objects)
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
            If there would be too many connections.

        Warns
        -----
        RuntimeWarning
            If a weight is drawn outside [0, 1], where learning is not defined.
        """
        call = "Net.new_projn"
        checks.new_name(call, name, self._objects)
        sender, receiver = self._layer(call, "pre", pre), self._layer(call, "post", post)
        spec = checks.spec_of(call, spec, ProjnSpec)
        self._draw(name, sender, receiver, spec)
        self._adopt(self._projns[name].source(), spec)

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
        if seed is not None:
            seed = checks.whole("Net.init_weights", "seed", seed, 0)
        for projn in self._projns.values():
            projn.spec.validate()
        if seed is not None:
            self._seed, self._rng = seed, np.random.default_rng(seed)
        factors = self._state.projns["lrate_factor"].copy()
        self._state.drop_projns()
        for projn in list(self._projns.values()):
            self._draw(projn.name, projn.pre, projn.post, projn.spec)
            for log in self._logs.values():
                log.replace(self._projns[projn.name].source())
        self._state.projns["lrate_factor"] = factors

    def get_weights(self, projn: str) -> Floats:
        """Return the visible weights of a projection.

        Parameters
        ----------
        projn : str
            Its name.

        Returns
        -------
        ndarray of float64, shape (post, pre)
            A copy; NaN where there is no connection.

        Raises
        ------
        ValidationError
            If there is no such projection.
        """
        found = self._projn("Net.get_weights", "projn", projn)
        return found.conns.matrix(self._state.weights[0, found.start : found.stop])

    def set_weights(self, projn: str, weights: Any) -> None:
        """Set the weights of a projection, visible and linear alike, as when it was made.

        Parameters
        ----------
        projn : str
            Its name.
        weights : array_like, shape (post, pre)
            The weights; NaN or 0 where there is no connection.

        Raises
        ------
        ValidationError
            If the shape is wrong, a weight is not finite, or one is given where there is no connection.

        Warns
        -----
        RuntimeWarning
            If a weight lies outside [0, 1], where learning is not defined.
        """
        call = "Net.set_weights"
        found = self._projn(call, "projn", projn)
        matrix = checks.array(call, "weights", weights)
        shape = (found.post.size, found.pre.size)
        if matrix.shape != shape:
            raise ValidationError(
                call, "weights", f"must have shape {shape}, receivers by senders (got {matrix.shape})"
            )
        values = found.conns.values(matrix)
        if not np.isfinite(values).all():
            raise ValidationError(call, "weights", "must be finite numbers wherever there is a connection")
        if np.count_nonzero(np.nan_to_num(matrix)) > np.count_nonzero(values):
            raise ValidationError(call, "weights", "must be NaN or 0 where there is no connection")
        _warn_outside(projn, values)
        self._state.weights[:, found.start : found.stop] = values
        self._state.projns["stale"][found.index] = 1

    def _draw(self, name: str, pre: Layer, post: Layer, spec: ProjnSpec) -> None:
        """Choose connections, draw weights and add the projection at the end."""
        conns = connect(name, spec, pre.size, post.size, self._rng)
        wts = np.empty(conns.count)
        wts[conns.post_major()] = spec.dist.draw(self._rng, conns.count)
        _warn_outside(name, wts)
        start = self._state.weights.shape[1]
        index = self._state.add_projn(pre.index, post.index, conns, wts)
        self._projns[name] = Projn(name, index, start, pre, post, conns, spec)
        write_projn(self._state.projns[index], spec)

    def _adopt(self, source: Source, spec: LayerSpec | ProjnSpec) -> None:
        """Log what the spec asks for and watch the spec for changes."""
        for freq, log in self._logs.items():
            log.add(source, getattr(spec, f"log_on_{freq}"))
        self._read = self._mutation_counts()

    def _sync(self) -> None:
        """Read specs that were changed since they were last read; where one is invalid nothing is changed."""
        for spec, mutations in self._read:
            if spec.mutations != mutations:
                self._read_specs()
                return

    def _read_specs(self) -> None:
        counts = self._mutation_counts()
        for owner in self._objects.values():
            owner.spec.validate()
        for layer in self._layers.values():
            write_layer(self._state.layers[layer.index], layer.spec)
        for projn in self._projns.values():
            write_projn(self._state.projns[projn.index], projn.spec)
        self._read = counts

    def _mutation_counts(self) -> list[tuple[Spec, int]]:
        specs: list[Spec] = [projn.spec for projn in self._projns.values()]
        for layer in self._layers.values():
            specs += [layer.spec, layer.spec.unit_spec]
        return [(spec, spec.mutations) for spec in {id(spec): spec for spec in specs}.values()]

    @property
    def _objects(self) -> dict[str, Layer | Projn]:
        return {**self._layers, **self._projns}

    def _layer(self, call: str, field: str, name: Any) -> Layer:
        return self._layers[checks.known(call, field, name, self._layers, "a layer")]

    def _projn(self, call: str, field: str, name: Any) -> Projn:
        return self._projns[checks.known(call, field, name, self._projns, "a projection")]


def _warn_outside(name: str, wts: Floats) -> None:
    if wts.size and not (wts.min() >= 0.0 and wts.max() <= 1.0):
        sentence = f"projection {name!r}: some weights lie outside [0, 1], where learning is not defined"
        warnings.warn(sentence, RuntimeWarning, stacklevel=4)
