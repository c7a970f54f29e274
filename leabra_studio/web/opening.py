"""What a new session opens on: a link, the browser's saved model, else the paper's two neurons."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leabra_studio.errors import LeabraError
from leabra_studio.model import codec, gallery
from leabra_studio.model.calls import Call
from leabra_studio.model.document import Model
from leabra_studio.model.link import from_link

logger = logging.getLogger(__name__)

FIRST_EXAMPLE = "two_neurons"


@dataclass(frozen=True)
class Start:
    """How a session begins.

    Attributes
    ----------
    model
        Its document.
    opening
        Calls that every new net of it begins with.
    notice
        What the person should know of it.
    """

    model: Model
    opening: Sequence[Call] = ()
    notice: str | None = None


def first(document: Any, link: Any, *, known: bool) -> Start:
    """The start of a new session.

    Parameters
    ----------
    document
        What the browser had saved, if anything.
    link
        The fragment of the address the page was opened with, if it held a model.
    known
        Whether the browser had a session that this server no longer holds.
    """
    if link:
        return _linked(link, document)
    if not isinstance(document, str) or not document:
        return Start(gallery.load_example(FIRST_EXAMPLE))
    try:
        model = codec.loads(document)
    except LeabraError as error:
        logger.info("autosaved document refused: %s", error)
        return Start(
            gallery.load_example(FIRST_EXAMPLE), notice=f"The model saved in this browser could not be read ({error})."
        )
    why = "The server was restarted" if known else "Welcome back"
    return Start(model, notice=f"{why}: {model.name} was restored from this browser. The run starts again at cycle 0.")


def _linked(link: Any, document: Any) -> Start:
    try:
        model = from_link(link)
    except LeabraError as error:
        logger.info("link refused: %s", error)
        rest = first(document, None, known=False)
        return Start(rest.model, notice=f"The link could not be opened ({error}).")
    kept = " What this browser had saved is among the recent models." if document else ""
    return Start(model, notice=f"{model.name} was opened from a link.{kept}")
