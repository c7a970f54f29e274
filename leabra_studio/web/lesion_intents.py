"""Intents of lesions: what takes no part until it is healed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from leabra_studio.engine.lesion import Lesion
from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model import edits
from leabra_studio.web.arguments import Intent, text
from leabra_studio.web.context import Context, Effect
from leabra_studio.web.fields import as_text
from leabra_studio.web.parsing import parse_number, parse_whole


def _lesion(context: Context, intent: Intent) -> Effect:
    name = text(intent, "name")
    return Effect(hint=context.edit(edits.lesion, name, label=f"Lesion {name}"))


def _heal(context: Context, intent: Intent) -> Effect:
    name = text(intent, "name")
    return Effect(hint=context.edit(edits.heal, name, label=f"Heal {name}"))


def _set_lesion(context: Context, intent: Intent) -> Effect:
    """Change how many units of a layer are lesioned, in percent, or which."""
    name, key = text(intent, "name"), text(intent, "key")
    context.model.layer(name)
    before = context.model.lesions.get(name, Lesion())
    if key == "seed":
        cut = replace(before, seed=parse_whole("Lesion", key, intent.get("value")))
        return _put(context, name, cut, f"Lesion of {name}: seed {cut.seed}", key)
    if key != "fraction":
        raise ValidationError("Request", "key", f"must be fraction or seed (got {shown(key)})")
    percent = parse_number("Lesion", "percent", intent.get("value"))
    if not 0.0 <= percent <= 100.0:
        raise ValidationError("Lesion", "percent", f"must be from 0 to 100 (got {shown(percent)})")
    if percent == 0.0:
        return replace(_heal(context, intent), field=key)
    cut = replace(before, fraction=percent / 100)
    return _put(context, name, cut, f"Lesion {as_text(percent)} % of {name}", key)


def _put(context: Context, name: str, cut: Lesion, label: str, key: str) -> Effect:
    return Effect(hint=context.edit(edits.lesion, name, cut.fraction, cut.seed, label=label), field=key)


HANDLERS: Mapping[str, Callable[[Context, Intent], Effect]] = {
    "lesion": _lesion,
    "heal": _heal,
    "set_lesion": _set_lesion,
}
