"""Intents of the editor beyond single objects: specs, several objects at once, files, links, the wizard, pins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from leabra_studio.engine.params import shown
from leabra_studio.engine.rand import DISTRIBUTIONS, Distribution
from leabra_studio.errors import ValidationError
from leabra_studio.model import codec, edits, limits, link
from leabra_studio.model.document import Role
from leabra_studio.model.edits.align import align, distribute
from leabra_studio.model.edits.specs import own_copy, remove_spec, rename_spec, use_spec
from leabra_studio.model.wizard import Connect, new_network
from leabra_studio.web.arguments import Intent, names, optional_text, text
from leabra_studio.web.context import Context, Effect
from leabra_studio.web.extras import FIRST_NUMBERS
from leabra_studio.web.fields import as_text
from leabra_studio.web.files import file_name
from leabra_studio.web.parsing import parse_number, parse_whole
from leabra_studio.web.values import setting
from leabra_studio.web.views.canvas import cards

DOCUMENT_TYPE = "application/json"


def _use_spec(context: Context, intent: Intent) -> Effect:
    name, spec = text(intent, "name"), optional_text(intent, "spec")
    label = f"{name} uses {spec or 'the defaults'}"
    return Effect(hint=context.edit(use_spec, name, spec, label=label))


def _own_spec(context: Context, intent: Intent) -> Effect:
    name = text(intent, "name")
    return Effect(hint=context.edit(own_copy, name, label=f"{name} gets a spec of its own"))


def _rename_spec(context: Context, intent: Intent) -> Effect:
    old, new = text(intent, "name"), text(intent, "value").strip()
    if old == new:
        return Effect()
    return Effect(hint=context.edit(rename_spec, old, new, label=f"Rename spec {old} to {new}"))


def _remove_spec(context: Context, intent: Intent) -> Effect:
    spec = text(intent, "spec")
    context.edit(remove_spec, spec, label=f"Delete spec {spec}")
    return Effect(toast=f"Deleted spec {spec}", undoable=True)


def _align(context: Context, intent: Intent) -> Effect:
    how = text(intent, "how")
    return Effect(hint=_place(context, align, how, f"Align: {how}"))


def _distribute(context: Context, intent: Intent) -> Effect:
    how = text(intent, "how")
    return Effect(hint=_place(context, distribute, how, f"Spread {how}ly"))


def _place(context: Context, op: Callable[..., Any], how: str, label: str) -> str:
    sizes = {name: (card["w"], card["h"]) for name, card in cards(context.model, {}).items()}
    layers = tuple(name for name in context.selected if name in sizes)
    return context.edit(op, layers, how, sizes, label=label)


def _open(context: Context, intent: Intent) -> Effect:
    model = codec.loads(text(intent, "document"))
    context.session.open(model)
    return Effect(select=(), hint=f"Opened {model.name} · the model before is one Undo away", left=True)


def _save_file(context: Context, intent: Intent) -> Effect:
    name = file_name(context.model.name, codec.SUFFIX)
    download = {"filename": name, "content": codec.dumps(context.model), "type": DOCUMENT_TYPE}
    return Effect(hint=f"Saved as {name}", download=download)


def _share(context: Context, intent: Intent) -> Effect:
    return Effect(link=link.to_link(context.model))


def _open_link(context: Context, intent: Intent) -> Effect:
    model = link.from_link(text(intent, "link"))
    context.session.open(model)
    return Effect(select=(), hint=f"Opened {model.name} from a link · the model before is one Undo away", left=True)


def _wizard(context: Context, intent: Intent) -> Effect:
    rows = intent.get("layers")
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise ValidationError("Wizard", "layers", f"must be a list of layers (got {shown(rows)})")
    layers = [_wizard_row(row) for row in rows]
    connect = cast("Connect", text(intent, "connect"))  # new_network refuses other words
    model = new_network(text(intent, "name").strip(), layers, connect=connect, seed=context.model.seed)
    context.session.open(model)
    table = model.patterns[0].name
    hint = f"Made {model.name} · next: rows for its table {table}, at the lower right · Undo brings the old model back"
    return Effect(select=(), hint=hint, left=True, table=table)


def _wizard_row(row: Mapping[str, Any]) -> tuple[str, int, int, Role]:
    name = text(row, "name").strip()
    rows, cols = (parse_whole(name or "Layer", key, row.get(key)) for key in ("rows", "cols"))
    return name, rows, cols, cast("Role", text(row, "role"))


def _set_dist(context: Context, intent: Intent) -> Effect:
    name, key = text(intent, "name"), text(intent, "key")
    field = key.removeprefix("dist.")
    before: Distribution = setting(context.model, name, "dist").value
    if field == "type":
        word = text(intent, "value")
        if word not in DISTRIBUTIONS:
            raise ValidationError("Projn", "dist", f"must be one of {', '.join(DISTRIBUTIONS)} (got {shown(word)})")
        new = {"type": word, **FIRST_NUMBERS[word]}
    else:
        numbers = {one: getattr(before, one) for one in type(before).params()}
        new = {"type": type(before).__name__, **numbers, field: parse_number("Projn", key, intent.get("value"))}
    label = f"dist of {name}: {as_text(new)}"
    return Effect(hint=context.edit(edits.set_param, name, "dist", new, label=label), field=key)


def _toggle_mask(context: Context, intent: Intent) -> Effect:
    name, path, unit = text(intent, "name"), text(intent, "path"), intent.get("unit")
    found = setting(context.model, name, path)
    rows, cols = found.shape or (0, 0)
    if isinstance(unit, bool) or not isinstance(unit, int) or not 0 <= unit < rows * cols:
        raise ValidationError("Projn", path, f"has no such unit (got {shown(unit)})")
    mask = [bool(found.value[i % len(found.value)]) for i in range(rows * cols)]
    mask[unit] = not mask[unit]
    if not any(mask):
        raise ValidationError("Projn", path, "must leave at least one unit in; take another one in first")
    label = f"{path} of {name}: unit {unit} {'in' if mask[unit] else 'out'}"
    return Effect(hint=context.edit(edits.set_param, name, path, tuple(mask), label=label))


def _pin(context: Context, intent: Intent) -> Effect:
    pin = (text(intent, "name"), text(intent, "path"))
    setting(context.model, *pin)
    pins = tuple(p for p in context.model.view.pins if p[0] in context.model.names)
    if pin not in pins and len(pins) >= limits.PINS:
        raise ValidationError("View", "pins", f"must be at most {limits.PINS} (got one more); unpin another first")
    pins = tuple(p for p in pins if p != pin) if pin in pins else (*pins, pin)
    context.session.show(edits.set_view(context.model, pins=pins))
    return Effect()


def _script_for(context: Context, intent: Intent) -> Effect:
    dialect = text(intent, "value")
    if dialect not in DIALECTS:
        raise ValidationError("Script", "for", f"must be one of {', '.join(DIALECTS)} (got {shown(dialect)})")
    return Effect(script_for=dialect)


def _duplicate(context: Context, intent: Intent) -> Effect:
    before = set(context.model.names)
    chosen = names(intent, "names")
    what = chosen[0] if len(chosen) == 1 else f"{len(chosen)} objects"
    hint = context.edit(edits.duplicate, chosen, label=f"Duplicate {what}")
    return Effect(select=tuple(n for n in context.model.names if n not in before), hint=hint)


ORIGINAL = "leabra7"
DIALECTS = ("leabra_studio", ORIGINAL)
"""Libraries that a script can be written for."""

HANDLERS: Mapping[str, Callable[[Context, Intent], Effect]] = {
    "use_spec": _use_spec,
    "own_spec": _own_spec,
    "rename_spec": _rename_spec,
    "remove_spec": _remove_spec,
    "align": _align,
    "distribute": _distribute,
    "open": _open,
    "save_file": _save_file,
    "share": _share,
    "open_link": _open_link,
    "wizard": _wizard,
    "set_dist": _set_dist,
    "toggle_mask": _toggle_mask,
    "pin": _pin,
    "script_for": _script_for,
    "duplicate": _duplicate,
}
