"""New networks as the textbook draws them: inputs, hidden layers, targets, joined forward or both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal, get_args

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model import checks, limits
from leabra_studio.model.document import Layer, Model, NamedSpec, Projn, Role, View
from leabra_studio.model.edits.places import tidy
from leabra_studio.model.edits.projns import default_name
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.names import free_name
from leabra_studio.model.patterns import PatternTable
from leabra_studio.model.plan import TrainingPlan

Connect = Literal["feedforward", "bidirectional"]
Row = tuple[str, int, int, Role]
"""Name, rows, columns and role of a layer."""
Stage = tuple[Layer, ...]

RANDOM = {"type": "Uniform", "low": 0.25, "high": 0.75}
VALUES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "layer": {"gi": 1.5, "unit_spec": {"adapt_dt": 0.0, "vm_gain": 0.0, "spike_gain": 0.0}},
        "up": {"dist": RANDOM},
        "down": {"dist": RANDOM, "wt_scale_rel": 0.3},
    }
)
"""Values of the specs, as in the programs of the Leabra7 paper: inhibition weaker than the default, no adaptation that
outlasts a trial, random weights, and feedback that has less to say than what comes from the inputs."""
TABLE = "train"
ACTIVE = 0.25
"""Share of an input layer's units that are active at first."""


def new_network(name: str, layers: Sequence[Row], connect: Connect = "feedforward", seed: int = Model.seed) -> Model:
    """Return the model of a new network, ready to run.

    Inputs are joined to the first hidden layer, each hidden layer to the next, the last one to the targets; the order
    of the layers counts among those of one role. All layers share one spec, and so do the projections of each
    direction. Inputs are clamped to a first pattern: a quarter of their units is active, at least one. An empty table
    of patterns belongs to it, the one that its plan trains on: it has no rows yet, and a column for every unit of the
    inputs and targets.

    Parameters
    ----------
    name : str
        The model's name.
    layers : sequence of tuple
        Name, rows, columns and role of each layer; at least one input and one other layer.
    connect : str
        ``feedforward``, or ``bidirectional`` for weak projections back as well, to all but the inputs.
    seed : int
        Seed of the initial weights.

    Raises
    ------
    ValidationError
        If an argument is not allowed, or layers of these roles make no network.
    LimitError
        If the network would be too large.
    """
    checks.one_of("Wizard", "connect", connect, get_args(Connect))
    stages = _stages(_rows(layers))
    names = frozenset(layer.name for stage in stages for layer in stage)
    specs = {key: free_name(f"{key}_spec", names) for key in VALUES}
    projns = tuple(_projns(stages, specs, both=connect == "bidirectional"))
    used = {specs["layer"], *(projn.spec for projn in projns)}
    return tidy(
        Model(
            name=name,
            seed=seed,
            layers=tuple(replace(layer, spec=specs["layer"]) for stage in stages for layer in stage),
            projns=projns,
            specs=tuple(_spec(key, spec) for key, spec in specs.items() if spec in used),
            inputs=FrozenMap((layer.name, first_pattern(layer.size)) for layer in stages[0]),
            patterns=(PatternTable(TABLE),),
            plan=TrainingPlan(train=TABLE),
            view=View(layer=stages[1][0].name),
        )
    )


def first_pattern(size: int) -> tuple[float, ...]:
    """Return activations for an input of `size` units: the first quarter of them is active, at least one."""
    active = max(1, round(ACTIVE * size))
    return (1.0,) * active + (0.0,) * (size - active)


def _rows(layers: Sequence[Row]) -> list[Layer]:
    """Return the layers asked for, each checked by itself."""
    if not isinstance(layers, list | tuple):
        raise ValidationError("Wizard", "layers", f"must be a list of layers (got {shown(layers)})")
    limits.at_most(len(layers), limits.LAYERS, "layers")
    rows = [_layer(i, row) for i, row in enumerate(layers)]
    for i, layer in enumerate(rows):
        if any(layer.name == other.name for other in rows[:i]):
            raise ValidationError("Wizard", f"layers[{i}].name", f"must be a new name (got {shown(layer.name)} again)")
    return rows


def _layer(i: int, row: Row) -> Layer:
    if not isinstance(row, list | tuple) or len(row) != 4:
        raise ValidationError("Wizard", f"layers[{i}]", f"must be name, rows, columns and role (got {shown(row)})")
    name, rows, cols, role = row
    try:
        return Layer(name, (rows, cols), role)
    except ValidationError as error:
        raise ValidationError("Wizard", f"layers[{i}].{error.field}", error.rule) from None


def _stages(layers: Sequence[Layer]) -> list[Stage]:
    """Return the layers in the order in which activation reaches them: inputs, each hidden layer, targets."""
    inputs = tuple(layer for layer in layers if layer.role == "input")
    targets = tuple(layer for layer in layers if layer.role == "target")
    hidden = ((layer,) for layer in layers if layer.role == "hidden")
    if not inputs:
        raise ValidationError("Wizard", "layers", "must hold at least one input, where activation enters (got none)")
    stages = [stage for stage in (inputs, *hidden, targets) if stage]
    if len(stages) < 2:
        raise ValidationError("Wizard", "layers", "must hold a hidden layer or a target as well (got inputs only)")
    return stages


def _spec(key: str, name: str) -> NamedSpec:
    return NamedSpec(name, "layer" if key == "layer" else "projn", VALUES[key])


def _projns(stages: Sequence[Stage], specs: Mapping[str, str], *, both: bool) -> Iterator[Projn]:
    """Yield the projections from stage to stage, those back to a stage right after those from it."""
    taken = {layer.name for stage in stages for layer in stage} | set(specs.values())
    for pre, post, spec in _joins(stages, both=both):
        name = free_name(default_name(pre.name, post.name), taken)
        taken.add(name)
        yield Projn(name, pre.name, post.name, specs[spec])


def _joins(stages: Sequence[Stage], *, both: bool) -> Iterator[tuple[Layer, Layer, str]]:
    """Yield the sender, the receiver and the key of the spec of every projection."""
    for i, (before, after) in enumerate(pairwise(stages)):
        yield from ((pre, post, "up") for pre in before for post in after)
        if both and i:  # nothing goes back to the inputs, which are clamped
            yield from ((pre, post, "down") for pre in after for post in before)
