"""The whole page as a function of a session: one document, one revision, everything derived from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from leabra_studio.errors import LeabraError, ValidationError
from leabra_studio.model import codec
from leabra_studio.model.document import Model
from leabra_studio.model.patterns import PatternTable
from leabra_studio.model.problems import Problem, problems
from leabra_studio.session.session import Session
from leabra_studio.web import tables
from leabra_studio.web.arguments import Intent, echo
from leabra_studio.web.context import Context, Effect
from leabra_studio.web.fields import ALL, field_update
from leabra_studio.web.intents import perform
from leabra_studio.web.panes import FIELD_PANES, PLAN, Look, changed, panes
from leabra_studio.web.values import Setting, common_settings, setting, settings
from leabra_studio.web.views import canvas, pins

FIELD_OPS = ("set_param",)
"""Intents of the form itself: its rows are brought up to date one by one, so typing is not disturbed."""

VIEW_OPS = ("set_view", "pin")
"""Intents that change what the document says of the view, which is no revision."""

KEEP = "keep"
"""The intent that asks for the document alone."""


@dataclass(frozen=True)
class Answer:
    """What one intent changes on the page.

    Attributes
    ----------
    page
        The data of the ``page`` store.
    panes
        Pane name -> new content; panes that look the same are left out.
    shown
        Pane name -> fingerprint of what the browser has after this answer.
    document
        The document for the browser's autosave, None when it did not change.
    """

    page: dict[str, Any]
    panes: dict[str, Any]
    shown: dict[str, str]
    document: str | None


def answer(session: Session, intent: Intent, selected: tuple[str, ...], shown: Mapping[str, str]) -> Answer:
    """Carry out an intent and say what the page must now show."""
    revision, before = session.revision, tables.chosen(session.model, shown.get("table", ""))
    effect, error = _perform(session, intent, selected)
    if effect.select is not None:
        selected = effect.select
    selected = tuple(name for name in selected if name in session.model.names)
    some = problems(session.model)
    found = _by_object(session.model, some)
    shown = _remembered(shown, effect)
    look = replace(_look(intent, selected, found, shown), every_problem=some, about=_about(intent, selected, effect))
    contents, prints = changed(panes(session, look), shown, _typed_in(intent, selected))
    page = _page(session, intent, selected, found) | _effects(effect, error)
    page["about"] = look.about
    page["fields"] = _plan_fields(intent, error) if look.about else _fields(session.model, intent, selected, error)
    page["pins"] = _pinned_fields(session.model, intent, error)
    page["patterns"] = _patterns(session.model, look.table, before, effect)
    edited = session.revision != revision or (intent.get("op") in VIEW_OPS and error is None)
    page["keep_later"] = edited and tables.is_large(session.model)
    keep = intent.get("op") == KEEP or (edited and not page["keep_later"])
    return Answer(
        page, contents | dict(effect.panes), {**shown, **prints}, codec.dumps(session.model) if keep else None
    )


def _by_object(model: Model, some: Iterable[Problem]) -> dict[str, str]:
    """All that is wrong with each layer and projection, in one text."""
    found: dict[str, list[str]] = {}
    for problem in some:
        found.setdefault(problem.name, []).append(problem.message)
    return {name: " ".join(found[name]) for name in found if name in model.names}


def _about(intent: Intent, selected: tuple[str, ...], effect: Effect) -> str:
    """What the inspector shows where nothing is selected: the plan, or, empty, the model."""
    wanted = intent.get("about") if effect.about is None else effect.about
    return PLAN if wanted == PLAN and not selected else ""


def _plan_fields(intent: Intent, error: LeabraError | None) -> list[dict[str, Any]]:
    """The field of the plan that was refused."""
    key = intent.get("key")
    meant = error is not None and intent.get("op") == "set_plan" and isinstance(key, str)
    return [{"path": key, "error": sentence(error)}] if meant and error else []


def _remembered(shown: Mapping[str, str], effect: Effect) -> Mapping[str, str]:
    """What the browser is to remember of the choices that an effect makes."""
    chosen = {"script_for": effect.script_for, "table": effect.table}
    return {**shown, **{key: value for key, value in chosen.items() if value}}


def _look(intent: Intent, selected: tuple[str, ...], found: dict[str, str], shown: Mapping[str, str]) -> Look:
    tab, dock = str(intent.get("tab") or ""), str(intent.get("dock") or "")
    return Look(selected, found, shown.get("script_for", ""), tab, dock, shown.get("table", ""))


def _patterns(model: Model, wanted: str, before: PatternTable | None, effect: Effect) -> dict[str, Any]:
    """What the page shows of the tables of patterns; rows only where they alone have changed."""
    table = tables.chosen(model, wanted)
    same = table is not None and before is not None and table.name == before.name
    some = tables.changed(model, tables.mark(before), table, effect.rows) if same and before else None
    return tables.about(model, table) | {"changed": some}


def _typed_in(intent: Intent, selected: tuple[str, ...]) -> tuple[str, ...]:
    """The panes whose fields somebody is using; the model's own form, shown for no selection, has none of them."""
    if intent.get("op") not in FIELD_OPS:
        return ()
    return FIELD_PANES if selected else tuple(pane for pane in FIELD_PANES if pane != "form")


