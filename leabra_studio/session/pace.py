"""Pace: how many cycles are due by the clock, and how many really run in a second."""

from collections import deque
from collections.abc import Callable

# A page that was asleep for longer than this catches up with so much only, in seconds.
DEBT = 2.0
# The rate is measured over so many seconds, and over one interval at least.
WINDOW = 2.0


class Pace:
    """Turns the time that went by into cycles that are due.

    Parameters
    ----------
    clock
        Returns seconds that only grow.

    Attributes
    ----------
    speed
        Cycles/s asked for; None for as fast as possible.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.speed: float | None = None
        self._credit = 0.0  # cycles that are due
        self._at = 0.0
        self._total = 0
        self._samples: deque[tuple[float, int]] = deque()

    def start(self, speed: float | None) -> None:
        """Start the clock; the first cycle is due at once."""
        self._credit, self._at = 1.0, self._clock()
        self._samples.clear()
        self.speed = speed

    def change(self, speed: float | None) -> None:
        """Go on at another speed (cycles/s; None: as fast as possible)."""
        self._settle()
        self.speed = speed

    def due(self) -> float:
        """Return how many cycles should have run by now and have not (infinity: as many as possible)."""
        self._settle()
        return float("inf") if self.speed is None else int(self._credit)

    def spent(self, cycles: int) -> None:
        """Take `cycles`, which have run, off what is due."""
        now = self._clock()
        self._credit = max(0.0, self._credit - cycles)
        self._total += cycles
        self._samples.append((now, self._total))
        while len(self._samples) > 2 and self._samples[1][0] <= now - WINDOW:
            self._samples.popleft()

    @property
    def rate(self) -> float | None:
        """Cycles per second, measured; None as long as there is too little to measure."""
        if len(self._samples) < 2:
            return None
        (began, first), (ended, last) = self._samples[0], self._samples[-1]
        return (last - first) / (ended - began) if ended > began else None

    def _settle(self) -> None:
        now = self._clock()
        speed = self.speed or 0.0
        self._credit = min(self._credit + (now - self._at) * speed, max(1.0, speed * DEBT))
        self._at = now
