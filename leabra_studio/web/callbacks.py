"""The callbacks: adapters between Dash and plain functions, for intents, ticks, commands and results."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from leabra_studio.web import ids
from leabra_studio.web.requests import Server, texts
from leabra_studio.web.trees import Memory

TREE = "data-tree"
"""Property of a pane that JavaScript draws by itself, from components written in JSON."""

PANE_OUTPUTS = {
    "elements": Output(ids.CY, "elements"),
    "outline": Output(ids.OUTLINE, TREE),
    "head": Output(ids.INSPECTOR_HEAD, "children"),
    "picture": Output(ids.PICTURE, "children"),
    "form": Output(ids.FORM, TREE),
    "code": Output(ids.CODE, TREE),
    "log": Output(ids.LOG, TREE),
    "pins": Output(ids.PINS, TREE),
    "problems": Output(ids.PROBLEMS, "children"),
    "pattern_bar": Output(ids.PATTERN_BAR, "children"),
    "pattern_grid": Output(ids.PATTERN_BOX, "children"),
    "table_dialog": Output(ids.TABLE_DIALOG_BODY, "children"),
}


def register(app: Dash, server: Server) -> None:
    """Connect the page to its sessions."""
    _register_edits(app, server)
    _register_run(app, server)
    _register_batches(app, server)
    _register_client(app)


STORE_OUTPUTS = [Output(name, "data") for name in (ids.PAGE, ids.SHOWN, ids.SID, ids.AUTOSAVE)]


def _register_edits(app: Dash, server: Server) -> None:
    memory = Memory()

    @app.callback(
        [*STORE_OUTPUTS, *PANE_OUTPUTS.values()],
        Input(ids.INTENT, "data"),
        State(ids.SID, "data"),
        State(ids.SHOWN, "data"),
        prevent_initial_call=True,
    )
    def on_intent(intent: Any, sid: Any, shown: Any) -> list[Any]:
        """Edit the document and show it."""
        sid, answer = server.intent(intent, sid, shown)
        document = no_update if answer.document is None else answer.document
        before = texts(shown)
        panes = [_sent(answer.panes.get(p), out, memory, before.get(p, "")) for p, out in PANE_OUTPUTS.items()]
        return [answer.page, answer.shown, sid or no_update, document, *panes]


def _sent(content: Any, output: Output, memory: Memory, before: str) -> Any:
    """Return what a pane gets: the components themselves where Dash draws them."""
    if content is None:
        return no_update
    return memory.sent(content, before) if output.component_property == TREE else content


def _register_run(app: Dash, server: Server) -> None:
    @app.callback(Output(ids.FRAME, "data"), Input(ids.TICK, "data"), State(ids.SID, "data"), prevent_initial_call=True)
    def on_tick(request: Any, sid: Any) -> dict[str, Any]:
        """Run a slice and send what is new."""
        return server.tick(request, sid)

    @app.callback(
        Output(ids.ACK, "data"), Input(ids.COMMAND, "data"), State(ids.SID, "data"), prevent_initial_call=True
    )
    def on_command(command: Any, sid: Any) -> dict[str, Any]:
        """Run, stop, step or rewind."""
        return server.command(command, sid)

    @app.callback(
        Output(ids.RESULTS, "data"), Input(ids.RESULTS_ASK, "data"), State(ids.SID, "data"), prevent_initial_call=True
    )
    def on_results(request: Any, sid: Any) -> dict[str, Any]:
        """Send what training or a test has given."""
        return server.results(request, sid)

    @app.callback(
        Output(ids.ROWS_SENT, "data"), Input(ids.ROWS, "data"), State(ids.SID, "data"), prevent_initial_call=True
    )
    def on_rows(request: Any, sid: Any) -> dict[str, Any]:
        """Send a window of a table of patterns."""
        return server.rows(request, sid)

    @app.callback(
        Output(ids.DOWNLOAD, "data"),
        Input(ids.DOWNLOAD_SCRIPT, "n_clicks"),
        State(ids.SID, "data"),
        State(ids.SHOWN, "data"),
        prevent_initial_call=True,
    )
    def on_download(clicks: Any, sid: Any, shown: Any) -> Any:
        """Hand out the script as a file."""
        return server.download(sid, shown) or no_update


def _register_batches(app: Dash, server: Server) -> None:
    @app.callback(
        Output(ids.BATCHES, "data"), Input(ids.BATCHES_ASK, "data"), State(ids.SID, "data"), prevent_initial_call=True
    )
    def on_batches(request: Any, sid: Any) -> dict[str, Any]:
        """Begin, watch, compare and cancel batches."""
        return server.batches(request, sid)


def _register_client(app: Dash) -> None:
    def client(namespace: str, function: str, output: Output, *inputs: Input | State, initial: bool = False) -> None:
        app.clientside_callback(
            ClientsideFunction(namespace, function), output, *inputs, prevent_initial_call=not initial
        )

    client("tick", "gate", Output(ids.TICK, "data"), Input(ids.INTERVAL, "n_intervals"), initial=True)
    client("tick", "frame", Output(ids.CYCLE, "children"), Input(ids.FRAME, "data"))
    client("studio", "page", Output(ids.SAVED, "title"), Input(ids.PAGE, "data"))
    client("studio", "plots", Output(ids.PLOTS, "children"), Input(ids.DRAW, "data"))
    client("studio", "results", Output(ids.CURVES_BODY, "title"), Input(ids.RESULTS, "data"))
    client("studio", "batches", Output(ids.COMPARE_BODY, "title"), Input(ids.BATCHES, "data"))
    client("patterns", "rows", Output(ids.PATTERN_GRID, "getRowsResponse"), Input(ids.PATTERN_GRID, "getRowsRequest"))
    client("patterns", "named", Output(ids.PATTERN_STATUS, "title"), Input(ids.PATTERN_GRID, "cellValueChanged"))
    client("patterns", "sent", Output(ids.PATTERN_BOX, "title"), Input(ids.ROWS_SENT, "data"))
    client("studio", "ack", Output(ids.RUN, "title"), Input(ids.ACK, "data"))
