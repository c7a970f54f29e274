"""The model document: what a person builds, as immutable values.

Every object refuses contradictions when it is made, so whatever exists can be drawn, saved and undone; what would
not run all the same is found by `leabra_studio.model.problems`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar, get_args

from leabra_studio.engine.lesion import Lesion
from leabra_studio.errors import ValidationError
from leabra_studio.model import checks, integrity, limits
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.names import checked_name, listed
from leabra_studio.model.patterns import PatternTable
from leabra_studio.model.plan import TrainingPlan
from leabra_studio.model.values import find_param, live, make_spec, plain, value_at

T = TypeVar("T", "Layer", "Projn", "NamedSpec")
Role = Literal["hidden", "input", "target"]
ROLES: tuple[Role, ...] = get_args(Role)
Kind = Literal["layer", "projn"]
KINDS: tuple[Kind, ...] = get_args(Kind)
VERSION = 2
"""Version of the document's format."""


@dataclass(frozen=True)
class Layer:
    """A group of units in rows and columns.

    Parameters
    ----------
    name : str
        Its name; layers, projections and specs share one namespace.
    shape : tuple of int
        Rows and columns; unit ``row * columns + column``, row 0 at the bottom.
    role : str
        ``hidden``, ``input`` or ``target``: how it is drawn, and what patterns go to it.
    spec : str, optional
        The name of its spec; None for the defaults.
    x, y : float
        The place of its centre on the canvas, in pixels.
    """

    name: str
    shape: tuple[int, int] = (1, 1)
    role: Role = "hidden"
    spec: str | None = None
    x: float = 0.0
    y: float = 0.0

    def __post_init__(self) -> None:
        _set(self, name=checked_name("Layer", self.name), shape=checks.shape(self.shape))
        _set(self, x=checks.place("x", self.x), y=checks.place("y", self.y))
        checks.one_of("Layer", "role", self.role, ROLES)
        checks.spec_name("Layer", self.spec)

    @property
    def size(self) -> int:
        """Number of units."""
        return self.shape[0] * self.shape[1]


@dataclass(frozen=True)
class Projn:
    """A projection: the connections from layer `pre` to layer `post`, which may be the same one."""

    name: str
    pre: str
    post: str
    spec: str | None = None

    def __post_init__(self) -> None:
        _set(self, name=checked_name("Projn", self.name))
        checks.text("Projn", "pre", self.pre)
        checks.text("Projn", "post", self.post)
        checks.spec_name("Projn", self.spec)


@dataclass(frozen=True)
class NamedSpec:
    """The parameters of one or more layers, or of one or more projections.

    Parameters
    ----------
    name : str
        Its name.
    kind : str
        ``layer`` or ``projn``.
    values : mapping
        What differs from the defaults, in the order of declaration: numbers, words, flags; a tuple for a mask or a
        list of names; ``{"type": "Uniform", "low": .., "high": ..}`` for a distribution; a mapping for ``unit_spec``.
    auto : bool
        Whether it was made by the first change to one object, to go when that object goes.
    """

    name: str
    kind: Kind
    values: Mapping[str, Any] = field(default_factory=FrozenMap)
    auto: bool = False

    def __post_init__(self) -> None:
        checks.one_of("Spec", "kind", self.kind, KINDS)
        checks.mapping("Spec", "values", self.values)
        checks.flag("Spec", "auto", self.auto)
        _set(self, name=checked_name("Spec", self.name), values=plain(make_spec(self.kind, self.values)))


@dataclass(frozen=True)
class View:
    """What the page shows of the model.

    Parameters
    ----------
    variable : str
        The unit variable that colours the layers.
    layer, unit : str, int
        The unit whose traces are drawn.
    shown : tuple of str
        The variables drawn of it.
    pins : tuple
        Parameters that stand as sliders on the canvas: pairs of a layer or projection and a path such as ``gi``.
    """

    variable: str = "act"
    layer: str | None = None
    unit: int = 0
    shown: tuple[str, ...] = ("v_m", "act", "gc_i")
    pins: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        checks.variable("variable", self.variable)
        _set(self, pins=checks.pins(self.pins))
        _set(self, shown=checks.variables("shown", self.shown), unit=checks.whole("View", "unit", self.unit))


