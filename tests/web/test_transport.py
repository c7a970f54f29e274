"""The transport as a component tree: every control has its word, and what a free model cannot do says why."""

from leabra_studio.model.program import Level
from leabra_studio.web import ids
from leabra_studio.web.views import canvas, transport
from tests.web.trees import having, of_class, prop, texts


def control(tree, id):
    (found,) = having(tree, "id", id)
    return found


def test_both_modes_are_disabled_with_a_reason_until_a_frame_says_that_the_model_trains():
    for mode, word in transport.MODES.items():
        switch = control(transport.layout(), ids.mode(mode))
        assert texts(switch) == word
        assert prop(switch, "aria-disabled") == "true"
        assert prop(switch, "aria-pressed") == "false"
        assert "no table of patterns" in prop(switch, "title")


def test_a_step_has_a_count_and_every_level_of_a_program():
    levels = having(control(transport.layout(), ids.LEVEL), "value")
    assert [prop(option, "value") for option in levels] == ["cycle", "phase", "trial", "epoch", "run"]
    assert len(levels) == len(Level)
    assert "Steps at once" in texts(transport.layout())
    assert "Level of a step" in texts(transport.layout())


def test_how_often_the_network_is_drawn_is_chosen_beside_its_colours():
    choice = control(canvas.layout(), ids.FOLLOW)
    assert [prop(option, "value") for option in having(choice, "value")] == ["cycle", "trial", "epoch", "never"]
    assert [prop(o, "value") for o in having(choice, "selected", True)] == ["epoch"]


def test_the_hint_line_counts_run_epoch_trial_phase_and_cycle():
    tree = transport.layout()
    for word in (*transport.COUNTERS, "cycle"):
        assert control(tree, ids.counter(word)).id == f"counter-{word}"
        assert f"{word} " in texts(tree)


def test_the_progress_is_a_progress_bar_with_words_at_both_sides():
    tree = transport.layout()
    assert prop(control(tree, ids.PROGRESS_BAR), "role") == "progressbar"
    words = [c.id for c in of_class(tree, "progress-word")]
    assert words == [ids.PROGRESS_EPOCH, ids.PROGRESS_LEFT]
