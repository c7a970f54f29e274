"""From a net that was built in code to the document that describes it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine.params import shown
from leabra_studio.engine.rand import DISTRIBUTIONS, Distribution
from leabra_studio.engine.spec import Spec
from leabra_studio.engine.specs import SPECS, LayerSpec, ProjnSpec, UnitSpec
from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.model import limits
from leabra_studio.model.document import Kind, Layer, Model, NamedSpec, Projn, Role, View
from leabra_studio.model.edits.common import spec_name
from leabra_studio.model.edits.places import tidy
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.names import free_name, is_hidden, listed
from leabra_studio.model.values import plain

if TYPE_CHECKING:
    from leabra_studio.engine.net import Net

ROW = 10
"""Units up to which a layer is drawn as one row."""


@dataclass(frozen=True, eq=False)
class Described:
    """A net as a document, and what belongs to it besides.

    Parameters
    ----------
    model : Model
        The document.
    weights : mapping
        Name of the projection in the model -> its visible weights [post, pre], NaN where there is no connection.
    names : mapping
        Name of a layer or projection in the net -> its name in the model.
    lost : tuple of str
        A sentence for everything in the net's specs that a document cannot hold.
    """

    model: Model
    weights: Mapping[str, NDArray[np.float64]]
    names: Mapping[str, str]
    lost: tuple[str, ...]


def model_of(net: Net, name: str = "Network from Python") -> Described:
    """Return the document of a net.

    Layers of up to ten units become a row, larger ones a grid as square as their size allows. Spec objects that
    several layers or projections share become shared specs; one of a single object is named after it, and none is
    made where all values are defaults. Roles are guessed: what no layer before it feeds is an input, what feeds no
    layer after it is a target.

    A document describes a net at its start, so it does not hold the state of the units and averages, the cycles run,
    logs, learning-rate schedules, or the linear weights that learning goes on from; nor the connections that were
    drawn, which follow from seed and sparsity; nor values of parameters that were read when an object was made and
    changed since. Clamped activations are those in force, after `clamp_max`. A `UnitSpec` that several layer specs
    share becomes one for each. Names are made printable, at most 80 characters long.

    Parameters
    ----------
    net : Net
        The net; it is only asked.
    name : str
        The model's name.

    Raises
    ------
    ValidationError
        If a spec was changed to something invalid, or `name` is not allowed.
    LimitError
        If the net is larger than a document may be.
    """
    names = _names((*net.layer_names, *net.projn_names))
    specs = _Specs({names[x]: net.spec(x) for x in names}, taken=names.values())
    model = Model(
        name=name,
        seed=net.seed % (limits.SEED + 1),
        layers=tuple(Layer(names[x], grid(_size(net, x)), spec=specs.used[names[x]]) for x in net.layer_names),
        projns=tuple(_projn(net, x, names, specs) for x in net.projn_names),
        specs=tuple(specs.named),
        inputs=FrozenMap((names[x], _acts(net, x)) for x in net.layer_names if net.is_clamped(x)),
        lesions=FrozenMap((names[x], lesion) for x, lesion in net.lesions.items()),
        view=View(layer=names[net.layer_names[-1]] if net.layer_names else None),
    )
    weights = FrozenMap((names[x], net.get_weights(x)) for x in net.projn_names)
    return Described(_placed(model), weights, FrozenMap(names), (*specs.lost, *_lost_seed(net, model)))


def grid(size: int) -> tuple[int, int]:
    """Return rows and columns for that many units: one row of up to ten, else as square as possible without gaps."""
    rows = 1 if size <= ROW else max(n for n in range(1, math.isqrt(size) + 1) if size % n == 0)
    return rows, size // rows


class _Specs:
    """The spec objects of a net as named specs.

    Parameters
    ----------
    uses : mapping
        Name of the layer or projection in the model -> its spec object.
    taken : iterable of str
        Names that no spec can have.

    Attributes
    ----------
    named : list of NamedSpec
        The specs.
    used : dict
        Name of the layer or projection -> the name of its spec, None for the defaults.
    lost : list of str
        What a document cannot hold of them.
    """

    def __init__(self, uses: Mapping[str, LayerSpec | ProjnSpec], taken: Iterable[str]) -> None:
        self.named: list[NamedSpec] = []
        self.used: dict[str, str | None] = dict.fromkeys(uses)
        self.lost: list[str] = []
        self._taken = set(taken)
        users: defaultdict[int, list[str]] = defaultdict(list)
        for name, spec in uses.items():
            users[id(spec)].append(name)
        for sharing in users.values():
            self._add(uses[sharing[0]], sharing)

    def _add(self, spec: LayerSpec | ProjnSpec, users: list[str]) -> None:
        """Name one spec object; one object alone with the defaults needs none."""
        kind: Kind = "layer" if isinstance(spec, LayerSpec) else "projn"
        alone = len(users) == 1
        values = plain(self._standard(kind, spec, users))
        if alone and not values:
            return
        name = free_name(spec_name(users[0] if alone else kind), self._taken)
        self._taken.add(name)
        self.named.append(NamedSpec(name, kind, values, auto=alone))
        self.used.update(dict.fromkeys(users, name))

    def _standard(self, kind: str, spec: Spec, users: list[str]) -> Spec:
        """Return a spec as one of the library's own classes: a subclass may have defaults of its own."""
        values = {name: getattr(spec, name) for name in SPECS[kind].params()}
        for name, value in values.items():
            if isinstance(value, UnitSpec):
                values[name] = self._standard("unit", value, users)
            elif isinstance(value, Distribution) and DISTRIBUTIONS.get(type(value).__name__) is not type(value):
                values[name] = default = SPECS[kind].params()[name].fresh()
                self.lost.append(f"{listed(tuple(users))}: {type(value).__name__} became {default!r}.")
        return SPECS[kind](**values)


