"""What the tests of sessions share: a page without a browser, a clock of their own, stand-ins for what is only kept."""

import base64
import json
import time
from typing import Any

import numpy as np

from leabra_studio.errors import Missing
from leabra_studio.model import gallery
from leabra_studio.session.batches import Batches
from leabra_studio.session.session import Session
from leabra_studio.session.store import SessionStore

VARS = ("v_m", "act", "gc_i")


class Clock:
    """A clock that goes on when told, and a little with every look so that no slice lasts for ever."""

    def __init__(self, step: float = 0.0) -> None:
        self.now = 1000.0
        self.step = step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def request(**changes: Any) -> dict[str, Any]:
    """Return a tick's request; what is part of the view goes there."""
    view: dict[str, Any] = {"var": "act", "layer": "output", "unit": 0, "vars": list(VARS), "hover": None}
    base: dict[str, Any] = {"n": 7, "gen": 0, "cursor": -1, "view": view}
    for name, value in changes.items():
        (view if name in view else base)[name] = value
    return base


def floats(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<f8")


def two(**kwargs: Any) -> Session:
    """Return a session on the paper's two neurons."""
    return Session(gallery.load_example("two_neurons"), **kwargs)


def loop(**kwargs: Any) -> Session:
    """Return a session on the 4-4-2 network with feedback, whose weights are random."""
    return Session(gallery.load_example("feedback_loop"), **kwargs)


class Page:
    """What the browser holds of one unit: series from cycle 0 of the present generation on."""

    def __init__(
        self, session: Session, layer: str = "output", unit: int = 0, variables: tuple[str, ...] = VARS
    ) -> None:
        self.session = session
        self.view = {"layer": layer, "unit": unit, "vars": list(variables)}
        self.gen, self.n = -1, 0
        self.series = {name: np.empty(0) for name in variables}
        self.frame: dict[str, Any] = {}

    @property
    def count(self) -> int:
        return len(next(iter(self.series.values())))

    def tick(self, *, lost: bool = False, budget: float = 0.05) -> dict[str, Any]:
        """Send one tick; take over the answer unless it is lost."""
        self.n += 1
        asked = request(n=self.n, gen=self.gen, cursor=self.count or -1, **self.view)
        frame = json.loads(json.dumps(self.session.tick(json.loads(json.dumps(asked)), budget), allow_nan=False))
        if not lost:
            self.take(frame)
        return frame

    def take(self, frame: dict[str, Any]) -> None:
        assert "skip" not in frame, frame
        assert frame["n"] == self.n
        if frame["gen"] != self.gen:
            self.gen, self.series = frame["gen"], {name: np.empty(0) for name in self.series}
        assert frame["from"] <= self.count, "cycles were left out"
        for name, text in frame["series"].items():
            values = floats(text)
            assert len(values) == frame["count"]
            self.series[name] = np.concatenate([self.series[name][: frame["from"]], values])
        self.frame = frame


def recorded(session: Session, first: int = 0) -> np.ndarray:
    """Return what was recorded from cycle `first` on, [cycles, variables, units]."""
    recorder = session._stage.simulation.recorder
    assert recorder.first <= first, "the ring has forgotten cycles"
    return recorder.data[np.arange(first, recorder.stop) % recorder.capacity]


class Parked:
    """Stands for a session where only keeping it matters."""

    def __init__(self, mark: int = 0) -> None:
        self.mark = mark
        self.state, self.epochs = "stopped", 0
        self.stopped = False
        self.batches = Batches()

    def stop(self) -> None:
        self.stopped = True

    def hurry(self) -> None:
        """It is never at work."""


class Shelf:
    """Stands for the checkpoints: a dictionary that counts."""

    def __init__(self, *, lasting: bool = True) -> None:
        self.lasting = lasting
        self.kept: dict[str, int] = {}
        self.saves: list[int] = []
        self.delay = 0.0

    def save(self, sid, session):
        self.kept[sid] = session.mark
        self.saves.append(session.mark)

    def load(self, sid):
        time.sleep(self.delay)
        return Parked(self.kept[sid]) if sid in self.kept else None


def has(store: SessionStore, sid: str) -> bool:
    try:
        with store.checkout(sid):
            return True
    except Missing:
        return False
