"""File names made from names that people chose."""

from __future__ import annotations

import re

UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
LENGTH = 60


def file_name(name: str, ending: str) -> str:
    """A file name made from a model's name with only letters, digits, ``_`` and ``-``."""
    return (UNSAFE.sub("_", name).strip("_")[:LENGTH] or "model").lower() + ending
