"""Intents of the import of patterns: a file is looked at first, as often as its columns are given another meaning."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping

from leabra_studio.engine.params import shown
from leabra_studio.errors import FormatError, ValidationError
from leabra_studio.model import limits, tables
from leabra_studio.model.edits.made import import_rows
from leabra_studio.model.names import checked_name
from leabra_studio.model.tables import Preview
from leabra_studio.web.arguments import Intent, text
from leabra_studio.web.context import Context, Effect
from leabra_studio.web.table_dialogs import DIALOG
from leabra_studio.web.views import table_import


def _import_read(context: Context, intent: Intent) -> Effect:
    filename = text(intent, "filename")
    view = table_import.preview(context.model, _read(context, intent), filename, table_name(filename))
    return Effect(panes={DIALOG: view}, hint="Say which layer the columns are for, then press Import")


def _import(context: Context, intent: Intent) -> Effect:
    name, into = table_name(text(intent, "filename")), text(intent, "into")
    found = _read(context, intent)
    if not found.rows:
        raise ValidationError("Import", "rows", f"must be at least one; {table_import.why_not(found)}")
    hint = context.edit(import_rows, found.rows, name, into or None, label=f"Import {len(found.rows)} rows of patterns")
    return Effect(hint=hint, table=into or context.model.patterns[-1].name)


def _read(context: Context, intent: Intent) -> Preview:
    return tables.read(_bytes(text(intent, "data")), context.model.layers, _mapping(intent.get("mapping")))


def _bytes(data: str) -> bytes:
    """The file, which travels as base64."""
    if len(data) > limits.TABLE_BYTES * 4 // 3 + 4:
        raise FormatError(f"The file is too large; at most {limits.TABLE_BYTES // 2**20} MB are read")
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValidationError("Request", "data", "must be the bytes of a file in base64") from error


def _mapping(wanted: object) -> Mapping[str, str | None]:
    """Name of a group of columns -> the layer it is for."""
    if wanted is None:
        return {}
    if not isinstance(wanted, Mapping) or not all(value is None or isinstance(value, str) for value in wanted.values()):
        raise ValidationError("Request", "mapping", f"must give columns a layer or null (got {shown(wanted)})")
    return wanted


def table_name(filename: str) -> str:
    """The name of a table for the patterns of a file: that of the file, where a table may be called so."""
    stem = filename.rpartition(".")[0] or filename
    try:
        return checked_name("Table", stem[: limits.NAME_LENGTH])
    except ValidationError:
        return "imported"


HANDLERS: Mapping[str, Callable[[Context, Intent], Effect]] = {"import_read": _import_read, "import_table": _import}
