"""The network: what a modeller builds, runs, asks and keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from leabra_studio.engine import checks, describe, events
from leabra_studio.engine.archive import Place, check_place
from leabra_studio.engine.loading import load
from leabra_studio.engine.logs import Logs
from leabra_studio.engine.params import shown
from leabra_studio.engine.saving import save
from leabra_studio.engine.trials import WholeTrials
from leabra_studio.engine.variables import FREQUENCIES, LAYER_PARTS, LAYER_WHOLE, PROJN_PARTS
from leabra_studio.errors import ValidationError

if TYPE_CHECKING:
    from leabra_studio.engine.tables import Observation


class Net(WholeTrials):
    """A Leabra network.

    Parameters
    ----------
    seed : int, optional
        Seed of the net's own randomness (initial weights, sparse connections); drawn and kept where none is given.

    Notes
    -----
    The algorithm is that of Leabra7 0.1.0 as it runs, in float64. A net shares nothing with other nets: several can
    run in threads at once, each in one.
    """

    def ends(self, projn: str) -> tuple[str, str]:
        """Return the names of the sending and the receiving layer of a projection.

        Parameters
        ----------
        projn : str
            Its name.

        Raises
        ------
        ValidationError
            If there is no such projection.
        """
        found = self._projn("Net.ends", "projn", projn)
        return found.pre.name, found.post.name

    def is_clamped(self, layer: str) -> bool:
        """Return whether a layer's activations are held where `clamp_layer` has put them.

        Parameters
        ----------
        layer : str
            Its name.

        Raises
        ------
        ValidationError
            If there is no such layer.
        """
        found = self._layer("Net.is_clamped", "layer", layer)
        return bool(self._state.layers["clamped"][found.index])

    def observe(self, name: str, attr: str) -> Observation:
        """Return an attribute of a layer or projection as it is now, logged or not.

        Parameters
        ----------
        name : str
            The layer or projection.
        attr : str
            What can be logged of it, such as ``unit_act``, ``avg_act`` or ``conn_wt``.

        Returns
        -------
        pandas.DataFrame
            One row for the whole object, or one for each unit (``unit``) or connection (``pre_unit``, ``post_unit``).

        Raises
        ------
        ValidationError
            If nothing has that name, or it has no such attribute.
        """
        from leabra_studio.engine.tables import observed  # pandas is loaded when it is needed

        call = "Net.observe"
        checks.known(call, "name", name, self._objects, "a layer or projection")
        found = self._objects[name]
        attrs = PROJN_PARTS if name in self._projns else LAYER_WHOLE + LAYER_PARTS
        checks.known(call, "attr", attr, attrs, "an attribute that can be logged")
        return observed(found.source(), attr, self._state)

    def logs(self, freq: str, name: str) -> Logs:
        """Return what was logged of a layer or projection.

        Parameters
        ----------
        freq : str
            ``cycle``, ``trial``, ``epoch`` or ``batch``.
        name : str
            The layer or projection.

        Returns
        -------
        Logs
            Two tables, `whole` and `parts`; ``time`` counts events of that frequency since the object was made.

        Raises
        ------
        ValidationError
            If the frequency or the name is unknown, or nothing was logged.
        """
        from leabra_studio.engine.tables import logs_of

        call = "Net.logs"
        checks.known(call, "freq", freq, FREQUENCIES, "a frequency")
        checks.known(call, "name", name, self._objects, "a layer or projection")
        found = logs_of(self._logs[freq], name)
        if found is None:
            rule = f"has no logs at frequency {freq!r} (got {shown(name)}); ask for them with log_on_{freq} in its spec"
            raise ValidationError(call, "name", rule)
        return found

    def pause_logging(self, freq: str | None = None) -> None:
        """Stop taking log rows; moments are counted on.

        Parameters
        ----------
        freq : str, optional
            One frequency; all when left out.

        Raises
        ------
        ValidationError
            If there is no such frequency.
        """
        self._pause("Net.pause_logging", freq, paused=True)

    def resume_logging(self, freq: str | None = None) -> None:
        """Take log rows again.

        Parameters
        ----------
        freq : str, optional
            One frequency; all when left out.

        Raises
        ------
        ValidationError
            If there is no such frequency.
        """
        self._pause("Net.resume_logging", freq, paused=False)

    def handle(self, event: events.Event) -> None:
        """Let an event happen to the net.

        Parameters
        ----------
        event : Event
            One of `leabra_studio.events`.

        Raises
        ------
        ValidationError
            If it is no event, or what it carries is invalid.
        """
        handler = next((_HANDLERS[kind] for kind in type(event).__mro__ if kind in _HANDLERS), None)
        if handler is None:
            rule = f"must be an event, such as lb.events.Cycle() (got {shown(event)})"
            raise ValidationError("Net.handle", "event", rule)
        handler(self, event)

    def save(self, filename: Place) -> None:
        """Save the net whole: specs, weights, unit state, logs, schedules and randomness.

        Parameters
        ----------
        filename : path or binary stream
            Where to; a file that exists is replaced once the new one is complete. Any suffix will do.

        Raises
        ------
        ValidationError
            If a spec was changed to something invalid, or `filename` is no place to write to.
        OSError
            If the file cannot be written.
        """
        check_place("Net.save", filename, "write")
        self._sync()
        save(self, filename)

    def load(self, filename: Place) -> None:
        """Become the net that was saved; it goes on as the saved one would have, bit for bit.

        Parameters
        ----------
        filename : path or binary stream
            What `save` has written.

        Raises
        ------
        LeabraError
            If it is not, whatever its bytes: this net is then as before.
        OSError
            If there is no file, or it cannot be read.
        """
        check_place("Net.load", filename, "read")
        self.__dict__.update(load(filename).__dict__)

    def describe(self) -> str:
        """Return the net in words: its layers, projections, and the parameters that are not at their defaults."""
        return describe.text(self)

    def __repr__(self) -> str:
        return f"<{describe.title(self)}>"

    def _repr_html_(self) -> str:
        return describe.html(self)

    def _pause(self, call: str, freq: str | None, *, paused: bool) -> None:
        if freq is not None:
            checks.known(call, "freq", freq, FREQUENCIES, "a frequency")
        for name in FREQUENCIES if freq is None else (freq,):
            self._logs[name].paused = paused


def _nothing(net: Net, event: Any) -> None:
    """Let a moment pass that changes nothing."""


_HANDLERS: Mapping[type, Callable[[Net, Any], None]] = MappingProxyType(
    {
        events.Cycle: lambda net, event: net.cycle(),
        events.BeginMinusPhase: _nothing,
        events.EndMinusPhase: lambda net, event: net._end_minus(),
        events.BeginPlusPhase: _nothing,
        events.EndPlusPhase: lambda net, event: net._end_plus(),
        events.EndTrial: _nothing,
        events.EndEpoch: lambda net, event: net.end_epoch(event.loss),
        events.EndBatch: lambda net, event: net.end_batch(),
        events.HardClamp: lambda net, event: net.clamp_layer(event.layer_name, event.acts),
        events.Unclamp: lambda net, event: net.unclamp_layer(event.layer_name),
        events.Learn: lambda net, event: net.learn(),
        events.PauseLogging: lambda net, event: net.pause_logging(event.freq_name),
        events.ResumeLogging: lambda net, event: net.resume_logging(event.freq_name),
    }
)
