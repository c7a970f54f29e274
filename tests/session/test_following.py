"""The document and its simulation in step: what counts as a change, what is shown, what is out of date."""

import pytest

from leabra_studio.errors import ValidationError
from leabra_studio.model import edits, gallery
from tests.session.helpers import Clock, Page, request, two

pytestmark = pytest.mark.usefixtures("kernels")


def test_changes_before_the_first_cycle_are_part_of_the_start():
    session = two()
    session.edit(edits.set_input, "input", None)
    session.edit(edits.set_input, "input", (0.3,))
    session.edit(edits.set_param, "output", "gi", 1.0)

    script = session.script().text

    assert script.count("clamp_layer") == 1
    assert "gi=1.0" in script
    assert Page(session).tick()["unit"]["values"]["act"] == 0


def test_the_state_before_the_first_cycle_is_shown():
    session = two()
    assert Page(session, layer="input").tick()["unit"]["values"]["act"] == 0.95
    session.edit(edits.set_input, "input", (0.5,))
    assert Page(session, layer="input").tick()["unit"]["values"]["act"] == 0.5


def test_what_no_longer_belongs_to_the_model_is_stale_until_it_does_again():
    session = two()
    page = Page(session)

    def stale():
        return page.tick()["stale_why"]

    session.edit(edits.set_param, "output", "gi", 1.0)
    assert stale() == ""
    session.step(10)
    session.edit(edits.move, {"output": (400.0, 100.0)})
    session.edit(edits.set_name, "another")
    assert stale() == ""
    session.edit(edits.set_param, "output", "gi", 1.1)
    assert stale() == "gi changed"
    session.edit(edits.set_input, "input", (0.2,))
    assert stale() == "gi and 1 more changed"
    session.undo()
    session.undo()
    assert stale() == ""
    session.redo()
    assert page.tick()["stale"] is True
    session.step(1)
    assert stale() == ""
    session.edit(edits.set_input, "input", None)
    assert stale() == "input of input changed"
    session.rewind()
    assert stale() == ""


def test_a_halt_before_the_change_took_effect_leaves_it_stale():
    session = two(clock=Clock())
    page = Page(session)
    session.run(1.0)
    page.tick()
    session.edit(edits.set_param, "output", "gi", 1.1)
    assert page.tick()["stale"] is False
    session.halt()
    assert page.tick()["stale_why"] == "gi changed"


def test_moves_and_views_leave_no_mark_in_the_record():
    session = two()
    page = Page(session)
    session.step(5)
    session.edit(edits.move, {"output": (400.0, 100.0)})
    session.show(edits.set_view(session.model, variable="v_m"))
    session.step(5)
    session.edit(edits.set_param, "output", "gi", 1.25)
    session.step(5)

    assert page.tick()["revs"] == [[0, 0, ""], [10, 2, "gi 1.25"]]
    assert page.frame["rev"] == session.revision == 2


def test_the_view_is_no_change_of_the_document():
    session = two()
    session.show(edits.set_view(session.model, variable="v_m", unit=0))
    assert session.model.view.variable == "v_m"
    assert session.revision == 0
    assert not session.history.can_undo
    assert session.edit(edits.set_view, variable="net").revision == 0


def test_an_edit_that_is_refused_or_changes_nothing_changes_nothing():
    session = two()
    session.step(5)
    with pytest.raises(ValidationError, match="gi: must be"):
        session.edit(edits.set_param, "output", "gi", float("nan"))
    assert session.edit(edits.set_name, session.model.name).revision == 0
    assert session.undo().revision == 0
    assert session.redo().revision == 0
    assert (session.revision, session.cycle, session.history.can_undo) == (0, 5, False)


def test_a_dragged_slider_is_one_entry_and_many_revisions():
    session = two()
    for value in (1.0, 1.1, 1.2):
        session.step(2)
        session.edit(edits.set_param, "output", "gi", value, label="Inhibition", key="gi")
    assert session.history.done_labels == ("Inhibition",)
    assert session.revision == 3
    session.undo()
    assert session.model == gallery.load_example("two_neurons")


def test_opening_another_document_is_one_undo_away():
    session = two(clock=Clock())
    session.run(10.0)
    session.tick(request())

    change = session.open(gallery.load_example("four_layers"))

    assert change.rebuilt
    assert (session.state, session.cycle) == ("stopped", 0)
    assert len(session.tick(request())["heat"]["layers"]) == 4
    session.undo()
    assert session.model == gallery.load_example("two_neurons")
    session.step(3)
    assert session.cycle == 3


def test_a_spec_under_another_name_is_the_same_net():
    session = two()
    page = Page(session)
    session.step(5)
    change = session.edit(edits.rename, "layer_spec", "both")
    assert not change.structural
    assert page.tick()["stale"] is False
    session.step(5)
    session.edit(edits.set_param, "output", "gi", 1.25)
    session.step(5)
    assert Page(session).tick()["revs"] == [[0, 0, ""], [10, 2, "gi 1.25"]]
    assert "both.gi = 1.25" in session.script().text
