"""The part of a session that is a document: its history, and the simulation that follows it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from leabra_studio.export.page import Script
from leabra_studio.model.calls import Call
from leabra_studio.model.document import Model
from leabra_studio.model.history import History
from leabra_studio.model.live import is_structural
from leabra_studio.session.batches import Batches
from leabra_studio.session.change import Change
from leabra_studio.session.runner import Runner
from leabra_studio.session.scripts import written
from leabra_studio.session.simulation import Frozen
from leabra_studio.session.stage import Stage
from leabra_studio.session.training import Training

Clock = Callable[[], float]
Opening = Sequence[Call]


class Editing:
    """A document with its history, and the simulation that follows it.

    Not safe for threads, except `stop` and `hurry`: whoever uses it checks it out of a store.

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
    batches
        What is trained in the background; any thread may use them, also while the session is at work.
    """

    def __init__(
        self, model: Model, *, clock: Clock = time.monotonic, frozen: Frozen | None = None, opening: Opening = ()
    ) -> None:
        self.history, self.revision = History(model), 0
        self._runner = Runner(clock)
        self._follow = "cycle"  # what the page looks at
        self._stage = Stage(frozen, opening)
        self.batches = Batches()
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
    def training(self) -> Training | None:
        """The training, None where the model runs free cycles."""
        self._stage.build(self.model, self.revision)
        return self._stage.training

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

    @property
    def epochs(self) -> int:
        """How many epochs of training have ended, in all runs: each is worth keeping."""
        training = self._stage.training
        return len(training.records) if training else 0

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

    def undo(self, steps: int = 1) -> Change:
        """Take back the last entries of the history, as many as there are of them."""
        return self._take(reduce(lambda history, _: history.undo(), range(steps), self.history))

    def redo(self, steps: int = 1) -> Change:
        """Do again what was taken back last, as far as there is something."""
        return self._take(reduce(lambda history, _: history.redo(), range(steps), self.history))

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

    def halt(self) -> None:
        """Stop running; nothing is lost."""
        self._runner.halt()
        if self._stage.simulation:
            self._stage.simulation.program.release()

    def hurry(self) -> None:
        """Ask from any thread to end the present slice, as another request waits; the run goes on with the next."""
        self._runner.hurried.set()

    def script(self, *, for_leabra7: bool = False) -> Script:
        """Return the script that does again what the screen shows: to the last bit, save with the original Leabra7."""
        self._stage.build(self.model, self.revision)
        return written(self._stage.simulation, self.model, for_leabra7=for_leabra7)

    def weights(self, projn: str) -> NDArray[np.float64] | None:
        """Return the weights of a projection, [post, pre], NaN where there is no connection; None without a net."""
        self._stage.build(self.model, self.revision)
        return self._stage.weights(projn)

    def _take(self, history: History) -> Change:
        """Make `history` the session's, and the simulation follow its document: anew, or with its next cycle."""
        before, self.history = self.history, history
        if history.past is before.past:  # no entry was made or taken back
            return Change(self.revision)
        self.revision += 1
        simulation = self._stage.simulation
        structural = is_structural(simulation.journal.model if simulation else before.present, self.model)
        ran = simulation is not None and simulation.cycle > 0
        if ran and not structural and not self._stage.problem and not self._stage.other_kind(self.model):
            return Change(self.revision)
        keep = ran or self._stage.waiting
        message = self._rebuild(keep=keep, later=not keep)
        return Change(self.revision, structural, rebuilt=ran, message=self._stage.problem or (message if ran else ""))

    def _rebuild(self, *, keep: bool = False, later: bool = False) -> str:
        """Begin anew at cycle 0; a run goes on, steps do not, and nothing does if the model cannot run.

        With `keep` the weights stay that can; the sentence says which. With `later` the net is built when it is asked
        for: nobody waits for it who edits a model that has not run.
        """
        simulation = self._stage.simulation
        stepping = simulation is not None and simulation.program.stepping
        message = self._stage.begin(self.model, self.revision, keep=keep, later=later)
        if stepping or self._stage.problem:
            self.halt()
        return message
