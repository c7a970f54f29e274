"""A net that has not run is built when somebody asks for it, and nobody can tell the difference."""

from collections.abc import Callable

import pytest

from leabra_studio.model import edits, gallery
from leabra_studio.session import simulation
from leabra_studio.session.session import Session
from tests.session.helpers import Page, loop, request, two

pytestmark = pytest.mark.usefixtures("kernels")


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Tell how many nets have been built."""
    nets = []
    build = simulation.quietly_built
    monkeypatch.setattr(simulation, "quietly_built", lambda model: nets.append(model) or build(model))
    return lambda: len(nets)


def test_edits_and_undo_of_a_model_that_has_not_run_build_nothing(built):
    session = loop()
    for _ in range(3):
        session.edit(edits.set_param, "output", "gi", 1.0)
        session.edit(edits.rename, "hidden", "other")
        session.undo()
        session.undo()
    assert (built(), session.state, session.cycle) == (1, "stopped", 0)
    session.tick(request())
    session.tick(request())
    assert built() == 2


def test_the_first_tick_shows_the_net_of_the_document():
    session = two()
    generation = session.generation
    session.edit(edits.set_input, "input", (0.25,))
    frame = Page(session, layer="input").tick()
    assert frame["unit"]["values"]["act"] == 0.25
    assert (frame["state"], frame["gen"]) == ("stopped", generation + 1)


@pytest.mark.parametrize(
    "ask",
    [
        lambda session: session.step(3),
        lambda session: session.weights("input_to_hidden"),
        lambda session: session.checkpoint(),
        lambda session: session.script(),
        lambda session: session.run(None),
    ],
    ids=["step", "weights", "checkpoint", "script", "run"],
)
def test_whoever_asks_for_the_net_gets_that_of_the_document(built, ask):
    session = loop()
    session.edit(edits.set_seed, 5)
    ask(session)
    assert built() == 2
    assert session._stage.simulation.journal.start == session.model


def test_what_ran_is_built_anew_at_once_because_its_weights_go_on(built):
    session = loop()
    session.step(3)
    change = session.edit(edits.rename, "hidden", "other")
    assert (built(), change.rebuilt) == (2, True)


def test_a_training_that_has_not_begun_can_be_tested_and_rewound_after_an_edit():
    for act in (lambda s: s.choose("test"), lambda s: s.rewind("test"), lambda s: s.init("test")):
        session = Session(gallery.load_example("pattern_association"))
        session.edit(edits.set_param, "output", "gi", 1.0)
        act(session)
        assert session.training.mode == "test"


def test_a_model_that_cannot_run_says_so_in_the_answer_to_the_edit():
    session = loop()
    projn = next(p.name for p in session.model.projns if p.pre != p.post)
    session.edit(edits.set_shape, session.model.projn(projn).pre, (3, 3))
    change = session.edit(edits.set_param, projn, "projn_type", "one_to_one")
    assert "one_to_one" in change.message
    assert session.state == "error"
    session.undo()
    assert session.state == "stopped"
