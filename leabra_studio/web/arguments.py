"""The pieces of a request, checked one by one: a browser can send anything."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError

Intent = Mapping[str, Any]


def text(intent: Intent, key: str) -> str:
    """A text of an intent."""
    value = intent.get(key)
    if not isinstance(value, str):
        raise ValidationError("Request", key, f"must be a text (got {shown(value)})")
    return value


def coordinate(intent: Intent, key: str) -> float:
    """A place on the canvas, in its pixels."""
    value = intent.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > 1e6:
        raise ValidationError("Request", key, f"must be a number within a million (got {shown(value)})")
    return float(value)


def names(intent: Intent, key: str) -> tuple[str, ...]:
    """A list of names of an intent."""
    value = intent.get(key)
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValidationError("Request", key, f"must be a list of names (got {shown(value)})")
    return tuple(value)