@dataclass(frozen=True)
class Model:
    """A network as a person describes it; what `leabra_studio.model.build` makes a net from.

    Parameters
    ----------
    name : str
        Its title.
    seed : int
        Seed of the initial weights and of everything else that is random.
    layers, projns, specs : tuple
        The objects, in order of creation.
    inputs : mapping
        Layer name -> activations it is clamped to at the start, each in [0, 1]; a short tuple repeats.
    lesions : mapping
        Name of a layer or projection -> the `Lesion` with which it takes no part, or not all of it.
    patterns : tuple of PatternTable
        What it can be trained on and tested with.
    plan : TrainingPlan
        How it is trained.
    cycles : int
        Length of one sweep, and of a script when nothing has been run.
    view : View
        What the page shows of it.
    notes : str
        Anything.
    version : int
        Version of the document's format.
    """

    name: str = "Untitled"
    seed: int = 42
    layers: tuple[Layer, ...] = ()
    projns: tuple[Projn, ...] = ()
    specs: tuple[NamedSpec, ...] = ()
    inputs: Mapping[str, tuple[float, ...]] = field(default_factory=FrozenMap)
    lesions: Mapping[str, Lesion] = field(default_factory=FrozenMap)
    patterns: tuple[PatternTable, ...] = ()
    plan: TrainingPlan = field(default_factory=TrainingPlan)
    cycles: int = 200
    view: View = field(default_factory=View)
    notes: str = ""
    version: int = VERSION
    _named: Mapping[str, Layer | Projn | NamedSpec] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = ("layers", "projns", "specs", "patterns")
        _set(self, **{part: tuple(getattr(self, part)) for part in parts})
        _set(self, name=checked_name("Model", self.name), seed=checks.whole("Model", "seed", self.seed, 0, limits.SEED))
        _set(self, cycles=checks.whole("Model", "cycles", self.cycles, 1, limits.CYCLES))
        checks.notes(self.notes)
        for part in ("inputs", "lesions"):
            checks.mapping("Model", part, getattr(self, part))
        integrity.check(self)
        _set(self, inputs=integrity.checked_inputs(self), lesions=integrity.checked_lesions(self))
        _set(self, _named={item.name: item for item in (*self.objects, *self.specs)})

    @property
    def objects(self) -> tuple[Layer | Projn, ...]:
        """All layers, then all projections."""
        return (*self.layers, *self.projns)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all layers and projections."""
        return tuple(item.name for item in self.objects)

    @property
    def taken(self) -> frozenset[str]:
        """The names of all layers, projections and specs: what a new object cannot be called."""
        return frozenset(self._named)

    def layer(self, name: str) -> Layer:
        """Return a layer by its name.

        Raises
        ------
        ValidationError
            If there is none.
        """
        return self._find(name, Layer, self.layers)

    def projn(self, name: str) -> Projn:
        """Return a projection by its name.

        Raises
        ------
        ValidationError
            If there is none.
        """
        return self._find(name, Projn, self.projns)

    def spec(self, name: str) -> NamedSpec:
        """Return a spec by its name.

        Raises
        ------
        ValidationError
            If there is none.
        """
        return self._find(name, NamedSpec, self.specs)

    def kind_of(self, name: str) -> Kind:
        """Return whether `name` is a layer or a projection.

        Raises
        ------
        ValidationError
            If it is neither.
        """
        item = self._named.get(name) if isinstance(name, str) else None
        if isinstance(item, Layer | Projn):
            return "layer" if isinstance(item, Layer) else "projn"
        raise ValidationError("Model", "names", f"there is no layer or projection {listed((name,))}")

    def spec_of(self, name: str) -> NamedSpec | None:
        """Return the spec of a layer or projection, None where it has the defaults."""
        item = self.layer(name) if self.kind_of(name) == "layer" else self.projn(name)
        return None if item.spec is None else self.spec(item.spec)

    def users(self, spec: str) -> tuple[str, ...]:
        """Return the names of the layers and projections that use a spec."""
        return tuple(item.name for item in self.objects if item.spec == spec)

    def value(self, name: str, path: str) -> Any:
        """Return the parameter in force at a path such as ``gi`` or ``unit_spec.gc_l``, as a spec holds it.

        Raises
        ------
        ValidationError
            If `name` is no layer or projection, or `path` is none of its parameters.
        """
        declared = find_param(self.kind_of(name), path)
        spec = self.spec_of(name)
        value = None if spec is None else value_at(spec.values, path)
        return declared.fresh() if value is None else live(declared, value)

    def _find(self, name: str, cls: type[T], among: tuple[T, ...]) -> T:
        item = self._named.get(name) if isinstance(name, str) else None
        if isinstance(item, cls):
            return item
        word = {Layer: "layer", Projn: "projection"}.get(cls, "spec")
        known = listed(tuple(item.name for item in among))
        raise ValidationError("Model", f"{word}s", f"there is no {word} {listed((name,))}; there is {known}")


def _set(item: object, **values: Any) -> None:
    for name, value in values.items():
        object.__setattr__(item, name, value)
