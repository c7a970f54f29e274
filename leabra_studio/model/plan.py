"""The training plan of a document: how long, in which order, how often tested, when to stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from leabra_studio.engine.params import Kind, Param, shown
from leabra_studio.engine.schedules import SCHEDULES, Schedule
from leabra_studio.errors import ValidationError
from leabra_studio.model import checks, limits
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.patterns import PatternTable, columns, find_table, shown_to
from leabra_studio.model.values import TYPE

if TYPE_CHECKING:
    from leabra_studio.model.document import Model

ORDERS = ("permuted", "sequential")
STATES = ("restored", "kept")
STOPS = ("train", "test")
CORRECT = FrozenMap(
    {
        "threshold": "every target unit is within 0.5 of its target",
        "winner": "the most active unit of each target layer is one that is to be on",
    }
)
"""When a trial is correct."""


def _declared(default: Any, doc: str, kind: Kind = "int", **facts: Any) -> Any:
    return field(default=default, metadata={"param": Param("", default, kind, doc, **facts)})


@dataclass(frozen=True)
class TrainingPlan:
    """How a network is trained: runs of epochs of trials, each with a minus and a plus phase.

    The numbers and words among its fields are declared like parameters, see `params`.

    Parameters
    ----------
    train, test : str, optional
        The tables of patterns to train on and to test with; without a `test` there are no tests on the way.
    minus_cycles, plus_cycles : int
        Length of the phases: inputs alone, then inputs and targets.
    order : str
        ``permuted`` anew for every epoch, or ``sequential``. Tests go row by row.
    correct_by : str
        Which trials have no error. ``threshold``: every target unit is within 0.5 of its target, the SSE is 0.
        ``winner``: the most active unit of every target layer is one that is to be on.
    epochs, runs : int
        How often all rows are shown, and how often all begins anew with other weights.
    seeds : tuple of int
        The seed of each run; empty for the model's seed and those that follow it.
    stop_after : int
        A run ends early after so many perfect epochs, one after the other; 0 for never.
    stop_by : str
        Whose errors count for that: of the trials of training (``train``), or of the test (``test``), where epochs
        that are not tested do not count; without tests a run then has all its epochs.
    test_every : int
        Epochs from test to test, the last epoch of a run always included; 0 for never.
    test_cycles : int
        Length of a trial of a test: inputs alone.
    test_state : str
        What a test leaves behind. ``restored``: training goes on as if there had been no test. ``kept``: as in
        programs for Leabra7, where the test's activity is part of the net's life.
    lrate_schedule : mapping, optional
        How the learning rate changes, such as ``{"type": "Step", "every": 100, "factor": 0.5}``.
    """

    train: str | None = None
    test: str | None = None
    minus_cycles: int = _declared(
        50,
        "Cycles in which the network expects.",
        unit="cycles",
        ge=1,
        le=limits.PHASE_CYCLES,
        slider=(1, 200),
        group="Trials",
    )
    plus_cycles: int = _declared(
        25,
        "Cycles in which it sees the target.",
        unit="cycles",
        ge=1,
        le=limits.PHASE_CYCLES,
        slider=(1, 100),
        group="Trials",
    )
    order: str = _declared(
        "permuted", "Order of the patterns in an epoch of training.", "choice", choices=ORDERS, group="Trials"
    )
    correct_by: str = _declared(
        "threshold",
        f"When a trial has no error: {'; '.join(f'{word}, {rule}' for word, rule in CORRECT.items())}.",
        "choice",
        choices=tuple(CORRECT),
        group="Trials",
    )
    epochs: int = _declared(
        500,
        "How often all patterns are shown, at most.",
        unit="epochs",
        ge=1,
        le=limits.EPOCHS,
        slider=(1, 1000),
        group="Runs",
    )
    runs: int = _declared(
        1,
        "Runs that begin anew, each with weights of its own.",
        unit="runs",
        ge=1,
        le=limits.RUNS,
        slider=(1, 20),
        group="Runs",
    )
    seeds: tuple[int, ...] = ()
    stop_after: int = _declared(
        3,
        "Perfect epochs in a row that end a run, 0 for none.",
        unit="epochs",
        ge=0,
        le=limits.EPOCHS,
        slider=(0, 10),
        group="Runs",
    )
    stop_by: str = _declared(
        "train",
        "Whose errors count for the stop: of the trials of training, or of the test after them.",
        "choice",
        choices=STOPS,
        group="Runs",
    )
    test_every: int = _declared(
        5,
        "Epochs from one test to the next, 0 for no tests.",
        unit="epochs",
        ge=0,
        le=limits.EPOCHS,
        slider=(0, 50),
        group="Tests",
    )
    test_cycles: int = _declared(
        50, "Cycles of a trial of a test.", unit="cycles", ge=1, le=limits.PHASE_CYCLES, slider=(1, 200), group="Tests"
    )
    test_state: str = _declared(
        "restored",
        "What a test leaves behind: restored, training goes on as if there had been no test; kept, as in programs "
        "for Leabra7, where the test's activity is part of the net's life.",
        "choice",
        choices=STATES,
        group="Tests",
    )
    lrate_schedule: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        for name, declared in self.params().items():
            object.__setattr__(self, name, declared.check("Plan", getattr(self, name)))
        for name in ("train", "test"):
            if getattr(self, name) is not None:
                checks.text("Plan", name, getattr(self, name))
        object.__setattr__(self, "seeds", self._checked_seeds())
        object.__setattr__(self, "lrate_schedule", _checked_schedule(self.lrate_schedule))

    @classmethod
    def params(cls) -> Mapping[str, Param]:
        """Return the declared fields by name, in order."""
        declared = ((f.name, f.metadata["param"]) for f in fields(cls) if "param" in f.metadata)
        return MappingProxyType({name: replace(param, name=name) for name, param in declared})

    def seed_of(self, run: int, seed: int) -> int:
        """Return the seed of a run, counted from 0, of a model with that `seed`."""
        return self.seeds[run] if self.seeds else (seed + run) % (limits.SEED + 1)

    def schedule(self) -> Schedule | None:
        """Return the schedule of the learning rate as the library has it."""
        return None if self.lrate_schedule is None else _schedule(self.lrate_schedule)

    def _checked_seeds(self) -> tuple[int, ...]:
        if not isinstance(self.seeds, list | tuple):
            raise ValidationError("Plan", "seeds", f"must be a list of whole numbers (got {shown(self.seeds)})")
        if self.seeds and len(self.seeds) != self.runs:
            rule = f"must be one for each of {self.runs} runs, or none (got {len(self.seeds)})"
            raise ValidationError("Plan", "seeds", rule)
        return tuple(checks.whole("Plan", f"seeds[{i}]", x, 0, limits.SEED) for i, x in enumerate(self.seeds))


def obstacle(model: Model) -> str:
    """Return why a model cannot be trained by its plan, empty when it can.

    What it says of layers and problems of the network itself, see `leabra_studio.model.problems`.
    """
    if model.plan.train is None:
        return "There is no table of patterns to train on: add one, or choose one in the training plan."
    used = (model.plan.train, model.plan.test if model.plan.test_every else None)
    found = (unusable(model, find_table(model, name)) for name in used if name is not None)
    return next((sentence for sentence in found if sentence), "")


def shown_layers(model: Model) -> frozenset[str]:
    """Return the layers that the plan's tables have patterns for: no clamp of the document holds them in training."""
    if model.plan.train is None:
        return frozenset()
    names = {model.plan.train, model.plan.test or model.plan.train}
    return frozenset(layer.name for name in names for layer in shown_to(model, find_table(model, name)))