def _names(names: Iterable[str]) -> dict[str, str]:
    """Return for every name of a net one that a document allows; most are the same."""
    fine = {name: name for name in names if _printable(name) == name}
    taken = set(fine)
    for name in names:
        if name not in fine:
            fine[name] = free_name(_printable(name), taken)
            taken.add(fine[name])
    return {name: fine[name] for name in names}


def _printable(name: str) -> str:
    text = "".join(" " if is_hidden(character) else character for character in name)
    return text.strip()[: limits.NAME_LENGTH].strip() or "unnamed"


def _size(net: Net, layer: str) -> int:
    units = net.unit_slice(layer)
    return int(units.stop - units.start)


def _acts(net: Net, layer: str) -> tuple[float, ...]:
    return tuple(net.units[UNIT_NAMES.index("act"), net.unit_slice(layer)].tolist())


def _projn(net: Net, projn: str, names: Mapping[str, str], specs: _Specs) -> Projn:
    pre, post = net.ends(projn)
    return Projn(names[projn], names[pre], names[post], specs.used[names[projn]])


def _placed(model: Model) -> Model:
    """Return the model with places and roles, both from the order in which activation reaches the layers.

    Where the inputs are is told by what nothing feeds, for a target may be clamped as well; only where everything is
    fed by something, it is told by what is clamped.
    """
    fed = {p.post for p in model.projns if p.pre != p.post}
    some_unfed = len(fed) < len(model.layers)
    placed = tidy(replace(model, inputs=FrozenMap()) if some_unfed else model)
    x = {layer.name: layer.x for layer in placed.layers}
    forward = [p for p in model.projns if x[p.pre] < x[p.post]]
    sends, receives = {p.pre for p in forward}, {p.post for p in forward}

    def role(name: str) -> Role:
        if name in receives:
            return "hidden" if name in sends else "target"
        return "input" if name in sends or name in model.inputs else "hidden"

    layers = tuple(replace(layer, role=role(layer.name)) for layer in placed.layers)
    return replace(placed, layers=layers, inputs=model.inputs)


def _lost_seed(net: Net, model: Model) -> Iterator[str]:
    if net.seed != model.seed:
        yield f"The seed {shown(net.seed)} is too large for a document and became {model.seed}."
