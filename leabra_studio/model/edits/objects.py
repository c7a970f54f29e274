"""Edits of objects of any kind: removing, renaming, duplicating."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from leabra_studio.errors import ValidationError
from leabra_studio.model import limits
from leabra_studio.model.document import Layer, Model, NamedSpec, Projn
from leabra_studio.model.edits.common import T, checked_names, spec_name, untaken, without_idle_specs
from leabra_studio.model.edits.projns import default_name
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.names import checked_name, free_name, listed

OFFSET = 40.0
"""How far to the right and down of the original a copy is put, in pixels."""


def remove(model: Model, names: Iterable[str]) -> Model:
    """Return `model` without some objects.

    The projections of a removed layer and its patterns go with it, and so do the specs that were made for a removed
    object alone.

    Parameters
    ----------
    model : Model
        The document.
    names : iterable of str
        Layers, projections, and specs that nothing uses (any more).

    Raises
    ------
    ValidationError
        If there are none, one does not exist, or a spec is in use.
    """
    doomed = checked_names(names, model.taken)
    layers = tuple(layer for layer in model.layers if layer.name not in doomed)
    projns = tuple(p for p in model.projns if doomed.isdisjoint((p.name, p.pre, p.post)))
    inputs = FrozenMap((name, values) for name, values in model.inputs.items() if name not in doomed)
    view = replace(model.view, layer=None, unit=0) if model.view.layer in doomed else model.view
    left: tuple[Layer | Projn, ...] = (*layers, *projns)
    alive = {item.name for item in left}
    lesions = FrozenMap((name, lesion) for name, lesion in model.lesions.items() if name in alive)
    users = tuple(item.name for item in left if item.spec in doomed)
    if users:
        raise ValidationError("Model", "specs", f"must not be removed while something uses them (here {listed(users)})")
    specs = tuple(spec for spec in model.specs if spec.name not in doomed)
    gone = {layer.name for layer in model.layers} & doomed
    patterns = tuple(table.without(gone) for table in model.patterns)
    rest = replace(model, layers=layers, projns=projns, specs=specs, inputs=inputs, lesions=lesions, view=view)
    return without_idle_specs(replace(rest, patterns=patterns))


def rename(model: Model, old: str, new: str) -> Model:
    """Return `model` with a layer, projection or spec called by another name, wherever it is mentioned.

    A name that was made from the old one follows: of the spec that only this object has, and of projections that
    were named after the layer.

    Raises
    ------
    ValidationError
        If there is no such object, or the new name is taken or not allowed.
    """
    checked_names((old,), model.taken)
    new = checked_name("Model", new)
    return model if new == old else _renamed(model, _followers(model, old, untaken(model, "Model", new)))


def duplicate(model: Model, names: Iterable[str]) -> Model:
    """Return `model` with copies of some layers and projections.

    A copied layer is put beside its original, with the same inputs and patterns. Projections between copied layers are
    copied with them; one that is copied alone joins the same layers. Lesions are copied. Specs stay shared, except
    those that were made for one object: its copy gets its own.

    Parameters
    ----------
    model : Model
        The document.
    names : iterable of str
        Layers and projections.

    Raises
    ------
    ValidationError
        If there are none, or one does not exist.
    LimitError
        If the model would become too large.
    """
    wanted = checked_names(names, model.names)
    layers = [layer for layer in model.layers if layer.name in wanted]
    inside = {layer.name for layer in layers}
    projns = [p for p in model.projns if p.name in wanted or inside.issuperset((p.pre, p.post))]
    copies = _Copies(model)
    for layer in layers:
        copies.add_layer(layer)
    for projn in projns:
        copies.add_projn(projn)
    return copies.added()


class _Copies:
    """Copies of objects of one model, gathered before they are put into it."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.taken = set(model.taken)
        self.names: dict[str, str] = {}  # of layers and projections: original -> copy
        self.layers: list[Layer] = []
        self.projns: list[Projn] = []
        self.specs: list[NamedSpec] = []

    def add_layer(self, layer: Layer) -> None:
        name = self._named(layer.name, layer.name)
        spec = self._spec(layer.spec, name)
        self.layers.append(replace(layer, name=name, spec=spec, x=_beside(layer.x), y=_beside(layer.y)))

    def add_projn(self, projn: Projn) -> None:
        pre, post = (self.names.get(end, end) for end in (projn.pre, projn.post))
        automatic = projn.name == default_name(projn.pre, projn.post)
        name = self._named(projn.name, default_name(pre, post) if automatic else projn.name)
        self.projns.append(Projn(name, pre, post, self._spec(projn.spec, name)))

    def added(self) -> Model:
        old, cut = self.model.inputs, self.model.lesions
        inputs = {copy: old[name] for name, copy in self.names.items() if name in old}
        lesions = {copy: cut[name] for name, copy in self.names.items() if name in cut}
        layers = {name: copy for name, copy in self.names.items() if self.model.kind_of(name) == "layer"}
        return replace(
            self.model,
            layers=(*self.model.layers, *self.layers),
            projns=(*self.model.projns, *self.projns),
            specs=(*self.model.specs, *self.specs),
            inputs=FrozenMap({**old, **inputs}),
            lesions=FrozenMap({**cut, **lesions}),
            patterns=tuple(table.copied(layers) for table in self.model.patterns),
        )

    def _named(self, name: str, base: str) -> str:
        self.names[name] = self._free(base)
        return self.names[name]

    def _spec(self, name: str | None, user: str) -> str | None:
        if name is None or not self.model.spec(name).auto:
            return name
        copy = replace(self.model.spec(name), name=self._free(spec_name(user)))
        self.specs.append(copy)
        return copy.name

    def _free(self, base: str) -> str:
        name = free_name(base, self.taken)
        self.taken.add(name)
        return name


