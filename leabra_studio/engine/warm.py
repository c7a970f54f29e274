"""Compiling ahead: a background thread that has the kernels ready before the first net needs them."""

from __future__ import annotations

import logging
import threading

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_done = threading.Event()
_thread: threading.Thread | None = None
_error: str | None = None


def start() -> None:
    """Begin compiling in the background, or loading from the cache on disk; a second call does nothing."""
    global _thread  # one thread for the process, as there is one set of kernels
    with _lock:
        if _thread is None:
            _thread = threading.Thread(target=_compile, name="compile-kernels", daemon=True)
            _thread.start()


def ready() -> bool:
    """Return whether every kernel can run without delay."""
    return _done.is_set() and _error is None


def wait(timeout: float | None = None) -> bool:
    """Start if need be and wait for the end.

    Parameters
    ----------
    timeout : float, optional
        Seconds; for ever when left out.

    Returns
    -------
    bool
        Whether the kernels are ready.
    """
    start()
    _done.wait(timeout)
    return ready()


def failed() -> str | None:
    """Return why compiling failed, None while it did not."""
    return _error


def run_once() -> None:
    """Run a tiny net through every compiled entry point, which compiles what is not compiled."""
    from leabra_studio.engine.net import Net
    from leabra_studio.engine.specs import LayerSpec

    net = Net(seed=0)
    net.new_layer("a", 1, LayerSpec(log_on_cycle=("unit_act",), log_on_trial=("avg_act",)))
    net.new_projn("a_to_a", "a", "a")
    net.clamp_layer("a", [1.0])
    net.minus_phase_cycle(1)
    net.plus_phase_cycle(1)
    net.learn()
    net.run_trials({"a": [[1.0]]}, minus_cycles=1, plus_cycles=1)


def _compile() -> None:
    global _error
    try:
        run_once()
    except Exception as error:  # whatever a compiler or a file system may raise: it is reported, not lost
        _log.exception("Compiling the kernels failed")
        _error = f"{type(error).__name__}: {error}"
    finally:
        _done.set()
