"""Lessons: a simulation that shows patterns by a plan, learns, tests, and keeps the statistics of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine.schedules import Constant, Schedule
from leabra_studio.engine.trials import NetState
from leabra_studio.model.calls import Call
from leabra_studio.model.document import Model
from leabra_studio.model.live import live_calls
from leabra_studio.model.plan import obstacle
from leabra_studio.model.program import Stretch, probe
from leabra_studio.session import course, showing
from leabra_studio.session.journal import Journal
from leabra_studio.session.material import Material, image_of, tables_of
from leabra_studio.session.program import Program
from leabra_studio.session.records import Records
from leabra_studio.session.simulation import Simulation, quietly_built
from leabra_studio.session.tally import Outcome, Tally, latest

Floats = NDArray[np.float64]
Mode = Literal["train", "test"]
MODES: tuple[Mode, ...] = ("train", "test")


class Lessons(Simulation):
    """A net that is trained and tested.

    A trial is that of the library's programs: inputs clamped, minus phase, targets clamped, plus phase, all
    unclamped, learning. Trials run cycle by cycle and are recorded, or whole, many in one call; both give the same.

    Parameters
    ----------
    model
        What the net is an image of; its plan can be carried out.
    revision
        The number of that state of the model.
    at
        Where training goes on.
    seed
        The seed of the present run; that of the plan when left out.

    Attributes
    ----------
    model
        The document that the net follows.
    mode
        Whether to train or to test.
    whole
        Whether trials may run whole, which leaves nothing to scrub back to.
    run, seed
        The run that the net belongs to, counted from 0, and the seed of its weights.
    records
        The statistics of every epoch.
    outcomes
        What the last epoch of training and the last test gave.
    pending_outcomes
        The same of the epoch that has not ended yet.
    tested
        How many tests have ended.
    learnt
        Whether the weights are others than at the start of the run.
    before
        The weights [post, pre] at the start of the run, by projection.
    problem
        Why training has stopped by itself; empty when it has not.
    obstacle
        Why the plan cannot be carried out; the net then runs free cycles.
    """

    def __init__(
        self, model: Model, revision: int, *, at: course.Place = course.START, seed: int | None = None
    ) -> None:
        self.model, self.run = model, at[0]
        self.seed = model.plan.seed_of(at[0], model.seed) if seed is None else seed
        self.mode: Mode = "train"
        self.whole, self.learnt, self.problem, self.obstacle, self.tested = False, False, "", "", 0
        self.records = Records()
        self.outcomes: dict[str, Outcome] = {}
        self.pending_outcomes: dict[str, Outcome] = {}
        self.tallies: dict[tuple[str, str], Tally] = {}
        self.aside: dict[str, NetState] = {}
        self.shown: dict[str, course.Shown] = {}
        self.before: dict[str, NDArray[np.float32]] = {}
        self._cycle, self._revised, self._broken, self._probed = 0, False, False, list[int]()
        self._settling = showing.Settling()
        self._schedule: Schedule | None = None
        self.materials: dict[str, Material] = {
            mode: Material.of(model, name) for mode, name in zip(MODES, tables_of(model), strict=True)
        }
        super().__init__(Journal(image_of(model)), revision, quietly_built(replace(image_of(model), seed=self.seed)))
        self.programs = {"free": self.program, "train": self._program(at)}
        self._start_run()

    @property
    def cycle(self) -> int:
        """How many cycles have run, of training and of tests, in all runs."""
        return self._cycle

    @property
    def story(self) -> tuple[Call, ...]:
        """Nothing: the script of a training is that of its document, patterns and plan included."""
        return ()

    @property
    def longest(self) -> int:
        """How many cycles may run at a time."""
        return 10**7 if self.whole else super().longest

    def pending(self, model: Model) -> tuple[Call, ...]:
        """Return the calls that are missing to make the net an image of `model`."""
        return () if model is self.model else live_calls(self.journal.model, image_of(model))

    def follow(self, model: Model, revision: int) -> None:
        """Make the net an image of `model`, at once; other patterns and another plan come with the next trial."""
        if model is self.model:
            return
        super().follow(model, revision)
        self.journal.model = image_of(model)
        before, self.model, self.obstacle = self.model, model, obstacle(model)
        same = model.plan is before.plan and model.patterns is before.patterns and model.layers is before.layers
        self._revised = self._revised or not same
        self.choose(self.mode)

    def choose(self, mode: Mode) -> None:
        """Train, or test."""
        self.mode = mode
        self.program = self.programs["free" if self.obstacle else mode]

    def put_back(self, mode: str) -> None:
        """Put the net back to where it was before a test: of the plan (``train``), or one that was asked for."""
        if state := self.aside.pop(mode, None):
            self.net.restore(state)

    def _program(self, at: course.Place) -> Program[Any]:
        """Return the program of training from a place on."""
        return Program(self._stretches(at), self._ended)

    @property
    def halfway(self) -> bool:
        """Whether a trial of training, or of a test in its plan, has begun and has not ended."""
        program = self.programs["train"]
        stretch = program.stretch
        return stretch is not None and (program.left != stretch.cycles or stretch.phase == "plus")

    def revise(self) -> None:
        """Take over patterns and plan as they are now; those of training not before its trial has ended."""
        at, before = self.place, dict(self.materials)
        names = dict(zip(MODES, tables_of(self.model), strict=True))
        for mode in MODES[1:] if self.halfway else MODES:
            if not before[mode].fits(self.model, names[mode]):
                self.materials[mode] = Material.of(self.model, names[mode])
        for key in [key for key in self.tallies if self.materials[key[1]].roles != before[key[1]].roles]:
            del self.tallies[key]
        if self.materials["test"] is not before["test"]:
            self.begin_test()
        if self.halfway:
            return
        self._revised = False
        if self.model.plan.schedule() != self._schedule:
            self._schedule = self.model.plan.schedule()
            self.net.schedule_lrate(self._schedule or Constant())
        if at is not None:
            self.resume(at)

    def resume(self, at: course.Place) -> None:
        """Go on at another place of training; steps asked for are kept."""
        self.programs["train"].follow(self._stretches(at))

    def go_on_at(self, cycle: int, at: course.Place | None, left: int) -> None:
        """Go on in the middle of a stretch, `left` cycles before its end; None for a training that is over."""
        self._cycle = cycle
        self.recorder.forget(cycle)
        if self.obstacle:
            return
        self.programs["train"].follow(iter(()) if at is None else self._stretches(at))
        self.programs["train"].left = left

    def _stretches(self, at: course.Place) -> Iterator[Stretch]:
        seed = self.seed if at[0] == self.run else self.model.plan.seed_of(at[0], self.model.seed)
        return course.stretches(self.model, at, seed, self._perfect)

    @property
    def place(self) -> course.Place | None:
        """Where training goes on; None when it is over."""
        program = self.programs["train"]
        if program.stretch is not None:
            return course.place(program.stretch)
        last = self.shown.get("train")
        return course.after(course.place(last.stretch), self.model.plan) if last else course.START

    @property
    def reached(self) -> tuple[int, int]:
        """The run and the epoch that the net has learnt in last; epoch -1 before the first of a run."""
        if last := self.shown.get("train"):
            return last.stretch.run, last.stretch.epoch
        run, epoch, *within = self.place or course.START
        return run, epoch if any(within) else epoch - 1

    def begin_test(self, rows: Sequence[int] | None = None) -> None:
        """Begin a test that was asked for: of some rows, or of all of its table."""
        self.put_back("test")
        count = len(self.materials["test"].table.rows)
        self._probed = list(range(count)) if rows is None else list(rows)
        self.programs["test"] = Program(probe(self.model.plan, self._probed, *self.reached), self._ended)
        self.shown.pop("test", None)
        self.choose(self.mode)

    def _rows(self, stretch: Stretch) -> Sequence[int]:
        """Return the rows of the part of the epoch, or of the test, that a stretch is in."""
        if self.mode == "test":
            return self._probed
        count = len(self.materials[stretch.mode].table.rows)
        return course.rows(self.model.plan, count, stretch, self.seed)

    def _take(self, stretch: Stretch, rows: Sequence[int], acts: Floats, settling: Floats) -> None:
        """Take what trials gave into the tally, and sum it up after the last of them."""
        key, material = (self.mode, stretch.mode), self.materials[stretch.mode]
        if stretch.trial == 0 or key not in self.tallies:
            self.tallies[key] = Tally(self.layers, material)
        self.tallies[key].add(material, rows, acts, settling)
        if stretch.trial + len(rows) < len(self._rows(stretch)):
            return
        outcome = self.tallies.pop(key).outcome(stretch.run, stretch.epoch, self.stamp[0])
        self.outcomes[stretch.mode] = outcome if self.mode == "train" else latest(self.outcomes.get("test"), outcome)
        if self.mode == "train":
            self.pending_outcomes[stretch.mode] = outcome
        self.tested += stretch.mode == "test"

    def _ended(self, stretch: Stretch) -> None:
        """Do what follows the last cycle of a stretch."""
        if not stretch.cycles:
            self._end_epoch(stretch)
            return
        showing.end(self.net, self.materials[stretch.mode], stretch)
        if stretch.phase == "minus":
            settling = np.array([self._settling.settled(stretch)])
            self._take(stretch, [stretch.row], self.net.units[showing.ACT][None].copy(), settling)
        else:
            self.learnt, self._broken = True, bool(self.net.not_finite())

    def _end_epoch(self, stretch: Stretch) -> None:
        """Write the record of an epoch, tell the net of its loss, and keep the weights as good ones."""
        if self._broken:
            return
        self.put_back("train")
        train, test = self._outcome("train"), self._outcome("test")
        self.pending_outcomes.clear()
        if train is None:
            return
        at, tested = (stretch.run, stretch.epoch, self.seed), test.epoch_stats if test else None
        self.records.add(at, train.epoch_stats, tested, showing.factor(self.net), self.stamp[0])
        counts = (test or self.outcomes.get("test")) if self.model.plan.stop_by == "test" else None
        self.net.end_epoch((counts or train).loss or 0.0)
        self.good = self.net.state(weights=True)

    def _outcome(self, part: str) -> Outcome | None:
        """Return what the trials of the present epoch gave, also where its table has become shorter on the way."""
        left = self.tallies.pop(("train", part), None)
        if left is not None and part not in self.pending_outcomes:
            run, epoch, *_ = self.place or course.START
            self.pending_outcomes[part] = left.outcome(run, epoch, self.stamp[0])
        return self.pending_outcomes.get(part)

    def _perfect(self, run: int, epoch: int) -> bool:
        """Return whether an epoch had no errors, in training or in its test, as the plan has it."""
        part = self.model.plan.stop_by
        present = self._outcome(part)
        if present is not None and (present.run, present.epoch) == (run, epoch):
            return present.perfect
        return self.records.errors(part, run, epoch) == 0

    def _next_run(self, run: int) -> None:
        """Begin a run with a net made anew."""
        self.run, self.seed = run, self.model.plan.seed_of(run, self.model.seed)
        self.aside.clear()
        image = image_of(self.model)
        self.renew(Journal(image), quietly_built(replace(image, seed=self.seed)))
        self._start_run()

    def _start_run(self) -> None:
        """Note what a run begins with."""
        self._schedule = self.model.plan.schedule()
        if self._schedule is not None:
            self.net.schedule_lrate(self._schedule)
        self.note_start()

    def note_start(self) -> None:
        """Take the weights as they are for those that the run begins with."""
        self.before = {name: self.net.get_weights(name).astype(np.float32) for name in self.net.projn_names}
        self.good = self.net.state(weights=True)
        self.learnt = self._broken = False
