"""Workers for the runs of batches in the background: processes of low priority, or threads instead."""

from __future__ import annotations

import logging
import os
import signal
import tempfile
import threading
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor

from leabra_studio.session.single_run import Signals, Trained, trained_while_wanted

logger = logging.getLogger(__name__)

# A process that has had nothing to do for so many seconds ends; the next batch starts another.
IDLE = 60.0
# What is added to the niceness of a worker: beside others that work it gets about a tenth of their time.
NICE = 10

NO_PROCESSES = (BrokenExecutor, NotImplementedError, OSError, ImportError)
"""What a system without processes, or without room for them, may raise."""

_live: set[Signals] = set()
_hooked = threading.Event()


class Pool:
    """Workers that all batches of this process share.

    Parameters
    ----------
    size
        How many; as many as there are cores when left out.
    processes
        Whether they may be processes.
    """

    def __init__(self, size: int | None = None, *, processes: bool = True) -> None:
        self.size = size or _cores()
        self._processes = processes
        self._executor: Executor | None = None
        self._worked = False
        self._lock = threading.Lock()

    @property
    def has_processes(self) -> bool:
        """Whether the workers are processes, as far as is known."""
        return self._processes

    def signals(self) -> Signals:
        """Return new signals for the runs of one batch."""
        made = Signals(tempfile.mkdtemp(prefix="leabra-batch-"), os.getpid())
        _live.add(made)
        return made

    def dismiss(self, signals: Signals) -> None:
        """Stop the runs that listen to `signals`, which are not needed any more."""
        signals.stop()
        _live.discard(signals)

    def submit(self, document: str, seed: int, signals: Signals) -> Future[Trained | None]:
        """Let a worker carry out a run."""
        with self._lock:
            try:
                return self._started().submit(trained_while_wanted, document, seed, signals)
            except NO_PROCESSES as error:
                self._replace(error)
                return self._started().submit(trained_while_wanted, document, seed, signals)

    def worked(self) -> None:
        """Take note that a worker has given a result."""
        self._worked = True

    def mend(self, error: BaseException) -> None:
        """Have other workers after some have died: threads, where no process has ever given a result."""
        with self._lock:
            self._replace(error)

    def close(self) -> None:
        """End all workers; those at work end with the signals that they listen to."""
        with self._lock:
            self._drop()

    def _started(self) -> Executor:
        if self._executor is None:
            self._executor = self._made()
        return self._executor

    def _made(self) -> Executor:
        if not self._processes:
            return ThreadPoolExecutor(self.size, "batch-run")
        from joblib.externals.loky import ProcessPoolExecutor  # as in `_cores`

        made: Executor = ProcessPoolExecutor(self.size, timeout=IDLE, initializer=step_back)
        return made

    def _replace(self, error: BaseException) -> None:
        if self._processes and not (self._worked and isinstance(error, BrokenExecutor)):
            logger.warning("batches run in threads of this process, for others cannot be used (%s)", error)
            self._processes = False
        self._drop()

    def _drop(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=False)
        self._executor = None


def _cores() -> int:
    from joblib import cpu_count  # the start of a server can do without the moment that it takes to load

    found: int = cpu_count()
    return found


def step_back() -> None:
    """Give this process a lower priority, where the system knows such a thing, and leave Ctrl+C to the server."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICE)


def end_with_interpreter() -> None:
    """Stop all runs when the interpreter ends, which otherwise waits for them: see `threading._register_atexit`."""
    if not _hooked.is_set():
        _hooked.set()
        # What `atexit` calls comes too late: the interpreter has waited for all executors by then.
        threading._register_atexit(_stop_all)  # type: ignore[attr-defined]  # there is no public name for it


def _stop_all() -> None:
    for signals in list(_live):
        signals.stop()
