"""Intents of the dialogs about whole tables: splitting one, making patterns, noise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model import generators
from leabra_studio.model.document import Layer
from leabra_studio.model.edits.made import add_copy, put_made, split_for_training
from leabra_studio.model.limits import NAME_LENGTH
from leabra_studio.model.patterns import Pattern, PatternTable, columns, find_table
from leabra_studio.web.arguments import Intent, text
from leabra_studio.web.context import Context, Effect
from leabra_studio.web.parsing import parse_number, parse_whole
from leabra_studio.web.views import table_dialogs

DIALOG = "table_dialog"
"""The pane that the dialogs are drawn in."""


def _split_ask(context: Context, intent: Intent) -> Effect:
    table = find_table(context.model, text(intent, "table"))
    return Effect(panes={DIALOG: table_dialogs.split(table)})


def _split(context: Context, intent: Intent) -> Effect:
    table = text(intent, "table")
    fraction = parse_number("Split", "share", intent.get("fraction")) / 100
    if not 0 < fraction < 1:
        got = shown(intent.get("fraction"))
        raise ValidationError("Split", "share to train on", f"must be more than 0 and less than 100 % (got {got})")
    seed = parse_whole("Split", "seed", intent.get("seed"))
    hint = context.edit(split_for_training, table, fraction, seed, label=f"Split {table} to train and test")
    train, test = context.model.patterns[-2:]
    counts = f"{len(train.rows)} rows to train on, {len(test.rows)} to test with"
    return Effect(hint=hint, toast=f"{train.name} and {test.name}: {counts}", undoable=True, table=train.name)


def _generate_ask(context: Context, intent: Intent) -> Effect:
    name = intent.get("table")
    table = None if name is None else find_table(context.model, name)
    return Effect(panes={DIALOG: table_dialogs.generate(context.model, table)})


def _generate(context: Context, intent: Intent) -> Effect:
    kind = text(intent, "kind")
    maker = MAKERS.get(kind)
    if kind in NOISES:
        return _noise(context, intent, kind)
    if maker is None:
        raise ValidationError("Request", "kind", f"must be one of {', '.join([*MAKERS, *NOISES])} (got {shown(kind)})")
    layers = _layers(context, intent)
    made = {layer.name: maker(layer, intent, at) for at, layer in enumerate(layers)}
    into = text(intent, "table") if intent.get("into") == "shown" else None
    hint = context.edit(put_made, made, into, label=f"Generate patterns for {' and '.join(made)}")
    return Effect(hint=hint, table=into or context.model.patterns[-1].name)


def _layers(context: Context, intent: Intent) -> tuple[Layer, ...]:
    """The layers that a dialog means: one by its name, all inputs and targets by none."""
    wanted, known = text(intent, "layer"), columns(context.model.layers)
    found = tuple(layer for layer in known if wanted in ("", layer.name))
    if not found:
        names = ", ".join(layer.name for layer in known) or "none yet; add one first"
        raise ValidationError("Generator", "layer", f"must be an input or a target (got {shown(wanted)}): {names}")
    return found


def _one_hot(layer: Layer, intent: Intent, at: int) -> tuple[Pattern, ...]:
    return generators.one_hot(layer.size)


def _random(layer: Layer, intent: Intent, at: int) -> tuple[Pattern, ...]:
    """Random patterns; each further layer with the next seed, so that layers of one size get different ones."""
    count, active, distance, seed = (
        parse_whole("Generator", key, intent.get(key)) for key in ("count", "active", "distance", "seed")
    )
    return generators.random_patterns(count, layer.size, active, distance, seed + at)


MAKERS: Mapping[str, Callable[[Layer, Intent, int], tuple[Pattern, ...]]] = {"one_hot": _one_hot, "random": _random}
"""Kind of patterns -> what makes them for one layer."""

NOISES: Mapping[str, Callable[[PatternTable, list[str], float, int], PatternTable]] = {
    "flipped": generators.flipped,
    "gaussian": generators.noisy,
}
"""Kind of noise -> what makes a table with it."""


def _noise(context: Context, intent: Intent, kind: str) -> Effect:
    table = find_table(context.model, text(intent, "table"))
    if not table.rows:
        raise ValidationError("Noise", "table", f"must have rows ({shown(table.name)} has none); add some first")
    layers = [layer.name for layer in _layers(context, intent) if layer.name in table.columns]
    if not layers:
        rule = f"must be one that {shown(table.name)} has patterns for (got {shown(intent['layer'])})"
        raise ValidationError("Noise", "layer", rule)
    measure = "probability" if kind == "flipped" else "deviation"
    amount = parse_number("Noise", measure, intent.get(measure))
    seed = parse_whole("Noise", "seed", intent.get("seed"))
    made = NOISES[kind](table, layers, amount, seed)
    named = replace(made, name=f"{table.name[: NAME_LENGTH - 10].rstrip()}_noisy")
    hint = context.edit(add_copy, named, label=f"Make {table.name} with noise")
    return Effect(hint=hint, table=context.model.patterns[-1].name)


HANDLERS: Mapping[str, Callable[[Context, Intent], Effect]] = {
    "split_ask": _split_ask,
    "split_table": _split,
    "generate_ask": _generate_ask,
    "generate": _generate,
}
