"""Results: what training and tests gave, as the page fetches it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine import stats
from leabra_studio.engine.params import shown
from leabra_studio.errors import LeabraError, ValidationError
from leabra_studio.model.document import Model
from leabra_studio.model.plan import CORRECT
from leabra_studio.session import clusters, run_table
from leabra_studio.session.csv_text import csv_text
from leabra_studio.session.lessons import MODES
from leabra_studio.session.packing import number, pack_bytes, pack_levels
from leabra_studio.session.records import PARTS
from leabra_studio.session.tally import Outcome
from leabra_studio.session.training import Training

Plain = dict[str, Any]
Options = Mapping[str, Any]

WORDS = {"train": "No epoch of training has ended yet: run one.", "test": "Nothing has been tested yet: Test all."}
PAGE = 10_000
"""Rows of the trial table in one answer, at most."""
OF_TESTS = frozenset({"trials", "confusion", "similarity"})
"""What may no longer belong to the network as it is."""
MOST = 200
"""Rows of a similarity matrix, at most."""


def result(training: Training, model: Model, what: str, options: Options) -> Plain:
    """Return a result as JSON has it; with what was tested comes why it is ``stale``, empty when it is not.

    Parameters
    ----------
    training
        What was trained.
    model
        The document as it is now.
    what
        ``trials`` (mode, start, count), ``confusion`` (mode, layer), ``similarity`` (layer), ``weights`` (projn),
        ``runs``, ``runs_csv``, ``records_csv``, ``trials_csv`` (mode).
    options
        Those in brackets; `mode` is ``test`` when left out.

    Raises
    ------
    LeabraError
        If there is no such result.
    """
    if what not in RESULTS:
        raise ValidationError("Results", "what", f"must be one of {', '.join(RESULTS)} (got {shown(what)})")
    found = RESULTS[what](training, options)
    return {**found, "stale": _stale(training, model, *_outcome(training, options))} if what in OF_TESTS else found


def _trials(training: Training, options: Options) -> Plain:
    """Return the trial table: what was shown, wanted and given."""
    _, outcome = _outcome(training, options)
    start, count = (_whole(options, name, default) for name, default in (("start", 0), ("count", PAGE)))
    index = range(len(outcome.rows))[start : start + min(count, PAGE)]
    wrong = outcome.trials["error"]
    correct = int((wrong == 0).sum())
    return {
        "table": outcome.material.table.name,
        "layers": _layers(training),
        "epoch": outcome.epoch + 1,
        "run": outcome.run + 1,
        "start": start,
        "rows": [_row(outcome, i) for i in index],
        "correct": correct,
        "rule": CORRECT[outcome.material.correct_by],
        "count": len(wrong),
    }


def _row(outcome: Outcome, trial: int) -> Plain:
    row, found = int(outcome.rows[trial]), {name: number(v[trial]) for name, v in outcome.trials.items()}
    return {
        "row": row,
        "name": outcome.name(row),
        "trial": trial,
        "input": {name: _image(v[row]) for name, v in outcome.material.inputs.items() if row < len(v)},
        "target": {name: _image(v[trial]) for name, v in outcome.targets.items()},
        "output": {name: _image(outcome.acts[name][trial]) for name in outcome.targets},
        **{name: found[name] for name in ("sse", "avg_sse", "cos_diff", "settling")},
        "correct": found["error"] == 0 if found["error"] is not None else None,
    }


def _confusion(training: Training, options: Options) -> Plain:
    """Return how often each target was answered by each unit, for targets of one unit each."""
    _, outcome = _outcome(training, options)
    layer = str(options.get("layer") or next(iter(outcome.targets), ""))
    if layer not in outcome.targets:
        return {"why": "There is no target layer: give one the role target, and patterns."}
    wanted = outcome.targets[layer]
    try:
        counts = stats.confusion(wanted, outcome.acts[layer])
    except ValidationError:
        return {"why": f"The targets of {layer} are not one unit each: there are no classes to confuse."}
    return {"layer": layer, "labels": _labels(outcome, wanted), "counts": counts.tolist()}


def _labels(outcome: Outcome, wanted: NDArray[np.float64]) -> list[str]:
    """Return a name for each unit of a target: what the names of its rows begin with, its number where they differ."""
    labels = []
    for unit in range(wanted.shape[1]):
        names = {outcome.name(int(row)).split(" ")[0] for row in outcome.rows[wanted[:, unit] == 1]}
        labels.append(names.pop() if len(names) == 1 else f"unit {unit}")
    distinct = len(set(labels)) == len(labels) and all(labels)
    return labels if distinct else [f"unit {unit}" for unit in range(wanted.shape[1])]


def _similarity(training: Training, options: Options) -> Plain:
    """Return the cosines between the activations of a layer in a test, and the tree of their clusters."""
    _, outcome = _outcome(training, options)
    hidden = next((layer.name for layer in training.model.layers if layer.role == "hidden"), "")
    layer = str(options.get("layer") or hidden or next(iter(outcome.acts), ""))
    if layer not in outcome.acts:
        return {"why": f"The activations of {shown(layer)} were not kept: choose another layer, or a smaller table."}
    if len(outcome.rows) > MOST:
        return {"why": f"The test has {len(outcome.rows):,} rows; similarity is shown of {MOST} at most."}
    return {
        "layer": layer,
        "names": [outcome.name(int(row)) for row in outcome.rows],
        **clusters.of(outcome.acts[layer]),
    }


def _weights(training: Training, options: Options) -> Plain:
    """Return the weights of a projection at the start of the run and now, [post, pre], NaN without a connection."""
    projn = str(options.get("projn") or next(iter(training.net.projn_names), ""))
    if projn not in training.net.projn_names:
        raise ValidationError("Results", "projn", f"must be the name of a projection (got {shown(projn)})")
    now = training.net.get_weights(projn).astype("<f4")
    before = training.before.get(projn, now).astype("<f4")
    rows, cols = now.shape
    return {"projn": projn, "before": _packed(before), "now": _packed(now), "rows": rows, "cols": cols}


def _runs(training: Training, options: Options) -> Plain:
    """Return the statistics of every run, and whose errors stop them: ``train`` or ``test``."""
    return {"runs": [asdict(row) for row in run_table.rows(training.records)], "stop_by": training.model.plan.stop_by}


def _runs_csv(training: Training, options: Options) -> Plain:
    """Return the same as CSV."""
    head = ["run", "seed", "epochs", *(f"{part} {name}" for name in ("first_zero", "correct") for part in PARTS)]
    found = run_table.rows(training.records)
    rows = ([row.run, row.seed, row.epochs, *row.first_zero.values(), *row.correct.values()] for row in found)
    return {"text": csv_text(head, rows)}


def _records_csv(training: Training, options: Options) -> Plain:
    """Return the statistics of all epochs as CSV."""
    names, values = training.records.arrays()
    counted = [values[names.index(name)] + 1 for name in ("run", "epoch")]
    kept = [name for name in names if name not in ("run", "epoch", "tested")]
    columns = [*counted, *(values[names.index(name)] for name in kept)]
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return {"text": csv_text(["run", "epoch", *kept], rows)}


def _trials_csv(training: Training, options: Options) -> Plain:
    """Return the trial table as CSV: statistics, then targets and outputs unit by unit."""
    _, outcome = _outcome(training, options)
    head = ["trial", "row", "name", *outcome.trials]
    blocks = [
        (f"{part} {name}", values[name])
        for name in outcome.targets
        for part, values in (("target", outcome.targets), ("output", outcome.acts))
    ]
    head += [f"{name}[{unit}]" for name, values in blocks for unit in range(values.shape[1])]
    rows = (
        [
            trial + 1, int(row) + 1, outcome.name(int(row)), *(float(v[trial]) for v in outcome.trials.values()),
            *(float(x) for _, values in blocks for x in values[trial]),
        ]
        for trial, row in enumerate(outcome.rows)
    )  # fmt: skip  # which trial, what of it, then every unit
    return {"text": csv_text(head, rows)}


def _outcome(training: Training, options: Options) -> tuple[str, Outcome]:
    mode = options.get("mode") or "test"
    if mode not in MODES:
        raise ValidationError("Results", "mode", f"must be one of {', '.join(MODES)} (got {shown(mode)})")
    outcome = training.outcomes.get(mode)
    if outcome is None:
        raise LeabraError(WORDS[mode])
    return mode, outcome


def _stale(training: Training, model: Model, mode: str, outcome: Outcome) -> str:
    """Return why a result no longer belongs to the network as it is; empty when it does."""
    table, judged = outcome.material.table.name, outcome.material
    if all(known.name != table for known in model.patterns):
        return f"Table {shown(table)} is no longer there."
    if not judged.same_patterns(model, table):
        return "The patterns have changed since."
    if not judged.fits(model, table):
        return "What counts as correct has changed since."
    if training.pending(model) or outcome.revision < training.stamp[0]:
        return "The parameters have changed since."
    if mode == "train" or (outcome.run, outcome.epoch) == training.reached:
        return ""
    when = f"after epoch {outcome.epoch + 1}" if outcome.epoch >= 0 else "before the first epoch"
    if (outcome.run, outcome.epoch) < training.reached:
        return f"The network has learnt since this test, which was made {when}."
    return f"The run has begun anew since this test, which was made {when}."


def _layers(training: Training) -> list[Plain]:
    return [
        {"name": layer.name, "rows": layer.shape[0], "cols": layer.shape[1], "role": layer.role}
        for layer in training.model.layers
    ]


def _image(values: NDArray[np.float64]) -> str:
    return pack_bytes(pack_levels(values, 0.0, 1.0))


def _packed(values: NDArray[np.float32]) -> str:
    return pack_bytes(np.ascontiguousarray(values).view(np.uint8))


def _whole(options: Options, name: str, default: int) -> int:
    value = options.get(name)
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValidationError("Results", name, f"must be a whole number from 0 (got {shown(value)})")
    return value


RESULTS: Mapping[str, Callable[[Training, Options], Plain]] = {
    "trials": _trials,
    "confusion": _confusion,
    "similarity": _similarity,
    "weights": _weights,
    "runs": _runs,
    "runs_csv": _runs_csv,
    "records_csv": _records_csv,
    "trials_csv": _trials_csv,
}
