"""Drill: the trials of lessons, run cycle by cycle and recorded, or whole, many in one call."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from leabra_studio.model.program import Level, Stretch
from leabra_studio.session import showing
from leabra_studio.session.course import Shown
from leabra_studio.session.lessons import Lessons

STEPS_OF_TRIALS = (Level.CYCLE, Level.PHASE, Level.TRIAL)
LOWER = "A lower learning rate may help."


class Drill(Lessons):
    """Lessons that run."""

    def advance(self, limit: int) -> int:
        """Run up to `limit` cycles, or whole trials of about so many; return how many, 0 when there is no more to do.

        Raises
        ------
        LeabraError
            If a spec has become invalid.
        """
        if self.obstacle:
            count = super().advance(limit)
            self._cycle += count
            return count
        self._get_ready()
        stretch = self.program.stretch
        if stretch is None or not self.program.chunk(1):
            return 0
        if self._may_run_whole(stretch):
            return self._run_whole(stretch, limit)
        return self._run_cycles(stretch, limit)

    def _at_start(self, stretch: Stretch) -> bool:
        """Return whether a trial is about to begin."""
        return self.program.left == stretch.cycles and stretch.phase == "minus"

    def _get_ready(self) -> None:
        """Do what comes before the first cycle of a trial: plan, patterns, the net of the run and its state."""
        stretch = self.program.stretch
        starts = stretch is not None and self._at_start(stretch)
        if starts and self._revised:
            self.revise()
            stretch = self.program.stretch
        if self.mode == "train":
            self.put_back("test")
        if stretch is not None and starts:
            self._begin_trial(stretch)

    def _begin_trial(self, stretch: Stretch) -> None:
        """Have the net and its state that a trial begins with."""
        if self.mode == "train" and stretch.run != self.run:
            self._next_run(stretch.run)
        if stretch.mode == "train" or stretch.trial == 0:
            self.put_back(self.mode)
        if stretch.mode == "test" and stretch.trial == 0:
            self._set_aside()

    def _set_aside(self) -> None:
        """Keep the net's state for after a test; a trial of training that has begun is always gone on with."""
        if (self.mode == "test" and self.halfway) or self.model.plan.test_state == "restored":
            self.aside[self.mode] = self.net.state()
        if self.mode == "test":
            showing.let_go(self.net, self.materials["train"].roles)

    def _run_cycles(self, stretch: Stretch, limit: int) -> int:
        material = self.materials[stretch.mode]
        if self.program.left == stretch.cycles:
            showing.begin(self.net, material, stretch)
            self._settling.begin(stretch)
        rows = self.recorder.room(self.program.chunk(limit))
        self.net.cycle(len(rows), record=rows)
        self.recorder.commit(len(rows), *self.stamp)
        self._settling.follow(stretch, rows[:, showing.ACT])
        self._cycle += len(rows)
        before = self.model.plan.minus_cycles if stretch.phase == "plus" else 0
        self.shown[self.mode] = Shown(stretch, before + stretch.cycles - self.program.left + len(rows))
        if self.net.not_finite():
            self._diverge(stretch)
        else:
            self.program.ran(len(rows))
            if self._broken:
                self._diverge(stretch)
        return len(rows)

    def _run_whole(self, stretch: Stretch, limit: int) -> int:
        plan, material = self.model.plan, self.materials[stretch.mode]
        length = plan.minus_cycles + plan.plus_cycles if stretch.mode == "train" else plan.test_cycles
        most = min(max(1, limit // length), self.program.missing(Level.TRIAL))
        rows = self._rows(stretch)[stretch.trial : stretch.trial + most]
        acts, settling = showing.whole(self.net, material, rows, plan, stretch.mode)
        self._cycle += len(rows) * length
        self.recorder.forget(self._cycle)
        last = replace(stretch, trial=stretch.trial + len(rows) - 1, row=rows[-1])
        last = replace(last, phase="plus", cycles=plan.plus_cycles) if stretch.mode == "train" else last
        self.shown[self.mode] = Shown(last, length)
        self.learnt = self.learnt or stretch.mode == "train"
        if self.net.not_finite() or not np.isfinite(acts).all():
            self._diverge(last)
            return len(rows) * length
        self._take(stretch, rows, acts, settling)
        for _ in rows:
            self.program.leap()
        return len(rows) * length

    def _may_run_whole(self, stretch: Stretch) -> bool:
        """Return whether nobody wants to see the cycles: not in steps of a trial or less."""
        shown = bool(self.materials[stretch.mode].inputs)
        return self.whole and shown and self._at_start(stretch) and self.program.level not in STEPS_OF_TRIALS

    def _diverge(self, stretch: Stretch) -> None:
        """Stop where a number has become none, and go back to the last good weights."""
        broken = ", ".join(self.net.not_finite()) or "the network"
        where = f"trial {stretch.trial + 1}"
        if self.mode == "test":
            self.begin_test()
            self.problem = f"The test stopped: {broken} holds a NaN or an infinity after {where}."
            return
        self.aside.clear()
        self.net.restore(self.good)
        self.pending_outcomes.clear()
        self.tallies = {key: tally for key, tally in self.tallies.items() if key[0] == "test"}
        self._broken = False
        self.resume((stretch.run, stretch.epoch, 0, 0, 0))
        good = f"of the end of epoch {stretch.epoch}" if stretch.epoch else "that the run began with"
        where = f"{where} of epoch {stretch.epoch + 1}"
        self.problem = (
            f"Training stopped: {broken} holds a NaN or an infinity after {where}. The weights are again those {good}. "
            f"{LOWER}"
        )
