"""Intents of the training plan: its form, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from leabra_studio.engine.params import shown
from leabra_studio.engine.schedules import SCHEDULES
from leabra_studio.errors import ValidationError
from leabra_studio.model import edits
from leabra_studio.model.plan import TrainingPlan
from leabra_studio.model.values import TYPE
from leabra_studio.web.arguments import Intent, text
from leabra_studio.web.context import Context, Effect
from leabra_studio.web.fields import as_text
from leabra_studio.web.parsing import MAX_TEXT, parse_value, parse_whole

SCHEDULE = "lrate_schedule"


def words(name: str) -> str:
    """A field's name as a person reads it: ``minus_cycles`` -> ``Minus cycles``."""
    return name.replace("_", " ").capitalize()


def _plan_show(context: Context, intent: Intent) -> Effect:
    return Effect(select=(), about="plan")


def _plan_hide(context: Context, intent: Intent) -> Effect:
    return Effect(select=(), about="")


def _set_plan(context: Context, intent: Intent) -> Effect:
    key = text(intent, "key")
    field, value, said = _change(context.model.plan, key, intent.get("value"))
    if getattr(context.model.plan, field) == value:
        return Effect(field=key)
    return Effect(hint=context.edit(edits.set_plan, label=f"Training: {said}", **{field: value}), field=key)


def _change(plan: TrainingPlan, key: str, raw: Any) -> tuple[str, Any, str]:
    """The field of the plan that a field of its form changes, its new value, and both in words."""
    if key in plan.params():
        value = parse_value(plan.params()[key], raw)
        return key, value, f"{words(key).lower()} {as_text(value)}"
    if key in ("train", "test"):
        name = _typed(key, raw)
        return key, name or None, f"{key} {'on' if key == 'train' else 'with'} {name or 'no table'}"
    if key == "seeds":
        seeds = tuple(parse_whole("Plan", key, word) for word in _typed(key, raw).replace(",", " ").split())
        return key, seeds, f"seeds {as_text(seeds) or 'that follow the model'}"
    if key.partition(".")[0] == SCHEDULE:
        schedule = _schedule(plan, key.partition(".")[2], raw)
        return SCHEDULE, schedule, f"learning rate {as_text(schedule) if schedule else 'stays as it is'}"
    raise ValidationError("Request", "key", f"must be a field of the plan (got {shown(key)})")


def _schedule(plan: TrainingPlan, field: str, raw: Any) -> dict[str, Any] | None:
    """The schedule of another type, with the numbers declared as its first, or with one other number."""
    if field == TYPE:
        word = _typed(SCHEDULE, raw)
        if word and word not in SCHEDULES:
            rule = f"must be none or one of {', '.join(SCHEDULES)} (got {shown(word)})"
            raise ValidationError("Plan", SCHEDULE, rule)
        first = {name: param.default for name, param in SCHEDULES[word].params().items()} if word else {}
        return {TYPE: word, **first} if word else None
    before = plan.schedule()
    if before is None or field not in before.params():
        raise ValidationError("Plan", SCHEDULE, f"has no such number (got {shown(field)})")
    return {**dict(plan.lrate_schedule or {}), field: parse_value(before.params()[field], raw)}


def _typed(key: str, raw: Any) -> str:
    if not isinstance(raw, str) or len(raw) > MAX_TEXT:
        raise ValidationError("Request", key, f"must be a text of at most {MAX_TEXT} characters (got {shown(raw)})")
    return raw.strip() if key == "seeds" else raw


HANDLERS: Mapping[str, Callable[[Context, Intent], Effect]] = {
    "plan_show": _plan_show,
    "plan_hide": _plan_hide,
    "set_plan": _set_plan,
}
