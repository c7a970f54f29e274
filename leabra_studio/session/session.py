"""A session: one browser tab's document, the simulation of it, and how the two are kept in step."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine.params import shown
from leabra_studio.errors import FormatError, LeabraError, ValidationError
from leabra_studio.export.script import Script
from leabra_studio.model import codec
from leabra_studio.model.calls import Call
from leabra_studio.model.document import Model
from leabra_studio.model.history import History
from leabra_studio.model.live import is_structural
from leabra_studio.session import wording
from leabra_studio.session.change import Change
from leabra_studio.session.frames import Frame, Scene, compose, parse, skip
from leabra_studio.session.freeze import pack, unpack
from leabra_studio.session.runner import Runner
from leabra_studio.session.scripts import written
from leabra_studio.session.simulation import Frozen, Simulation
from leabra_studio.session.stage import Stage

# How long one tick may run cycles, in seconds; most cycles of one Step; slowest and fastest speed in cycles/s.
BUDGET = 0.05
STEPS, SLOWEST, FASTEST = 1_000_000, 0.01, 1e6

Clock = Callable[[], float]
Opening = Sequence[Call]
ANEW = "The network was rebuilt and starts again at cycle 0."


class Session:
    """A document with its history, and the simulation that follows it.

    Not safe for threads, except `stop`: whoever uses it checks it out of a store.

    Parameters
    ----------
    model
        The document to begin with.
    clock
        Returns seconds that only grow.
    frozen, opening
        A simulation of the document to go on with; calls that every new net begins with.

    Attributes
    ----------
    history
        The document and its undo entries.
    revision
        Goes up by one with every change of the document, undo and redo included.
    """

    def __init__(
        self, model: Model, *, clock: Clock = time.monotonic, frozen: Frozen | None = None, opening: Opening = ()
    ) -> None:
        self.history, self.revision = History(model), 0
        self._runner = Runner(clock)
        self._stage = Stage(frozen, opening)
        self._stage.build(model, self.revision)

    @property
    def model(self) -> Model:
        """The document as it is now."""
        return self.history.present

    @property
    def generation(self) -> int:
        """Goes up by one whenever the net begins anew: what was recorded before is void."""
        return self._stage.generation

    @property
    def cycle(self) -> int:
        """How many cycles have run."""
        simulation = self._stage.simulation
        return simulation.cycle if simulation else 0

    @property
    def state(self) -> str:
        """``compiling``, ``stopped``, ``running`` or ``error``."""
        if self._stage.state != "ready":
            return self._stage.state
        return "running" if self._runner.running else "stopped"

    @property
    def mark(self) -> tuple[int, int, int]:
        """What is another whenever there is something new to keep."""
        return self.revision, self.generation, self.cycle

    def edit(
        self, op: Callable[..., Model], *args: object, label: str = "", key: str | None = None, **kwargs: object
    ) -> Change:
        """Change the document.

        Parameters
        ----------
        op
            One of `leabra_studio.model.edits`; called with the document, `args` and `kwargs`.
        label
            What the history calls it; the operation's own name when left out.
        key
            Consecutive edits of the same key are one entry of the history.

        Raises
        ------
        LeabraError
            If the edit is refused; nothing has changed then.
        """
        name = label or op.__name__.replace("_", " ").capitalize()
        return self._take(self.history.push(op(self.model, *args, **kwargs), name, key))

    def undo(self) -> Change:
        """Take back the last entry of the history."""
        return self._take(self.history.undo())

    def redo(self) -> Change:
        """Do again what was taken back last."""
        return self._take(self.history.redo())

    def open(self, model: Model) -> Change:
        """Go on with another document, stopped at cycle 0; the one before is one undo away."""
        self.halt()
        self.history = self.history.push(model, f"Open {model.name}").sealed()
        self.revision += 1
        self._rebuild()
        return Change(self.revision, structural=True, rebuilt=True, message=self._stage.problem)

    def show(self, model: Model) -> None:
        """Take over from `model` what the page shows; the document does not change by that."""
        self.history = replace(self.history, present=replace(self.model, view=model.view))

    def run(self, speed: float | None) -> None:
        """Run at `speed` cycles/s (None: as fast as possible) until stopped; the ticks do the work.

        Raises
        ------
        ValidationError
            If there is no such speed.
        Busy
            While the kernels are being compiled.
        LeabraError
            If the model cannot run.
        """
        simulation = self._runnable()
        if speed is not None and not (_is_number(speed) and SLOWEST <= speed <= FASTEST):
            rule = f"must be {SLOWEST:g} to {FASTEST:,.0f} cycles/s, or nothing for as fast as possible"
            raise ValidationError("Session", "speed", f"{rule} (got {shown(speed)})")
        if self._runner.running and not simulation.program.stepping:
            self._runner.change(speed)
        else:
            simulation.program.release()
            self._runner.start(speed)

    def halt(self) -> None:
        """Stop running; nothing is lost."""
        self._runner.halt()
        if self._stage.simulation:
            self._stage.simulation.program.release()

    def stop(self) -> None:
        """Ask from any thread to halt, also while another request has the session at work."""
        self._runner.stopping.set()

    def step(self, count: int = 1) -> None:
        """Run `count` cycles and stop; what does not fit into one slice of time is left to the ticks.

        Raises
        ------
        ValidationError
            If it is no such number.
        Busy
            While the kernels are being compiled.
        LeabraError
            If the model cannot run.
        """
        simulation = self._runnable()
        if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= STEPS:
            raise ValidationError("Session", "step", f"must be 1 to {STEPS:,} cycles (got {shown(count)})")
        simulation.program.step(count)
        self._runner.start(None)
        self._advance(BUDGET)

    def rewind(self) -> None:
        """Stop and go back to cycle 0: the same seed gives the same run again."""
        self.halt()
        self._rebuild()

    def tick(self, request: object, budget: float = BUDGET) -> Frame:
        """Run what is due, for at most `budget` seconds, and answer a tick's request.

        A request that is malformed is answered with a frame that says so; see `leabra_studio.session.frames`.
        """
        try:
            asked = parse(request)
        except ValidationError as error:
            return skip(request, str(error), "bad")
        self._stage.build(self.model, self.revision)
        return compose(asked, self._scene(more=self._advance(budget)))

    def script(self, *, for_leabra7: bool = False) -> Script:
        """Return the script that does again what the screen shows: to the last bit, save with the original Leabra7."""
        return written(self._stage.simulation, self.model, for_leabra7=for_leabra7)

    def weights(self, projn: str) -> NDArray[np.float64] | None:
        """Return the weights of a projection, [post, pre], NaN where there is no connection; None without a net."""
        return self._stage.weights(projn)

    def checkpoint(self) -> bytes:
        """Return the session as bytes: document, numbers and net, without undo entries and what was recorded."""
        frozen = self._stage.freeze()
        header = {
            "document": codec.dumps(self.model),
            "revision": self.revision,
            "generation": self.generation,
            "simulation": frozen and frozen.header,
        }
        return pack(header, frozen.net if frozen else b"")

    @classmethod
    def restore(cls, content: bytes, *, clock: Clock = time.monotonic) -> Session:
        """Return the session of a checkpoint, stopped; it goes on bit for bit, in a new generation.

        Raises
        ------
        FormatError
            If `content` is no checkpoint or has been damaged.
        """
        header, net = unpack(content)
        try:
            frozen = Frozen(header["simulation"], net) if header["simulation"] else None
            session = cls(codec.loads(header["document"]), clock=clock, frozen=frozen)
            session.revision, session._stage.generation = int(header["revision"]), int(header["generation"]) + 1
        except (LookupError, TypeError, ValueError) as error:
            raise FormatError(f"The checkpoint cannot be read ({error})") from error
        return session

    def _take(self, history: History) -> Change:
        """Make `history` the session's, and the simulation follow its document: anew, or with its next cycle."""
        before, self.history = self.history, history
        if history.past is before.past:  # no entry was made or taken back
            return Change(self.revision)
        self.revision += 1
        simulation = self._stage.simulation
        structural = is_structural(simulation.journal.model if simulation else before.present, self.model)
        ran = simulation is not None and simulation.cycle > 0
        if ran and not structural and not self._stage.problem:
            return Change(self.revision)
        self._rebuild()
        return Change(self.revision, structural, rebuilt=ran, message=self._stage.problem or (ANEW if ran else ""))

    def _rebuild(self) -> None:
        """Begin anew at cycle 0; a run goes on, steps do not, and nothing does if the model cannot run."""
        simulation = self._stage.simulation
        stepping = simulation is not None and simulation.program.stepping
        self._stage.begin(self.model, self.revision)
        if stepping or self._stage.problem:
            self.halt()

    def _runnable(self) -> Simulation:
        self._stage.build(self.model, self.revision)
        return self._stage.runnable()

    def _advance(self, budget: float) -> bool:
        """Run what is due; return whether more is due than there was time for."""
        simulation = self._stage.simulation
        if simulation is None:
            return False
        try:
            return self._runner.slice(simulation, lambda: simulation.follow(self.model, self.revision), budget)
        except LeabraError as error:
            self._stage.fail(error)
            self.halt()
            return False

    def _scene(self, *, more: bool) -> Scene:
        """Return what a frame is a picture of."""
        scene = Scene(self.state, self.generation, self.revision, self.cycle, {}, more=more, note=self._stage.note)
        simulation = self._stage.simulation
        if simulation is None:
            return scene
        past = simulation.cycle > 0 and not self._runner.running
        return replace(
            scene,
            layers=simulation.layers,
            recorder=simulation.recorder,
            units=simulation.units,
            rate=self._runner.rate,
            stale_why=wording.reason(simulation.pending(self.model)) if past else "",
        )


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