def _beside(place: float) -> float:
    return min(place + OFFSET, limits.CANVAS)


def _followers(model: Model, old: str, new: str) -> dict[str, str]:
    """Return the old and the new name of `old` itself and of all that is named after it."""
    names = {old: new}
    taken = set(model.taken | {new})

    def follow(name: str, before: str, after: str) -> None:
        if name == before and name not in names and after != before:
            names[name] = free_name(after, taken)
            taken.add(names[name])

    for p in model.projns:
        follow(p.name, default_name(p.pre, p.post), default_name(names.get(p.pre, p.pre), names.get(p.post, p.post)))
    for spec in model.specs:
        users = model.users(spec.name)
        if spec.auto and len(users) == 1:
            follow(spec.name, spec_name(users[0]), spec_name(names.get(users[0], users[0])))
    return names


def _renamed(model: Model, names: dict[str, str]) -> Model:
    def of(name: str) -> str:
        return names.get(name, name)

    view = model.view
    return replace(
        model,
        layers=tuple(_changed(x, name=of(x.name), spec=x.spec and of(x.spec)) for x in model.layers),
        projns=tuple(
            _changed(p, name=of(p.name), pre=of(p.pre), post=of(p.post), spec=p.spec and of(p.spec))
            for p in model.projns
        ),
        specs=tuple(_changed(spec, name=of(spec.name)) for spec in model.specs),
        inputs=FrozenMap((of(name), values) for name, values in model.inputs.items()),
        lesions=FrozenMap((of(name), lesion) for name, lesion in model.lesions.items()),
        patterns=tuple(table.renamed(names) for table in model.patterns),
        view=view if view.layer is None else replace(view, layer=of(view.layer)),
    )


def _changed(item: T, **names: str | None) -> T:
    """Return `item` with other names in it; itself where they are the same."""
    same = all(getattr(item, field) == name for field, name in names.items())
    return item if same else replace(item, **names)  # type: ignore[arg-type]  # each field is given its own type
