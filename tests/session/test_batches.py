"""Batches in the background: the numbers of `lb.batch`, progress, cancel, the line, limits."""

import numpy as np
import pytest

import leabra_studio as lb
from leabra_studio.errors import LeabraError, LimitError, ValidationError
from leabra_studio.model import edits
from leabra_studio.session import batches as module
from leabra_studio.session import comparison
from leabra_studio.session.batch_job import FORGOTTEN
from leabra_studio.session.batch_line import Line
from leabra_studio.session.batch_pool import Pool
from leabra_studio.session.batches import Batches
from leabra_studio.session.session import Session
from leabra_studio.session.store import SessionStore
from tests.session.background import ENDLESS, ended, seeds_of, under_way, until
from tests.session.helpers import Clock
from tests.session.lessons import NET, model

pytestmark = pytest.mark.usefixtures("kernels")

SEEDS = (7, 3, 5)


@pytest.fixture(scope="module")
def processes(kernels):
    """Give a line whose runs are in processes; after the tests none is left."""
    line = Line(Pool(2))
    yield line
    line.close()


@pytest.fixture
def threads():
    """Give a line of one batch at a time whose runs are in two threads."""
    line = Line(Pool(2, processes=False), at_once=1)
    yield line
    line.close()


@pytest.fixture
def batches(threads):
    return Batches(threads)


@pytest.mark.parametrize("kind", ["processes", "threads"])
def test_the_numbers_are_those_of_the_library(kind, request):
    job = ended(Batches(request.getfixturevalue(kind)).add(NET, 4, SEEDS))
    taught = lb.batch(NET, seeds=SEEDS, jobs=1)
    snapshot = job.snapshot()
    assert (job.revision, snapshot.state, snapshot.share, snapshot.left) == (4, "done", 1.0, None)
    assert seeds_of(job) == list(SEEDS)
    for seed, run in snapshot.runs.items():
        for part in ("train", "test"):
            of_run = (taught.records["seed"] == seed) & (taught.records["mode"] == part)
            known = taught.records[of_run]
            kept = run.column("tested") == 1 if part == "test" else np.ones(run.epochs, dtype=bool)
            for name in known.columns[4:]:
                np.testing.assert_array_equal(run.column(f"{part} {name}")[kept], known[name], err_msg=name)
    for row, given in zip(taught.runs.to_dict("records"), snapshot.rows.values(), strict=True):
        assert {name: given[name] for name in ("epochs", "solved", "problem")} == {
            name: row[name] for name in ("epochs", "solved", "problem")
        }


def test_cancel_keeps_what_has_ended_and_gives_up_what_is_under_way(processes):
    job = under_way(Batches(processes).add(ENDLESS, 0, SEEDS))
    job.cancel()
    assert job.snapshot().state == "cancelled"
    until(lambda: not processes._at_work)
    assert seeds_of(job) == []
    assert job.snapshot().problem == ""


def test_runs_that_have_ended_stay_when_the_others_are_cancelled(batches):
    job = batches.add(model(epochs=2000), 0, range(100))
    until(lambda: len(seeds_of(job)) >= 2)
    batches.cancel(job.ident)
    assert 2 <= len(seeds_of(job)) < 100
    assert len(comparison.runs(job, job.snapshot())) == len(seeds_of(job))


def test_while_it_runs_it_says_how_far_it_is_and_how_long_it_takes(batches):
    job = under_way(batches.add(model(epochs=4000, test_every=0), 0, range(30)))
    until(lambda: job.snapshot().left is not None)
    snapshot = job.snapshot()
    assert snapshot.state == "running"
    assert 0 < snapshot.share < 1
    assert snapshot.left >= 0
    job.cancel()
    assert job.snapshot().left is None


def test_batches_wait_in_line_and_one_that_was_cancelled_there_never_begins(threads):
    one, other = Batches(threads), Batches(threads)
    first = under_way(one.add(ENDLESS, 0, [1]))
    second, third = other.add(ENDLESS, 0, [1]), other.add(NET, 0, [1])
    assert [line.before(job) for line, job in ((one, first), (other, second), (other, third))] == [0, 1, 2]
    assert second.snapshot().state == third.snapshot().state == "waiting"
    other.cancel(second.ident)
    assert other.before(third) == 1
    first.cancel()
    assert ended(third).snapshot().state == "done"
    assert seeds_of(second) == []


