"""Compiling ahead, in the background."""

from __future__ import annotations

import logging
import subprocess
import sys

from leabra_studio.engine import warm
from leabra_studio.engine.kernels import loop

ENTRIES = ("cycles", "end_minus", "end_plus", "learn", "clamp")


def test_kernels_become_ready(kernels):
    assert warm.ready()
    assert warm.wait(0)
    assert warm.failed() is None
    warm.start()
    assert all(getattr(loop, name).signatures for name in ENTRIES)


def test_running_a_net_compiles_nothing_more(kernels):
    from tests.engine.nets import small, trial

    before = {name: len(getattr(loop, name).signatures) for name in ENTRIES}
    net = small(log_on_cycle=("unit_act",), log_on_trial=("avg_act",), inhibition_type="kwta")
    trial(net)
    net.observe("mid", "unit_act")
    assert {name: len(getattr(loop, name).signatures) for name in ENTRIES} == before == dict.fromkeys(ENTRIES, 1)


def test_a_failure_is_told_and_logged(monkeypatch, caplog):
    def broken():
        raise OSError("no space")

    monkeypatch.setattr(warm, "run_once", broken)
    monkeypatch.setattr(warm, "_error", None)
    with caplog.at_level(logging.ERROR):
        warm._compile()
    assert warm.failed() == "OSError: no space"
    assert not warm.ready()
    assert "Compiling the kernels failed" in caplog.text


def test_start_returns_at_once():
    code = (
        "import time; from leabra_studio.engine import warm; t = time.perf_counter(); warm.start();"
        "print(time.perf_counter() - t < 0.5, warm.ready(), warm.wait(100))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split()[::2] == ["True", "True"]
