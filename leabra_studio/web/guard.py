"""The door: callback requests that no page of this studio would send are refused before Dash takes them apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Dash
from flask import Response, request

CALLBACK = "/_dash-update-component"
NO_OBJECT = "The request must be an object in JSON."
STRANGE = "This page is of another version of the studio; reload it."
MALFORMED = "The request does not have the form that this page's requests have; reload the page."


def install(app: Dash) -> None:
    """Refuse malformed requests with a sentence and status 400."""

    @app.server.before_request
    def check() -> Response | None:
        if request.method != "POST" or not request.path.endswith(CALLBACK):
            return None
        sentence = fault(_body(), app.callback_map)
        return Response(sentence, 400, mimetype="text/plain") if sentence else None


def _body() -> Any:
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def fault(body: Any, callbacks: Mapping[str, Mapping[str, Any]]) -> str:
    """What is wrong with the form of a callback request, empty when Dash can read it.

    Parameters
    ----------
    body
        The request.
    callbacks
        Dash's callbacks by their output.
    """
    if not isinstance(body, Mapping):
        return NO_OBJECT
    output = body.get("output")
    callback = callbacks.get(output) if isinstance(output, str) else None
    if not isinstance(output, str) or callback is None:
        return STRANGE
    changed = body.get("changedPropIds", [])
    fits = (
        all(_fit(body.get(part, []), [_key(item) for item in callback[part]]) for part in ("inputs", "state"))
        and _outputs_fit(body.get("outputs"), output)
        and isinstance(changed, list)
        and all(isinstance(item, str) for item in changed)
    )
    return "" if fits else MALFORMED


def _outputs_fit(outputs: Any, output: str) -> bool:
    if output.startswith(".."):
        return _fit(outputs, output.strip(".").split("..."))
    return _fit([outputs], [output])


def _fit(given: Any, wanted: list[str]) -> bool:
    """Whether these are the properties wanted, in their order; a pattern stands for any list of properties."""
    if not isinstance(given, list) or len(given) != len(wanted):
        return False
    return all(_matches(item, key) for item, key in zip(given, wanted, strict=True))


def _matches(item: Any, key: str) -> bool:
    if key.startswith("{"):
        return all(_key(one) for one in item) if isinstance(item, list) else bool(_key(item))
    return _key(item) == key


def _key(item: Any) -> str:
    """``id.property`` of one property, empty when it is none."""
    if not isinstance(item, Mapping) or not isinstance(item.get("property"), str):
        return ""
    return f"{item['id']}.{item['property']}" if isinstance(item.get("id"), str | Mapping) else ""
