"""Edits: pure functions from a model and what is to change to a new model.

An edit that cannot be made raises `ValidationError` (or `LimitError`) with a sentence, and changes nothing.
"""

from leabra_studio.model.edits.align import align, distribute
from leabra_studio.model.edits.layers import add_layer, set_input, set_role, set_shape
from leabra_studio.model.edits.objects import duplicate, remove, rename
from leabra_studio.model.edits.params import reset_param, set_param
from leabra_studio.model.edits.places import move, tidy
from leabra_studio.model.edits.projns import add_projn
from leabra_studio.model.edits.several import reset_param_of, set_param_of
from leabra_studio.model.edits.specs import (
    add_spec,
    own_copy,
    remove_spec,
    rename_spec,
    reset_spec_param,
    set_spec_param,
    use_spec,
)
from leabra_studio.model.edits.whole import set_cycles, set_name, set_notes, set_seed, set_view

__all__ = [
    "add_layer",
    "add_projn",
    "add_spec",
    "align",
    "distribute",
    "duplicate",
    "move",
    "own_copy",
    "remove",
    "remove_spec",
    "rename",
    "rename_spec",
    "reset_param",
    "reset_param_of",
    "reset_spec_param",
    "set_cycles",
    "set_input",
    "set_name",
    "set_notes",
    "set_param",
    "set_param_of",
    "set_role",
    "set_seed",
    "set_shape",
    "set_spec_param",
    "set_view",
    "tidy",
    "use_spec",
]
