"""What a person typed into a field, as the value its parameter wants."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from leabra_studio.engine.params import Param, shown
from leabra_studio.engine.rand import DISTRIBUTIONS
from leabra_studio.errors import ValidationError

MAX_TEXT = 2000
LARGEST = 2**53
"""Whole numbers up to here are told apart by JavaScript."""
FRACTION = re.compile(r"\s*([^/]+)/([^/]+)")
DISTRIBUTION = re.compile(r"\s*(\w+)\s*\((.*)\)\s*")
WORDS = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}


def parse_value(param: Param, raw: object) -> Any:
    """The value typed for ``param``.

    Numbers may be written as fractions (``1/1.4``), distributions as ``Uniform(0.25, 0.75)`` or a plain number,
    masks and lists with commas.

    Raises
    ------
    ValidationError
        The text is no such value; the range is the document's own check.
    """
    if not isinstance(raw, str):
        return _plain(param, raw)
    if len(raw) > MAX_TEXT:
        raise ValidationError("Field", param.name, f"is too long ({len(raw)} characters, at most {MAX_TEXT})")
    parser = PARSERS.get(param.kind)
    return parser(param, raw) if parser else raw


def _plain(param: Param, raw: object) -> Any:
    if isinstance(raw, float) or (isinstance(raw, int) and abs(raw) <= LARGEST):
        return raw
    raise ValidationError("Field", param.name, f"must be a {param.kind} (got {shown(raw)})")


def parse_number(owner: str, name: str, raw: object) -> float:
    """A finite number, also written as a fraction such as ``1/3.3``."""
    text = str(raw).strip()
    fraction = FRACTION.fullmatch(text)
    try:
        value = float(fraction[1]) / float(fraction[2]) if fraction else float(text)
    except (ValueError, ZeroDivisionError, OverflowError):
        value = math.nan
    if not text or not math.isfinite(value):
        raise ValidationError(owner, name, f"must be a number (got {text[:40] or 'nothing'})")
    return value


def parse_whole(owner: str, name: str, raw: object) -> int:
    """A whole number."""
    value = parse_number(owner, name, raw)
    if value != int(value):
        raise ValidationError(owner, name, f"must be a whole number (got {str(raw).strip()[:40]})")
    return int(value)


def parse_numbers(owner: str, name: str, raw: str) -> tuple[float, ...]:
    """Numbers separated by commas, semicolons or spaces."""
    return tuple(parse_number(owner, name, word) for word in _words(raw.replace(";", ",").replace(" ", ",")))


def _words(raw: str) -> list[str]:
    return [word.strip() for word in raw.split(",") if word.strip()]


def _parse_bool(param: Param, raw: str) -> bool:
    word = raw.strip().lower()
    if word not in WORDS:
        raise ValidationError("Field", param.name, f"must be on or off (got {raw.strip()[:40] or 'nothing'})")
    return WORDS[word]


def _parse_distribution(param: Param, raw: str) -> dict[str, Any]:
    found = DISTRIBUTION.fullmatch(raw)
    kind, inner = (found[1], found[2]) if found else ("Scalar", raw)
    cls = DISTRIBUTIONS.get(kind)
    if cls is None:
        raise ValidationError("Field", param.name, f"must be one of {', '.join(DISTRIBUTIONS)} (got {kind[:40]})")
    fields = list(cls.params())
    words = [word.partition("=")[2] or word for word in _words(inner)]
    if len(words) != len(fields):
        raise ValidationError(
            "Field", param.name, f"must be {kind}({', '.join(fields)}) (got {raw.strip()[:40] or 'nothing'})"
        )
    return {"type": kind} | {
        key: parse_number("Field", param.name, word) for key, word in zip(fields, words, strict=True)
    }


PARSERS: Mapping[str, Callable[[Param, str], Any]] = {
    "float": lambda param, raw: parse_number("Field", param.name, raw),
    "int": lambda param, raw: parse_whole("Field", param.name, raw),
    "bool": _parse_bool,
    "dist": _parse_distribution,
    "mask": lambda param, raw: tuple(_parse_bool(param, word) for word in _words(raw)),
    "names": lambda param, raw: tuple(_words(raw)),
}
"""Kind of a parameter -> how its text is read; texts and choices are taken as they are."""
