"""The workers of batches: what happens when they die, when there can be none, and when the program ends."""

import logging
import os
import signal
import subprocess
import sys
from concurrent.futures import BrokenExecutor, Future
from concurrent.futures.process import BrokenProcessPool

import pytest

from leabra_studio.session.batch_line import Line
from leabra_studio.session.batch_pool import Pool
from leabra_studio.session.batch_work import DIED
from leabra_studio.session.batches import Batches
from leabra_studio.session.single_run import Signals
from tests.session.background import ended, seeds_of, until
from tests.session.lessons import NET

pytestmark = pytest.mark.usefixtures("kernels")

SEEDS = (7, 3, 5)


class Dying(Pool):
    """A pool whose workers die as often as it is told."""

    def __init__(self, times: int, *, worked: bool) -> None:
        super().__init__(1, processes=False)
        self._processes, self._worked, self.times = True, worked, times
        self.submitted = 0

    def submit(self, document, seed, signals):
        self.submitted += 1
        if self.submitted > self.times:
            return super().submit(document, seed, signals)
        future: Future = Future()
        future.set_exception(BrokenProcessPool("gone"))
        return future

    def _made(self):
        self._processes = False
        return super()._made()


@pytest.mark.parametrize(("times", "state"), [(1, ""), (2, DIED)])
def test_a_run_whose_worker_died_is_done_again_once(times, state):
    line = Line(Dying(times, worked=True))
    job = ended(Batches(line).add(NET, 0, [7]))
    assert job.snapshot().rows[7]["problem"] == state
    line.close()


def test_where_processes_never_work_threads_do(caplog):
    class Refusing(Pool):
        def _made(self):
            if self._processes:
                raise BrokenExecutor("no semaphores here")
            return super()._made()

    line = Line(Refusing(2))
    with caplog.at_level(logging.WARNING):
        job = ended(Batches(line).add(NET, 0, SEEDS))
    line.close()
    assert seeds_of(job) == list(SEEDS)
    assert ["no semaphores here" in record.message for record in caplog.records] == [True]
    assert not line.pool.has_processes


def test_signals_without_their_directory_are_quiet(tmp_path):
    signals = Signals(str(tmp_path / "gone"), os.getpid())
    signals.tell(3, 0.5)
    assert signals.share(3) == 0.0
    assert not signals.wanted
    signals.stop()
    kept = Signals(str(tmp_path), os.getpid())
    kept.tell(3, 0.5)
    assert (kept.share(3), kept.wanted) == (0.5, True)


PROGRAM = """
import sys, time
from leabra_studio.engine import warm
from leabra_studio.session.batch_line import shared
from leabra_studio.session.batches import Batches
from tests.session.lessons import model
warm.wait()
job = Batches().add(model(epochs=100_000, test_every=0), 0, [1, 2])
while not job.snapshot().share:
    time.sleep(0.01)
sys.stdout.write(" ".join(map(str, shared().pool._executor._processes)) + "\\n")
sys.stdout.flush()
if sys.argv[1] == "stays":
    time.sleep(600)
"""


def alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.slow
def test_the_workers_end_with_the_program_and_leave_no_warning():
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "ends"], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    workers = done.stdout.split()
    assert len(workers) >= 1
    until(lambda: not any(map(alive, workers)))


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a process that is left behind does not know of it on Windows")
def test_runs_end_when_the_program_is_killed(tmp_path):
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", PROGRAM, "stays"], env=environment, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stdout.readline()
        assert list(tmp_path.glob("leabra-batch-*"))
        program.send_signal(signal.SIGKILL)
    until(lambda: not list(tmp_path.glob("leabra-batch-*")))
