import pytest

from leabra_studio.errors import ValidationError
from leabra_studio.model import gallery

PAPER_LOG = ("unit_v_m", "unit_act", "unit_i_net", "unit_net", "unit_gc_i", "unit_adapt", "unit_spike")


def test_two_neurons_is_the_program_of_the_paper() -> None:
    model = gallery.load_example("two_neurons")
    assert model.names == ("input", "output", "proj1")
    assert model.users("layer_spec") == ("input", "output")
    assert model.spec("layer_spec").values == {"log_on_cycle": PAPER_LOG}
    assert (model.inputs, model.cycles) == ({"input": (1.0,)}, 200)
    assert model.layer("output").x - model.layer("input").x == 260


def test_the_feedback_is_weak() -> None:
    model = gallery.load_example("feedback_loop")
    assert [layer.size for layer in model.layers] == [4, 4, 2]
    assert model.value("output_to_hidden", "wt_scale_rel") == 0.3


def test_what_a_menu_shows() -> None:
    examples = gallery.examples()
    assert [(e.key, e.title, e.size_text) for e in examples] == [
        ("two_neurons", "Two neurons", "2 layers, 1 projection"),
        ("pattern_association", "Pattern association", "2 layers, 4 patterns"),
        ("error_driven_hidden", "Error-driven hidden", "3 layers, 4 patterns"),
        ("iris", "IRIS 36-23-3", "3 layers, 150 patterns"),
        ("feedback_loop", "Feedback loop", "3 layers, 3 projections"),
        ("four_layers", "Four layers", "4 layers, 5 projections"),
    ]
    assert all(e.summary.endswith(".") and "\n" not in e.summary for e in examples)


def test_there_are_no_other_examples() -> None:
    files = {path.name for path in gallery.FOLDER.iterdir()}
    assert files == {f"{key}.leabra.json" for key in gallery.KEYS}
    with pytest.raises(ValidationError, match=r"Gallery\.key: must be one of two_neurons"):
        gallery.load_example("../secrets")
