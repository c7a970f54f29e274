"""Edits of the training plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model import limits
from leabra_studio.model.document import Model
from leabra_studio.model.edits.whole import set_seed
from leabra_studio.model.patterns import find_table
from leabra_studio.model.plan import TrainingPlan


def set_plan(model: Model, **changes: Any) -> Model:
    """Return `model` with another training plan.

    Parameters
    ----------
    model : Model
        The document.
    **changes
        Fields of `TrainingPlan`. Seeds given alone set the number of runs. Another number of runs given alone leaves
        out the last seeds, or goes on counting from the highest.

    Raises
    ------
    ValidationError
        If there is no such field or table, or a value is not allowed.
    """
    unknown = [name for name in changes if name not in TrainingPlan.__dataclass_fields__]
    if unknown:
        raise ValidationError("Plan", unknown[0][:80], f"is not in a plan (got {shown(changes[unknown[0]])})")
    for field in ("train", "test"):
        if changes.get(field) is not None:
            find_table(model, changes[field])
    return replace(model, plan=replace(model.plan, **_with_seeds(model.plan, changes)))


def reseed(model: Model, seed: int) -> Model:
    """Return `model` with another seed; a plan that lists seeds gets new ones, that count from there.

    Raises
    ------
    ValidationError
        If it is not a whole number from 0 to 2**32 - 1.
    """
    model = set_seed(model, seed)
    seeds = tuple((seed + run) % (limits.SEED + 1) for run in range(len(model.plan.seeds)))
    return replace(model, plan=replace(model.plan, seeds=seeds)) if seeds else model


def _with_seeds(plan: TrainingPlan, changes: dict[str, Any]) -> dict[str, Any]:
    """Return the changes with as many runs as seeds."""
    seeds, runs = changes.get("seeds"), changes.get("runs")
    if "runs" not in changes and isinstance(seeds, list | tuple) and seeds:
        return {**changes, "runs": len(seeds)}
    if "seeds" not in changes and plan.seeds and isinstance(runs, int) and 1 <= runs <= limits.RUNS:
        more = range(max(plan.seeds) + 1, max(plan.seeds) + 1 + runs)
        return {**changes, "seeds": (*plan.seeds, *(seed % (limits.SEED + 1) for seed in more))[:runs]}
    return changes
