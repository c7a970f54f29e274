"""The schema is checked with a small validator of just the keywords that it uses."""

import json
from typing import Any

import pytest
from hypothesis import given

from leabra_studio.engine.specs import SPECS
from leabra_studio.export import schema as schemas
from leabra_studio.model import Model, codec, gallery
from tests.model import samples

SCHEMA = schemas.schema()
TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "number": (int, float),
    "integer": int,
}
SAYS_NOTHING = {"description", "default", "title", "$schema", "$defs"}


def has_type(value: Any, word: str) -> bool:
    return isinstance(value, TYPES[word]) and not (isinstance(value, bool) and word in ("number", "integer"))


def object_fits(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    known = schema.get("properties", {})
    rest = schema.get("additionalProperties", True)
    others = [item for key, item in value.items() if key not in known]
    return (
        set(schema.get("required", ())) <= set(value)
        and all(fits(value[key], known[key]) for key in known if key in value)
        and (rest is True or not others or (rest is not False and all(fits(item, rest) for item in others)))
    )


RULES: dict[str, Any] = {
    "type": lambda v, word: any(has_type(v, w) for w in ([word] if isinstance(word, str) else word)),
    "const": lambda v, only: v == only and type(v) is type(only),
    "enum": lambda v, words: v in words,
    "minimum": lambda v, bound: v >= bound,
    "maximum": lambda v, bound: v <= bound,
    "exclusiveMinimum": lambda v, bound: v > bound,
    "minLength": lambda v, n: len(v) >= n,
    "maxLength": lambda v, n: len(v) <= n,
    "minItems": lambda v, n: len(v) >= n,
    "maxItems": lambda v, n: len(v) <= n,
    "prefixItems": lambda v, schemas: all(map(fits, v, schemas)),
    "oneOf": lambda v, schemas: sum(fits(v, schema) for schema in schemas) == 1,
    "$ref": lambda v, path: fits(v, SCHEMA["$defs"][path.removeprefix("#/$defs/")]),
}
OF_OBJECTS = {"properties", "required", "additionalProperties"}
REST = "items"


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Return whether `value` is valid; a keyword that this validator does not know is a KeyError."""
    if "type" in schema and not RULES["type"](value, schema["type"]):
        return False
    plain = {word: rule for word, rule in schema.items() if word not in SAYS_NOTHING | OF_OBJECTS | {REST}}
    whole = not OF_OBJECTS & set(schema) or (isinstance(value, dict) and object_fits(value, schema))
    rest = value[len(schema.get("prefixItems", ())) :] if REST in schema else ()
    return (
        whole
        and all(fits(item, schema[REST]) for item in rest)
        and all(RULES[word](value, rule) for word, rule in plain.items())
    )


def test_the_committed_schema_is_up_to_date() -> None:
    assert schemas.FILE.read_text("utf-8") == schemas.text(), "run python -m leabra_studio.export.schema"


@pytest.mark.parametrize("key", gallery.KEYS)
def test_examples_fit(key: str) -> None:
    path = gallery.FOLDER / f"{key}{codec.SUFFIX}"
    assert fits(json.loads(path.read_text("utf-8")), SCHEMA)


@given(samples.models())
def test_any_model_fits(model: Model) -> None:
    assert fits(json.loads(codec.dumps(model)), SCHEMA)


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other"},
        {"version": 1},
        {"version": True},
        {"name": ""},
        {"seed": -1},
        {"seed": 1.5},
        {"layers": {}},
        {"layers": [{}]},
        {"layers": [{"name": "a", "shape": [0, 1]}]},
        {"layers": [{"name": "a", "shape": [1]}]},
        {"layers": [{"name": "a", "colour": "red"}]},
        {"specs": [{"name": "s", "kind": "layer", "values": {"kwta_pct": 2}}]},
        {"specs": [{"name": "s", "kind": "projn", "values": {"gi": 2}}]},
        {"specs": [{"name": "s", "kind": "layer", "values": {"unit_spec": {"act_gain": 0}}}]},
        {"specs": [{"name": "s", "kind": "projn", "values": {"dist": {"type": "Uniform", "low": 0}}}]},
        {"specs": [{"name": "s", "kind": "projn", "values": {"pre_mask": []}}]},
        {"inputs": {"a": [2]}},
        {"inputs": {"a": []}},
        {"view": {"variable": "x"}},
        {"view": 3},
        {"pattern": []},
        {"patterns": {}},
        {"patterns": [{}]},
        {"patterns": [{"name": "t", "rows": [[]]}]},
        {"patterns": [{"name": "t", "rows": [[3]]}]},
        {"patterns": [{"name": "t", "layers": ["a"], "rows": [["e", 1]]}]},
        {"patterns": [{"name": "t", "layers": ["a"], "rows": [["e", [2]]]}]},
        {"plan": {"epochs": 0}},
        {"plan": {"order": "random"}},
        {"plan": {"seeds": [-1]}},
        {"plan": {"lrate_schedule": {"type": "Step"}}},
        {"plan": {"lrate_schedule": {"type": "Step", "every": 0, "factor": 0.5}}},
    ],
)
def test_what_the_codec_refuses_does_not_fit(change: dict[str, Any]) -> None:
    assert not fits({**codec.encoded(gallery.load_example("two_neurons")), **change}, SCHEMA)


def test_every_parameter_is_described_with_its_default() -> None:
    for kind, cls in SPECS.items():
        properties = SCHEMA["$defs"][f"{kind}_values"]["properties"]
        assert list(properties) == list(cls.params())
        for name, declared in cls.params().items():
            assert properties[name]["description"] == declared.doc
            assert fits(properties[name]["default"], properties[name])
