"""The document as a file: JSON with a version, written for people to read, checked whole when it is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from leabra_studio.engine.lesion import Lesion
from leabra_studio.engine.rand import DISTRIBUTIONS
from leabra_studio.engine.spec import Spec
from leabra_studio.engine.specs import SPECS
from leabra_studio.errors import FormatError, LimitError, ValidationError
from leabra_studio.model import limits, table_codec
from leabra_studio.model.document import KINDS, Layer, Model, NamedSpec, Projn, View
from leabra_studio.model.frozen import thawed
from leabra_studio.model.migrations import upgraded
from leabra_studio.model.patterns import PatternTable
from leabra_studio.model.plan import TrainingPlan
from leabra_studio.model.reading import At, parse
from leabra_studio.model.values import declaration, live

FORMAT = "leabra-studio"
SUFFIX = ".leabra.json"
PARTS: tuple[tuple[str, type[Any], int], ...] = (
    ("layers", Layer, limits.LAYERS),
    ("projns", Projn, limits.PROJNS),
    ("specs", NamedSpec, limits.SPECS),
    ("patterns", PatternTable, limits.TABLES),
)
WHOLES: tuple[tuple[str, type[Any]], ...] = (("plan", TrainingPlan), ("view", View))


def dumps(model: Model) -> str:
    """Return the document as JSON text: one line for each object and each row of a table, numbers exact."""
    blocks = (f" {_line(key)}: {_block(key, value)}" for key, value in encoded(model).items())
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def encoded(model: Model) -> dict[str, Any]:
    """Return the document as plain dicts, lists, texts and numbers."""
    parts = {name: _plain(getattr(model, name)) for name in public_fields(Model) if name != "version"}
    return {"format": FORMAT, "version": model.version, **parts}


def loads(data: str | bytes) -> Model:
    """Return the model that a document describes.

    Parameters
    ----------
    data : str or bytes
        JSON, as `dumps` writes it; what is left out has its default.

    Raises
    ------
    FormatError
        If it is anything else; names the place, as in ``layers[2].shape[0]: must be at least 1 (got 0)``.
    """
    root = At(parse(data, limits.DOCUMENT_BYTES))
    if root.entries().get("format", root).value != FORMAT:
        raise FormatError("This is not a Leabra Studio model: it lacks the key 'format' with the value 'leabra-studio'")
    return _model(At(upgraded(root.value)))


def public_fields(cls: type[Any]) -> tuple[str, ...]:
    """Return the names of what a document holds of a class."""
    return tuple(f.name for f in fields(cls) if f.init)


def required_fields(cls: type[Any]) -> tuple[str, ...]:
    """Return the names of what a document must hold of a class."""
    return tuple(f.name for f in fields(cls) if f.init and f.default is MISSING and f.default_factory is MISSING)


def _plain(value: Any) -> Any:
    if isinstance(value, PatternTable):
        return table_codec.plain(value)
    if isinstance(value, Layer | Projn | NamedSpec | TrainingPlan | View):
        values = {name: thawed(getattr(value, name)) for name in public_fields(type(value))}
        return {name: item for name, item in values.items() if item is not None and item is not False}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Lesion):
        return {"fraction": value.fraction, "seed": value.seed}
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, Mapping) else value


def _block(key: str, value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n  " + ",\n  ".join(map(table_codec.text if key == "patterns" else _line, value)) + "\n ]"
    return _line(value)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _model(root: At) -> Model:
    known = root.fields(("format", *public_fields(Model)), required_fields(Model))
    values = {key: at.value for key, at in known.items() if key != "format"}
    for key, cls, limit in PARTS:
        if key in known:
            values[key] = [_object(cls, at) for at in known[key].items(limit)]
    for key, cls in WHOLES:
        if key in known:
            values[key] = _object(cls, known[key])
    try:
        return Model(**values)
    except ValidationError as error:
        inside = "" if error.owner == "Model" else f"{error.owner}."
        raise FormatError(error.rule, inside + error.field) from None
    except LimitError as error:
        raise FormatError(str(error)) from None


def _object(cls: type[Any], at: At) -> Any:
    if cls is PatternTable:
        return table_codec.read(at)
    items = at.fields(public_fields(cls), required_fields(cls))
    if cls is NamedSpec and items["kind"].value in KINDS:
        _check_values(SPECS[items["kind"].value], items.get("values", At({})))
    try:
        return cls(**{key: item.value for key, item in items.items()})
    except ValidationError as error:
        together = error.owner not in (
            "Layer",
            "Projn",
            "Spec",
            "Plan",
            "View",
        )  # values of a spec that do not fit each other
        raise FormatError(error.rule, f"{at.path}.{'values' if together else error.field}") from None
    except LimitError as error:
        raise FormatError(str(error), at.path) from None


def _check_values(cls: type[Spec], values: At) -> None:
    """Check every value of a spec on its own, so that an error names its place."""
    for name, at in values.entries().items():
        try:
            declared = declaration(cls, name)
            if declared.kind == "spec":
                _check_values(declared.family, at)
            else:
                declared.check(cls.__name__, live(declared, at.value))
        except ValidationError as error:
            path = at.below(error.field) if error.owner in DISTRIBUTIONS else at.path
            raise FormatError(error.rule, path) from None
