"""Trainings at rest: all that is needed to go on from the middle of an epoch, bit for bit."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine.trials import NetState
from leabra_studio.errors import FormatError
from leabra_studio.model import codec
from leabra_studio.model.program import Level, Stretch
from leabra_studio.session import journal
from leabra_studio.session.course import Shown
from leabra_studio.session.journal import Journal
from leabra_studio.session.records import Records
from leabra_studio.session.simulation import Frozen, loaded
from leabra_studio.session.tally import Outcome, Parts, Tally
from leabra_studio.session.training import Training, checked_mode

Arrays = dict[str, NDArray[Any]]

LENGTH = struct.Struct("<Q")
STATE = ("units", "layers", "weights", "stale")
PARTS = ("rows", "acts", "targets", "means", "settling")


def freeze(training: Training) -> Frozen:
    """Return a training at rest: a test that was asked for and has not ended is not gone on with."""
    plain = training.freeze()
    arrays: Arrays = _state("good", training.good)
    arrays |= {f"before {name}": weights for name, weights in training.before.items()}
    names, arrays["records"] = training.records.arrays()
    tallies = {f"tally {part}": tally for (mode, part), tally in training.tallies.items() if mode == "train"}
    outcomes = _outcomes(training)
    for more in (
        *(_state(f"aside {mode}", state) for mode, state in training.aside.items()),
        *(_parts(key, tally.joined()) for key, tally in tallies.items()),
        *(_parts(key, outcome.parts) for key, outcome in outcomes.items()),
    ):
        arrays |= more
    program = training.programs["train"]
    header = {
        "document": codec.dumps(training.model),
        "at": training.place,
        "left": program.left,
        "over": program.stretch is None,
        **{name: getattr(training, name) for name in ("run", "seed", "mode", "cycle", "learnt", "tested", "problem")},
        "records": names,
        "tallies": list(tallies),
        "outcomes": {key: [each.run, each.epoch, each.revision] for key, each in outcomes.items()},
        "shown": _plain(training.shown.get("train")),
    }
    file = BytesIO()
    np.savez(file, **arrays)  # type: ignore[arg-type]  # numpy's annotations take the names for options
    return Frozen({**plain.header, "training": header}, LENGTH.pack(len(plain.net)) + plain.net + file.getvalue())


def thaw(frozen: Frozen) -> Training:
    """Return the training that `freeze` was asked of, with nothing recorded of its cycles.

    Raises
    ------
    LeabraError
        If it cannot be read.
    """
    try:
        (length,) = LENGTH.unpack_from(frozen.net)
        net, rest = frozen.net[LENGTH.size : LENGTH.size + length], frozen.net[LENGTH.size + length :]
        with np.load(BytesIO(rest), allow_pickle=False) as file:
            return _thawed(frozen.header, net, dict(file))
    except (LookupError, TypeError, ValueError, OSError, struct.error) as error:
        raise FormatError(f"The training cannot be read ({error})") from error


def _thawed(header: Mapping[str, Any], net: bytes, arrays: Arrays) -> Training:
    told = header["training"]
    at = told["at"] and tuple(told["at"])
    training = Training(codec.loads(told["document"]), int(header["revision"]), at=at or (told["run"], 0, 0, 0, 0))
    record = Journal(
        codec.loads(header["start"]), codec.loads(header["model"]), [journal.decoded(x) for x in header["calls"]]
    )
    training.hold(record, loaded(record.model, net))
    training.run, training.seed = told["run"], told["seed"]
    training.learnt, training.tested, training.problem = told["learnt"], told["tested"], told["problem"]
    _fill(training, told, arrays)
    training.go_on_at(told["cycle"], None if told["over"] else at, told["left"])
    training.shown |= {"train": _shown(told["shown"])} if told["shown"] else {}
    training.put_back("test")
    training.choose(checked_mode(told["mode"]))
    return training


def _fill(training: Training, told: Mapping[str, Any], arrays: Arrays) -> None:
    """Give a training what was kept of its past."""
    training.good = _net_state("good", arrays)
    training.aside = {mode: _net_state(f"aside {mode}", arrays) for mode in ("train", "test") if _has(mode, arrays)}
    training.before = {key[7:]: values for key, values in arrays.items() if key.startswith("before ")}
    training.records = Records.of(told["records"], arrays["records"])
    for key in told["tallies"]:
        training.tallies["train", key[6:]] = _tally(training, key, key[6:], arrays)
    for key, (run, epoch, revision) in told["outcomes"].items():
        kind, part = key.split(" ")
        outcome = _tally(training, key, part, arrays).outcome(run, epoch, revision)
        (training.pending_outcomes if kind == "pending" else training.outcomes)[part] = outcome


def _outcomes(training: Training) -> dict[str, Outcome]:
    """Return what is kept of epochs and tests: that of patterns which are no longer the document's is not."""
    pending = {f"pending {part}": outcome for part, outcome in training.pending_outcomes.items()}
    last = {
        f"last {part}": outcome
        for part, outcome in training.outcomes.items()
        if outcome.material is training.materials[part]
    }
    return pending | last


def _tally(training: Training, key: str, part: str, arrays: Arrays) -> Tally:
    tally = Tally(training.layers, training.materials[part])
    rows, acts, targets, means, settling = (arrays[f"{key} {name}"] for name in PARTS)
    tally.parts = [(rows, acts, targets, means, settling)]
    return tally


def _parts(key: str, parts: Parts) -> Arrays:
    return {f"{key} {name}": values for name, values in zip(PARTS, parts, strict=True)}


def _state(key: str, state: NetState) -> Arrays:
    values = {name: getattr(state, name) for name in STATE}
    return {f"{key} {name}": value for name, value in values.items() if value is not None}


def _has(mode: str, arrays: Arrays) -> bool:
    return f"aside {mode} units" in arrays


def _net_state(key: str, arrays: Arrays) -> NetState:
    return NetState(*(arrays.get(f"{key} {name}") for name in STATE))  # type: ignore[arg-type]  # units and layers are always there


def _plain(shown: Shown | None) -> list[Any] | None:
    if shown is None:
        return None
    stretch = shown.stretch
    values = (stretch.run, stretch.epoch, stretch.trial, stretch.row, stretch.cycles, int(stretch.ends))
    return [stretch.mode, stretch.phase, *values, shown.cycle]


def _shown(item: list[Any]) -> Shown:
    mode, phase, run, epoch, trial, row, cycles, ends, cycle = item
    return Shown(Stretch(cycles, Level(ends), mode, phase, run, epoch, trial, row), cycle)
