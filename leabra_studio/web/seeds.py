"""Seeds as people write them: ``42-51``, ``1, 5, 9``, ``10 from 42``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from leabra_studio.errors import LimitError, ValidationError
from leabra_studio.model import limits
from leabra_studio.session.batches import FIRST, RUNS

LONGEST = 2000
"""Characters of the text."""
COUNTED = re.compile(r"\s*(\d{1,12})\s+from\s+(\d{1,12})\s*", re.IGNORECASE | re.ASCII)
PIECE = re.compile(r"(\d{1,12})(?:\s*[-–]\s*(\d{1,12}))?", re.ASCII)
RULE = "must be whole numbers, such as 42-51 or 1, 5, 9 or 10 from 42"


def parse_seeds(raw: object) -> tuple[int, ...]:
    """The seeds of a text, each once and in its order.

    Raises
    ------
    ValidationError
        It names no seeds, or one twice.
    LimitError
        It names too many.
    """
    if not isinstance(raw, str) or len(raw) > LONGEST:
        raise ValidationError("Batch", "Seeds", RULE)
    counted = COUNTED.fullmatch(raw)
    count, first = (int(counted[1]), int(counted[2])) if counted else (0, 0)
    ranges = [(first, first + count - 1)] if counted else list(_pieces(raw))
    total = sum(last - start + 1 for start, last in ranges)
    if total > RUNS:
        raise LimitError(f"Seeds: must be {RUNS} at most (got {total:,}); lb.batch takes more from Python")
    seeds = [seed for start, last in ranges for seed in range(start, last + 1)]
    return _checked(seeds)


def _pieces(raw: str) -> Iterator[tuple[int, int]]:
    """The first and the last seed of each part between commas."""
    for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", raw))):
        found = PIECE.fullmatch(part)
        words = [part] if found else part.split()
        for word in words:
            yield _piece(word)


def _piece(word: str) -> tuple[int, int]:
    found = PIECE.fullmatch(word)
    if found is None:
        raise ValidationError("Batch", "Seeds", f"{RULE} (got {word[:40]})")
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise ValidationError("Batch", "Seeds", f"must go upwards (got {word[:40]}); try {last}-{first}")
    return first, last


def _checked(seeds: list[int]) -> tuple[int, ...]:
    if not seeds:
        raise ValidationError("Batch", "Seeds", f"{RULE} (got none)")
    if max(seeds) > limits.SEED:
        raise ValidationError("Batch", "Seeds", f"must be up to {limits.SEED} (got {max(seeds)})")
    twice = next((seed for i, seed in enumerate(seeds) if seed in seeds[:i]), None)
    if twice is not None:
        raise ValidationError("Batch", "Seeds", f"must differ from each other (got {twice} twice)")
    return tuple(seeds)


def write_seeds(seeds: Sequence[int]) -> str:
    """Seeds as short as they can be told: ``42-51, 60``."""
    stretches = [list(group) for _, group in groupby(enumerate(seeds), key=lambda pair: pair[1] - pair[0])]
    parts = [
        f"{stretch[0][1]}-{stretch[-1][1]}" if len(stretch) > 2 else ", ".join(str(seed) for _, seed in stretch)
        for stretch in stretches
    ]
    return ", ".join(parts)


def first_seeds(seed: int) -> str:
    """The seeds of a first batch of a model: its own and those that follow."""
    start = min(seed, limits.SEED - FIRST + 1)
    return write_seeds(range(start, start + FIRST))