def test_the_model_is_that_of_the_moment_it_was_asked_for(batches):
    session = Session(NET)
    job = batches.add(session.model, session.revision, [7])
    session.edit(edits.set_param, "hid", "gi", 2.5)
    assert job.model is NET
    later = ended(batches.add(session.model, session.revision, [7]))
    assert (job.name, later.name) == ("revision 0", "gi 1.8 → 2.5")
    assert [ended(job).ident, later.ident] == ["A", "B"]
    sums = [one.snapshot().runs[7].column("train sse").sum() for one in (job, later)]
    assert sums[0] != sums[1]


def test_a_batch_of_another_model_has_its_name(batches):
    ended(batches.add(NET, 3, [7]))
    other = ended(batches.add(edits.add_layer(edits.set_name(model(epochs=1, test_every=0), "Other")), 5, [7]))
    many = ended(batches.add(edits.set_plan(NET, epochs=2, minus_cycles=5, plus_cycles=5, order="sequential"), 6, [7]))
    assert (other.name, many.name) == ("Other, revision 5", "Untitled, revision 6")


def test_a_run_that_lost_its_numbers_says_so(batches):
    job = ended(batches.add(edits.set_param(NET, "up", "lrate", 1e300), 0, [7]))
    assert job.snapshot().rows[7]["problem"].startswith("Training stopped: ")
    assert comparison.summary(job, job.snapshot())["problems"] == 1


def test_a_removed_batch_comes_back_to_its_place(batches):
    jobs = [ended(batches.add(NET, 0, [seed])) for seed in (1, 2)]
    batches.remove("A")
    assert batches.jobs == (jobs[1],)
    assert batches.removed is jobs[0]
    batches.restore()
    assert batches.jobs == tuple(jobs)
    with pytest.raises(LeabraError, match="no batch to bring back"):
        batches.restore()


def test_one_at_work_is_not_removed(batches):
    under_way(batches.add(ENDLESS, 0, [1]))
    with pytest.raises(LeabraError, match="cancel it first"):
        batches.remove("A")


@pytest.mark.parametrize(
    ("model_", "seeds", "sentence"),
    [
        (NET, range(101), "1 to 100 runs"),
        (NET, [], "1 to 100 runs"),
        (model(epochs=60_000), range(10), "records of 500,000 epochs at most; 10 runs of up to 60,000 epochs"),
        (edits.set_plan(NET, train=None), [1], "no table of patterns to train on"),
    ],
)
def test_limits_are_sentences(batches, model_, seeds, sentence):
    with pytest.raises(LeabraError, match=sentence):
        batches.add(model_, 0, seeds)
    assert len(batches) == 0


def test_so_many_batches_and_no_more(batches):
    for seed in range(module.MOST):
        ended(batches.add(NET, 0, [seed]))
    with pytest.raises(LimitError, match="12 batches at most: remove one"):
        batches.add(NET, 0, [1])


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, 3, None])
def test_a_name_that_is_none_is_refused(batches, name):
    ended(batches.add(NET, 0, [1]))
    with pytest.raises(ValidationError, match="name"):
        batches.rename("A", name)
    batches.rename("A", "  of   last week ")
    assert batches.get("A").name == "of last week"


@pytest.mark.parametrize("ident", [None, 3, "Z", ["A"], {}])
def test_a_batch_that_is_not_there_is_named(batches, ident):
    with pytest.raises(ValidationError, match="must be one of those that there are, none"):
        batches.get(ident)


def test_nobody_looks_any_more(threads):
    clock = Clock()
    batches = Batches(threads, clock)
    job = under_way(batches.add(ENDLESS, 0, [1]))
    clock.now += module.PATIENCE - 1
    batches.touch()
    clock.now += module.PATIENCE + 1
    assert ended(job).snapshot().problem == FORGOTTEN


def test_a_session_that_makes_room_takes_its_batches_with_it(threads):
    store = SessionStore(most=1)
    sid = store.create(Session(NET))
    store.batches(sid)._line = threads
    job = under_way(store.batches(sid).add(ENDLESS, 0, [1]))
    store.create(Session(NET))
    assert job.snapshot().state == "cancelled"
    until(lambda: not threads._at_work)


def test_batches_are_read_while_the_session_is_at_work(threads):
    store = SessionStore()
    sid = store.create(Session(NET))
    with store.checkout(sid) as session:
        assert store.batches(sid) is session.batches
    store.close()
