"""Changes of a running model in a few words, for marks in a plot and for what is out of date."""

from collections.abc import Sequence
from typing import Any

from leabra_studio.model.calls import Call, Make
from leabra_studio.model.document import Model

DONE = {"clamp_layer": "clamped", "unclamp_layer": "let go", "lesion": "lesioned", "heal": "healed"}
LESIONS = ("lesion", "heal")


def mark(calls: Sequence[Call]) -> str:
    """Return what has changed and to what, such as ``gi 1.3``; empty when nothing that matters to the net has."""
    texts = [_set_to(call) for call in calls if call.verb != "own"]
    return f"{texts[0]} and {len(texts) - 1} more" if len(texts) > 1 else "".join(texts)


def reason(calls: Sequence[Call]) -> str:
    """Return why results no longer belong to the model, such as ``gi changed``; empty when they do."""
    names = list(dict.fromkeys(_what(call) for call in calls if call.verb != "own"))
    if not names:
        return ""
    return f"{names[0]} and {len(names) - 1} more changed" if len(names) > 1 else f"{names[0]} changed"


def _what(call: Call) -> str:
    if call.verb == "set":
        return _parameter(call)
    return f"{'lesion' if call.verb in LESIONS else 'input'} of {call.args['name']}"


def _set_to(call: Call) -> str:
    if call.verb == "set":
        return f"{_parameter(call)} {_text(call.args['value'])}"
    return f"{call.args['name']} {DONE[call.verb]}"


def _parameter(call: Call) -> str:
    return str(call.args["path"]).rpartition(".")[2]


def _text(value: Any) -> str:
    if isinstance(value, Make):
        return value.type
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def learnt_otherwise(calls: Sequence[Call], model: Model) -> str:
    """Return that weights were learnt with other parameters, such as ``hidden gi changed: ...``; empty if not."""
    sets = [call for call in calls if call.verb == "set"]
    if not sets:
        return ""
    owner = next((name for name in model.names if name in sets[0].about), "")
    more = f" and {len(sets) - 1} more" if len(sets) > 1 else ""
    return f"{owner} {_parameter(sets[0])}{more} changed: weights were learnt with another value; Init to apply"
