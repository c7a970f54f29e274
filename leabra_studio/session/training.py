"""A training: lessons as a session asks for them, begun anew, gone on with, or taken over from another net."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leabra_studio.engine.params import shown
from leabra_studio.errors import LeabraError, ValidationError
from leabra_studio.model.calls import Call
from leabra_studio.model.document import Model
from leabra_studio.model.live import live_calls
from leabra_studio.model.plan import obstacle
from leabra_studio.session import course, wording
from leabra_studio.session.drill import Drill
from leabra_studio.session.lessons import MODES, Mode

OVER = "Training is over: the plan has no more epochs. Init trains anew; more epochs or runs in the plan go on."


class Training(Drill):
    """A net that is trained by the plan of its model."""

    def __init__(
        self, model: Model, revision: int, *, at: course.Place = course.START, seed: int | None = None
    ) -> None:
        super().__init__(model, revision, at=at, seed=seed)
        self.begin_test()

    @property
    def changed(self) -> str:
        """What differs from the parameters that the weights of this run began with; empty when nothing does."""
        if not self.learnt:
            return ""
        return wording.learnt_otherwise(live_calls(self.journal.start, self.journal.model), self.model)

    @property
    def test_rows(self) -> int:
        """How many rows a test of all of them has."""
        return len(self.materials["test"].table.rows)

    @property
    def probed(self) -> int:
        """How many rows the test that was asked for has, at least 1."""
        return max(1, len(self._probed))

    def open(self, calls: Sequence[Call]) -> None:
        """Make the calls that every new net begins with."""
        super().open(calls)
        self.note_start()

    def start(self, mode: Mode, rows: Sequence[int] | None = None, *, anew: bool = False) -> None:
        """Train or test from now on; a test that has ended begins again, one of some rows or `anew` in any case.

        Raises
        ------
        LeabraError
            If training is over, or there is nothing to test with.
        """
        self.problem = ""
        self.choose(mode)
        if self.obstacle:
            return
        if self._revised:
            self.revise()
        if mode == "test":
            self._check_test(rows)
        if mode == "test" and (anew or rows is not None or self.program.over or "test" not in self.shown):
            self.begin_test(rows)
        if self.program.over:
            raise LeabraError(OVER)

    def rewound(self, model: Model, revision: int) -> Training:
        """Return the training back at the start of its present run; what came before that stays."""
        fresh = Training(model, revision, at=(self.run, 0, 0, 0, 0), seed=self.seed)
        fresh.open(self._opening)
        self.records.drop_run(self.run)
        fresh.inherit(self)
        fresh.shown.clear()
        fresh.begin_test()
        return fresh

    def inherit(self, other: Training) -> None:
        """Take over the past of another training: records, what was tested, and where its counters stand."""
        self.records, self.outcomes, self.tested = other.records, other.outcomes, other.tested
        self.shown = dict(other.shown)
        self._cycle = other.cycle
        self.recorder.forget(self._cycle)
        self.begin_test()
        self.choose(other.mode)

    def _check_test(self, rows: Sequence[int] | None) -> None:
        """Refuse a test that there are no patterns for."""
        table = self.materials["test"].table
        alone = replace(self.model.plan, train=table.name, test=None)
        if sentence := obstacle(replace(self.model, plan=alone)):
            raise LeabraError(sentence)
        for row in rows or ():
            if not isinstance(row, int) or isinstance(row, bool) or not 0 <= row < len(table.rows):
                rule = f"must be 0 to {len(table.rows) - 1}, a row of {shown(table.name)} (got {shown(row)})"
                raise ValidationError("Session", "row", rule)


def trains(model: Model) -> bool:
    """Return whether a model is trained, and does not run free cycles."""
    return not obstacle(model)


def checked_mode(mode: object) -> Mode:
    """Return a mode.

    Raises
    ------
    ValidationError
        If there is no such mode.
    """
    for known in MODES:
        if mode == known:
            return known
    raise ValidationError("Session", "mode", f"must be one of {', '.join(MODES)} (got {shown(mode)})")
