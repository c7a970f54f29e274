"""The model document and everything that is pure about it: edits, history, files, problems, building calls."""

from leabra_studio.model.document import Layer, Model, NamedSpec, Projn, View
from leabra_studio.model.history import History
from leabra_studio.model.patterns import PatternTable, Row
from leabra_studio.model.plan import TrainingPlan

__all__ = ["History", "Layer", "Model", "NamedSpec", "PatternTable", "Projn", "Row", "TrainingPlan", "View"]
