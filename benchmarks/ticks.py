"""What one tick costs the server and the line: CPU time and bytes, without Dash and without a browser.

Ticks come every 100 ms by a clock that does not wait, and each page shows three traces and one variable on all units.
"""

import json
import statistics
import time

from leabra_studio.engine import warm
from leabra_studio.model import gallery
from leabra_studio.session import Session

TICKS = 300
INTERVAL = 0.1
SPEEDS = (100.0, 1000.0, None)


class Clock:
    """Real time, and what is added to it."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


def measure(key: str, speed: float | None) -> str:
    """Return a line of figures for one example at one speed."""
    clock = Clock()
    session = Session(gallery.load_example(key), clock=clock)
    view = {"var": "act", "layer": None, "unit": 0, "vars": ["v_m", "act", "gc_i"], "hover": None}
    gen, cursor, seconds, sizes = -1, -1, [], []
    session.run(speed)
    for n in range(TICKS):
        before = time.thread_time()
        frame = session.tick({"n": n, "gen": gen, "cursor": cursor, "view": view})
        seconds.append(time.thread_time() - before)
        sizes.append(len(json.dumps(frame, separators=(",", ":"))))
        gen, cursor = frame["gen"], frame["from"] + frame["count"]
        clock.ahead += INTERVAL if speed else 0.0
    cycles = session.cycle / TICKS
    asked = f"{speed:.0f} cycles/s" if speed else "max"
    cpu, size = statistics.median(seconds[10:]), statistics.median(sizes[10:])
    return f"{key:14} {asked:>14} {cycles:10.0f} {1e3 * cpu:10.2f} {1e3 * max(seconds[10:]):8.2f} {size:8.0f}"


def main() -> None:
    """Print one line for each example and speed."""
    if not warm.wait(300):
        raise SystemExit(f"the kernels were not compiled: {warm.failed()}")
    print(f"per tick, median of {TICKS}:")
    print(f"{'network':14} {'speed':>14} {'cycles':>10} {'CPU ms':>10} {'max ms':>8} {'bytes':>8}")
    for key in ("two_neurons", "four_layers"):
        for speed in SPEEDS:
            print(measure(key, speed))


if __name__ == "__main__":
    main()
