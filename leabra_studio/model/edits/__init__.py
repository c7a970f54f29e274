"""Edits: pure functions from a model and what is to change to a new model.

An edit that cannot be made raises `ValidationError` (or `LimitError`) with a sentence, and changes nothing.
"""

from leabra_studio.model.edits.layers import add_layer, set_input, set_role, set_shape
from leabra_studio.model.edits.objects import duplicate, remove, rename
from leabra_studio.model.edits.params import reset_param, set_param
from leabra_studio.model.edits.places import move, tidy
from leabra_studio.model.edits.projns import add_projn
from leabra_studio.model.edits.whole import set_cycles, set_name, set_notes, set_seed, set_view

__all__ = [
    "add_layer",
    "add_projn",
    "duplicate",
    "move",
    "remove",
    "rename",
    "reset_param",
    "set_cycles",
    "set_input",
    "set_name",
    "set_notes",
    "set_param",
    "set_role",
    "set_seed",
    "set_shape",
    "set_view",
    "tidy",
]
