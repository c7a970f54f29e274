"""The JSON schema of the model document, made from the declarations; the file beside this module holds its text.

``python -m leabra_studio.export.schema`` writes that file anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from leabra_studio.engine.params import Param
from leabra_studio.engine.rand import DISTRIBUTIONS
from leabra_studio.engine.schedules import SCHEDULES
from leabra_studio.engine.specs import SPECS
from leabra_studio.engine.value import Value
from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.model import limits
from leabra_studio.model.codec import FORMAT, public_fields, required_fields
from leabra_studio.model.document import KINDS, ROLES, VERSION, Layer, Model, NamedSpec, Projn, View
from leabra_studio.model.frozen import thawed
from leabra_studio.model.plan import TrainingPlan
from leabra_studio.model.table_codec import FIELDS
from leabra_studio.model.values import TYPE, plain

Schema = dict[str, Any]

FILE = Path(__file__).with_name("model.schema.json")
BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}

NAME: Schema = {"type": "string", "minLength": 1, "maxLength": limits.NAME_LENGTH}
OPTIONAL_NAME: Schema = {"type": ["string", "null"]}
PLACE: Schema = {"type": "number", "minimum": -limits.CANVAS, "maximum": limits.CANVAS}
VARIABLE: Schema = {"enum": list(UNIT_NAMES)}
ACTIVATIONS: Schema = {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1}, "minItems": 1}
LESION: Schema = {
    "type": "object",
    "properties": {
        "fraction": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
        "seed": {"type": "integer", "minimum": 0, "maximum": limits.SEED},
    },
    "additionalProperties": False,
}
PIN: Schema = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}


def schema() -> Schema:
    """Return the JSON schema (draft 2020-12) of a model document."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Leabra Studio model",
        **_object(Model, {"format": {"const": FORMAT}, **_model_fields()}, ("format", "version")),
        "$defs": {
            "layer": _object(Layer, _layer_fields()),
            "projn": _object(Projn, {"name": NAME, "pre": NAME, "post": NAME, "spec": OPTIONAL_NAME}),
            "spec": _spec(),
            "table": _table(),
            "plan": _object(TrainingPlan, _plan_fields()),
            "view": _object(View, _view_fields()),
            **{f"{kind}_values": _values(cls.params()) for kind, cls in SPECS.items()},
            "distribution": {"oneOf": [_declared(cls) for cls in DISTRIBUTIONS.values()]},
        },
    }


def text() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _object(cls: type[Any], properties: Schema, required: tuple[str, ...] = ()) -> Schema:
    """Return the schema of an object that holds the fields of a class and no others."""
    unknown = set(properties) ^ {*public_fields(cls), *required}
    if unknown:
        raise TypeError(f"the schema and {cls.__name__} differ in {', '.join(sorted(unknown))}")
    needed = [*required, *required_fields(cls)]
    rule: Schema = {"required": needed} if needed else {}
    return {"type": "object", "properties": properties, **rule, "additionalProperties": False}


def _model_fields() -> Schema:
    return {
        "version": {"const": VERSION},
        "name": NAME,
        "seed": {"type": "integer", "minimum": 0, "maximum": limits.SEED},
        "layers": _list("layer", limits.LAYERS),
        "projns": _list("projn", limits.PROJNS),
        "specs": _list("spec", limits.SPECS),
        "inputs": {"type": "object", "additionalProperties": ACTIVATIONS},
        "lesions": {"type": "object", "additionalProperties": LESION},
        "patterns": _list("table", limits.TABLES),
        "plan": {"$ref": "#/$defs/plan"},
        "cycles": {"type": "integer", "minimum": 1, "maximum": limits.CYCLES},
        "view": {"$ref": "#/$defs/view"},
        "notes": {"type": "string", "maxLength": limits.NOTES_LENGTH},
    }


