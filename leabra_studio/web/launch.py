"""Open the studio on a net that was built in Python, from a script or a notebook."""

from __future__ import annotations

import html
import sys
import threading
import webbrowser
from typing import TYPE_CHECKING

import numpy as np
from werkzeug.serving import WSGIRequestHandler, make_server

from leabra_studio.model.calls import Call
from leabra_studio.model.from_net import Described, model_of
from leabra_studio.model.frozen import FrozenMap
from leabra_studio.web.app import STORE, create_app
from leabra_studio.web.opening import Start

if TYPE_CHECKING:
    from leabra_studio.engine.net import Net

HOST = "127.0.0.1"
MOST_WEIGHTS = 20_000
"""Weights of one projection up to which they travel into the session and its script number by number."""


class QuietHandler(WSGIRequestHandler):
    """Does not report every tick of a page in the console of whoever built the net."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class Studio:
    """A studio that serves one page on this machine, in a thread of its own.

    Attributes
    ----------
    url
        Its address.
    lost
        Sentences for what the page cannot show of the net.
    """

    def __init__(self, start: Start | None, port: int, lost: tuple[str, ...]) -> None:
        app = create_app(start=start).server
        self._store = app.extensions[STORE]
        self._server = make_server(HOST, port, app, threaded=True, request_handler=QuietHandler)
        self._thread = threading.Thread(target=self._server.serve_forever, name="leabra-studio", daemon=True)
        self._thread.start()
        self.url = f"http://{HOST}:{self._server.server_port}/"
        self.lost = lost

    def __repr__(self) -> str:
        return f"Studio({self.url})"

    def _repr_html_(self) -> str:
        link = html.escape(self.url)
        return f'<p>Leabra Studio: <a href="{link}" target="_blank">{link}</a></p>'

    def wait(self) -> None:
        """Serve until interrupted."""
        try:
            self._thread.join()
        except KeyboardInterrupt:
            self.stop()

    def stop(self) -> None:
        """End the server, free its port, and cancel what it works on in the background."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._store.close()


def studio(net: Net | None = None, *, port: int = 0, browser: bool = True, wait: bool | None = None) -> Studio:
    """Open the studio, on a net that was built in code.

    The page shows the net's layers, projections, specs, clamped inputs and weights; what was run stays in Python. It
    works on its own copy: what is changed there leaves as a script.

    Parameters
    ----------
    net
        The net; without one the page opens as it always does.
    port
        Where to serve, on this machine only; 0 takes a free one.
    browser
        Open a browser window.
    wait
        Serve until interrupted before returning; by default in a script, not in a notebook or an interactive session.

    Returns
    -------
    Studio
        Its ``url``, ``wait()`` and ``stop()``.

    Raises
    ------
    ValidationError
        A spec of the net holds nonsense.
    LimitError
        The net is larger than the studio shows.
    OSError
        The port is taken.
    """
    described = None if net is None else model_of(net)
    start = None if described is None else Start(described.model, weight_calls(described))
    opened = Studio(start, port, described.lost if described else ())
    if browser:
        webbrowser.open(opened.url)
    if _is_script() if wait is None else wait:
        opened.wait()
    return opened


def weight_calls(described: Described) -> tuple[Call, ...]:
    """The calls that give a new net the weights of the one that was described.

    Projections of more than `MOST_WEIGHTS` weights are left out: they draw theirs from their distribution.
    """
    small = {name: w for name, w in described.weights.items() if w.size <= MOST_WEIGHTS}
    return tuple(
        Call("set_weights", FrozenMap({"projn": name, "weights": _rows(w)}), about=frozenset({name}))
        for name, w in small.items()
    )


def _rows(weights: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, np.nan_to_num(weights, nan=0.0).tolist()))


def _is_script() -> bool:
    return not hasattr(sys, "ps1") and "IPython" not in sys.modules
