"""Names: what is allowed, and making new ones that are free."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Container
from typing import Any

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model.limits import NAME_LENGTH

JOINERS = "\u200c\u200d"  # inside words of some scripts and inside emoji
UNUSABLE = ("__proto__",)
"""What a JavaScript object cannot have as a key, and so a page cannot show."""
HIDDEN_CATEGORIES = ("Cc", "Cf", "Cs", "Zl", "Zp")


def is_hidden(character: str) -> bool:
    """Return whether a character is a control, format or line-breaking one: it does something instead of being seen."""
    return unicodedata.category(character) in HIDDEN_CATEGORIES and character not in JOINERS


def checked_name(owner: str, name: Any) -> str:
    """Return `name` without the spaces around it.

    Parameters
    ----------
    owner : str
        What is to have the name, for the error's sentence.
    name : object
        The candidate: 1 to 80 printable characters of any language.

    Raises
    ------
    ValidationError
        If it is no such text.
    """
    if not isinstance(name, str):
        raise ValidationError(owner, "name", f"must be a text (got {shown(name)})")
    text = name.strip()
    if not text:
        raise ValidationError(owner, "name", "must not be empty; type at least one character")
    if len(text) > NAME_LENGTH:
        raise ValidationError(owner, "name", f"must have at most {NAME_LENGTH} characters (got {len(text)})")
    if any(is_hidden(character) for character in text):
        raise ValidationError(owner, "name", f"must be one line of visible characters (got {shown(text)})")
    if text in UNUSABLE:
        raise ValidationError(owner, "name", f"must not be {text}, which no page can show; add a letter")
    return text


def free_name(base: str, taken: Container[str]) -> str:
    """Return `base` cut to the allowed length, or with the first number behind it that makes it a new name."""
    tails = itertools.chain([""], (f"_{n}" for n in itertools.count(2)))
    names = (base[: NAME_LENGTH - len(tail)].rstrip() + tail for tail in tails)
    return next(name for name in names if name not in taken)


def listed(names: tuple[str, ...]) -> str:
    """Return a few names as part of a sentence."""
    few = ", ".join(shown(name) for name in names[:8])
    return f"{few} and {len(names) - 8} more" if len(names) > 8 else few or "none"
