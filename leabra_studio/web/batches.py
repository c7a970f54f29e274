"""What the page asks of the batches of its session: begin, watch, compare, cancel, take away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from leabra_studio.engine.params import shown
from leabra_studio.errors import ValidationError
from leabra_studio.export.batch_lines import batch_lines
from leabra_studio.model import codec
from leabra_studio.model.side_by_side import of_training, side_by_side
from leabra_studio.session import comparison
from leabra_studio.session.batch_job import BatchJob
from leabra_studio.session.batches import Batches
from leabra_studio.session.lessons import MODES
from leabra_studio.session.session import Session
from leabra_studio.session.store import SessionStore
from leabra_studio.web.arguments import names, text
from leabra_studio.web.files import file_name
from leabra_studio.web.seeds import first_seeds, parse_seeds, write_seeds

Request = Mapping[str, Any]
Plain = dict[str, Any]

WAIT = 2.0
"""Seconds a new batch waits for a tick that holds the session."""
MOST_DRAWN = 6
"""Batches in one plot: as many as there are styles of lines."""


def ask(store: SessionStore, sid: str, request: Any) -> Plain:
    """The answer to a request about batches, as JSON has it.

    Only what needs the document itself waits for the session; the rest is answered while it is at work.

    Raises
    ------
    LeabraError
        The request is malformed, there is no such batch, or a limit is reached.
    """
    batches = store.batches(sid, wait=WAIT)
    batches.touch()
    if not isinstance(request, Mapping):
        raise ValidationError("Request", "batches", f"must be an object (got {shown(request)})")
    op = request.get("op")
    if isinstance(op, str) and op in OF_SESSION:
        with store.checkout(sid, wait=WAIT) as session:
            return OF_SESSION[op](session, request)
    if not isinstance(op, str) or op not in OF_BATCHES:
        raise ValidationError(
            "Request", "op", f"must be one of {', '.join((*OF_SESSION, *OF_BATCHES))} (got {shown(op)})"
        )
    return OF_BATCHES[op](batches, request)


def overview(batches: Batches) -> Plain:
    """Every batch as its row tells of it, and the one that can come back."""
    removed = batches.removed
    return {
        "batches": [_row(batches, job) for job in batches.jobs],
        "removed": None if removed is None else {"id": removed.ident, "name": removed.name},
    }


def _row(batches: Batches, job: BatchJob) -> Plain:
    snapshot = job.snapshot()
    return {
        "id": job.ident,
        "name": job.name,
        "revision": job.revision,
        "seeds": write_seeds(job.seeds),
        "total": len(job.seeds),
        "ended": len(snapshot.runs),
        "state": snapshot.state,
        "before": batches.before(job),
        "share": round(snapshot.share, 4),
        "left": None if snapshot.left is None else round(snapshot.left, 1),
        "problem": snapshot.problem,
        **comparison.summary(job, snapshot),
    }


def _look(session: Session, request: Request) -> Plain:
    """What there is, and the seeds that a next batch would have."""
    jobs = session.batches.jobs
    seeds = write_seeds(jobs[-1].seeds) if jobs else first_seeds(session.model.seed)
    return overview(session.batches) | {"seeds": seeds, "revision": session.revision}


def _run(session: Session, request: Request) -> Plain:
    seeds = parse_seeds(request.get("seeds"))
    job = session.batches.add(session.model, session.revision, seeds)
    return _look(session, request) | {"added": job.ident}


def _python(session: Session, request: Request) -> Plain:
    """The lines that repeat a batch; its model is the one that is open, or the file of its revision."""
    job = session.batches.get(request.get("batch"))
    present = of_training(job.model) == of_training(session.model)
    saved = "the model, saved as a file" if present else f"revision {job.revision} of the model: Save model, in Compare"
    ending = codec.SUFFIX if present else _ending(job)
    return {"text": batch_lines(file_name(job.model.name, ending), job.seeds, saved)}


def _ending(job: BatchJob) -> str:
    return f"_revision_{job.revision}{codec.SUFFIX}"


def _model(batches: Batches, request: Request) -> Plain:
    """The model of a batch as a file."""
    job = batches.get(request.get("batch"))
    return {"filename": file_name(job.model.name, _ending(job)), "text": codec.dumps(job.model)}


def _cancel(batches: Batches, request: Request) -> Plain:
    batches.cancel(request.get("batch"))
    return overview(batches)


def _remove(batches: Batches, request: Request) -> Plain:
    batches.remove(request.get("batch"))
    return overview(batches)


def _restore(batches: Batches, request: Request) -> Plain:
    batches.restore()
    return overview(batches)


def _rename(batches: Batches, request: Request) -> Plain:
    batches.rename(request.get("batch"), text(request, "name"))
    return overview(batches)


def _chosen(batches: Batches, request: Request) -> list[BatchJob]:
    """The batches that a request is about."""
    found = [batches.get(ident) for ident in dict.fromkeys(names(request, "of"))]
    if len(found) > MOST_DRAWN:
        raise ValidationError("Request", "of", f"must be {MOST_DRAWN} batches at most (got {len(found)})")
    return found


def _curves(batches: Batches, request: Request) -> Plain:
    """What is drawn of some batches: one statistic of training or of tests."""
    part, stat, single = text(request, "part"), text(request, "stat"), request.get("single")
    if part not in MODES:
        raise ValidationError("Request", "part", f"must be one of {', '.join(MODES)} (got {shown(part)})")
    found = {
        job.ident: comparison.curves(job.snapshot(), part, stat, single=job.ident == single)
        for job in _chosen(batches, request)
    }
    return {"curves": found}


def _runs(batches: Batches, request: Request) -> Plain:
    """The runs of one batch, with what it was of."""
    job = batches.get(request.get("batch"))
    return {"runs": comparison.runs(job, job.snapshot()), "seeds": list(job.seeds)}


def _differences(batches: Batches, request: Request) -> Plain:
    """In what the models and seeds of some batches differ, a row for each difference."""
    jobs = _chosen(batches, request)
    rows = [
        {"where": side.where, "what": side.what, "values": side.values}
        for side in side_by_side([job.model for job in jobs])
    ]
    seeds = [write_seeds(job.seeds) for job in jobs]
    if len(set(seeds)) > 1:
        rows.append({"where": "batch", "what": "seeds", "values": tuple(seeds)})
    return {"rows": rows}


def _records_csv(batches: Batches, request: Request) -> Plain:
    return {"text": comparison.records_csv([(job, job.snapshot()) for job in _chosen(batches, request)])}


def _runs_csv(batches: Batches, request: Request) -> Plain:
    return {"text": comparison.runs_csv(batches.get(request.get("batch")).snapshot())}


OF_SESSION: Mapping[str, Callable[[Session, Request], Plain]] = {"look": _look, "run": _run, "python": _python}
"""Requests that need the document."""

OF_BATCHES: Mapping[str, Callable[[Batches, Request], Plain]] = {
    "watch": lambda batches, request: overview(batches),
    "cancel": _cancel,
    "remove": _remove,
    "restore": _restore,
    "rename": _rename,
    "curves": _curves,
    "runs": _runs,
    "differences": _differences,
    "records_csv": _records_csv,
    "runs_csv": _runs_csv,
    "model": _model,
}
"""Requests that are answered while the session is at work."""
