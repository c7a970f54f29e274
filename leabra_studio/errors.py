"""The exceptions of Leabra Studio: each is a `LeabraError` and the built-in error a caller would expect."""

from __future__ import annotations


class LeabraError(Exception):
    """Anything that Leabra Studio refuses, with a sentence that says why."""


class ValidationError(LeabraError, ValueError):
    """A value that breaks a rule; reads ``owner.field: rule``.

    Parameters
    ----------
    owner : str
        What the value belongs to, such as ``LayerSpec`` or ``Net.clamp_layer``.
    field : str
        The parameter or argument.
    rule : str
        What it must be, what it was, and where there is one the way out.
    """

    def __init__(self, owner: str, field: str, rule: str) -> None:
        super().__init__(owner, field, rule)
        self.owner = owner
        self.field = field
        self.rule = rule

    def __str__(self) -> str:
        return f"{self.owner}.{self.field}: {self.rule}"


class FormatError(LeabraError, ValueError):
    """A file or document that cannot be read.

    Parameters
    ----------
    rule : str
        What is wrong with it.
    path : str
        The place inside the document, such as ``layers[2].shape[0]``; empty for the whole of it.
    """

    def __init__(self, rule: str, path: str = "") -> None:
        super().__init__(rule, path)
        self.rule = rule
        self.path = path

    def __str__(self) -> str:
        return f"{self.path}: {self.rule}" if self.path else self.rule


class Busy(LeabraError, RuntimeError):
    """Something is in use by another caller; trying again later may work."""


class Missing(LeabraError, LookupError):
    """Something asked for does not exist (any more)."""


class LimitError(LeabraError, ValueError):
    """A request above a stated limit."""
