"""Intents of the table of patterns: painting, pasting, rows, and whole tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model import edits
from leabra_studio.model.document import Model
from leabra_studio.model.patterns import columns, find_table
from leabra_studio.model.table_text import written
from leabra_studio.web.arguments import Intent, text, whole, wholes
from leabra_studio.web.context import Context, Effect
from leabra_studio.web.files import file_name
from leabra_studio.web.parsing import parse_number

FORMS: Mapping[str, tuple[str, str]] = {
    "csv": (".csv", "text/csv"),
    "tsv": (".tsv", "text/tab-separated-values"),
    "emergent": (".dtbl", "text/tab-separated-values"),
}
"""Form of a file of patterns -> its ending and type."""


def _paint(context: Context, intent: Intent) -> Effect:
    table, row, layer = text(intent, "table"), whole(intent, "row"), text(intent, "layer")
    value = parse_number("Table", "value", intent.get("value"))
    values = dict.fromkeys(wholes(intent, "units"), value)
    if not values:
        raise ValidationError("Request", "units", "must be at least one unit (got none)")
    label = f"Paint {layer} in row {row + 1} of {table}"
    return Effect(hint=context.edit(edits.set_values, table, row, layer, values, label=label), table=table, rows=(row,))


def _paste(context: Context, intent: Intent) -> Effect:
    table, row, layer, block = text(intent, "table"), whole(intent, "row"), text(intent, "layer"), text(intent, "text")
    unit, before = whole(intent, "unit"), len(find_table(context.model, table).rows)
    context.edit(edits.paste, table, row, layer, unit, block, label=f"Paste into {table}, row {row + 1}")
    count = len(block.rstrip("\r\n").splitlines())
    more = len(find_table(context.model, table).rows) - before
    added = f", {more} of them new" if more else ""
    hint = f"Pasted {count} row{'' if count == 1 else 's'}{added} · Undo with Ctrl+Z"
    return Effect(hint=hint, table=table, rows=() if more else tuple(range(row, row + count)))


def _row_name(context: Context, intent: Intent) -> Effect:
    table, row, name = text(intent, "table"), whole(intent, "row"), text(intent, "value")
    hint = context.edit(edits.set_row_name, table, row, name, label=f"Name row {row + 1} of {table}")
    return Effect(hint=hint, table=table, rows=(row,))


def _row_add(context: Context, intent: Intent) -> Effect:
    table = text(intent, "table")
    at = None if intent.get("at") is None else whole(intent, "at")
    return Effect(hint=context.edit(edits.add_row, table, at, label=f"Add a row to {table}"), table=table)


def _rows_duplicate(context: Context, intent: Intent) -> Effect:
    table, some = text(intent, "table"), wholes(intent, "rows")
    label = f"Duplicate {_counted(some)} of {table}"
    return Effect(hint=context.edit(edits.duplicate_rows, table, some, label=label), table=table)


def _rows_remove(context: Context, intent: Intent) -> Effect:
    table, some = text(intent, "table"), wholes(intent, "rows")
    context.edit(edits.remove_rows, table, some, label=f"Delete {_counted(some)} of {table}")
    return Effect(toast=f"Deleted {_counted(some)} of {table}", undoable=True, table=table)


def _rows_move(context: Context, intent: Intent) -> Effect:
    table, some, before = text(intent, "table"), wholes(intent, "rows"), whole(intent, "before")
    label = f"Move {_counted(some)} of {table}"
    return Effect(hint=context.edit(edits.move_rows, table, some, before, label=label), table=table)


def _counted(some: tuple[int, ...]) -> str:
    return f"row {some[0] + 1}" if len(some) == 1 else f"{len(set(some))} rows"


def _table_show(context: Context, intent: Intent) -> Effect:
    return Effect(table=find_table(context.model, text(intent, "table")).name)


def _table_new(context: Context, intent: Intent) -> Effect:
    hint = context.edit(_with_table, label="Add a table of patterns")
    return Effect(hint=hint, table=context.model.patterns[-1].name)


def _with_table(model: Model) -> Model:
    """The model with one more table, which has a row to paint in where there is a layer for it."""
    model = edits.add_table(model)
    return edits.add_row(model, model.patterns[-1].name) if columns(model.layers) else model


def _table_rename(context: Context, intent: Intent) -> Effect:
    old, new = text(intent, "table"), text(intent, "value").strip()
    return Effect(hint=context.edit(edits.rename_table, old, new, label=f"Rename table {old} to {new}"), table=new)


def _table_remove(context: Context, intent: Intent) -> Effect:
    table = text(intent, "table")
    context.edit(edits.remove_table, table, label=f"Delete table {table}")
    return Effect(toast=f"Deleted table {table}", undoable=True)


def _table_fit(context: Context, intent: Intent) -> Effect:
    table = text(intent, "table")
    return Effect(hint=context.edit(edits.fit_table, table, label=f"Fit {table} to the network"), table=table)


def _table_export(context: Context, intent: Intent) -> Effect:
    table, form = find_table(context.model, text(intent, "table")), text(intent, "form")
    if form not in FORMS:
        raise ValidationError("Request", "form", f"must be one of {', '.join(FORMS)} (got {shown(form)})")
    ending, kind = FORMS[form]
    name = file_name(table.name, ending)
    content = written(table, context.model.layers, "csv" if form == "csv" else "tsv" if form == "tsv" else "emergent")
    return Effect(hint=f"Saved as {name}", download={"filename": name, "content": content, "type": kind})


def _keep(context: Context, intent: Intent) -> Effect:
    return Effect()


HANDLERS: Mapping[str, Callable[[Context, Intent], Effect]] = {
    "paint": _paint,
    "paste_cells": _paste,
    "row_name": _row_name,
    "row_add": _row_add,
    "rows_duplicate": _rows_duplicate,
    "rows_remove": _rows_remove,
    "rows_move": _rows_move,
    "table_show": _table_show,
    "table_new": _table_new,
    "table_rename": _table_rename,
    "table_remove": _table_remove,
    "table_fit": _table_fit,
    "table_export": _table_export,
    "keep": _keep,
}
