"""Lesions on the page: intents, the form's section, cards and lines."""

import pytest

from leabra_studio.engine.lesion import Lesion
from leabra_studio.errors import LeabraError
from leabra_studio.model import edits, gallery
from leabra_studio.session.session import Session
from leabra_studio.web.context import Context
from leabra_studio.web.intents import perform
from leabra_studio.web.views import canvas
from leabra_studio.web.views.inspector import form
from leabra_studio.web.views.lesion import lesion_group
from tests.web.trees import having, prop, texts

MODEL = gallery.load_example("feedback_loop")


def done(*intents: dict[str, object]) -> Session:
    session = Session(MODEL)
    for intent in intents:
        perform(Context(session), intent)
    return session


def test_lesion_and_heal_are_one_entry_of_the_history_each() -> None:
    session = done({"op": "lesion", "name": "hidden"})
    assert session.model.lesions == {"hidden": Lesion()}
    assert session.history.undo_label == "Lesion hidden"
    perform(Context(session), {"op": "heal", "name": "hidden"})
    assert session.model == MODEL
    session.undo()
    session.undo()
    assert session.model == MODEL


def test_a_percentage_and_a_seed_say_which_units() -> None:
    set_lesion = {"op": "set_lesion", "name": "hidden"}
    session = done({**set_lesion, "key": "fraction", "value": "50"}, {**set_lesion, "key": "seed", "value": "7"})
    assert session.model.lesions == {"hidden": Lesion(0.5, 7)}
    perform(Context(session), {**set_lesion, "key": "fraction", "value": "25"})
    assert session.model.lesions == {"hidden": Lesion(0.25, 7)}
    perform(Context(session), {**set_lesion, "key": "fraction", "value": "0"})
    assert session.model == MODEL


@pytest.mark.parametrize(
    "intent",
    [
        {"op": "lesion"},
        {"op": "lesion", "name": "nobody"},
        {"op": "heal", "name": 3},
        {"op": "set_lesion", "name": "hidden"},
        {"op": "set_lesion", "name": "hidden", "key": "fraction", "value": "101"},
        {"op": "set_lesion", "name": "hidden", "key": "fraction", "value": "half"},
        {"op": "set_lesion", "name": "hidden", "key": "fraction", "value": None},
        {"op": "set_lesion", "name": "hidden", "key": "seed", "value": "-1"},
        {"op": "set_lesion", "name": "hidden", "key": "other", "value": "1"},
        {"op": "set_lesion", "name": "input_to_hidden", "key": "fraction", "value": "50"},
    ],
)
def test_malformed_lesions_are_refused_with_a_sentence(intent: dict[str, object]) -> None:
    session = Session(MODEL)
    with pytest.raises(LeabraError):
        perform(Context(session), intent)
    assert session.model is MODEL


def test_the_form_of_a_layer_offers_a_part_and_the_whole() -> None:
    tree = form(MODEL, ("hidden",))
    (group,) = having(tree, "id", "group-Lesion")
    assert not group.open
    (button,) = having(group, "id", "lesion")
    assert "Lesion layer" in texts(button)
    assert prop(button, "data-intent") == '{"op": "lesion", "name": "hidden"}'
    assert [field.value for field in having(group, "data-op")] == ["0"]


def test_the_form_says_what_is_lesioned_and_heals_it() -> None:
    model = edits.lesion(MODEL, "hidden", 0.5, 3)
    group = lesion_group(model, "hidden")
    assert group.open
    assert "2 of 4 lesioned" in texts(group)
    assert [field.value for field in having(group, "data-op")] == ["50", "3"]
    assert prop(having(group, "id", "lesion")[0], "data-intent") == '{"op": "heal", "name": "hidden"}'
    whole = lesion_group(edits.lesion(MODEL, "hidden_to_output"), "hidden_to_output")
    assert "Heal projection" in texts(whole)
    assert having(whole, "data-op") == []


def test_cards_know_their_lesioned_units() -> None:
    model = edits.lesion(MODEL, "hidden", 0.5, 3)
    cards = canvas.cards(model, {})
    assert cards["hidden"]["off"] == Lesion(0.5, 3).units(4).tolist()
    assert cards["hidden"]["caption"] == "hidden · 2 of 4 lesioned"
    assert cards["input"]["off"] == []
    assert canvas.cards(edits.lesion(MODEL, "input"), {})["input"]["caption"] == "input · clamped · lesioned"


def test_lines_that_send_nothing_are_dotted_and_say_so() -> None:
    def lines(name: str, fraction: float = 1.0) -> dict[str, str]:
        model = edits.lesion(MODEL, name, fraction)
        edges = [e for e in canvas.elements(model) if e["group"] == "edges" and "cut" in e["classes"].split()]
        return {e["data"]["id"]: e["data"]["label"] for e in edges}

    assert lines("input_to_hidden") == {"input_to_hidden": "lesioned wt .25–.75"}
    assert set(lines("output")) == {"hidden_to_output", "output_to_hidden"}
    assert lines("output", 0.5) == {}
