"""The script that a training session is exported as gives, executed, the session's own records and weights."""

from dataclasses import replace

import numpy as np
import pytest

from leabra_studio.model import Model, edits, gallery
from leabra_studio.session import weighing
from leabra_studio.session.session import Session
from tests.export.running import same_bits, trained
from tests.session import lessons

pytestmark = pytest.mark.usefixtures("kernels")

STATISTICS = ("sse", "avg_sse", "errors", "percent_correct", "cos_diff")


def run_out(session: Session) -> None:
    """Train to the end."""
    layer = session.model.layers[0].name
    lessons.ask(session, layer=layer)
    session.run(None)
    for _ in range(2000):
        if lessons.ask(session, layer=layer)["state"] != "running":
            return
    raise AssertionError("it never stopped")


def agree(session: Session) -> None:
    """Check that the session's script, executed, is the session."""
    training = session.training
    assert training is not None
    runs = trained(session.script())[0]
    records = [record for _, part in runs for record in part]
    assert len(records) == len(training.records)
    for part in ("train", "test"):
        for name in STATISTICS:
            ours = [record[part][name] if record.get(part) else np.nan for record in records]
            assert same_bits(np.array(ours, float), training.records.column(f"{part} {name}")), f"{part} {name}"
    net = runs[-1][0]
    for name in net.projn_names:
        assert same_bits(net.get_weights(name), training.net.get_weights(name))


def shortened(key: str, epochs: int) -> Model:
    model = gallery.load_example(key)
    return replace(model, plan=replace(model.plan, epochs=epochs))


PLATEAU = {"type": "Plateau", "patience": 1, "factor": 0.5, "floor": 0.1}
MODELS = {
    "pattern association": shortened("pattern_association", 30),
    "error-driven hidden": shortened("error_driven_hidden", 30),
    "iris": shortened("iris", 6),
    "two runs, tests restored": lessons.model(runs=2, epochs=5, order="permuted"),
    "stopped": lessons.model(epochs=300, stop_after=2, minus_cycles=30, plus_cycles=10),
    "plateau": lessons.model(epochs=30, lrate_schedule=PLATEAU),
    "plateau of tests": lessons.model(epochs=30, lrate_schedule=PLATEAU, stop_by="test", test_every=2),
}


@pytest.mark.parametrize("name", MODELS)
def test_the_script_is_the_session(name: str) -> None:
    session = Session(MODELS[name])
    run_out(session)
    agree(session)


def test_weights_that_were_opened_are_said_at_the_top() -> None:
    session = Session(lessons.model(epochs=2))
    assert "Weights were opened" not in session.script().text
    other = Session(lessons.model(epochs=2))
    run_out(other)
    weighing.load_weights(session, weighing.save_weights(other, "npz"), "w.npz")
    run_out(session)
    text = " ".join(line.removeprefix("# ") for line in session.script().text.splitlines())
    assert "Weights were opened while the studio trained; here they are drawn from the seed." in text


def test_what_was_changed_on_the_way_is_said_at_the_top() -> None:
    session = Session(lessons.model(epochs=3))
    assert "# Changed" not in session.script().text
    run_out(session)
    assert "# Changed" not in session.script().text
    session.edit(edits.set_param, "hid", "gi", 1.25)
    lessons.ask(session)
    text = session.script().text
    assert "# Changed while it ran: gi of hid (1.8 before). Here these values hold from the start.\n" in text
    assert "hid_spec = lb.LayerSpec(gi=1.25)" in text
