"""What the tests of training share: a small task, a session on it, and the same done by hand with the library alone."""

from dataclasses import replace
from typing import Any

import numpy as np

import leabra_studio as lb
from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.model import Layer, Model, PatternTable, Projn, Row, TrainingPlan
from leabra_studio.model.document import NamedSpec
from leabra_studio.model.program import order
from leabra_studio.session.session import Session
from tests.session.helpers import request

ACT = UNIT_NAMES.index("act")
INPUTS = ((1, 0, 1, 0), (0, 1, 1, 0), (0, 1, 0, 1))
TARGETS = ((1, 0), (0, 1), (1, 0))
ROWS = tuple(Row(f"p{i}", {"in": x, "out": y}) for i, (x, y) in enumerate(zip(INPUTS, TARGETS, strict=True)))
PLAN = TrainingPlan(
    "train", "test", 8, 4, epochs=4, runs=1, stop_after=0, test_every=2, test_cycles=6, test_state="restored"
)
SPEC = NamedSpec("wide", "projn", {"dist": {"type": "Uniform", "low": 0.25, "high": 0.75}, "lrate": 0.2})
NET = Model(
    layers=(Layer("in", (1, 4), "input"), Layer("hid", (1, 3)), Layer("out", (1, 2), "target")),
    projns=(Projn("up", "in", "hid", "wide"), Projn("over", "hid", "out", "wide"), Projn("back", "out", "hid", "wide")),
    specs=(SPEC,),
    patterns=(PatternTable("train", ROWS), PatternTable("test", ROWS[:2])),
    plan=PLAN,
)


def model(**plan: Any) -> Model:
    """Return the task with another plan."""
    return replace(NET, plan=replace(PLAN, **plan))


def pupil(clock: Any = None, **plan: Any) -> Session:
    """Return a session on the task."""
    return Session(model(**plan), clock=clock) if clock else Session(model(**plan))


def ask(session: Session, follow: str = "never", rows: int = -1, **changes: Any) -> dict[str, Any]:
    """Tick once."""
    fields = {"layer": "hid", "gen": session.generation, **changes}
    return session.tick(request(follow=follow, rows=rows, **fields))


def finish(session: Session, follow: str = "never") -> dict[str, Any]:
    """Tick until it stops; return the last frame."""
    for _ in range(2000):
        frame = ask(session, follow)
        if frame["state"] != "running":
            return frame
    raise AssertionError("it never stopped")


def train(session: Session, follow: str = "never", mode: str = "train") -> dict[str, Any]:
    """Run to the end, whole trials at once unless the cycles are followed."""
    ask(session, follow)
    session.run(None, mode)
    return finish(session, follow)


def state(session: Session) -> np.ndarray:
    """Return everything that matters of the net: units, layers, weights."""
    kept = session._stage.simulation.net.state(weights=True)
    return np.concatenate([kept.units.ravel(), kept.layers.ravel(), kept.weights.ravel()])


class ByHand:
    """The same net, trained with public calls of the library alone."""

    def __init__(self, task: Model, run: int = 0) -> None:
        self.plan, self.task = task.plan, task
        self.seed = self.plan.seed_of(run, task.seed)
        spec = lb.ProjnSpec(dist=lb.Uniform(0.25, 0.75), lrate=0.2)
        self.net = lb.Net(self.seed)
        for layer in task.layers:
            self.net.new_layer(layer.name, layer.size)
        for projn in task.projns:
            self.net.new_projn(projn.name, projn.pre, projn.post, spec)
        if self.plan.schedule():
            self.net.schedule_lrate(self.plan.schedule())

    def epoch(self, epoch: int) -> None:
        out = self.net.unit_slice("out")
        errors = []
        for row in order(self.plan, len(INPUTS), self.seed, epoch):
            self.net.clamp_layer("in", INPUTS[row])
            self.net.minus_phase_cycle(self.plan.minus_cycles)
            errors.append(np.abs(np.array(TARGETS[row]) - self.net.units[ACT, out]))
            self.net.clamp_layer("out", TARGETS[row])
            self.net.plus_phase_cycle(self.plan.plus_cycles)
            self.net.unclamp_layer("in")
            self.net.unclamp_layer("out")
            self.net.learn()
        if self.plan.test_state == "kept" and (
            (epoch + 1) % self.plan.test_every == 0 or epoch + 1 == self.plan.epochs
        ):
            self.test()
        self.net.end_epoch(float(np.mean(np.where(np.array(errors) < 0.5, 0.0, errors) ** 2)))

    def test(self) -> None:
        for x in INPUTS[:2]:
            self.net.clamp_layer("in", x)
            self.net.cycle(self.plan.test_cycles)
            self.net.unclamp_layer("in")

    def state(self) -> np.ndarray:
        kept = self.net.state(weights=True)
        return np.concatenate([kept.units.ravel(), kept.layers.ravel(), kept.weights.ravel()])
