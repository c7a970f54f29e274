"""Several models side by side: everything in which their trainings differ, a row for each, a column for each model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from leabra_studio.model.changes import MODEL, Difference, difference
from leabra_studio.model.document import Model

NONE = "–"
"""Stands for what a model does not have."""
MOST = 3
"""Names that are listed, of more only the number is told; changes that make a few words."""

Key = tuple[str, str]


@dataclass(frozen=True)
class Side:
    """One row: where, what, and what it is in each of the models.

    Parameters
    ----------
    where : str
        The layers or projections, or ``plan``, ``patterns`` or ``model``.
    what : str
        The parameter or field.
    values : tuple of str
        A text for each model; `NONE` where it has no such thing.
    """

    where: str
    what: str
    values: tuple[str, ...]


def side_by_side(models: Sequence[Model]) -> tuple[Side, ...]:
    """Return in what the trainings of some models differ, for the same seeds.

    Names, places, notes and whatever else has no influence on a training does not count; seeds do not either.
    """
    if len(models) < 2:
        return ()
    first, *others = map(of_training, models)
    found = [_by_name(difference(first, other)) for other in others]
    firsts = {key: item.a for one in reversed(found) for key, item in one.items()}
    keys = dict.fromkeys(key for one in found for key in one)
    rows: dict[tuple[str, tuple[str | None, ...]], list[str]] = {}
    for key in keys:
        values = (firsts[key], *(one[key].b if key in one else firsts[key] for one in found))
        rows.setdefault((key[1], values), []).append(key[0])
    return tuple(
        Side(*_place(names, field), tuple(NONE if value is None else value for value in values))
        for (field, values), names in rows.items()
    )


def of_training(model: Model) -> Model:
    """Return a model with nothing but what its training depends on; the seeds of its runs are given to it."""
    plan, blank = model.plan, Model()
    tested = bool(plan.test and plan.test_every)
    used = {plan.train, plan.test if tested else None}
    return replace(
        model,
        seed=blank.seed,
        cycles=blank.cycles,
        notes=blank.notes,
        name=blank.name,
        view=blank.view,
        patterns=tuple(table for table in model.patterns if table.name in used),
        plan=replace(plan, runs=1, seeds=(), test=plan.test if tested else None),
    )


def change_text(before: Model, after: Model) -> str:
    """Return in a few words what was changed between two models: ``gi 1.8 → 1.5``; empty when nothing was, or much."""
    rows = side_by_side((before, after))
    if not 1 <= len(rows) <= MOST:
        return ""
    (old, new), more = rows[0].values, len(rows) - 1
    return f"{rows[0].what} {old} → {new}" + (f" and {more} more" if more else "")


def _by_name(found: Sequence[Difference]) -> Mapping[Key, Difference]:
    """Return the differences by the name of each single object and the field."""
    return {(name, item.field): item for item in found for name in item.names}


def _place(names: list[str], field: str) -> tuple[str, str]:
    """Return where something is and what it is, in words."""
    if names == [MODEL]:
        part, _, rest = field.partition("." if field.startswith("plan.") else " ")
        return (part, rest) if rest else ("model", field)
    shown = names if len(names) <= MOST else [*names[: MOST - 1], f"{len(names) - MOST + 1} more"]
    return ", ".join(shown), field
