"""Python source that `ruff format` leaves as it is: literals, identifiers, and the layout of calls."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from typing import Any

WIDTH = 88
INDENT = "    "
SHORT = 60
"""Characters up to which a sum of repeated items reads better than the items."""
IDENTIFIER_LENGTH = 40
RESERVED = frozenset(dir(builtins)) | frozenset((*keyword.kwlist, *keyword.softkwlist, "lb", "net", "logs"))
ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
CODING = re.compile("(?<=coding)[:=]")


@dataclass(frozen=True)
class Atom:
    """An expression that is never broken over lines."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list or tuple; broken, it has one item a line."""

    brackets: str
    items: tuple[Atom, ...]


@dataclass(frozen=True)
class CallOf:
    """A call of `function`; broken, it has its arguments on one line if they fit, else one a line."""

    function: str
    args: tuple[tuple[str, Node], ...]
    """Keyword, empty for a positional argument, and value."""


Node = Atom | Items | CallOf


def node(value: Any) -> Node:
    """Return the expression of a number, text, flag, None, tuple or list."""
    if not isinstance(value, tuple | list):
        return Atom(literal(value))
    items = Items("[]" if isinstance(value, list) else "()", tuple(Atom(literal(item)) for item in value))
    runs = _repeated(items)
    return Atom(runs) if value and len(runs) <= SHORT and 3 * len(runs) < len(flat(items)) else items


def literal(value: Any) -> str:
    """Return a number, text, flag or None as source; what it says is the same to the last bit."""
    return quoted(value) if isinstance(value, str) else repr(value).replace("e+", "e")


def _repeated(value: Items) -> str:
    """Return a sequence as a sum of repeated items, such as ``[1] * 5 + [0] * 20``."""
    runs = [(text, len(list(run))) for text, run in groupby(item.text for item in value.items)]
    one = "[{}]" if value.brackets == "[]" else "({},)"
    return " + ".join(one.format(text) + (f" * {times}" if times > 1 else "") for text, times in runs)


def statement(target: str, value: Node, indent: str = "") -> list[str]:
    """Return the lines of an assignment, or of an expression where `target` is empty."""
    return list(_layout(f"{target} = " if target else "", value, "", indent))


def flat(value: Node) -> str:
    """Return an expression on one line."""
    match value:
        case Atom(text):
            return text
        case Items(brackets, items):
            comma = "," if brackets == "()" and len(items) == 1 else ""
            return brackets[0] + ", ".join(item.text for item in items) + comma + brackets[1]
        case CallOf(function, args):
            return f"{function}({', '.join(_arg(*arg) for arg in args)})"


def _arg(key: str, value: Node) -> str:
    return f"{key}={flat(value)}" if key else flat(value)


def _layout(head: str, value: Node, tail: str, indent: str) -> Iterator[str]:
    """Yield the lines of ``head value tail``; `tail` is a comma or nothing."""
    line = indent + head + flat(value) + tail
    inner = indent + INDENT
    if width(line) <= WIDTH or isinstance(value, Atom) or not flat(value)[:-1].strip("()[]"):
        yield line
    elif isinstance(value, Items):
        yield indent + head + value.brackets[0]
        yield from (f"{inner}{item.text}," for item in value.items)
        yield indent + value.brackets[1] + tail
    else:
        yield f"{indent}{head}{value.function}("
        yield from _arguments(value, inner)
        yield f"{indent}){tail}"


def _arguments(call: CallOf, indent: str) -> Iterator[str]:
    together = indent + ", ".join(_arg(*arg) for arg in call.args)
    if width(together) <= WIDTH:
        yield together
        return
    comma = "," if len(call.args) > 1 else ""
    for key, value in call.args:
        yield from _layout(f"{key}=" if key else "", value, comma, indent)


def grid(head: str, values: Sequence[str], columns: int, tail: str, indent: str = "") -> list[str]:
    """Return the lines of a long list laid out in rows, kept from being reformatted."""
    rows = [", ".join(values[i : i + columns]) + "," for i in range(0, len(values), columns)]
    if max(map(len, rows)) > WIDTH:
        rows = _filled(values)
    lines = ["# fmt: off", f"{head}[", *(INDENT + row for row in rows), f"]{tail}", "# fmt: on"]
    return [indent + line for line in lines]


def _filled(values: Sequence[str]) -> list[str]:
    rows = [""]
    for text in values:
        if len(rows[-1]) + len(text) + 2 > WIDTH - len(INDENT):
            rows.append("")
        rows[-1] += (" " if rows[-1] else "") + f"{text},"
    return rows


def quoted(text: str) -> str:
    """Return a text as a literal in the quotes that need fewer escapes; what cannot be seen is escaped."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(f"\\{c}" if c == quote else _escaped(c) for c in text) + quote


def in_block(text: str) -> str:
    """Return a text as it stands in a literal of several lines, between three double quotes."""
    return "".join(c if c == '"' else _escaped(c) for c in text).replace('"""', '""\\x22')


def comment(text: str) -> str:
    """Return a comment line of any text, which is one line and no declaration of a file's coding."""
    visible = "".join(ESCAPES.get(c) or _escaped(c) if c != "\\" else c for c in text)
    return "# " + CODING.sub(lambda sign: f"\\x{ord(sign[0]):02x}", visible)


def identifier(name: str, fallback: str, taken: Container[str], reserved: Container[str] = RESERVED) -> str:
    """Return a variable's name that resembles `name`: ASCII, no keyword or builtin, not in `taken`."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    word = re.sub(r"\W+", "_", letters.lower()).strip("_")[:IDENTIFIER_LENGTH].rstrip("_")
    if not word or word[0].isdigit() or word in reserved:
        word = f"{fallback}_{word}".rstrip("_")
    return next(w for n in count(1) if (w := word if n == 1 else f"{word}_{n}") not in taken)


def width(line: str) -> int:
    """Return how many columns a line takes: wide characters take two."""
    return len(line) if line.isascii() else sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def _escaped(character: str) -> str:
    if character.isascii() and character.isprintable() and character != "\\":
        return character
    return ESCAPES.get(character) or (character if _has_plain_width(character) else _by_number(character))


def _has_plain_width(character: str) -> bool:
    """Return whether a character is seen by itself: no mark, joiner, modifier, flag half or private one."""
    category = unicodedata.category(character)
    is_part = (
        "\u1100" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff" or character in "\u0644\u3164\uffa0"
    )
    is_flag = "\U0001f1e6" <= character <= "\U0001f1ff"
    return category[0] in "LNPS" and category not in ("Lm", "Sk") and not is_part and not is_flag


def _by_number(character: str) -> str:
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
