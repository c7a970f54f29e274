"""The runner: advances a simulation in slices of time, at the speed asked for, until it is stopped."""

import threading
import time
from collections.abc import Callable
from math import inf

from leabra_studio.session.pace import Pace
from leabra_studio.session.simulation import Simulation

# Stop is heard between chunks of cycles; a chunk takes about so many seconds of work. Of work, not by the clock: while
# another thread has the interpreter a chunk is late, and smaller ones would only ask for it more often.
SHORT, LONG = 0.002, 0.008


class Runner:
    """Whether, how fast and how long to run.

    Parameters
    ----------
    clock
        Returns seconds that only grow.
    effort
        Returns the seconds that this thread has worked.

    Attributes
    ----------
    running
        Whether there is something to do for the next slice.
    stopping
        Set from any thread to end a slice after its present chunk, and the run with it.
    hurried
        Set from any thread to end a slice after its present chunk; the run goes on with the next one.
    """

    def __init__(self, clock: Callable[[], float], effort: Callable[[], float] = time.thread_time) -> None:
        self.running = False
        self.stopping, self.hurried = threading.Event(), threading.Event()
        self._clock, self._effort = clock, effort
        self._pace = Pace(clock)

    @property
    def rate(self) -> float | None:
        """Cycles per second, measured; None when nothing runs or it is too early to say."""
        return self._pace.rate if self.running else None

    @property
    def fast(self) -> bool:
        """Whether it runs as fast as possible."""
        return self._pace.speed is None

    def start(self, speed: float | None) -> None:
        """Begin to run at `speed` cycles/s, None for as fast as possible."""
        self.running = True
        self.stopping.clear()
        self._pace.start(speed)

    def change(self, speed: float | None) -> None:
        """Go on at another speed."""
        self._pace.change(speed)

    def halt(self) -> None:
        """Stop running."""
        self.running = False
        self.stopping.clear()

    def slice(self, simulation: Simulation, follow: Callable[[], None], budget: float) -> bool:
        """Run what is due, for at most `budget` seconds; return whether more is due than there was time for.

        Parameters
        ----------
        simulation
            What to advance.
        follow
            Called before cycles are run, to bring the net up to date.
        budget
            Seconds.

        Raises
        ------
        LeabraError
            If the net refuses to run.
        """
        if not self.running:
            return False
        before = simulation.cycle
        due = inf if simulation.program.stepping else self._pace.due()
        left = self._chunks(simulation, follow, due, self._clock() + budget)
        self.hurried.clear()
        self._pace.spent(simulation.cycle - before)
        if self.stopping.is_set() or simulation.problem or not simulation.program.chunk(1):
            simulation.program.release()
            self.halt()
        return left and self.running

    def _chunks(self, simulation: Simulation, follow: Callable[[], None], due: float, deadline: float) -> bool:
        """Run chunks until nothing is due, Stop is asked for or the deadline is over; return whether it was that."""
        while due > 0 and not self.stopping.is_set():
            began = self._effort()
            follow()
            ran = simulation.advance(int(min(due, simulation.chunk)))
            simulation.chunk = _tuned(simulation, self._effort() - began)
            due -= ran
            if not ran or simulation.problem:
                return False
            if self._clock() >= deadline or self.hurried.is_set():
                return due > 0
        return False


def _tuned(simulation: Simulation, seconds: float) -> int:
    """Return how many cycles the next chunk should have when the last one took so long."""
    chunk = simulation.chunk
    if seconds < SHORT:
        return min(2 * chunk, simulation.longest)
    return max(1, chunk // 2) if seconds > LONG else min(chunk, simulation.longest)
