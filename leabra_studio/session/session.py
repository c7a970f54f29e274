"""A session: one browser tab's document, the simulation of it, and how the two are kept in step."""

from __future__ import annotations

import secrets
import time
from typing import Any, TypeGuard

from leabra_studio.engine.params import shown
from leabra_studio.errors import FormatError, LeabraError, ValidationError
from leabra_studio.model import codec, edits, limits
from leabra_studio.model.program import Level
from leabra_studio.session import progress, results, wording
from leabra_studio.session.editing import Clock, Editing
from leabra_studio.session.frames import Frame, Scene, compose, parse, skip
from leabra_studio.session.freeze import pack, unpack
from leabra_studio.session.simulation import Frozen, Simulation
from leabra_studio.session.training import Training, checked_mode

# Seconds that one tick may run cycles, and whole trials, while no other request waits for the session; most cycles of
# one Step; slowest and fastest speed in cycles/s.
BUDGET, WHOLE_BUDGET = 0.05, 0.2
STEPS, SLOWEST, FASTEST = 1_000_000, 0.01, 1e6

NO_TRAINING = "This model is not trained: it has no patterns, or its plan names none."


class Session(Editing):
    """A session as requests have it: what runs, stops, steps, tests, answers ticks and is kept.

    Not safe for threads, except `stop` and `hurry`: whoever uses it checks it out of a store. See `Editing` for its
    parameters.
    """

    def run(self, speed: float | None, mode: str | None = None) -> None:
        """Run at `speed` cycles/s (None: as fast as possible) until stopped; the ticks do the work.

        Parameters
        ----------
        speed
            Cycles/s. As fast as possible, and unless the view follows the cycles, whole trials run at once.
        mode
            ``train`` or ``test``, of a model that is trained; what it was when left out.

        Raises
        ------
        ValidationError
            If there is no such speed or mode.
        Busy
            While the kernels are being compiled.
        LeabraError
            If the model cannot run.
        """
        simulation = self._runnable()
        if speed is not None and not (_is_number(speed) and SLOWEST <= speed <= FASTEST):
            rule = f"must be {SLOWEST:g} to {FASTEST:,.0f} cycles/s, or nothing for as fast as possible"
            raise ValidationError("Session", "speed", f"{rule} (got {shown(speed)})")
        self._start(simulation, mode)
        if self._runner.running and not simulation.program.stepping:
            self._runner.change(speed)
        else:
            simulation.program.release()
            self._runner.start(speed)

    def stop(self) -> None:
        """Ask from any thread to halt, also while another request has the session at work."""
        self._runner.stopping.set()

    def step(self, count: int = 1, level: str = "cycle", mode: str | None = None) -> None:
        """Run `count` cycles, phases, trials, epochs or runs and stop; what takes longer is left to the ticks.

        Parameters
        ----------
        count, level
            How many of what: ``cycle``, ``phase``, ``trial``, ``epoch`` or ``run``.
        mode
            As `run` has it.

        Raises
        ------
        ValidationError
            If it is no such number, level or mode.
        Busy
            While the kernels are being compiled.
        LeabraError
            If the model cannot run.
        """
        simulation = self._runnable()
        if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= STEPS:
            raise ValidationError("Session", "step", f"must be 1 to {STEPS:,} cycles (got {shown(count)})")
        wanted = _level(level)
        if wanted is not Level.CYCLE and self.training is None:
            raise ValidationError("Session", "level", f"must be cycle where nothing is trained (got {shown(level)})")
        self._start(simulation, mode)
        simulation.program.step(count, wanted)
        self._runner.start(None)
        self._advance(BUDGET)

    def rewind(self, mode: str | None = None) -> None:
        """Stop and go back: free cycles to cycle 0, training to the start of its run with the same seed, a test to its.

        The records of runs that have ended stay.
        """
        self.halt()
        training = self.training
        if training is not None:
            training.choose(checked_mode(mode or training.mode))
        if training is not None and training.mode == "test":
            training.begin_test()
        else:
            self._stage.rewind(self.model, self.revision)

    def init(self, mode: str | None = None) -> None:
        """Stop and begin anew, with the model as it is now: weights from the seed, counters at 0, no records.

        In mode ``test`` only the test goes back to its start.
        """
        training = self.training
        if training is None or checked_mode(mode or training.mode) == "test":
            self.rewind(mode)
            return
        self.halt()
        self._rebuild()

    def new_seed(self) -> None:
        """Draw another seed for the document, which an undo takes back, and begin anew."""
        self.edit(edits.reseed, secrets.randbelow(limits.SEED + 1), label="New seed")
        self.init("train" if self.training else None)

    def choose(self, mode: str) -> None:
        """Train or test from now on; what runs stops.

        Raises
        ------
        ValidationError
            If there is no such mode.
        LeabraError
            If the model is not trained.
        """
        wanted = checked_mode(mode)
        training = self._trained()
        if wanted != training.mode:
            self.halt()
            training.choose(wanted)

    def test_all(self) -> None:
        """Test all rows of the plan's test table, or of the one trained on; the ticks do the work.

        Raises
        ------
        LeabraError
            If the model is not trained, or there is nothing to test with.
        """
        self._test(None)

    def test_one(self, row: int) -> None:
        """Test one row, cycle by cycle, so that it can be scrubbed through.

        Raises
        ------
        LeabraError
            If the model is not trained, or has no such row.
        """
        self._test([row])

    def results(self, what: str, **options: Any) -> dict[str, Any]:
        """Return what training and tests gave, as JSON has it; see `leabra_studio.session.results`.

        Raises
        ------
        LeabraError
            If there is no such result, or nothing has been trained or tested that it could be of.
        """
        return results.result(self._trained(), self.model, what, options)

    def tick(self, request: object, budget: float | None = None) -> Frame:
        """Run what is due, for at most `budget` seconds (more where whole trials run), and answer a tick's request.

        A request that is malformed is answered with a frame that says so; see `leabra_studio.session.frames`.
        """
        try:
            asked = parse(request)
        except ValidationError as error:
            return skip(request, str(error), "bad")
        self._stage.build(self.model, self.revision)
        self._follow = asked.follow
        more = self._advance(budget)
        frame = compose(asked, self._scene(more=more))
        return frame | progress.part(self.training, self.model, asked, self.generation, self._runner.rate)

    def checkpoint(self) -> bytes:
        """Return the session as bytes: document, numbers and net, without undo entries and what was recorded."""
        self._stage.build(self.model, self.revision)
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

    def _trained(self) -> Training:
        """Return the training.

        Raises
        ------
        LeabraError
            If there is none.
        """
        self._runnable()
        if self.training is None:
            raise LeabraError(NO_TRAINING)
        return self.training

    def _start(self, simulation: Simulation, mode: str | None) -> None:
        """Make a training ready to go on in a mode."""
        simulation.follow(self.model, self.revision)
        training = self.training
        if training is not None:
            training.start(checked_mode(mode or training.mode))
        elif mode is not None:
            checked_mode(mode)

    def _test(self, rows: list[int] | None) -> None:
        training = self._trained()
        training.follow(self.model, self.revision)
        self.halt()
        training.start("test", rows, anew=True)
        if rows is not None:
            training.program.step(1, Level.TRIAL)
        self._runner.start(None)
        self._advance(BUDGET)

    def _runnable(self) -> Simulation:
        self._stage.build(self.model, self.revision)
        return self._stage.runnable()

    def _advance(self, budget: float | None) -> bool:
        """Run what is due; return whether more is due than there was time for."""
        simulation = self._stage.simulation
        if simulation is None:
            return False
        simulation.whole = self._follow != "cycle" and self._runner.fast
        if budget is None:
            budget = WHOLE_BUDGET if simulation.whole and self.training else BUDGET
        try:
            return self._runner.slice(simulation, lambda: simulation.follow(self.model, self.revision), budget)
        except LeabraError as error:
            self._stage.fail(error)
            self.halt()
            return False

    def _scene(self, *, more: bool) -> Scene:
        """Return what a frame is a picture of."""
        facts, note, simulation = (self.state, self.generation, self.revision), self._stage.note, self._stage.simulation
        if simulation is None:
            return Scene(*facts, 0, {}, more=more, note=note)
        past = simulation.cycle > 0 and not self._runner.running
        return Scene(
            *facts,
            simulation.cycle,
            simulation.layers,
            recorder=simulation.recorder,
            units=simulation.units,
            rate=self._runner.rate,
            stale_why=wording.reason(simulation.pending(self.model)) if past else "",
            more=more,
            note=note,
        )


def _level(name: object) -> Level:
    for level in Level:
        if name == level.name.lower():
            return level
    rule = f"must be one of {', '.join(level.name.lower() for level in Level)} (got {shown(name)})"
    raise ValidationError("Session", "level", rule)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
