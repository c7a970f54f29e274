"""The stage: the simulation of the present document, or the reason why there is none."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine import warm
from leabra_studio.errors import Busy, LeabraError
from leabra_studio.model.calls import Call
from leabra_studio.model.document import Model
from leabra_studio.model.problems import problems
from leabra_studio.session import kept
from leabra_studio.session.journal import Journal
from leabra_studio.session.simulation import Frozen, Simulation
from leabra_studio.session.succession import free_after, place_after, training_after
from leabra_studio.session.training import Training, trains

logger = logging.getLogger(__name__)

COMPILING = "The kernels are being compiled, which happens once; Run and Step will be ready in a few seconds."


class Stage:
    """Keeps a simulation as long as it can show the document, and makes a new one when it cannot.

    Parameters
    ----------
    frozen
        A simulation to go on with, once the kernels are ready.
    opening
        Calls that every new net begins with, such as weights that no seed would draw; those that fit no more are
        left out.

    Attributes
    ----------
    simulation
        None while the kernels are being compiled and when the model cannot be built.
    generation
        Goes up by one whenever a simulation begins anew.
    problem
        Why the model cannot run; empty when it can.
    """

    def __init__(self, frozen: Frozen | None = None, opening: Sequence[Call] = ()) -> None:
        self.simulation: Simulation | None = None
        self.generation = 0
        self.problem = ""
        self._frozen = frozen
        self._opening = opening
        self._past: Simulation | None = None  # what the next simulation takes over from
        self._word = ""  # what became of it

    @property
    def state(self) -> str:
        """``compiling``, ``ready`` or ``error``; ready is also what is built as soon as somebody asks for it."""
        if self.problem or warm.failed():
            return "error"
        return "ready" if self.simulation or warm.ready() else "compiling"

    @property
    def note(self) -> str:
        """Why nothing can run; empty when it can."""
        if failed := warm.failed():
            return f"The kernels could not be compiled: {failed}"
        return self.problem or ("" if self.state == "ready" else COMPILING)

    def runnable(self) -> Simulation:
        """Return the simulation.

        Raises
        ------
        Busy
            While the kernels are being compiled.
        LeabraError
            If the model cannot run.
        """
        if self.state == "error":
            raise LeabraError(f"The network cannot run. {self.note}")
        if self.simulation is None:
            raise Busy(COMPILING)
        return self.simulation

    def begin(self, model: Model, revision: int, *, keep: bool = False, later: bool = False) -> str:
        """Begin anew at cycle 0; return what became of the simulation before.

        Parameters
        ----------
        model, revision
            The document as it is now, and its number.
        keep
            Whether the weights stay of the projections that have not changed, and in training its past.
        later
            Leave the building, which takes a moment, to whoever asks for the simulation next: `build`.
        """
        self._past = (self.simulation or self._past) if keep else None
        self.generation += 1
        self.simulation, self._frozen, self.problem, self._word = None, None, "", ""
        if later:
            self._check(model)
        else:
            self.build(model, revision)
        return self._word

    @property
    def waiting(self) -> bool:
        """Whether a simulation has ended that the next one is to take over from."""
        return self._past is not None

    def other_kind(self, model: Model) -> bool:
        """Return whether a model asks for training and free cycles run, or the other way round."""
        if isinstance(self.simulation, Training):
            return model.plan.train is None
        return self.simulation is not None and trains(model)

    @property
    def training(self) -> Training | None:
        """The simulation, where it is one of training that can go on."""
        return self.simulation if isinstance(self.simulation, Training) and not self.simulation.obstacle else None

    def rewind(self, model: Model, revision: int) -> None:
        """Begin the present run of training anew; without training, begin anew at cycle 0."""
        training = self.training
        if training is None or self.problem:
            self.begin(model, revision)
            return
        self.generation += 1
        try:
            self.simulation = training.rewound(model, revision)
        except LeabraError as error:
            self.fail(error)

    def build(self, model: Model, revision: int) -> None:
        """Make the simulation if there is none, the kernels are ready and the model has no fatal problem."""
        if self.simulation or self.problem:
            return
        self._check(model)
        try:
            if warm.ready() and not self.problem:
                self.simulation = self._thawed() or self._begun(model, revision)
        except LeabraError as error:
            self.fail(error)

    def _check(self, model: Model) -> None:
        """Take note of the first problem of the model that keeps it from running."""
        fatal = next((problem for problem in problems(model) if problem.fatal), None)
        if fatal is not None:
            self.fail(LeabraError(f"{fatal.name}: {fatal.message}"))

    def fail(self, error: LeabraError) -> None:
        """Take note that the model cannot run; what it has shown until now stays."""
        logger.info("the model cannot run: %s", error)
        self.problem = str(error)

    def weights(self, projn: str) -> NDArray[np.float64] | None:
        """Return the weights of a projection, None while there is no net."""
        if self.simulation is None or projn not in self.simulation.net.projn_names:
            return None
        return self.simulation.net.get_weights(projn)

    def freeze(self) -> Frozen | None:
        """Return all that is needed to go on from here; None when there is nothing."""
        if isinstance(self.simulation, Training):
            return kept.freeze(self.simulation)
        return self.simulation.freeze() if self.simulation else self._frozen

    def _begun(self, model: Model, revision: int) -> Simulation:
        past, self._past = self._past, None
        if not trains(model):
            simulation = Simulation(Journal(model), revision)
            simulation.open(self._opening)
            self._word = free_after(simulation, past) if past else ""
            return simulation
        training = Training(model, revision, **place_after(model, past))
        training.open(self._opening)
        self._word = training_after(training, past) if past else ""
        return training

    def _thawed(self) -> Simulation | None:
        frozen, self._frozen = self._frozen, None
        try:
            if frozen is None:
                return None
            return kept.thaw(frozen) if "training" in frozen.header else Simulation.thaw(frozen)
        except LeabraError as error:
            logger.warning("the run of a checkpoint cannot go on: %s", error)
            return None
