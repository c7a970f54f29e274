"""How large a model may be.

A session holds one network and the last cycles of all its units in memory, and a server holds many sessions.
"""

from __future__ import annotations

from leabra_studio.errors import LimitError

NAME_LENGTH = 80
NOTES_LENGTH = 20_000
LAYERS = 200
PROJNS = 1000
SPECS = 1200
LAYER_UNITS = 4096
"""Units in one layer, such as 64 x 64."""
UNITS = 16_384
CONNECTIONS = 4_000_000
"""Pairs of units over all projections: 64 MB of weights."""
CYCLES = 100_000
PINS = 12
"""Parameters pinned on the canvas."""
SEED = 2**32 - 1
CANVAS = 1_000_000.0
"""Pixels from the canvas's origin in either direction."""
TABLES = 50
"""Tables of patterns."""
EVENTS = 10_000
"""Rows over all tables."""
PATTERN_VALUES = 500_000
"""Numbers over all tables: 10,000 events of 50 units."""
PHASE_CYCLES = 10_000
EPOCHS = 100_000
RUNS = 1000
DOCUMENT_BYTES = 16 * 2**20
"""Room for the largest tables, every number in full."""
TABLE_BYTES = 16 * 2**20
"""A file of patterns to import."""


def at_most(count: int, limit: int, what: str) -> None:
    """Refuse a `count` above `limit`.

    Raises
    ------
    LimitError
        Says `what` is too many, and how many are allowed.
    """
    if count > limit:
        raise LimitError(f"A model may have at most {limit:,} {what} (this would be {count:,})")
