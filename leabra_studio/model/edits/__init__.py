"""Edits: pure functions from a model and what is to change to a new model.

An edit that cannot be made raises `ValidationError` (or `LimitError`) with a sentence, and changes nothing.
"""

from leabra_studio.model.edits.align import align, distribute
from leabra_studio.model.edits.cells import paste, set_column, set_pattern, set_value, set_values
from leabra_studio.model.edits.layers import add_layer, set_input, set_role, set_shape
from leabra_studio.model.edits.lesions import heal, lesion
from leabra_studio.model.edits.objects import duplicate, remove, rename
from leabra_studio.model.edits.params import reset_param, set_param
from leabra_studio.model.edits.patterns import (
    add_row,
    add_table,
    duplicate_rows,
    fit_table,
    move_rows,
    remove_rows,
    remove_table,
    rename_table,
    set_row_name,
    set_rows,
    split_table,
)
from leabra_studio.model.edits.places import move, tidy
from leabra_studio.model.edits.plan import reseed, set_plan
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
    "add_row",
    "add_spec",
    "add_table",
    "align",
    "distribute",
    "duplicate",
    "duplicate_rows",
    "fit_table",
    "heal",
    "lesion",
    "move",
    "move_rows",
    "own_copy",
    "paste",
    "remove",
    "remove_rows",
    "remove_spec",
    "remove_table",
    "rename",
    "rename_spec",
    "rename_table",
    "reseed",
    "reset_param",
    "reset_param_of",
    "reset_spec_param",
    "set_column",
    "set_cycles",
    "set_input",
    "set_name",
    "set_notes",
    "set_param",
    "set_param_of",
    "set_pattern",
    "set_plan",
    "set_role",
    "set_row_name",
    "set_rows",
    "set_seed",
    "set_shape",
    "set_spec_param",
    "set_value",
    "set_values",
    "set_view",
    "split_table",
    "tidy",
    "use_spec",
]
