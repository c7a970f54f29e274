"""Weights of a session's net as files: two addresses beside the page's callbacks, for bytes that are no JSON."""

from __future__ import annotations

import json
import logging
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from dash import Dash
from flask import Response, request

from leabra_studio.engine.weight_files import FORMATS
from leabra_studio.errors import FormatError, LeabraError
from leabra_studio.session.store import SessionStore
from leabra_studio.session.weighing import load_weights, save_weights
from leabra_studio.web.files import file_name
from leabra_studio.web.page import sentence

logger = logging.getLogger(__name__)

PATH = "weights"
WAIT = 2.0
"""Seconds a file waits for a tick that holds the session."""
LARGEST = 128 * 2**20
"""Bytes of a file; those of the largest model that may be drawn need less."""
SID, NAME = "X-Session", "X-File"
"""The headers with the session's id and the name of the file."""


def install(app: Dash, store: SessionStore) -> None:
    """Serve weights at an address of their own."""
    address = f"{app.config.requests_pathname_prefix}{PATH}"

    @app.server.get(address)
    def hand_out() -> Response:
        return _answer(lambda: _saved(store))

    @app.server.post(address)
    def take() -> Response:
        request.max_content_length = LARGEST
        return _answer(lambda: _loaded(store))


def _answer(work: Any) -> Response:
    try:
        response: Response = work()
    except LeabraError as error:
        logger.info("weights refused: %s", error)
        response = Response(json.dumps({"error": sentence(error)}), 400, mimetype="application/json")
    return response


def _saved(store: SessionStore) -> Response:
    form = request.args.get("format", "")
    if form not in FORMATS:
        raise FormatError(f"must be one of {', '.join(FORMATS)}", "format")
    with store.checkout(request.headers.get(SID, ""), wait=WAIT) as session:
        data, name = save_weights(session, form), file_name(session.model.name, f"_weights.{form}")
    headers = {"Content-Disposition": f"attachment; filename={name}", NAME: name}
    return Response(data, mimetype="application/octet-stream", headers=headers)


def _loaded(store: SessionStore) -> Response:
    name = shortened(request.headers.get(NAME, ""))
    data = request.get_data(cache=False)
    with store.checkout(request.headers.get(SID, ""), wait=WAIT) as session:
        message = load_weights(session, data, name)
    return Response(json.dumps({"message": message}), mimetype="application/json")


def shortened(name: str) -> str:
    """The name of a file as a script may hold it: the last part of a path, of letters that are safe everywhere."""
    stem, dot, ending = PurePosixPath(unquote(name).replace("\\", "/")).name.partition(".")
    return file_name(stem, f".{ending}" if dot and f".{ending}" in {f".{form}" for form in FORMATS} else ".npz")