def _layer_fields() -> Schema:
    side = {"type": "integer", "minimum": 1, "maximum": limits.LAYER_UNITS}
    return {
        "name": NAME,
        "shape": {"type": "array", "items": side, "minItems": 2, "maxItems": 2},
        "role": {"enum": list(ROLES)},
        "spec": OPTIONAL_NAME,
        "x": PLACE,
        "y": PLACE,
    }


def _table() -> Schema:
    """Return the schema of a table; each row is its name, then a pattern for each of the layers."""
    layers = {"type": "array", "items": NAME, "maxItems": limits.LAYERS}
    name = {"type": "string", "maxLength": limits.NAME_LENGTH}
    row = {"type": "array", "prefixItems": [name], "items": ACTIVATIONS, "minItems": 1}
    rows = {"type": "array", "items": row, "maxItems": limits.EVENTS}
    properties = dict(zip(FIELDS, (NAME, layers, rows), strict=True))
    return {"type": "object", "properties": properties, "required": ["name"], "additionalProperties": False}


def _plan_fields() -> Schema:
    seed = {"type": "integer", "minimum": 0, "maximum": limits.SEED}
    return {
        "train": OPTIONAL_NAME,
        "test": OPTIONAL_NAME,
        **{name: _param(declared) for name, declared in TrainingPlan.params().items()},
        "seeds": {"type": "array", "items": seed, "maxItems": limits.RUNS},
        "lrate_schedule": {"oneOf": [{"type": "null"}, *map(_declared, SCHEDULES.values())]},
    }


def _view_fields() -> Schema:
    return {
        "variable": VARIABLE,
        "layer": OPTIONAL_NAME,
        "unit": {"type": "integer", "minimum": 0},
        "shown": {"type": "array", "items": VARIABLE},
        "pins": {"type": "array", "maxItems": limits.PINS, "items": PIN},
    }


def _spec() -> Schema:
    fields = {"name": NAME, "kind": {"enum": list(KINDS)}, "values": {"type": "object"}, "auto": {"type": "boolean"}}
    of_kind = [
        {"properties": {"kind": {"const": kind}, "values": {"$ref": f"#/$defs/{kind}_values"}}} for kind in KINDS
    ]
    return {**_object(NamedSpec, fields), "oneOf": of_kind}


def _list(item: str, limit: int) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{item}"}, "maxItems": limit}


def _values(params: Mapping[str, Param]) -> Schema:
    return {
        "type": "object",
        "properties": {name: _param(declared) for name, declared in params.items()},
        "additionalProperties": False,
    }


def _declared(cls: type[Value]) -> Schema:
    """Return the schema of an object of declared numbers: a distribution or a schedule."""
    numbers = {name: _param(declared, default=False) for name, declared in cls.params().items()}
    return {
        "type": "object",
        "properties": {TYPE: {"const": cls.__name__}, **numbers},
        "required": [TYPE, *numbers],
        "additionalProperties": False,
    }


def _param(declared: Param, *, default: bool = True) -> Schema:
    """Return the schema of one parameter, its sentence as the description."""
    facts: Schema = {"description": declared.doc, **_KIND[declared.kind](declared)}
    facts |= {word: getattr(declared, key) for key, word in BOUNDS.items() if getattr(declared, key) is not None}
    return facts | {"default": thawed(plain(declared.default))} if default else facts


_KIND: Mapping[str, Any] = {
    "float": lambda p: {"type": "number"},
    "int": lambda p: {"type": "integer"},
    "bool": lambda p: {"type": "boolean"},
    "choice": lambda p: {"enum": list(p.choices)},
    "dist": lambda p: {"$ref": "#/$defs/distribution"},
    "mask": lambda p: {"type": "array", "items": {"type": "boolean"}, "minItems": 1},
    "names": lambda p: {"type": "array", "items": {"enum": list(p.choices)}},
    "spec": lambda p: {"$ref": f"#/$defs/{next(kind for kind, cls in SPECS.items() if cls is p.family)}_values"},
}

if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
