"""The model document and everything that is pure about it: edits, history, files, problems, building calls."""

from leabra_studio.model.document import Layer, Model, NamedSpec, Projn, View
from leabra_studio.model.history import History

__all__ = ["History", "Layer", "Model", "NamedSpec", "Projn", "View"]
