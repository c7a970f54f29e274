"""A simulation: one net from its first cycle on, what was recorded of it and what was done with it."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.errors import FormatError, LeabraError
from leabra_studio.model import codec
from leabra_studio.model.build import Built, build, run
from leabra_studio.model.calls import Call
from leabra_studio.model.document import Model
from leabra_studio.model.live import live_calls
from leabra_studio.model.program import Level
from leabra_studio.session import journal, wording
from leabra_studio.session.journal import Journal
from leabra_studio.session.program import Program, free_run
from leabra_studio.session.recorder import Recorder

if TYPE_CHECKING:
    from leabra_studio.engine.net import Net

logger = logging.getLogger(__name__)

# Cycles that may run at a time: no more than the recorder holds, and few enough that Stop is heard.
LONGEST = 500

# The filters of warnings belong to the whole process.
_filters = threading.Lock()


@dataclass(frozen=True)
class Frozen:
    """A simulation at rest: what JSON can say of it, and its net as a file."""

    header: Mapping[str, Any]
    net: bytes


class Simulation:
    """A net with its recorder, its program and its journal.

    Parameters
    ----------
    record
        What the net is an image of, and what was done with it.
    revision
        The number of that state of the model; it stamps what is recorded.
    built
        The net, when it is there already; else it is built.

    Attributes
    ----------
    whole
        Whether cycles may run unrecorded, many at a time, where that makes sense.
    problem
        Why it has stopped by itself; empty when it has not.

    Raises
    ------
    LeabraError
        If the model cannot be built.
    """

    def __init__(self, record: Journal, revision: int, built: Built | None = None) -> None:
        self.problem, self.whole = "", False
        self._opening: Sequence[Call] = ()
        self.hold(record, built or quietly_built(record.start))
        self.layers = {name: self.net.unit_slice(name) for name in self.net.layer_names}
        self.program: Program[Any] = Program(free_run())
        while self.program.done[Level.CYCLE] < record.cycles:
            self.program.ran(self.program.chunk(record.cycles - self.program.done[Level.CYCLE]))
        self.recorder = Recorder(len(UNIT_NAMES), self.net.units.shape[1], start=record.cycles)
        self.chunk = 1  # cycles that the runner asks for at a time; it finds out how many this net can do
        self._revision, self._label = revision, ""

    @property
    def stamp(self) -> tuple[int, str]:
        """The number of the state of the model that the net is an image of, and what was changed last."""
        return self._revision, self._label

    @property
    def longest(self) -> int:
        """How many cycles may run at a time."""
        return LONGEST

    @property
    def story(self) -> tuple[Call, ...]:
        """What was done with the net, for the script."""
        return self.journal.calls

    @property
    def net(self) -> Net:
        """The net."""
        return self._built.net

    @property
    def cycle(self) -> int:
        """How many cycles have run."""
        return self.journal.cycles

    @property
    def units(self) -> NDArray[np.float64]:
        """The latest state, [n_vars, n_units]."""
        recorder = self.recorder
        return recorder.latest() if recorder.stop > recorder.first else self.net.units

    def pending(self, model: Model) -> tuple[Call, ...]:
        """Return the calls that are missing to make the net an image of `model`."""
        return () if model is self.journal.model else live_calls(self.journal.model, model)

    def follow(self, model: Model, revision: int) -> None:
        """Make the net an image of `model`, which differs in nothing structural.

        Raises
        ------
        LeabraError
            If the net refuses a value.
        """
        calls = self.pending(model)
        for call in calls:
            run(self._built, call)
        if label := wording.mark(calls):
            self._revision, self._label = revision, label
        self.journal.follow(model, calls)

    def perform(self, call: Call) -> None:
        """Make a call that the model does not describe, and remember it for the script.

        Raises
        ------
        LeabraError
            If the net refuses it.
        """
        run(self._built, call)
        self.journal.follow(self.journal.model, [call])

    def open(self, calls: Sequence[Call]) -> None:
        """Make the calls that every new net begins with; those that do not fit any more are left out."""
        self._opening = calls
        for call in calls:
            try:
                self.perform(call)
            except LeabraError as error:
                logger.info("%s does not fit the network any more: %s", call.verb, error)

    def renew(self, record: Journal, built: Built) -> None:
        """Go on with another net of the same layers."""
        self.hold(record, built)
        self.open(self._opening)

    def advance(self, limit: int) -> int:
        """Run and record up to `limit` cycles; return how many, 0 when the program says that it is over.

        Raises
        ------
        LeabraError
            If a spec has become invalid.
        """
        rows = self.recorder.room(self.program.chunk(limit))
        count = len(rows)
        if count:
            self.net.cycle(count, record=rows)
            self.recorder.commit(count, *self.stamp)
            self.journal.ran(count)
            self.program.ran(count)
        return count

    def hold(self, record: Journal, built: Built) -> None:
        """Take a net for the one that is simulated."""
        self.journal, self._built = record, built
        self.net.pause_logging()  # the recorder logs for the page, and forgets what is old

    def freeze(self) -> Frozen:
        """Return all that is needed to go on from here."""
        record, file = self.journal, BytesIO()
        self.net.save(file)
        header = {
            "start": codec.dumps(record.start),
            "model": codec.dumps(record.model),
            "calls": [journal.encoded(call) for call in record.calls],
            "revision": self._revision,
        }
        return Frozen(header, file.getvalue())

    @classmethod
    def thaw(cls, frozen: Frozen) -> Simulation:
        """Return the simulation that `freeze` was asked of, with nothing recorded.

        Raises
        ------
        LeabraError
            If it cannot be read, or was frozen by a version whose nets are others.
        """
        header = frozen.header
        try:
            calls = [journal.decoded(item) for item in header["calls"]]
            record = Journal(codec.loads(header["start"]), codec.loads(header["model"]), calls)
            return cls(record, int(header["revision"]), loaded(record.model, frozen.net))
        except (LookupError, TypeError, ValueError) as error:
            raise FormatError(f"The run cannot be read ({error})") from error


def quietly_built(model: Model) -> Built:
    """Build a net; that weights lie outside [0, 1] is no warning to the server, the page has it from `problems`."""
    with _filters, warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return build(model)


def loaded(model: Model, file: bytes) -> Built:
    """Return the net of a file, and its specs by the names that they have in the model it is an image of."""
    from leabra_studio.engine.net import Net

    net = Net()
    net.load(BytesIO(file))
    return Built(net, {item.spec: net.spec(item.name) for item in model.objects if item.spec is not None})
