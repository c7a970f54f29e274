"""Lesions: units and projections that take no part until they are healed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from leabra_studio.engine import checks
from leabra_studio.engine.layout import LAYER_STATE, N_STATE, OFF
from leabra_studio.engine.lesion import Lesion
from leabra_studio.engine.limits import MAX_SEED
from leabra_studio.engine.parts import Layer
from leabra_studio.engine.state import write_layer
from leabra_studio.engine.weights import Weights
from leabra_studio.errors import ValidationError


class Lesions(Weights):
    """The part of `Net` that can be lesioned."""

    def __init__(self, seed: int | None = None) -> None:
        super().__init__(seed)
        self._lesions: dict[str, Lesion] = {}

    @property
    def lesions(self) -> Mapping[str, Lesion]:
        """What is lesioned now, by the names of layers and projections."""
        return MappingProxyType(self._lesions)

    def lesion(self, name: str, fraction: float = 1.0, seed: int | None = None) -> int:
        """Return how many units of a layer, or connections of a projection, are lesioned now: take no part any more.

        Lesioned units are silent: they rest at 0, send nothing, learn nothing, and do not count in the means that
        inhibition is made from. What the rest of the layer sends keeps its scale, so receivers get less. A layer
        without any unit left, and a lesioned projection, are left out whole, also from the sum of `wt_scale_rel`. The
        weights stay.

        Parameters
        ----------
        name : str
            The layer or projection; what was lesioned of it before is healed.
        fraction : float
            The fraction of a layer's units, in (0, 1], rounded down, at least one unit; projections are lesioned whole.
        seed : int, optional
            Says which units; drawn from the net's randomness where it matters and none is given.

        Raises
        ------
        ValidationError
            If nothing has that name, another argument is invalid, or a spec was changed to something invalid; nothing
            has changed then.
        """
        call = "Net.lesion"
        checks.known(call, "name", name, self._objects, "a layer or projection")
        fraction = checks.finite(call, "fraction", fraction)
        whole = name in self._projns
        if not 0.0 < fraction <= 1.0 or (whole and fraction < 1.0):
            rule = "must be 1 for a projection" if whole else "must be above 0 and at most 1, a fraction of the units"
            raise ValidationError(call, "fraction", f"{rule} (got {fraction!r})")
        if seed is not None:
            checks.whole(call, "seed", seed, 0, MAX_SEED)
        self._sync()
        if seed is None:
            seed = int(self._rng.integers(2**32)) if fraction < 1.0 else 0
        lesion = Lesion(fraction, int(seed))
        self._lesions[name] = lesion
        if whole:
            self._state.projns["off"][self._projns[name].index] = 1
            return self._projns[name].conns.count
        return self._cut(self._layers[name], lesion)

    def heal(self, name: str) -> None:
        """Let a lesioned layer or projection take part again: its units start from rest, its weights are as they were.

        Parameters
        ----------
        name : str
            The layer or projection; nothing happens if it is whole.

        Raises
        ------
        ValidationError
            If nothing has that name, or a spec was changed to something invalid.
        """
        checks.known("Net.heal", "name", name, self._objects, "a layer or projection")
        self._sync()
        if self._lesions.pop(name, None) is None:
            return
        if name in self._projns:
            self._state.projns["off"][self._projns[name].index] = 0
        else:
            self._cut(self._layers[name], None)

    def _cut(self, layer: Layer, lesion: Lesion | None) -> int:
        """Lesion exactly the units of a layer that `lesion` says, and return how many these are."""
        off = np.zeros(layer.size, np.bool_)
        if lesion is not None:
            off[lesion.units(layer.size)] = True
        units = self._state.units[:, layer.start : layer.stop]
        units[OFF] = off
        units[:N_STATE, off] = 0.0
        record = self._state.layers[layer.index]
        record["n_live"] = layer.size - np.count_nonzero(off)
        if not record["n_live"]:
            for each in LAYER_STATE:
                record[each] = 0.0
        write_layer(record, layer.spec)
        return int(np.count_nonzero(off))
