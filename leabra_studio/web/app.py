"""The Dash application: layout, the server callbacks, and the guard on how it is served."""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, dcc, html
from flask import Flask, Response
from flask_compress import Compress

from leabra_studio.engine import warm
from leabra_studio.engine.variables import UNIT_VARIABLES
from leabra_studio.errors import LimitError
from leabra_studio.model import limits
from leabra_studio.session.checkpoint import Checkpoints
from leabra_studio.session.store import SessionStore
from leabra_studio.web import bundle, callbacks, guard, ids, ticks, tokens, weights
from leabra_studio.web.opening import Start
from leabra_studio.web.requests import Server
from leabra_studio.web.views import canvas, dock, inspector, outline, table_dialogs, topbar, transport, wizard

MAX_UPLOAD = 2 * max(limits.DOCUMENT_BYTES, limits.TABLE_BYTES) + 2**20
"""Largest request in bytes: a document with its quotes escaped, or a file of patterns in base64."""

WORTH_PACKING = 4096
"""Bytes from which an answer is compressed; the frame of a tick fits into a packet or two as it is."""

STORE = "leabra_studio.store"
"""Where the extensions of the Flask application hold the sessions."""

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>{%metas%}<title>{%title%}</title>{%favicon%}{%css%}STYLES</head>
<body>{%app_entry%}<footer>{%config%}{%scripts%}SCRIPTS{%renderer%}</footer></body>
</html>"""


def create_app(store: SessionStore | None = None, *, start: Start | None = None) -> Dash:
    """The studio as a Dash application.

    Parameters
    ----------
    store
        Where simulation sessions live; by default one in this process, with checkpoints as the environment says
        (``LEABRA_CACHE_DIR``).
    start
        What a new session opens on; by default what the browser had saved, else the paper's two neurons.

    Raises
    ------
    LimitError
        The server was started with several workers, which an in-process store cannot serve.
    """
    check_workers(os.environ)
    app = Dash(
        "leabra_studio",
        assets_folder=str(assets_folder()),
        assets_ignore=bundle.IGNORE,
        title="Leabra Studio",
        update_title=None,
        use_async=False,
        suppress_callback_exceptions=True,  # the grid of patterns comes when its tab is first opened
    )
    app.index_string = _index(app)
    app.server.config["MAX_CONTENT_LENGTH"] = MAX_UPLOAD
    _pack_answers(app.server)
    app.layout = layout()
    store = store or SessionStore(Checkpoints(app.server, os.environ))
    app.server.extensions[STORE] = store
    server = Server(store, start)
    callbacks.register(app, server)
    weights.install(app, store)
    guard.install(app)
    ticks.install(app, server.tick)
    warm.start()
    return app


def _index(app: Dash) -> str:
    """The page that loads everything else; our style comes last, our scripts before the page is drawn."""
    styles, scripts = bundle.install(app, assets_folder())
    variables = f"<style>{tokens.css_variables()}</style>"
    return PAGE.replace("STYLES", styles + variables).replace("SCRIPTS", scripts)


def _pack_answers(server: Flask) -> None:
    """Compress what is worth it; the small answers, ten a second, are not even looked at."""
    server.config["COMPRESS_REGISTER"] = False
    compress = Compress(server)

    @server.after_request
    def pack(response: Response) -> Response:
        small = response.content_length is not None and response.content_length < WORTH_PACKING
        return response if small else compress.after_request(response)


def settle() -> None:
    """Wait for the kernels, then let the garbage collector leave alone what is there: it stays as long as the server.

    Else it looks through all of it, hundreds of thousands of objects, in the midst of some edit, which
    then takes a tenth of a second longer.
    """
    warm.wait()
    gc.collect()
    gc.freeze()


def check_workers(environ: Mapping[str, str]) -> None:
    """Refuse to be one of several workers, each of which would hold sessions that the others do not know.

    Raises
    ------
    LimitError
        ``WEB_CONCURRENCY`` asks for more than one worker.
    """
    workers = environ.get("WEB_CONCURRENCY", "1").strip() or "1"
    if workers != "1":
        raise LimitError(
            f"WEB_CONCURRENCY: must be 1 (got {workers}); sessions live in one process, so serve with one worker and "
            "several threads: gunicorn --workers 1 --worker-class gthread --threads 8"
        )


def assets_folder() -> Path:
    """The style sheets and scripts: inside the installed package, else at the top of the checkout."""
    inside = Path(__file__).parent / "assets"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "assets"


def layout() -> dmc.MantineProvider:
    """The page before any session: every region in its empty state."""
    page = html.Div(
        [
            topbar.layout(),
            outline.layout(),
            canvas.layout(),
            inspector.layout(),
            *dock.layout(),
            transport.layout(),
            wizard.layout(),
            table_dialogs.layout(),
        ],
        className="page",
        id="page-grid",
    )
    return dmc.MantineProvider(
        [*_stores(), page],
        id=ids.PROVIDER,
        theme={
            "primaryColor": "accent",
            "colors": {"accent": list(tokens.ACCENT_SHADES)},
            "fontFamily": tokens.FONT,
            "defaultRadius": 6,
        },
        forceColorScheme="light",
    )


def _stores() -> list[Any]:
    edits = (ids.INTENT, ids.PAGE, ids.SHOWN, ids.ROWS, ids.ROWS_SENT)
    runs = (ids.TICK, ids.FRAME, ids.COMMAND, ids.ACK, ids.VIEW, ids.DRAW, ids.RESULTS_ASK, ids.RESULTS)
    background = (ids.BATCHES_ASK, ids.BATCHES)
    return [
        *(dcc.Store(id=name) for name in (*edits, *runs, *background)),
        dcc.Store(id=ids.CONFIG, data=config()),
        dcc.Store(id=ids.SID, storage_type="session"),
        dcc.Store(id=ids.AUTOSAVE, storage_type="local"),
        dcc.Store(id=ids.THEME, storage_type="local"),
        dcc.Interval(id=ids.INTERVAL, interval=100),
        dcc.Download(id=ids.DOWNLOAD),
    ]


def config() -> dict[str, Any]:
    """What JavaScript must know of variables and colours; it declares none of its own."""
    return {
        "variables": {
            v.name: {
                "doc": v.doc,
                "lo": v.lo,
                "hi": v.hi,
                "signed": v.signed,
                "colour": tokens.variable_colours(v.name),
            }
            for v in UNIT_VARIABLES
        },
        "scales": {"sequential": tokens.SEQUENTIAL, "diverging": tokens.DIVERGING},
        "plotted": list(dock.PLOTTED),
        "plots": dock.plots().to_plotly_json(),
        "tokens": {theme: tokens.colours(theme) for theme in tokens.THEMES},
        "stylesheets": {theme: canvas.stylesheet(theme) for theme in tokens.THEMES},
        "ring": 500,
        "bytes": {"document": limits.DOCUMENT_BYTES, "table": limits.TABLE_BYTES},
    }
