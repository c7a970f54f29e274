"""What one net can hold; every limit is met with a sentence."""

MAX_UNITS = 1_000_000
"""Units of a net."""

MAX_CYCLES = 1_000_000_000
"""Cycles in one call."""

MAX_SEED = 2**128 - 1
"""Seed of a generator: as many bits as it has."""

MAX_OBJECTS = 10_000
"""Layers and projections of a net."""

MAX_CONNECTIONS = 500_000_000
"""Connections of a projection, 16 bytes each."""

MAX_HEADER = 64_000_000
"""Bytes of the description inside a saved net."""

MAX_TEXT = 16_000_000
"""Characters of a weights file in JSON beyond those that the net's own weights can need, see `CONNECTION_TEXT`."""

CONNECTION_TEXT = 200
"""Characters that one connection takes in a weights file in JSON, at most."""
