"""Nets share nothing: neither with each other, nor across threads, nor with numpy's global randomness."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from tests.engine.nets import everything, small, trial

pytestmark = pytest.mark.usefixtures("kernels")


def test_two_nets_interleaved_are_as_each_alone():
    alone, a, b = small(1), small(1), small(2)
    for k in range(5):
        trial(alone, k)
    for k in range(5):
        trial(a, k)
        trial(b, k + 1)
        b.spec("mid").gi = 1 + k / 10
    assert everything(a) == everything(alone)


def test_nets_in_two_threads_are_as_each_alone():
    def work(net):
        for k in range(200):
            trial(net, k)

    pairs = [(small(seed), small(seed)) for seed in range(2)]
    threads = [threading.Thread(target=work, args=(net,)) for net, _ in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for net, alone in pairs:
        work(alone)
        assert everything(net) == everything(alone)


def test_numpy_s_global_randomness_is_not_touched():
    np.random.seed(7)  # the global generator is what is tested
    before = np.random.get_state()[1].copy()
    trial(small(None))
    assert (np.random.get_state()[1] == before).all()
