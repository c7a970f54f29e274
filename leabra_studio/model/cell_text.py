"""Values of patterns as text: in files, and on the clipboard."""

from __future__ import annotations

import re

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError

NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
LINE_END = re.compile(r"\r\n|\r|\n")
FORMULA = re.compile(r"'*[=+\-@]")
"""How a cell begins that a spreadsheet would take for a formula, or that was kept from it by a quote before it."""
DIVIDERS = "\t;,"
"""What divides the cells of a line: the first of these that occurs in the text, else spaces."""
_USUAL = {"0": 0.0, "1": 1.0}


def value_of(text: str, *, comma: bool = False) -> float | None:
    """Return the number from 0 to 1 that a text says, None when it says none.

    Parameters
    ----------
    text : str
        A cell; spaces around the number do not matter.
    comma : bool
        Whether a comma may stand for the decimal point.
    """
    usual = _USUAL.get(text)
    if usual is not None:
        return usual
    plain = text.strip()
    plain = plain.replace(",", ".") if comma else plain
    value = float(plain) if NUMBER.fullmatch(plain) else -1.0
    return abs(value) if 0 <= value <= 1 else None


def text_of(value: float) -> str:
    """Return a value as the shortest text that says it exactly."""
    return repr(value).removesuffix(".0")


def guarded(text: str) -> str:
    """Return a text for a cell of a file, with a quote before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return a text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def pasted(text: str) -> list[list[float]]:
    """Return the rectangular block of values that a text holds.

    Raises
    ------
    ValidationError
        If it holds none; names the line and the place in it.
    """
    if not text.strip():
        raise ValidationError("Paste", "text", "must hold at least one value (got none)")
    lines = LINE_END.split(text.rstrip("\r\n"))
    divider = next((mark for mark in DIVIDERS if mark in text), None)
    cells = [line.split(divider) for line in lines]
    block = [[value_of(cell, comma=divider in ("\t", ";")) for cell in line] for line in cells]
    width = len(block[0])
    for i, line in enumerate(block):
        if None in line:
            wrong = cells[i][line.index(None)]
            rule = f"must hold numbers from 0 to 1 (value {line.index(None) + 1} of line {i + 1} is {shown(wrong)})"
            raise ValidationError("Paste", "text", rule)
        if len(line) != width:
            rule = f"must be a block of values (line 1 has {width}, line {i + 1} has {len(line)})"
            raise ValidationError("Paste", "text", rule)
    return [[value for value in line if value is not None] for line in block]
