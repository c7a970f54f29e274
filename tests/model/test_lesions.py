"""Lesions in a document: edits, what follows its objects, files, calls, what differs, and the way back from a net."""

import json

import pytest

from leabra_studio.engine.lesion import Lesion
from leabra_studio.engine.net import Net
from leabra_studio.errors import FormatError, ValidationError
from leabra_studio.export.original import script_for_leabra7
from leabra_studio.export.script import script
from leabra_studio.model import Model, codec, edits, gallery
from leabra_studio.model.build import build
from leabra_studio.model.calls import Call, calls
from leabra_studio.model.changes import difference
from leabra_studio.model.from_net import model_of
from leabra_studio.model.history import History
from leabra_studio.model.live import is_structural, live_calls


def sample() -> Model:
    """A model with a lesioned projection and half a layer."""
    model = edits.lesion(gallery.load_example("feedback_loop"), "hidden", 0.5, 3)
    return edits.lesion(model, "hidden_to_output", 1.0)


def test_lesions_are_edits_that_can_be_undone() -> None:
    history = History(gallery.load_example("feedback_loop")).push(sample(), "Lesion")
    assert history.present.lesions == {"hidden": Lesion(0.5, 3), "hidden_to_output": Lesion()}
    assert not history.undo().present.lesions
    healed = edits.heal(edits.heal(sample(), "hidden"), "hidden_to_output")
    assert healed == gallery.load_example("feedback_loop")
    assert edits.heal(healed, "hidden") is healed


@pytest.mark.parametrize(
    ("args", "rule"),
    [
        (("nobody",), "there is no layer or projection"),
        (("hidden", 0.0), "above 0"),
        (("hidden", 1.5), "must be a number from 0 to 1"),
        (("hidden", True), "must be a number from 0 to 1"),
        (("hidden_to_output", 0.5), "must be a number from 1 to 1"),
        (("hidden", 0.5, -1), "must be a whole number"),
    ],
)
def test_what_cannot_be_lesioned_is_refused(args: tuple[object, ...], rule: str) -> None:
    with pytest.raises(ValidationError, match=rule):
        edits.lesion(gallery.load_example("feedback_loop"), *args)  # type: ignore[arg-type]  # what the test is about


def test_lesions_follow_their_objects() -> None:
    renamed = edits.rename(sample(), "hidden", "middle")
    assert renamed.lesions == {"middle": Lesion(0.5, 3), "middle_to_output": Lesion()}
    copied = edits.duplicate(sample(), ["hidden"])
    assert copied.lesions["hidden_2"] == Lesion(0.5, 3)
    assert not edits.remove(sample(), ["hidden"]).lesions
    assert edits.set_shape(sample(), "hidden", (3, 3)).lesions == sample().lesions


def test_lesions_are_in_the_file_and_a_file_without_them_has_none() -> None:
    assert codec.loads(codec.dumps(sample())) == sample()
    document = json.loads(codec.dumps(sample()))
    assert document["lesions"] == {
        "hidden": {"fraction": 0.5, "seed": 3},
        "hidden_to_output": {"fraction": 1.0, "seed": 0},
    }
    del document["lesions"]
    assert codec.loads(json.dumps(document)) == gallery.load_example("feedback_loop")


@pytest.mark.parametrize(
    ("lesions", "place"),
    [
        ([], "lesions: must be a mapping"),
        ({"nobody": {}}, "lesions.'nobody': must be a layer or projection"),
        ({"hidden": 1}, "lesions.hidden: must have a fraction and a seed"),
        ({"hidden": {"part": 1}}, "lesions.hidden: must have a fraction and a seed"),
        ({"hidden": {"fraction": "all"}}, "lesions.hidden.fraction: must be a number"),
        ({"hidden": {"seed": 1.5}}, "lesions.hidden.seed: must be a whole number"),
    ],
)
def test_a_file_with_other_lesions_is_refused(lesions: object, place: str) -> None:
    document = json.loads(codec.dumps(gallery.load_example("feedback_loop")))
    with pytest.raises(FormatError, match=place):
        codec.loads(json.dumps({**document, "lesions": lesions}))


def test_the_net_of_a_model_is_lesioned_and_tells_of_it() -> None:
    net = build(sample()).net
    assert net.lesions == sample().lesions
    assert model_of(net).model.lesions == sample().lesions


def test_lesions_reach_a_running_net_without_a_new_one() -> None:
    before = gallery.load_example("feedback_loop")
    assert not is_structural(before, sample())
    verbs = [(call.verb, dict(call.args)) for call in live_calls(before, sample())]
    part = {"name": "hidden", "fraction": 0.5, "seed": 3}
    assert verbs == [("lesion", part), ("lesion", {"name": "hidden_to_output"})]
    assert [call.verb for call in live_calls(sample(), before)] == ["heal", "heal"]


def test_a_clamped_layer_is_clamped_again_when_it_is_healed() -> None:
    before = edits.lesion(gallery.load_example("feedback_loop"), "input", 0.5)
    assert [call.verb for call in live_calls(before, edits.heal(before, "input"))] == ["heal", "clamp_layer"]


def test_a_script_lesions_and_one_for_the_original_says_that_it_cannot() -> None:
    text = script(sample(), [Call("heal", {"name": "hidden"})]).text
    assert '# lesions\nnet.lesion("hidden", fraction=0.5, seed=3)\nnet.lesion("hidden_to_output")\n' in text
    assert '# run\nnet.heal("hidden")\n' in text
    original = script_for_leabra7(sample()).text
    assert "# - It has no net.lesion: left out, so numbers may be others.\n" in original
    assert "# left out: net.lesion\n" in original
    assert script(sample()).lines["hidden_to_output"]


def test_lesions_are_a_difference() -> None:
    found = {(d.names, d.field): (d.a, d.b) for d in difference(gallery.load_example("feedback_loop"), sample())}
    assert found == {
        (("hidden",), "lesion"): (None, "0.5 of the units, seed 3"),
        (("hidden_to_output",), "lesion"): (None, "whole"),
    }


def test_every_lesion_is_one_call() -> None:
    assert [call.verb for call in calls(sample())].count("lesion") == 2
    assert isinstance(build(sample()).net, Net)
