"""Patterns: the bar of tables and rows, and the grid whose cells are small images."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import html

from leabra_studio.model.document import Model
from leabra_studio.model.patterns import PatternTable, columns
from leabra_studio.web import ids, tables
from leabra_studio.web.parts import Node, icon, intent
from leabra_studio.web.tables import Column
from leabra_studio.web.views.tabs import empty

NO_ROWS = "No rows yet: add one and click its units to paint it, import a file, or generate some."
"""What the grid says of a table without rows."""

LOADING = "The table is loaded when this tab is first opened."

ROW_BUTTONS = (
    ("row_add", "Add row", "plus", "Add a row of zeros below the one you are in"),
    ("rows_duplicate", "Duplicate", "copy", "Duplicate the chosen rows"),
    ("rows_remove", "Delete rows", "trash", "Delete the chosen rows"),
    ("rows_up", "Up", "up", "Move the chosen rows up"),
    ("rows_down", "Down", "down", "Move the chosen rows down"),
)
"""Operation, word, icon and tooltip of what can be done with rows."""


def layout() -> list[Node]:
    """The empty bar and grid, and the line that tells of the unit under the cursor."""
    return [
        html.Div(id=ids.PATTERN_BAR, className="pattern-bar"),
        html.Div(empty("table", "Patterns", LOADING), id=ids.PATTERN_BOX, className="pattern-box"),
        html.Div(id=ids.PATTERN_STATUS, className="pattern-status", role="status"),
    ]


def bar(model: Model, table: PatternTable | None) -> list[Node]:
    """What can be done with tables, with rows, and what is wrong with the shown one."""
    if table is None:
        return [html.Div([_new(kind="primary"), _import(model), _generate(model, None)], className="bar-row")]
    if not table.rows:
        first = [_row_button(*ROW_BUTTONS[0], kind="primary"), _import(model), _generate(model, table)]
        return [
            html.Div([_chooser(model, table), _new(), _menu(table)], className="bar-row"),
            html.Div(first, className="bar-row first-rows"),
        ]
    return [
        html.Div([_chooser(model, table), *_whole_tables(model, table)], className="bar-row"),
        html.Div(
            [*(_row_button(*one) for one in ROW_BUTTONS), html.Div(className="spring"), _brush()], className="bar-row"
        ),
        *_note(model, table),
    ]


def _chooser(model: Model, table: PatternTable) -> html.Select:
    options = [html.Option(_described(model, one), value=one.name, selected=one is table) for one in model.patterns]
    return html.Select(
        options,
        id="table-select",
        className="select",
        title="Which table is shown",
        **{"aria-label": "Table of patterns", "data-value": table.name},
    )


def _described(model: Model, table: PatternTable) -> str:
    """The name of a table, how many rows it has, and what the plan uses it for."""
    uses = [word for word, name in (("train", model.plan.train), ("test", model.plan.test)) if name == table.name]
    used = [use for use in uses if use != table.name]
    return " · ".join([table.name, f"{len(table.rows)} row{'' if len(table.rows) == 1 else 's'}", *used])


def _new(kind: str = "quiet") -> html.Button:
    return _button("New table", "plus", "Add a table of patterns", kind=kind, **intent("table_new"))


def _whole_tables(model: Model, table: PatternTable) -> list[Node]:
    return [_new(), _import(model), _generate(model, table), _split(table), _menu(table)]


def _import(model: Model) -> html.Button:
    reason = "" if model.layers else "Needs a layer that the patterns are for: add one first"
    title = "Import patterns from a file: CSV, TSV or Emergent; it can also be dropped here"
    return _button("Import", "import", title, reason=reason, **{"data-pattern": "import"})


def _generate(model: Model, table: PatternTable | None) -> html.Button:
    ask = intent("generate_ask", table=table and table.name)
    reason = "" if columns(model.layers) else "Needs an input or a target layer: add one first"
    return _button("Generate", "dice", "Make patterns: one-hot, random, with noise", reason=reason, **ask)


def _split(table: PatternTable) -> html.Button:
    reason = "" if len(table.rows) > 1 else "Needs at least two rows to split"
    ask = intent("split_ask", table=table.name)
    return _button("Split", "split", "Split this table into one to train on and one to test with", reason=reason, **ask)


def _row_button(op: str, word: str, sign: str, title: str, kind: str = "quiet") -> html.Button:
    return _button(word, sign, title, kind=kind, **{"data-pattern": op})


def _button(word: str, sign: str, title: str, *, kind: str = "quiet", reason: str = "", **more: Any) -> html.Button:
    if reason:
        more["aria-disabled"] = "true"
    return html.Button(
        [icon(sign), html.Span(word, className="word")],
        type="button",
        className=f"button {kind}",
        title=reason or title,
        **{"aria-label": word},
        **more,
    )


def _menu(table: PatternTable) -> dmc.Menu:
    target = html.Button(
        [html.Span("Table"), icon("caret", small=True)],
        id="table-menu",
        type="button",
        className="button quiet",
        title="Rename, export or delete this table",
    )
    return dmc.Menu(
        [dmc.MenuTarget(target), dmc.MenuDropdown(_items(table.name))],
        position="bottom-end",
        returnFocus=False,
        transitionProps={"duration": 0},
    )


def _items(name: str) -> list[Any]:
    exports = (("CSV", "csv"), ("TSV", "tsv"), ("Emergent", "emergent"))
    return [
        dmc.MenuItem("Rename…", **{"data-pattern": "rename"}),
        dmc.MenuDivider(),
        dmc.MenuLabel("Export"),
        *(dmc.MenuItem(word, **intent("table_export", table=name, form=form)) for word, form in exports),
        dmc.MenuDivider(),
        dmc.MenuItem("Delete table", **intent("table_remove", table=name)),
    ]


def _brush() -> html.Label:
    field = html.Span(
        dmc.TextInput(
            id=ids.BRUSH, value="1", size="xs", persistence=True, persistence_type="session", **{"aria-label": "Brush"}
        ),
        className="brush-field",
    )
    return html.Label(
        [html.Span("Brush"), field], className="brush", title="The value that a click paints, 0 to 1; a second click: 0"
    )


def _note(model: Model, table: PatternTable) -> list[Node]:
    wrong = [column for column in tables.columns_of(model, table) if column.problem]
    if not wrong or not table.rows:
        return []
    text = "; ".join(f"{column.layer}: {column.problem}" for column in wrong)
    fit = html.Button("Fit to the network", type="button", className="link", **intent("table_fit", table=table.name))
    return [html.Div([icon("warn", small=True), html.Span(text), fit], className="pattern-note")]


def grid(shown: Sequence[Column] | None) -> Node:
    """The grid for these columns; what to do where there is no table, or no layer that is shown patterns."""
    if shown is None:
        return empty("table", "No table of patterns", "Press New table, then paint or paste its rows.")
    if not shown:
        return empty("table", "No input or target layer", "Patterns are for those: add one first.")
    return dag.AgGrid(
        id=ids.PATTERN_GRID,
        rowModelType="infinite",
        getRowId="params.data.id",
        columnDefs=[*_fixed(), *(_column(at, column) for at, column in enumerate(shown))],
        defaultColDef={"sortable": False, "resizable": True, "suppressMovable": True},
        dashGridOptions=_options(sum(c.shape[0] * c.shape[1] for c in shown)),
        className="patterns-grid",
        style={"height": "100%", "width": "100%"},
    )


def _options(width: int) -> dict[str, Any]:
    return {
        "cacheBlockSize": tables.window_rows(width),
        "maxBlocksInCache": 10,
        "maxConcurrentDatasourceRequests": 1,
        "infiniteInitialRowCount": 1,
        "rowSelection": {"mode": "multiRow", "headerCheckbox": False, "enableClickSelection": False},
        "selectionColumnDef": {"width": 32, "resizable": False},
        "localeText": {"noRowsToShow": NO_ROWS},
        "headerHeight": 28,
        "rowHeight": 44,
        "animateRows": False,
        "suppressScrollOnNewData": True,
        "stopEditingWhenCellsLoseFocus": True,
        "loadThemeGoogleFonts": False,
    }


def _fixed() -> list[dict[str, Any]]:
    return [
        {"field": "n", "headerName": "row", "width": 42, "cellClass": "row-number"},
        {"field": "name", "headerName": "name", "width": 76, "editable": True, "cellClass": "row-name"},
    ]


def _column(at: int, column: Column) -> dict[str, Any]:
    rows, cols = column.shape
    tip = f"{column.layer}: {column.role or 'no layer'}, {rows} × {cols}"
    return {
        "field": f"c{at}",
        "headerName": f"{'! ' if column.problem else ''}{column.layer}",
        "headerTooltip": f"{tip}; {column.problem}" if column.problem else tip,
        "headerClass": f"pattern-head {column.role}",
        "cellClass": "pattern-td",
        "cellRenderer": "PatternCell",
        "cellRendererParams": {"place": at},
    }
