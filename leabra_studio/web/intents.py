"""What a person asked for, as JavaScript sends it, turned into edits of the session's document.

Every request is checked here: a wrong or missing piece gives a sentence, never an exception that reaches the log.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model import codec, edits, gallery
from leabra_studio.model.document import Model
from leabra_studio.model.edits.several import reset_param_of, set_param_of
from leabra_studio.model.history import DEPTH
from leabra_studio.web import editor_intents, lesion_intents, pattern_intents, plan_intents, table_dialogs, table_import
from leabra_studio.web.arguments import Intent, coordinate, names, text, whole
from leabra_studio.web.context import Context, Effect
from leabra_studio.web.fields import ALL, as_text
from leabra_studio.web.parsing import parse_numbers, parse_value, parse_whole
from leabra_studio.web.values import Setting, setting


def perform(context: Context, intent: Intent) -> Effect:
    """Carry out one intent.

    Raises
    ------
    LeabraError
        The sentence says what was wrong; nothing was changed.
    """
    op = intent.get("op")
    handler = HANDLERS.get(op) if isinstance(op, str) else None
    if handler is None:
        raise ValidationError("Request", "op", f"no such operation (got {shown(op)})")
    return handler(context, intent)


def _refresh(context: Context, intent: Intent) -> Effect:
    return Effect()


def _select(context: Context, intent: Intent) -> Effect:
    known = context.model.names
    return Effect(select=tuple(name for name in names(intent, "names") if name in known))


def _add_layer(context: Context, intent: Intent) -> Effect:
    before = set(context.model.names)
    x, y = coordinate(intent, "x"), coordinate(intent, "y")
    hint = context.edit(_with_layer, role=intent.get("role") or "hidden", x=x, y=y, label="Add a layer")
    name = next(name for name in context.model.names if name not in before)
    return Effect(select=(name,), edit_name=name, hint=hint)


def _with_layer(model: Model, *, role: Any, x: float, y: float) -> Model:
    """The model with one more layer, clamped if it is an input."""
    model = edits.add_layer(model, shape=(1, 1), role=role, x=x, y=y)
    return edits.set_input(model, model.layers[-1].name, (1.0,)) if role == "input" else model


def _connect(context: Context, intent: Intent) -> Effect:
    pre, post = text(intent, "pre"), text(intent, "post")
    before = set(context.model.names)
    hint = context.edit(edits.add_projn, pre, post, label=f"Connect {pre} to {post}")
    return Effect(select=tuple(name for name in context.model.names if name not in before), hint=hint)


def _move(context: Context, intent: Intent) -> Effect:
    nodes = intent.get("nodes")
    if not isinstance(nodes, list) or not all(isinstance(node, Mapping) for node in nodes):
        raise ValidationError("Request", "nodes", f"must be a list of places (got {shown(nodes)})")
    places = {text(node, "id"): (coordinate(node, "x"), coordinate(node, "y")) for node in nodes}
    what = next(iter(places)) if len(places) == 1 else f"{len(places)} layers"
    key = f"move {shown(intent['key'])}" if intent.get("key") else None
    return Effect(hint=context.edit(edits.move, places, label=f"Move {what}", key=key))


def _remove(context: Context, intent: Intent) -> Effect:
    doomed = names(intent, "names")
    before = set(context.model.names)
    projns = {p.name for p in context.model.projns}
    context.edit(edits.remove, doomed, label=f"Delete {_listed(doomed)}")
    also = len((before - set(context.model.names) - set(doomed)) & projns)
    extra = f" and {also} projection{'s' if also > 1 else ''}" if also else ""
    return Effect(select=(), toast=f"Deleted {_listed(doomed)}{extra}", undoable=True)


def _listed(some: tuple[str, ...]) -> str:
    return some[0] if len(some) == 1 else f"{len(some)} objects"


def _rename(context: Context, intent: Intent) -> Effect:
    old, new = text(intent, "name"), _first_text(intent, "new", "value")
    new = new.strip()
    if new == old:
        return Effect()
    hint = context.edit(edits.rename, old, new, label=f"Rename {old} to {new}")
    return Effect(select=(new,), hint=hint, field="name")


def _first_text(intent: Intent, *keys: str) -> str:
    return text(intent, next((key for key in keys if key in intent), keys[0]))


def _set_param(context: Context, intent: Intent) -> Effect:
    name, path = text(intent, "name"), text(intent, "path")
    if name == ALL:
        return _set_several(context, path, intent)
    before = setting(context.model, name, path)
    value = parse_value(before.param, intent.get("value"))
    if value == before.value:
        return Effect(field=path)
    drag = intent.get("drag")
    key = f"{name}.{path} {shown(drag)}" if drag else None
    was = setting(context.start_of(key), name, path).value
    label = f"{path.rpartition('.')[2]} of {name}: {as_text(was)} → {as_text(value)}"
    return Effect(hint=context.edit(edits.set_param, name, path, value, label=label, key=key), field=path)


def _set_several(context: Context, path: str, intent: Intent) -> Effect:
    value = parse_value(_first_setting(context, path).param, intent.get("value"))
    label = f"{path.rpartition('.')[2]} of {len(context.selected)} objects: {as_text(value)}"
    key = f"*.{path}" if intent.get("drag") else None
    return Effect(hint=context.edit(set_param_of, context.selected, path, value, label=label, key=key), field=path)


def _first_setting(context: Context, path: str) -> Setting:
    """The parameter of the first of several selected objects."""
    if not context.selected:
        raise ValidationError("Request", "name", "must name something; select layers or projections first")
    return setting(context.model, context.selected[0], path)


def _reset_param(context: Context, intent: Intent) -> Effect:
    name, path = text(intent, "name"), text(intent, "path")
    word = path.rpartition(".")[2]
    if name == ALL:
        _first_setting(context, path)
        label = f"{word} of {len(context.selected)} objects back to its default"
        return Effect(hint=context.edit(reset_param_of, context.selected, path, label=label), field=path)
    setting(context.model, name, path)
    return Effect(
        hint=context.edit(edits.reset_param, name, path, label=f"{word} of {name} back to its default"), field=path
    )


def _set_shape(context: Context, intent: Intent) -> Effect:
    name, key = text(intent, "name"), text(intent, "key")
    rows, cols = context.model.layer(name).shape
    if key not in ("rows", "cols"):
        raise ValidationError("Request", "key", f"must be rows or cols (got {shown(key)})")
    size = parse_whole("Layer", key, intent.get("value"))
    shape = (size, cols) if key == "rows" else (rows, size)
    label = f"Shape of {name}: {shape[0]} × {shape[1]}"
    return Effect(hint=context.edit(edits.set_shape, name, shape, label=label), field=key)


def _set_role(context: Context, intent: Intent) -> Effect:
    name, role = text(intent, "name"), text(intent, "value")
    return Effect(hint=context.edit(edits.set_role, name, role, label=f"Role of {name}: {role}"), field="role")


def _set_input(context: Context, intent: Intent) -> Effect:
    name, raw = text(intent, "name"), text(intent, "value")
    values = parse_numbers("Layer", "inputs", raw) if raw.strip() else None
    label = f"Clamp {name}" if values else f"Unclamp {name}"
    return Effect(hint=context.edit(edits.set_input, name, values, label=label), field="inputs")


def _set_seed(context: Context, intent: Intent) -> Effect:
    seed = parse_whole("Model", "seed", intent.get("value"))
    if seed == context.model.seed:
        return Effect()
    return Effect(hint=context.edit(edits.set_seed, seed, label=f"Seed {seed}"), field="seed")


def _new_seed(context: Context, intent: Intent) -> Effect:
    seed = secrets.randbelow(10_000)
    return Effect(hint=context.edit(edits.set_seed, seed, label=f"Seed {seed}"))


def _set_name(context: Context, intent: Intent) -> Effect:
    name = text(intent, "value").strip()
    if name == context.model.name:
        return Effect()
    return Effect(hint=context.edit(edits.set_name, name, label=f"Name the model {name}"), field="name")


def _set_notes(context: Context, intent: Intent) -> Effect:
    context.edit(edits.set_notes, text(intent, "value"), label="Edit the notes", key="notes")
    return Effect()


def _tidy(context: Context, intent: Intent) -> Effect:
    return Effect(hint=context.edit(edits.tidy, label="Tidy"))


def _undo(context: Context, intent: Intent) -> Effect:
    steps, label = _steps(intent), context.session.history.undo_label
    context.session.undo(steps)
    what = label if steps == 1 else f"{steps} edits"
    return Effect(hint=f"Undone: {what} · Redo with Ctrl+Shift+Z" if label else "Nothing to undo")


def _redo(context: Context, intent: Intent) -> Effect:
    steps, label = _steps(intent), context.session.history.redo_label
    context.session.redo(steps)
    what = label if steps == 1 else f"{steps} edits"
    return Effect(hint=f"Done again: {what}" if label else "Nothing to redo")


def _steps(intent: Intent) -> int:
    """How many entries of the history a click in its list goes back or forth; one for the key and the button."""
    return min(max(1, whole(intent, "steps")), DEPTH) if "steps" in intent else 1


def _example(context: Context, intent: Intent) -> Effect:
    key = text(intent, "key")
    known = {example.key for example in gallery.examples()}
    if key and key not in known:
        raise ValidationError("Request", "key", f"no such example (got {shown(key)})")
    model = gallery.load_example(key) if key else Model(name="Untitled model", seed=42)
    context.session.open(model)
    return Effect(select=(), hint=f"Opened {model.name} · the model before is one Undo away")


def _restore(context: Context, intent: Intent) -> Effect:
    model = codec.loads(text(intent, "document"))
    context.session.open(model)
    return Effect(select=(), notice=f"{model.name} was restored from this browser.")


def _set_view(context: Context, intent: Intent) -> Effect:
    changes = intent.get("view")
    if not isinstance(changes, Mapping):
        raise ValidationError("Request", "view", f"must be an object (got {shown(changes)})")
    known = {key: changes[key] for key in ("variable", "layer", "unit", "shown", "pins") if key in changes}
    context.session.show(edits.set_view(context.model, **known))
    return Effect()


HANDLERS: Mapping[str, Callable[[Context, Intent], Effect]] = {
    "refresh": _refresh,
    "select": _select,
    "add_layer": _add_layer,
    "connect": _connect,
    "move": _move,
    "remove": _remove,
    "rename": _rename,
    "set_param": _set_param,
    "reset_param": _reset_param,
    "set_shape": _set_shape,
    "set_role": _set_role,
    "set_input": _set_input,
    "set_seed": _set_seed,
    "new_seed": _new_seed,
    "set_name": _set_name,
    "set_notes": _set_notes,
    "tidy": _tidy,
    "undo": _undo,
    "redo": _redo,
    "example": _example,
    "restore": _restore,
    "set_view": _set_view,
    **editor_intents.HANDLERS,
    **lesion_intents.HANDLERS,
    **pattern_intents.HANDLERS,
    **plan_intents.HANDLERS,
    **table_dialogs.HANDLERS,
    **table_import.HANDLERS,
}
