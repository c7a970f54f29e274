"""Batch: the training of a model for many seeds and variants, on several cores or a cluster."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from threading import Event
from typing import Any

import joblib

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.model import checks, codec, edits, limits
from leabra_studio.model.changes import difference
from leabra_studio.model.document import Model
from leabra_studio.model.problems import untrainable
from leabra_studio.session.batch_result import BatchResult, FinishedRun
from leabra_studio.session.single_run import Trained, trained

logger = logging.getLogger(__name__)

ALONE = "model"
"""The name of the only variant where none are given: the model as it is."""

Variants = Mapping[str, Mapping[str, Any]]
Key = tuple[str, int]


def batch(
    model: Model | str | Path,
    *,
    seeds: Iterable[int],
    variants: Variants | None = None,
    jobs: int | None = -1,
    progress: Callable[[FinishedRun], object] | None = None,
    cancel: Event | None = None,
) -> BatchResult:
    """Carry out the training plan of a model for every variant and seed.

    Each run is that of the studio as fast as possible, with the same numbers to the last bit, however many jobs there
    are. Work is divided by joblib: inside ``joblib.parallel_config(backend="dask")`` it goes to the dask cluster.

    Parameters
    ----------
    model : Model, str or Path
        The model, the path of its ``.leabra.json`` file, or the JSON text of it.
    seeds : iterable of int
        The seed of each run, 0 to 2**32 - 1, each once: of its weights and of the order of its patterns. The seeds,
        and the number of runs, in the plan are not used.
    variants : mapping, optional
        Name of each variant -> what is other in it: ``{"strong": {"hidden.gi": 1.6}}``. A path begins with the name of
        a layer or projection, whose spec is changed for all that share it, or of a spec; a variant that changes
        nothing is ``{}``. When left out, the model as it is, called ``model``.
    jobs : int, optional
        Runs at a time: -1 for as many as there are cores, 1 for none but this process, None for what
        ``joblib.parallel_config`` says.
    progress : callable, optional
        Called in this thread with a `FinishedRun` after every run, in the order in which they end.
    cancel : threading.Event, optional
        Once set, no more runs begin; those that have begun end. Ctrl+C ends those as well.

    Returns
    -------
    BatchResult
        What was recorded. After `cancel` or Ctrl+C, of the runs that have ended; the others are in its `left`.

    Raises
    ------
    ValidationError
        If there is no such file, the model cannot be trained, there are no seeds, or a variant, a seed or `jobs` is
        not allowed.
    FormatError
        If the file or text is no model.
    KeyboardInterrupt
        After Ctrl+C before the first run has ended.
    """
    base, wanted, workers = _loaded(model), _checked_seeds(seeds), _checked_jobs(jobs)
    _refuse_untrained(base, "model")
    models = _varied(base, {ALONE: {}} if variants is None else variants)
    keys = [(variant, seed) for variant in models for seed in wanted]
    over = Event()
    begun = takewhile(lambda _: not over.is_set() and not (cancel and cancel.is_set()), keys)
    found = _collected(_results(models, begun, workers), len(keys), progress, over)
    ended = {key: found[key] for key in keys if key in found}
    differences = {variant: difference(base, other) for variant, other in models.items()}
    return BatchResult.of(base.plan, ended, differences, tuple(key for key in keys if key not in found))


def _job(key: Key, document: str) -> tuple[Key, Trained]:
    return key, trained(document, key[1])


def _results(models: Mapping[str, Model], keys: Iterable[Key], jobs: int | None) -> Iterator[tuple[Key, Trained]]:
    """Return what the runs give, in the order in which they end."""
    documents = {variant: codec.dumps(model) for variant, model in models.items()}
    # A run is handed out when there is somebody to do it, so that few are under way when it is cancelled.
    parallel = joblib.Parallel(jobs, return_as="generator_unordered", pre_dispatch="n_jobs", batch_size=1)
    results: Iterator[tuple[Key, Trained]] = parallel(joblib.delayed(_job)(key, documents[key[0]]) for key in keys)
    return results


def _collected(
    results: Iterator[tuple[Key, Trained]],
    total: int,
    progress: Callable[[FinishedRun], object] | None,
    over: Event,
) -> dict[Key, Trained]:
    """Gather what the runs give, telling of each; after Ctrl+C, what there is. At the end none is under way."""
    found: dict[Key, Trained] = {}
    try:
        for key, run in results:
            found[key] = run
            if progress is not None:
                progress(FinishedRun(*key, len(found), total, run.epochs, run.problem))
    except KeyboardInterrupt:
        if not found:
            raise
        logger.warning("batch was interrupted after %d of %d runs", len(found), total)
    finally:
        over.set()
        found.update(results)  # of those still under way; joblib warns of a result that nobody takes
    return found


def _loaded(model: object) -> Model:
    """Return the model that was given, in whatever form."""
    if isinstance(model, Model):
        return model
    if isinstance(model, str) and model.lstrip().startswith("{"):
        return codec.loads(model)
    if not isinstance(model, str | Path):
        rule = f"must be a model, the path of a .leabra.json file, or JSON text (got {shown(model)})"
        raise ValidationError("batch", "model", rule)
    try:
        content = Path(model).read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        rule = f"must be a model, JSON text, or the path of a file that can be read (got {shown(str(model))}: {why})"
        raise ValidationError("batch", "model", rule) from error
    return codec.loads(content)


def _checked_seeds(seeds: object) -> list[int]:
    if not isinstance(seeds, Iterable) or isinstance(seeds, str | bytes):
        raise ValidationError("batch", "seeds", f"must be whole numbers, such as range(10) (got {shown(seeds)})")
    found = [checks.whole("batch", f"seeds[{i}]", seed, 0, limits.SEED) for i, seed in enumerate(seeds)]
    if not found:
        raise ValidationError("batch", "seeds", "must be at least one, such as range(10) (got none)")
    twice = next((seed for i, seed in enumerate(found) if seed in found[:i]), None)
    if twice is not None:
        raise ValidationError("batch", "seeds", f"must differ from each other (got {twice} twice)")
    return found


def _checked_jobs(jobs: object) -> int | None:
    if jobs is None or (isinstance(jobs, int) and not isinstance(jobs, bool) and jobs):
        return jobs
    raise ValidationError("batch", "jobs", f"must be a number of jobs, or -1 for one per core (got {shown(jobs)})")


def _varied(base: Model, variants: object) -> dict[str, Model]:
    """Return the model of each variant."""
    checks.mapping("batch", "variants", variants)
    if not isinstance(variants, Mapping) or not variants:
        raise ValidationError("batch", "variants", "must be at least one, or left out for the model as it is")
    return {name: _variant(base, name, changes) for name, changes in variants.items()}


def _variant(base: Model, name: object, changes: object) -> Model:
    checks.text("batch", "variants", name)
    where = f"variants[{shown(name)}]"
    checks.mapping("batch", where, changes)
    model = base
    for path, value in changes.items() if isinstance(changes, Mapping) else ():
        model = _with(model, where, path, value)
    _refuse_untrained(model, where)
    return model


def _with(model: Model, where: str, path: object, value: object) -> Model:
    """Return a model with another value of a parameter, whose path begins with a name."""
    specs = [spec.name for spec in model.specs]
    names = [name for name in (*model.names, *specs) if isinstance(path, str) and path.startswith(f"{name}.")]
    if not isinstance(path, str) or not names:
        rule = "must begin with the name of a layer, projection or spec and a dot, as in hidden.gi"
        raise ValidationError("batch", where, f"{rule} (got {shown(path)})")
    name = max(names, key=len)
    edit = edits.set_param if name in model.names else edits.set_spec_param
    return edit(model, name, path.removeprefix(f"{name}."), value)


def _refuse_untrained(model: Model, field: str) -> None:
    """Refuse a model that cannot be trained, with the reason."""
    if why := untrainable(model):
        raise ValidationError("batch", field, f"must be a model that can be trained. {why}")
