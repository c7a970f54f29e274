"""Documents of earlier versions made into such of the present one, a version at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from leabra_studio.engine.params import shown
from leabra_studio.errors import FormatError
from leabra_studio.model.document import VERSION

Document = dict[str, Any]
Step = Callable[[Document], Document]


def _with_patterns(document: Document) -> Document:
    """Version 2 brought tables of patterns and a training plan; a document of version 1 has neither."""
    if not {"patterns", "plan"}.isdisjoint(document):
        raise ValueError("patterns and plan came with version 2")
    return document


STEPS: Mapping[int, Step] = MappingProxyType({1: _with_patterns})
"""Version -> what makes a document of that version into one of the next; version 1 is the first there is."""


def upgraded(document: Document, steps: Mapping[int, Step] = STEPS, newest: int = VERSION) -> Document:
    """Return the document in the newest version.

    Parameters
    ----------
    document : dict
        The parsed document; may be changed.
    steps : mapping
        The steps there are, by the version they start from.
    newest : int
        The version to reach.

    Raises
    ------
    FormatError
        If it is from a newer Leabra Studio, has no version that ever was, or does not hold what its version says.
    """
    version = document.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < min(steps, default=newest):
        raise FormatError(f"must be a version from {min(steps, default=newest)} on (got {shown(version)})", "version")
    if version > newest:
        rule = f"is {shown(version)}, from a newer Leabra Studio; this one reads up to {newest}: update it"
        raise FormatError(rule, "version")
    try:
        for step in range(version, newest):
            document = steps[step](document)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise FormatError(f"The document is damaged: it does not have the form of version {version}") from error
    return {**document, "version": newest}
