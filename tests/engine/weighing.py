"""Files of weights for tests: bytes, a net that has learnt, and bytes that are refused."""

from __future__ import annotations

import io

import pytest

import leabra_studio as lb
from tests.engine.nets import everything, small, trial

FORMATS = ["npz", "wts", "wts.gz"]


def saved(net, form="npz"):
    stream = io.BytesIO()
    net.save_weights(stream, form)
    return stream.getvalue()


def trained(seed=3):
    net = small(seed)
    for k in range(3):
        trial(net, k)
    return net


def refused(data, net=None):
    """Return the sentence with which bytes are refused, the net being as before."""
    net = net or small()
    before = everything(net)
    with pytest.raises(lb.LeabraError) as caught:
        net.load_weights(io.BytesIO(data))
    assert everything(net) == before
    assert 10 < len(str(caught.value)) < 600
    return str(caught.value)
