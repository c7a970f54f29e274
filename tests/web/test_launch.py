"""`lb.studio(net)`: the page opens on a net built in code, with its weights; its script gives them back."""

import runpy
import urllib.request

import numpy as np
import pytest

import leabra_studio as lb
from leabra_studio.session.session import Session
from leabra_studio.web.launch import weight_calls
from leabra_studio.web.opening import Start
from tests.session.background import ENDLESS


@pytest.fixture
def net(kernels):
    net = lb.Net(seed=5)
    net.new_layer("sender", 4)
    net.new_layer("receiver", 3, lb.LayerSpec(gi=1.2))
    net.new_projn("way", "sender", "receiver", lb.ProjnSpec(dist=lb.Uniform(0.2, 0.8)))
    net.set_weights("way", np.linspace(0.1, 0.9, 12).reshape(3, 4))
    net.clamp_layer("sender", [0.9, 0, 0.5, 0])
    return net


def start_of(net: lb.Net) -> Start:
    from leabra_studio.model.from_net import model_of

    described = model_of(net)
    return Start(described.model, weight_calls(described))


def test_the_server_answers_until_it_is_stopped(net):
    studio = lb.studio(net, browser=False, wait=False)
    try:
        assert b"Leabra Studio" in urllib.request.urlopen(studio.url, timeout=10).read()
        assert studio.url in studio._repr_html_()
    finally:
        studio.stop()


def test_what_works_in_the_background_ends_with_the_server(net):
    studio = lb.studio(net, browser=False, wait=False)
    store = studio._store
    job = store.batches(store.create(Session(ENDLESS))).add(ENDLESS, 0, [1])
    studio.stop()
    assert job.snapshot().state == "cancelled"


def test_a_session_runs_with_the_weights_of_the_net_also_after_a_rewind(net):
    start = start_of(net)
    session = Session(start.model, opening=start.opening)
    for _ in range(2):
        session.step(30)
        assert np.array_equal(session.weights("way"), net.get_weights("way"))
        session.rewind()
    net.cycle(30)
    session.step(30)
    view = {"var": "act", "layer": "receiver", "unit": 0, "vars": ["act"]}
    values = session.tick({"n": 1, "gen": 0, "cursor": -1, "view": view})["unit"]["values"]
    assert values["act"] == net.units[[v.name for v in lb.variables.UNIT_VARIABLES].index("act"), 4]


def test_the_script_sets_the_weights(net, tmp_path, capsys):
    start = start_of(net)
    session = Session(start.model, opening=start.opening)
    session.step(20)
    path = tmp_path / "script.py"
    path.write_text(session.script().text, "utf-8")
    made = runpy.run_path(str(path))["net"]
    assert np.array_equal(made.get_weights("way"), net.get_weights("way"))
    net.cycle(20)
    assert np.array_equal(made.units, net.units)


def test_weights_that_fit_no_more_are_left_out(net):
    from leabra_studio.model import edits

    start = start_of(net)
    session = Session(start.model, opening=start.opening)
    session.edit(edits.set_shape, "receiver", (1, 2))
    assert session.state == "stopped"
    assert session.weights("way").shape == (2, 4)
