from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.model import History, Model, edits
from leabra_studio.model.history import DEPTH
from tests.model import samples

FIRST = edits.add_layer(edits.add_layer(Model(), name="a"), name="b")


def seeds(history: History, *values: int, key: str | None = None) -> History:
    for value in values:
        history = history.push(edits.set_seed(history.present, value), f"Seed {value}", key)
    return history


@given(st.data())
def test_any_edits_undone_give_the_first_model_and_redone_the_last(data: st.DataObject) -> None:
    first = data.draw(samples.models(5))
    history, stages = History(first), [first]
    for _ in range(data.draw(st.integers(0, 15))):
        model = data.draw(samples.edited(history.present))
        if model != history.present:
            stages.append(model)
        history = history.push(model, "edit")
    for stage in reversed(stages):
        assert history.present == stage
        history = history.undo()
    for stage in stages:
        assert history.present == stage
        history = history.redo()


@given(st.data())
def test_looking_around_never_enters_the_document(data: st.DataObject) -> None:
    first = data.draw(samples.models(5))
    history = History(first)
    for _ in range(data.draw(st.integers(0, 15))):
        model = data.draw(samples.edited(history.present, samples.STEPS + samples.LOOKING * 5))
        history = history.push(model, "edit")
    while history.can_undo:
        history = history.undo()
    assert replace(history.present, view=first.view) == first


def test_labels_say_what_undo_and_redo_would_do() -> None:
    history = seeds(History(FIRST), 1, 2, 3).undo()
    assert (history.undo_label, history.redo_label) == ("Seed 2", "Seed 3")
    assert history.done_labels == ("Seed 1", "Seed 2")
    history = history.undo()
    assert history.undone_labels == ("Seed 3", "Seed 2")
    history = history.undo()
    assert (history.undo_label, history.can_undo, history.can_redo) == (None, False, True)
    assert history.undo() is history


def test_a_new_edit_forgets_what_was_undone() -> None:
    history = seeds(seeds(History(FIRST), 1, 2).undo(), 9)
    assert (history.redo_label, history.can_redo, history.present.seed) == (None, False, 9)
    assert history.redo() is history


def test_the_oldest_of_more_than_200_edits_is_forgotten() -> None:
    history = seeds(History(FIRST), *range(300))
    assert len(history.past) == DEPTH == 200
    for _ in range(250):
        history = history.undo()
    assert history.present.seed == 99


def test_consecutive_edits_of_one_key_are_one_entry() -> None:
    history = seeds(seeds(History(FIRST), 1), 2, 3, 4, key="seed")
    assert history.done_labels == ("Seed 1", "Seed 4")
    assert history.undo().present.seed == 1
    assert seeds(history, 5, key="other").undo().present.seed == 4
    assert seeds(history, 5).undo().present.seed == 4


def test_a_drag_that_comes_back_leaves_no_entry() -> None:
    history = seeds(seeds(History(FIRST), 1), 2, 3, 1, key="seed")
    assert history.done_labels == ("Seed 1",)
    assert seeds(history, 5, key="seed").done_labels == ("Seed 1", "Seed 5")


def test_undo_and_sealing_end_an_entry() -> None:
    history = seeds(History(FIRST), 1, 2, key="seed")
    assert seeds(history.sealed(), 3, key="seed").undo().present.seed == 2
    again = seeds(seeds(history, 7).undo(), 3, key="seed")
    assert again.undo().present.seed == 2
    assert seeds(history.undo().redo(), 3, key="seed").undo().present.seed == 2


def test_an_edit_that_changes_nothing_is_no_entry() -> None:
    history = seeds(History(FIRST), 1)
    assert history.push(history.present, "nothing") == history


def test_the_view_moves_without_an_entry_and_stays_through_undo() -> None:
    history = seeds(History(FIRST), 1)
    history = history.push(edits.set_view(history.present, layer="b", variable="net"), "view")
    assert history.done_labels == ("Seed 1",)
    undone = history.undo()
    assert (undone.present.seed, undone.present.view) == (42, history.present.view)
    assert undone.redo().present == history.present


def test_undoing_a_removal_brings_the_view_back() -> None:
    first = edits.set_view(FIRST, layer="a")
    history = History(first).push(edits.remove(first, ["a"]), "Delete a")
    assert history.present.view.layer is None
    assert history.undo().present == first


def test_a_view_that_does_not_fit_gives_way() -> None:
    first = edits.set_view(edits.set_shape(FIRST, "a", (2, 2)), layer="a", unit=1)
    history = History(first).push(edits.add_layer(first, name="c", shape=(3, 3)), "Add c")
    history = history.push(edits.set_view(history.present, layer="c", unit=8, variable="net"), "view")
    view = history.undo().present.view
    assert (view.layer, view.unit, view.variable) == ("a", 1, "net")
