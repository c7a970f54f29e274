"""What is wrong with a model: found while it is edited, not when it is run."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from leabra_studio.engine.params import shown
from leabra_studio.engine.rand import Distribution, Exponential, Gaussian, LogNormal, Scalar, Uniform
from leabra_studio.model.document import Layer, Model, NamedSpec, Projn
from leabra_studio.model.patterns import PatternTable, columns, find_table
from leabra_studio.model.plan import obstacle, unusable

RARE = 0.001
"""Probability of an initial weight outside 0 to 1 up to which nothing is said."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Parameters
    ----------
    name : str
        The layer or projection; the table of patterns, or `PLAN`, where it is about no object that there is.
    message : str
        What is wrong, and the way out.
    fatal : bool
        Whether no net can be built because of it.
    table : str, optional
        The table of patterns that it is about.
    fits : bool
        Whether fitting that table to the network mends it.
    plan : bool
        Whether it is about the training plan itself.
    """

    name: str
    message: str
    fatal: bool = False
    table: str | None = None
    fits: bool = False
    plan: bool = False


REMEMBERED = 5000
"""Projections whose problems are known, so that those that an edit leaves alone are not looked at again."""

PLAN = "Training plan"
"""What the plan is called where a problem is about it and no object that there is."""


def problems(model: Model) -> tuple[Problem, ...]:
    """Return what is wrong with a model, object by object; a model without a fatal problem can be built."""
    found = [problem for projn in model.projns for problem in _at_projn(model, projn)]
    found += [problem for table in model.patterns for problem in _of_table(model, table)]
    return (*_of_targets(model), *found, *_of_plan(model, frozenset(problem.table for problem in found)))


def untrainable(model: Model) -> str:
    """Return why a model cannot be trained: its plan, or a problem that lets no net be built; empty when it can."""
    return obstacle(model) or next((f"{p.name}: {p.message}" for p in problems(model) if p.fatal), "")


def _at_projn(model: Model, projn: Projn) -> tuple[Problem, ...]:
    ends = tuple(model.layer(name) for name in dict.fromkeys((projn.pre, projn.post)))
    return _remembered(projn, ends, model.spec_of(projn.name))


@lru_cache(REMEMBERED)
def _remembered(projn: Projn, ends: tuple[Layer, ...], spec: NamedSpec | None) -> tuple[Problem, ...]:
    """Return what is wrong with a projection, which depends on nothing but its ends and its spec."""
    bare = tuple(replace(layer, spec=None) for layer in ends)
    alone = Model(layers=bare, projns=(projn,), specs=() if spec is None else (spec,))
    return tuple(_of_projn(alone, projn))


def _of_plan(model: Model, known: frozenset[str | None]) -> Iterator[Problem]:
    """Yield why the plan cannot train or stop as it says, where that is not said of its tables already."""
    plan = model.plan
    tests = plan.test if plan.test_every else None
    for name in dict.fromkeys((plan.train, tests if plan.train else None)):
        if name is not None and name not in known and (message := unusable(model, find_table(model, name))):
            yield Problem(name, message, table=name)
    if plan.train and plan.stop_by == "test" and plan.stop_after and tests is None:
        message = "Runs are to stop by their tests, but there are none: choose a table to test with, or stop by train."
        yield Problem(PLAN, message, plan=True)


def _of_targets(model: Model) -> Iterator[Problem]:
    reached = {p.post for p in model.projns} | set(model.inputs)
    for layer in model.layers:
        if layer.role == "target" and layer.name not in reached:
            yield Problem(layer.name, "Nothing reaches this layer, so it stays silent; connect another one to it.")


def _of_table(model: Model, table: PatternTable) -> Iterator[Problem]:
    """Yield what keeps patterns from being shown; a table without rows fits every network."""
    layers = {layer.name: layer for layer in model.layers}
    word = f"Table {shown(table.name)}"
    for name in table.columns:
        if message := _of_column(name, table.columns[name], layers.get(name)):
            where = name if name in layers else table.name
            yield Problem(where, f"{word} has {message}", table=table.name, fits=True)
    for layer in columns(model.layers) if table.rows else ():
        if layer.name not in table.columns:
            message = f"{word} has no patterns for this layer; fit it to the network."
            yield Problem(layer.name, message, table=table.name, fits=True)


def _of_column(name: str, width: int, layer: Layer | None) -> str:
    """Return what is wrong with the patterns for a layer, the second half of a sentence; empty when nothing is."""
    if layer is None:
        return f"patterns for {shown(name)}, which is no layer; fit it to the network."
    if layer.role == "hidden":
        return "patterns for this layer, which is hidden: they are not shown to it."
    if layer.size != width:
        return f"{width} values for this layer, not {layer.size}; fit it to the network."
    return ""


def _of_projn(model: Model, projn: Projn) -> Iterator[Problem]:
    yield from (_of_mask(model, projn, end) for end in ("pre", "post") if not _mask_fits(model, projn, end))
    senders, receivers = (_selected(model, projn, end) for end in ("pre", "post"))
    one_to_one = model.value(projn.name, "projn_type") == "one_to_one"
    if one_to_one and senders != receivers:
        message = f"one_to_one needs as many senders as receivers, here {senders} and {receivers}; use masks or full."
        yield Problem(projn.name, message, fatal=True)
    elif int(model.value(projn.name, "sparsity") * (senders if one_to_one else senders * receivers)) == 0:
        yield Problem(projn.name, "It has no connection: its masks or its sparsity leave none.")
    else:
        yield from _of_weights(projn.name, model.value(projn.name, "dist"))


def _of_mask(model: Model, projn: Projn, end: str) -> Problem:
    mask, layer = model.value(projn.name, f"{end}_mask"), model.layer(getattr(projn, end))
    what = "repeated" if len(mask) < layer.size else "cut"
    return Problem(
        projn.name, f"{end}_mask has {len(mask)} items for {layer.size} units of {layer.name}: it is {what}."
    )


def _mask_fits(model: Model, projn: Projn, end: str) -> bool:
    return len(model.value(projn.name, f"{end}_mask")) in (1, model.layer(getattr(projn, end)).size)


def _selected(model: Model, projn: Projn, end: str) -> int:
    """Return how many units take part at one end of a projection."""
    mask, size = model.value(projn.name, f"{end}_mask"), model.layer(getattr(projn, end)).size
    return size if all(mask) else int(np.resize(mask, size).sum())


def _of_weights(name: str, dist: Distribution) -> Iterator[Problem]:
    share = _outside(dist)
    if share > RARE:
        part = "Initial weights" if share == 1 else "Some initial weights"
        yield Problem(name, f"{part} lie outside 0 to 1, where learning is not defined.")


def _outside(dist: Distribution) -> float:
    """Return the probability that a value lies outside 0 to 1."""
    match dist:
        case Uniform(low, high):
            return 1 - max(0.0, min(high, 1.0) - max(low, 0.0)) / (high - low)
        case Gaussian(mean, var) if var:
            normal = NormalDist(mean, math.sqrt(var))
            return 1 - normal.cdf(1) + normal.cdf(0)
        case LogNormal(mean, var) if var:
            return 1 - NormalDist(mean, math.sqrt(var)).cdf(0)
        case LogNormal(mean):
            return float(mean > 0)
        case Exponential(lambd):
            return math.exp(-lambd)
        case Scalar(value) | Gaussian(value):
            return float(not 0 <= value <= 1)
    return 0.0