def _perform(session: Session, intent: Intent, selected: tuple[str, ...]) -> tuple[Effect, LeabraError | None]:
    try:
        return perform(Context(session, selected), intent), None
    except LeabraError as error:
        return Effect(), error


def _page(session: Session, intent: Intent, selected: tuple[str, ...], found: dict[str, str]) -> dict[str, Any]:
    model, history = session.model, session.history
    return {
        "seq": echo(intent, "seq"),
        "op": echo(intent, "op"),
        "rev": session.revision,
        "gen": session.generation,
        "name": model.name,
        "seed": model.seed,
        "cycles": model.cycles,
        "undo": history.undo_label,
        "redo": history.redo_label,
        "select": list(selected),
        "layers": canvas.cards(model, found),
        "order": [layer.name for layer in model.layers],
        "problems": found,
        "view": _view(model),
        "state": session.state,
    }


def _view(model: Model) -> dict[str, Any]:
    view = model.view
    return {"var": view.variable, "layer": view.layer, "unit": view.unit, "vars": list(view.shown)}


def _effects(effect: Effect, error: LeabraError | None) -> dict[str, Any]:
    return {
        "toast": {"text": effect.toast, "undo": effect.undoable} if effect.toast else None,
        "edit_name": effect.edit_name or None,
        "hint": effect.hint or None,
        "notice": effect.notice or None,
        "download": effect.download,
        "link": effect.link or None,
        "left": effect.left,
        "error": {"message": sentence(error)} if error else None,
    }


def sentence(error: LeabraError) -> str:
    """An error as the page says it: the field and the rule, without the name of a Python class."""
    if isinstance(error, ValidationError):
        return f"{error.field}: {error.rule}"
    return str(error)


def _fields(model: Model, intent: Intent, selected: tuple[str, ...], error: LeabraError | None) -> list[dict[str, Any]]:
    fields = [field_update(s) for s in _form_settings(model, selected)]
    path = intent.get("path") or intent.get("key")
    if error and _is_for_form(intent, selected) and isinstance(path, str):
        kept = next((f for f in fields if f["path"] == path), {"path": path})
        fields = [f for f in fields if f is not kept] + [_refused(kept, error)]
    return fields


def _is_for_form(intent: Intent, selected: tuple[str, ...]) -> bool:
    """Whether an intent is about what the form shows, and not about a parameter pinned beside it."""
    return bool(selected) and intent.get("name") in (None, selected[0] if len(selected) == 1 else ALL)


def _form_settings(model: Model, selected: tuple[str, ...]) -> Iterable[Setting]:
    """The parameters in the form: those of one object, or what several of one kind have in common."""
    if len(selected) == 1:
        return settings(model, selected[0])
    return common_settings(model, selected) if len({model.kind_of(name) for name in selected}) == 1 else ()


def _pinned_fields(model: Model, intent: Intent, error: LeabraError | None) -> list[dict[str, Any]]:
    """The pinned parameters of objects that are still there."""
    fields = []
    for name, path in pins.known(model):
        field = field_update(setting(model, name, path)) | {"name": name}
        meant = (intent.get("name"), intent.get("path")) == (name, path)
        fields.append(_refused(field, error) if error and meant else field)
    return fields


def _refused(field: dict[str, Any], error: LeabraError) -> dict[str, Any]:
    """The state of a row whose new value was refused."""
    stays = f"; {field['text']} stays in force" if field.get("text") else ""
    return field | {"error": sentence(error) + stays}
