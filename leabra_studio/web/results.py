"""What the page asks of a training besides the frames: tables and pictures, when somebody looks at them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.session.session import Session
from leabra_studio.web.arguments import text

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "trials": ("mode",),
    "trials_csv": ("mode",),
    "records_csv": (),
    "runs": (),
    "runs_csv": (),
    "confusion": (),
    "similarity": ("layer",),
    "weights": ("projn",),
}
"""What can be asked for -> the texts that say of what."""


def ask(session: Session, request: Any) -> Any:
    """The answer to a request for results, as JSON has it.

    Raises
    ------
    LeabraError
        The request is malformed, or there is no such layer or projection.
    """
    if not isinstance(request, Mapping):
        raise ValidationError("Request", "results", f"must be an object (got {shown(request)})")
    what = request.get("what")
    if not isinstance(what, str) or what not in OPTIONS:
        raise ValidationError("Request", "what", f"must be one of {', '.join(OPTIONS)} (got {shown(what)})")
    given = {key: text(request, key) for key in OPTIONS[what] if request.get(key) is not None}
    return session.results(what, **given)
