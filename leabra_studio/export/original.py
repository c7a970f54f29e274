"""The script of a model for the original Leabra7 0.1.0: what only the studio's library has is left out, and said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from leabra_studio.engine.rand import Scalar
from leabra_studio.engine.variables import FREQUENCIES
from leabra_studio.export.dialects import LEABRA7
from leabra_studio.export.page import Script
from leabra_studio.export.printing import Printer
from leabra_studio.export.script import Library, script, shown
from leabra_studio.export.source import comment
from leabra_studio.export.training import training_script
from leabra_studio.model.calls import Call, Make, calls
from leabra_studio.model.document import Model, NamedSpec, Projn
from leabra_studio.model.frozen import FrozenMap

MODULE = "leabra7"
TITLE = "For the original Leabra7 0.1.0, which differs from Leabra Studio in this:"
NOT_LOGGED = frozenset({"unit_act_nd", "unit_avg_ss", "unit_avg_s", "unit_avg_m", "unit_avg_l"})
"""What the original cannot log."""
ARGUMENTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Net": (),
        "new_layer": ("name", "size", "spec"),
        "new_projn": ("name", "pre", "post", "spec"),
        "clamp_layer": ("name", "acts"),
        "unclamp_layer": ("name",),
    }
)
"""The arguments that the original's methods know."""
KNOWN = frozenset({"LayerSpec", "ProjnSpec", "cycle", "own", "set", *ARGUMENTS})
"""The calls that can be written for the original."""
UNIT_SPEC = "unit_spec"
LOGS = tuple(f"log_on_{freq}" for freq in FREQUENCIES)


def script_for_leabra7(model: Model, journal: Iterable[Call] = (), logged: Sequence[str] | None = None) -> Script:
    """Return the script that builds and runs a model with the original Leabra7 0.1.0.

    Comments at its top say what the original lacks or does otherwise, as far as this model is touched by it.

    Parameters
    ----------
    model : Model
        The model that the net was built from.
    journal : iterable of Call
        What was done with the net since, as for `leabra_studio.export.script.script`.
    logged : sequence of str, optional
        Attributes that layers without a log of their own log every cycle; without it, what the page shows.
    """
    journal = tuple(journal)
    attrs = shown(model) if logged is None else tuple(logged)
    known = tuple(attr for attr in attrs if attr not in NOT_LOGGED)
    units_change = any(call.verb == "set" and call.args["path"].startswith(UNIT_SPEC) for call in journal)

    def lines(printer: Printer, call: Call) -> list[str]:
        return _lines(printer, _with_units(call) if units_change else call)

    notes = (TITLE, *(f"- {note}" for note in _notes(model, journal, attrs)))
    return script(_without_logs(model), journal, known, Library(MODULE, notes, lines))


def training_script_for_leabra7(model: Model, notes: Sequence[str] = ()) -> Script:
    """Return the script that trains a model by its plan with the original Leabra7 0.1.0.

    Parameters
    ----------
    model : Model
        A model without an `leabra_studio.model.plan.obstacle`.
    notes : sequence of str
        Further comments for the top.
    """
    found = [*_notes(model, (), ()), "It has no lb.stats: plain lines count the errors, cosines are left out."]
    if model.plan.lrate_schedule is not None:
        found.append("It has no schedules: the learning rate stays as it is.")
    library = Library(MODULE, (TITLE, *(f"- {note}" for note in found)), _lines)
    return training_script(_without_logs(model), notes, library, LEABRA7)


def _lines(printer: Printer, call: Call) -> list[str]:
    """Return the lines of a call as the original knows it."""
    if call.verb in ("LayerSpec", "ProjnSpec", "set"):
        return printer.lines(call)
    if call.verb == "cycle":
        count = call.args["num_cycles"]
        return ["net.cycle()"] if count == 1 else [f"for _ in range({count}):", "    net.cycle()"]
    if call.verb not in ARGUMENTS:
        return [printer.indent + comment(f"left out: net.{call.verb}")]
    args = FrozenMap((key, value) for key, value in call.args.items() if key in ARGUMENTS[call.verb])
    return printer.lines(replace(call, args=args))


def _with_units(call: Call) -> Call:
    """Return the call that makes a layer's spec with units of its own: the original's default is one object for all."""
    if call.verb != "LayerSpec" or UNIT_SPEC in call.args:
        return call
    return replace(call, args=FrozenMap({**call.args, UNIT_SPEC: Make("UnitSpec", FrozenMap())}))


def _without_logs(model: Model) -> Model:
    """Return the model without logs of what the original cannot log."""
    return replace(model, specs=tuple(replace(spec, values=dict(_loggable(spec))) for spec in model.specs))


def _loggable(spec: NamedSpec) -> Iterator[tuple[str, object]]:
    for name, value in spec.values.items():
        yield name, tuple(attr for attr in value if attr not in NOT_LOGGED) if name in LOGS else value


def _notes(model: Model, journal: Sequence[Call], attrs: Sequence[str]) -> Iterator[str]:
    """Yield a sentence for everything that is different there."""
    seed = "random weights are others in every run" if _Joined(model).are_random() else "no weight is random here"
    yield f"Net() takes no seed: {seed}."
    for verb in sorted({call.verb for call in (*calls(model), *journal)} - KNOWN):
        yield f"It has no net.{verb}: left out, so numbers may be others."
    yield "cycle() takes no count: a loop calls it."
    yield "It computes in single precision: numbers agree to about five digits."
    missing = sorted(NOT_LOGGED & {*attrs, *_logged(model)})
    if missing:
        yield f"It cannot log {', '.join(missing)}: left out."
    yield from _Joined(model).notes()
    if any(call.verb == "set" and call.args["path"] == "kwta_pct" for call in journal):
        yield "kwta_pct counts when a layer is made; changing it later does nothing."


def _logged(model: Model) -> Iterator[str]:
    for spec in model.specs:
        for name in LOGS:
            yield from spec.values.get(name, ())


class _Joined:
    """What the original does otherwise with the projections of a model."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def are_random(self) -> bool:
        """Return whether chance has a say in any connection or weight."""
        value = self._model.value
        sparse = any(0 < value(p.name, "sparsity") < 1 for p in self._model.projns)
        return sparse or not all(isinstance(value(p.name, "dist"), Scalar) for p in self._model.projns)

    def notes(self) -> Iterator[str]:
        """Yield a sentence for everything that touches at least one projection."""
        if any(map(self._is_transposed, self._model.projns)):
            yield "one_to_one with masks or layers of two sizes joins other units, or fails."
        if any(map(self._has_gaps, self._model.projns)):
            yield "Units that receive no connection may become NaN; here they receive 0."
        if any(self._model.value(p.name, "cos_diff_lrate") for p in self._model.projns):
            yield "cos_diff_lrate has no effect on learning."

    def _is_transposed(self, projn: Projn) -> bool:
        value, layer = self._model.value, self._model.layer
        masked = not all((*value(projn.name, "pre_mask"), *value(projn.name, "post_mask")))
        uneven = layer(projn.pre).size != layer(projn.post).size
        return bool(value(projn.name, "projn_type") == "one_to_one") and (masked or uneven)

    def _has_gaps(self, projn: Projn) -> bool:
        value = self._model.value
        return value(projn.name, "sparsity") < 1 or not all(value(projn.name, "post_mask"))
