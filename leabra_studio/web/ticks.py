"""The short way of a tick: the answer of its callback, without what Dash and Flask do for requests of every kind.

Ticks come ten a second from every open page, each after a pause in which the processor has forgotten the last one.
The way through Flask and Dash is then a third of all that a tick costs the server: 2.2 to 2.6 ms with it, 1.6 to 1.8
without, as ``benchmarks/browser.py`` measures it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

from dash import Dash

from leabra_studio.web import guard, ids

LONGEST = 8192
"""Bytes of a request that is looked at; a tick's has some 400."""

Environ = dict[str, Any]
Respond = Callable[..., Any]
Tick = Callable[[Any, Any], Mapping[str, Any]]

_encode = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


class Ticks:
    """The application with a short way for ticks as the page sends them; all else goes through it as it came.

    Parameters
    ----------
    inside
        The application.
    tick
        Answers a request and a session's id with a frame.
    """

    def __init__(self, inside: Callable[[Environ, Respond], Iterable[bytes]], tick: Tick) -> None:
        self._inside, self._tick = inside, tick

    def __call__(self, environ: Environ, respond: Respond) -> Iterable[bytes]:
        """Answer a request as WSGI has it."""
        match _short(environ):
            case {
                "output": ids.FRAME_DATA,
                "outputs": {"id": ids.FRAME, "property": "data"},
                "inputs": [{"id": ids.TICK, "property": "data", "value": request}],
                "state": [{"id": ids.SID, "property": "data", "value": sid}],
                "changedPropIds": [ids.TICK_DATA],
            }:
                frame = self._tick(request, sid)
            case _:
                return self._inside(environ, respond)
        answer = _encode({"multi": True, "response": {ids.FRAME: {"data": frame}}}).encode("ascii")
        respond("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
        return [answer]


def install(app: Dash, tick: Tick) -> None:
    """Give the ticks of an application their short way."""
    server: Any = app.server  # a method is replaced, as Flask says it is to be done
    server.wsgi_app = Ticks(server.wsgi_app, tick)


def _short(environ: Environ) -> Mapping[str, Any]:
    """Return the object of a short callback request in JSON, empty for any other; it can be read once more."""
    length = environ.get("CONTENT_LENGTH") or ""
    if not (
        environ["REQUEST_METHOD"] == "POST"
        and environ["PATH_INFO"].endswith(guard.CALLBACK)
        and environ.get("CONTENT_TYPE", "").startswith("application/json")
        and length.isdecimal()
        and int(length) <= LONGEST
    ):
        return {}
    raw = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(raw)
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}