def unusable(model: Model, table: PatternTable) -> str:
    """Return why a model can be neither trained nor tested with a table, empty when it can."""
    if not table.rows:
        return f"Table {shown(table.name)} has no rows yet: add, import or generate some."
    wanted = {layer.name: layer.size for layer in columns(model.layers)}
    if not set(wanted) & set(table.columns):
        return f"Table {shown(table.name)} has no patterns for any input or target."
    for layer, width in table.columns.items():
        if wanted.get(layer, width) != width:
            values = f"{width} values for {shown(layer)}, not {wanted[layer]}"
            return f"Table {shown(table.name)} has {values}: fit it to the network."
    return ""


def _schedule(value: Mapping[str, Any]) -> Schedule:
    numbers = {str(key): item for key, item in value.items() if key != TYPE}
    return SCHEDULES[value[TYPE]](**numbers)


def _checked_schedule(value: Any) -> FrozenMap[Any] | None:
    """Return a schedule as the document keeps it, every number in it checked."""
    if value is None:
        return None
    checks.mapping("Plan", "lrate_schedule", value)
    word = value.get(TYPE)
    cls = SCHEDULES.get(word) if isinstance(word, str) else None
    if cls is None:
        rule = f"must have a type out of {', '.join(SCHEDULES)} (got {shown(word)})"
        raise ValidationError("Plan", "lrate_schedule", rule)
    if set(value) != {TYPE, *cls.params()}:
        got = ", ".join(shown(key) for key in value if key != TYPE) or "none"
        rule = f"of type {word} must have exactly the numbers {', '.join(cls.params())} (got {got})"
        raise ValidationError("Plan", "lrate_schedule", rule)
    try:
        made = _schedule(value)
    except ValidationError as error:
        raise ValidationError("Plan", f"lrate_schedule.{error.field}", error.rule) from None
    return FrozenMap({TYPE: word, **{name: getattr(made, name) for name in cls.params()}})
