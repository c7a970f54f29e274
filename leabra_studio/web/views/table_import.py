"""What is in a file of patterns, before any of it is taken over."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from leabra_studio.model.document import Model
from leabra_studio.model.headers import Group
from leabra_studio.model.patterns import Row, free_table_name
from leabra_studio.model.tables import Fault, Preview
from leabra_studio.web.parts import Node
from leabra_studio.web.views.table_dialogs import choice, form

MOST_FAULTS = 20
"""Faults that are shown."""
MOST_GROUPS = 60
"""Groups of columns that are shown."""
MOST_ROWS = 4
"""Rows that are shown."""
MOST_LAYERS = 4
"""Layers of which the shown rows are shown."""
MOST_VALUES = 12
"""Values of a pattern that are shown."""


def preview(model: Model, found: Preview, filename: str, name: str) -> Node:
    """How the columns of a file go to layers, what is wrong, its first rows, and where they go."""
    fits = len(found.rows)
    word = f"Import {fits} row{'' if fits == 1 else 's'}"
    children = [
        html.P(_told(found, filename), className="hint-text"),
        *(_group(model, at, group, found) for at, group in enumerate(found.groups[:MOST_GROUPS])),
        *_notes(found),
        *_faults(found),
        *_rows(found),
        choice("into", "Into", _places(model, name), ""),
    ]
    return form("import_table", word, children, "", reason="" if fits else why_not(found))


def why_not(found: Preview) -> str:
    """Why nothing of a file can be taken over."""
    return said(found.faults[0]) if found.faults else "no column is for a layer; choose one"


def _told(found: Preview, filename: str) -> str:
    left = found.count - len(found.rows)
    faulty = f", {left} of them left out because of what is wrong in them" if left and found.rows else ""
    return f"{filename}: {found.count} row{'' if found.count == 1 else 's'} of patterns{faulty}"


def _group(model: Model, at: int, group: Group, found: Preview) -> Node:
    """One group of columns and the layer it is for; JavaScript asks again when that is changed."""
    layers = [(layer.name, f"{layer.name} ({layer.size} units)") for layer in model.layers]
    columns = f"{len(group.places)} column{'' if len(group.places) == 1 else 's'}"
    chosen = found.mapping.get(group.name, "")
    made = choice(f"group-{at}", f"{group.name}, {columns}", [("", "not imported"), *layers], chosen)
    setattr(made.children[1], "data-group", group.name)
    return made


def _notes(found: Preview) -> list[Node]:
    notes = []
    if found.missing:
        notes.append(f"The file has no patterns for {', '.join(found.missing)}.")
    if found.ignored:
        more = f" and {len(found.ignored) - 5} more" if len(found.ignored) > 5 else ""
        notes.append(f"Not read: {', '.join(found.ignored[:5])}{more}.")
    if len(found.groups) > MOST_GROUPS:
        notes.append(f"{len(found.groups) - MOST_GROUPS} more groups of columns are not shown.")
    return [html.P(note, className="hint-text") for note in notes]


def _faults(found: Preview) -> list[Node]:
    if not found.fault_count:
        return []
    listed = [html.Li(said(fault)) for fault in found.faults[:MOST_FAULTS]]
    more = found.fault_count - len(listed)
    return [html.Ul([*listed, *([html.Li(f"and {more:,} more")] if more > 0 else [])], className="import-faults")]


def said(fault: Fault) -> str:
    """A fault as a sentence that begins with where it is."""
    places = [f"{word} {at}" for word, at in (("row", fault.row), ("column", fault.column)) if at is not None]
    return f"{', '.join(places).capitalize()}: {fault.message}" if places else fault.message


def _rows(found: Preview) -> list[Node]:
    if not found.rows:
        return []
    layers = list(found.rows[0].values)[:MOST_LAYERS]
    head = html.Tr([html.Th(word, scope="col") for word in ("name", *layers)])
    body = [html.Tr(_cells(row, layers)) for row in found.rows[:MOST_ROWS]]
    return [html.Table([html.Thead(head), html.Tbody(body)], className="import-rows", title="The first rows")]


def _cells(row: Row, layers: Sequence[str]) -> list[Node]:
    return [html.Td(row.name or "–"), *(html.Td(_values(row.values[layer])) for layer in layers)]


def _values(values: Sequence[float]) -> str:
    return " ".join(f"{value:.4g}" for value in values[:MOST_VALUES]) + (" …" if len(values) > MOST_VALUES else "")


def _places(model: Model, name: str) -> list[tuple[str, str]]:
    there = [(table.name, f"{table.name}, {_instead(len(table.rows))}") for table in model.patterns]
    return [("", f"a new table, {free_table_name(name, model)}"), *there]


def _instead(count: int) -> str:
    return f"instead of its {count} row{'' if count == 1 else 's'}" if count else "which is empty"
