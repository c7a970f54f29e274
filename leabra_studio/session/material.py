"""The material of training: the patterns of a table as a net takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from leabra_studio.model.document import Model
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.model.patterns import PatternTable, find_table, shown_to
from leabra_studio.model.plan import shown_layers

Patterns = Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Material:
    """The rows of a table.

    Parameters
    ----------
    table : PatternTable
        Where they are from.
    roles : mapping
        Name of each layer that the table has patterns for -> ``input`` or ``target``; hidden layers are left free.
    inputs, targets : mapping
        Name of the layer -> its patterns [rows, units].
    correct_by : str
        Which trials have no error, see `leabra_studio.model.plan.TrainingPlan`.
    """

    table: PatternTable
    roles: Mapping[str, str]
    inputs: Patterns
    targets: Patterns
    correct_by: str

    @classmethod
    def of(cls, model: Model, name: str) -> Material:
        """Return the patterns of one of the model's tables."""
        table = find_table(model, name)
        roles = _roles(model, table)
        inputs, targets = (
            {layer: table.array(layer) for layer, role in roles.items() if role == wanted}
            for wanted in ("input", "target")
        )
        return cls(table, roles, inputs, targets, model.plan.correct_by)

    def fits(self, model: Model, name: str) -> bool:
        """Return whether these are still the patterns of the model's table of that name, judged as its plan does."""
        return self.same_patterns(model, name) and model.plan.correct_by == self.correct_by

    def same_patterns(self, model: Model, name: str) -> bool:
        """Return whether these are still the patterns of the model's table of that name."""
        table = find_table(model, name)
        return table is self.table and _roles(model, table) == self.roles

    def of_rows(self, rows: NDArray[np.int64]) -> tuple[Patterns, Patterns]:
        """Return inputs and targets of some rows."""
        return tuple({k: v[rows] for k, v in part.items()} for part in (self.inputs, self.targets))  # type: ignore[return-value]  # two of them


def _roles(model: Model, table: PatternTable) -> dict[str, str]:
    """Return the layers that a table's patterns are shown to, and their roles."""
    return {layer.name: layer.role for layer in shown_to(model, table)}


def tables_of(model: Model) -> tuple[str, str]:
    """Return the names of the tables to train on and to test with, of a plan that has one to train on."""
    train = model.plan.train or ""
    return train, model.plan.test or train


def image_of(model: Model) -> Model:
    """Return the model without clamps of the layers that patterns are for."""
    shown = shown_layers(model)
    kept = FrozenMap((name, acts) for name, acts in model.inputs.items() if name not in shown)
    return model if len(kept) == len(model.inputs) else replace(model, inputs=kept)
