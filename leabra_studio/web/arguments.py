"""The pieces of a request, checked one by one: a browser can send anything."""

from __future__ import annotations

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
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 1e6:  # NaN is refused too
        raise ValidationError("Request", key, f"must be a number within a million (got {shown(value)})")
    return float(value)


def names(intent: Intent, key: str) -> tuple[str, ...]:
    """A list of names of an intent."""
    value = intent.get(key)
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValidationError("Request", key, f"must be a list of names (got {shown(value)})")
    return tuple(value)


def echo(request: Any, key: str) -> int | str | None:
    """What an answer repeats of a request so that the browser knows it again: a number, or one word."""
    value = request.get(key) if isinstance(request, Mapping) else None
    if isinstance(value, str):
        return value if value.isascii() and len(value) <= 40 else None
    exact = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53
    return value if exact else None


def optional_text(intent: Intent, key: str) -> str | None:
    """A text of an intent, or None where it is null or missing."""
    return None if intent.get(key) is None else text(intent, key)


def whole(intent: Intent, key: str) -> int:
    """A whole number of an intent; its range is the edit's own check."""
    value = intent.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValidationError("Request", key, f"must be a whole number (got {shown(value)})")
    return value


def wholes(intent: Intent, key: str) -> tuple[int, ...]:
    """A list of whole numbers of an intent."""
    value = intent.get(key)
    if not isinstance(value, list) or not all(isinstance(one, int) and not isinstance(one, bool) for one in value):
        raise ValidationError("Request", key, f"must be a list of whole numbers (got {shown(value)})")
    return tuple(value)
