"""The example models that come with the studio."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from leabra_studio.errors import ValidationError
from leabra_studio.model.codec import SUFFIX, loads
from leabra_studio.model.document import Model

FOLDER = files("leabra_studio.model") / "examples"
KEYS = ("two_neurons", "pattern_association", "error_driven_hidden", "iris", "feedback_loop", "four_layers")


@dataclass(frozen=True)
class Example:
    """What a menu shows of an example.

    Parameters
    ----------
    key : str
        What `load_example` knows it by.
    title : str
        The model's name.
    summary : str
        One or two sentences: what there is to see.
    size_text : str
        Such as ``2 layers, 1 projection``, or ``2 layers, 4 patterns``.
    """

    key: str
    title: str
    summary: str
    size_text: str


@cache
def examples() -> tuple[Example, ...]:
    """Return the examples, the first one for beginners."""
    return tuple(_described(key) for key in KEYS)


@cache
def load_example(key: str) -> Model:
    """Return the model of an example.

    Raises
    ------
    ValidationError
        If there is no such example.
    """
    if key not in KEYS:
        raise ValidationError("Gallery", "key", f"must be one of {', '.join(KEYS)} (got {key[:40]!r})")
    return loads((FOLDER / f"{key}{SUFFIX}").read_bytes())


def _described(key: str) -> Example:
    model = load_example(key)
    summary, _, _ = model.notes.partition("\n")
    return Example(key, model.name, summary, size_text(model))


def size_text(model: Model) -> str:
    """Return how large a model is, such as ``2 layers, 1 projection``, or with patterns ``2 layers, 4 patterns``."""
    events = sum(len(table.rows) for table in model.patterns)
    more = _count(events, "pattern") if events else _count(len(model.projns), "projection")
    return f"{_count(len(model.layers), 'layer')}, {more}"


def _count(n: int, word: str) -> str:
    return f"{n} {word}{'' if n == 1 else 's'}"
