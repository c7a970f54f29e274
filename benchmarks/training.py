"""Training in a session against the library's own calls: trials per second, two sessions at once, Stop, memory.

The net is that of IRIS, 36-23-3, with random patterns of its kind: speed does not depend on what they mean.
"""

import statistics
import sys
import threading
import time
import tracemalloc

import numpy as np

import leabra_studio as lb
from leabra_studio.engine import warm
from leabra_studio.model import Layer, Model, PatternTable, Projn, Row, TrainingPlan
from leabra_studio.session import Session

ROWS, EPOCHS = 120, 25
SIZES = {"input": 36, "hidden": 23, "output": 3}
JOINS = (("input", "hidden"), ("hidden", "output"), ("output", "hidden"))


def patterns() -> tuple[np.ndarray, np.ndarray]:
    """Return inputs with four units of 36 on, and one of three targets for each."""
    rng = np.random.default_rng(1)
    x = np.eye(9)[rng.integers(0, 9, (ROWS, 4))].reshape(ROWS, -1)
    return x, np.eye(3)[rng.integers(0, 3, ROWS)]


def model(epochs: int) -> Model:
    """Return the document: no early stop, no tests."""
    x, y = patterns()
    rows = tuple(Row(f"f{i}", {"input": a, "output": b}) for i, (a, b) in enumerate(zip(x, y, strict=True)))
    roles = {"input": "input", "hidden": "hidden", "output": "target"}
    return Model(
        layers=tuple(Layer(name, (1, size), roles[name]) for name, size in SIZES.items()),
        projns=tuple(Projn(f"{a}_to_{b}", a, b) for a, b in JOINS),
        patterns=(PatternTable("train", rows),),
        plan=TrainingPlan("train", epochs=epochs, stop_after=0),
    )


def by_calls() -> float:
    """Return the trials per second of the library's calls, one by one as programs make them."""
    net = lb.Net(42)
    for name, size in SIZES.items():
        net.new_layer(name, size)
    for a, b in JOINS:
        net.new_projn(f"{a}_to_{b}", a, b)
    x, y = patterns()
    began = time.perf_counter()
    for _ in range(EPOCHS):
        for a, b in zip(x, y, strict=True):
            net.clamp_layer("input", a)
            net.minus_phase_cycle(50)
            net.clamp_layer("output", b)
            net.plus_phase_cycle(25)
            net.unclamp_layer("input")
            net.unclamp_layer("output")
            net.learn()
        net.end_epoch(0.0)
    return ROWS * EPOCHS / (time.perf_counter() - began)


def tick(session: Session, follow: str = "epoch") -> dict:
    """Tick as the page does, with all records at hand."""
    view = {"var": "act", "layer": None, "unit": 0, "vars": ["v_m", "act", "gc_i"], "hover": None}
    rows = len(session.training.records)
    return session.tick({"n": 1, "gen": session.generation, "cursor": -1, "view": view, "follow": follow, "rows": rows})


def in_session(epochs: int = EPOCHS) -> float:
    """Return the trials per second of a session that runs as fast as possible."""
    session = Session(model(epochs))
    tick(session)
    session.run(None)
    began = time.perf_counter()
    while tick(session)["state"] == "running":
        pass
    return ROWS * epochs / (time.perf_counter() - began)


def two_at_once() -> float:
    """Return the mean trials per second of each of two sessions in two threads."""
    speeds: list[float] = []
    threads = [threading.Thread(target=lambda: speeds.append(in_session(EPOCHS * 2))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statistics.mean(speeds)


def stop_latency() -> list[float]:
    """Return how many seconds a slice goes on after Stop, ten times."""
    session = Session(model(100_000))
    tick(session)
    return [stopped(session) for _ in range(10)]


def stopped(session: Session) -> float:
    """Run, ask for Stop in the middle of a slice, and return how long it went on."""
    asked: list[float] = []

    def ask() -> None:
        asked.append(time.perf_counter())
        session.stop()

    session.run(None)
    tick(session)
    timer = threading.Timer(0.03, ask)
    timer.start()
    tick(session)
    return time.perf_counter() - asked[0]


def memory() -> float:
    """Return the megabytes that 500 epochs add to a session."""
    session = Session(model(500))
    tick(session)
    session.step(1, "epoch")
    tracemalloc.start()
    session.run(None)
    while tick(session)["state"] == "running":
        pass
    return tracemalloc.get_traced_memory()[0] / 2**20


def main() -> None:
    """Print the figures; library and session by turns, as the machine may be shared."""
    if not warm.wait(300):
        raise SystemExit(f"the kernels were not compiled: {warm.failed()}")
    by_calls(), in_session(3)
    pairs = [(by_calls(), in_session()) for _ in range(5)]
    library, session = (statistics.median(speeds) for speeds in zip(*pairs, strict=True))
    ratio = statistics.median(b / a for a, b in pairs)
    print(f"library {library:8.0f} trials/s   session {session:8.0f} trials/s   ratio {ratio:.2f}")
    alone, both = in_session(EPOCHS * 2), two_at_once()
    print(f"alone   {alone:8.0f} trials/s   each of two {both:6.0f} trials/s   ratio {both / alone:.2f}")
    late = stop_latency()
    print(f"Stop    median {1e3 * statistics.median(late):.1f} ms, longest {1e3 * max(late):.1f} ms")
    if "--memory" in sys.argv:
        print(f"memory  {memory():.2f} MB more after 500 epochs")


if __name__ == "__main__":
    main()
