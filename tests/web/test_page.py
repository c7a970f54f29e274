"""What an answer changes on the page: nothing but what is new, and what a person should know of it."""

import json

import pytest
from dash._utils import to_json

from leabra_studio.model import codec
from leabra_studio.web.panes import PANES
from tests.web.tab import HOSTILE
from tests.web.trees import of_class, texts

# ---- Panes


def test_the_first_answer_brings_every_pane(server, tab):
    _, answer = server.intent({"op": "refresh"}, tab.sid, {})
    assert set(answer.panes) == set(answer.shown) == set(PANES)


def test_a_pane_that_looks_the_same_is_not_sent_again(tab):
    assert tab.ask("refresh").panes == {}


@pytest.mark.parametrize(
    ("op", "fields", "changed"),
    [
        ("select", {"names": ["output"]}, {"outline", "head", "form", "code"}),
        ("move", {"nodes": [{"id": "output", "x": 1, "y": 2}]}, {"elements", "log"}),
        ("set_view", {"view": {"variable": "net"}}, set()),
        ("set_notes", {"value": "Mine"}, {"form", "log"}),
        ("set_name", {"value": "Mine"}, {"form", "code", "log"}),
        ("set_seed", {"value": "7"}, {"code", "log"}),
        ("add_layer", {"x": 0, "y": 0}, {"elements", "outline", "head", "form", "code", "log"}),
        ("example", {"key": "four_layers"}, {"elements", "outline", "form", "code", "log"}),
    ],
)
def test_only_panes_that_changed_are_sent(tab, op, fields, changed):
    assert set(tab.ask(op, **fields).panes) == changed


def test_a_form_is_not_rendered_anew_while_somebody_types_in_it(tab):
    tab.ask("select", names=["output"])
    answer = tab.ask("set_param", name="output", path="gi", value="1.3")
    assert "form" not in answer.panes
    assert {"code", "log"} <= set(answer.panes)
    assert "form" in tab.ask("select", names=["output"]).panes


def test_a_browser_that_lies_about_what_it_shows_gets_everything(server, tab):
    _, answer = server.intent({"op": "refresh"}, tab.sid, {"form": 7, "elements": ["x"], "more": "y"})
    assert set(answer.panes) == set(PANES)


# ---- Fields


def test_a_refused_value_says_what_stays_in_force(tab):
    tab.ask("select", names=["output"])
    answer = tab.ask("set_param", name="output", path="gi", value="abc")
    (field,) = [field for field in answer.page["fields"] if field["error"]]
    assert field["path"] == "gi"
    assert field["error"] == "gi: must be a number (got abc); 1.80 stays in force"
    assert answer.page["error"] == {"message": "gi: must be a number (got abc)"}
    assert answer.page["rev"] == 0


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("gi", "", "must be a number (got nothing); 1.80 stays"),
        ("gi", "NaN", "must be a number (got NaN); 1.80 stays"),
        ("gi", "1e999", "must be a number"),
        ("unit_spec.syn_tr", "1.5", "1.00 stays in force"),
        ("unit_spec.vm_dt", "-0.1", "0.303 stays in force"),
        ("inhibition_type", "some", "fffb stays in force"),
    ],
)
def test_bad_values_have_a_sentence_at_their_field(tab, path, value, says):
    tab.ask("select", names=["output"])
    fields = tab.ask("set_param", name="output", path=path, value=value).page["fields"]
    assert says in next(field["error"] for field in fields if field["path"] == path)


def test_a_value_brings_its_row_up_to_date_and_says_what_it_was(tab):
    tab.ask("select", names=["output"])
    fields = tab.ask("set_param", name="output", path="gi", value="1/4").page["fields"]
    gi = next(field for field in fields if field["path"] == "gi")
    shown = {"path": "gi", "value": 0.25, "text": "0.25", "mixed": False, "changed": True, "was": "1.80", "error": None}
    assert gi == shown


def test_a_value_of_several_objects_is_no_longer_said_to_differ(tab):
    tab.ask("own_spec", name="input")
    tab.ask("set_param", name="input", path="gi", value=1.5)
    fields = tab.ask("select", names=["input", "output"]).page["fields"]
    gi = next(field for field in fields if field["path"] == "gi")
    assert (gi["mixed"], gi["text"]) == (True, "")
    fields = tab.ask("set_param", name="*", path="gi", value=1.2).page["fields"]
    gi = next(field for field in fields if field["path"] == "gi")
    assert (gi["mixed"], gi["text"]) == (False, "1.20")


def test_a_bad_value_of_a_pinned_row_is_said_there_and_not_in_the_form_of_another_object(tab):
    tab.ask("pin", name="input", path="gi")
    tab.ask("select", names=["output"])
    page = tab.ask("set_param", name="input", path="gi", value="much").page
    assert [field["path"] for field in page["pins"] if field["error"]] == ["gi"]
    assert [field["path"] for field in page["fields"] if field["error"]] == []


def test_steps_of_one_burst_of_arrow_keys_are_one_undo(tab):
    for x, key in ((8, 1), (16, 1), (24, 2)):
        tab.ask("move", nodes=[{"id": "input", "x": x, "y": 0}], key=key)
    before = tab.ask("undo").page["layers"]["input"]["x"]
    assert before == 16
    assert tab.ask("undo").page["layers"]["input"]["x"] not in (8, 16)


def test_an_error_of_name_shape_or_clamp_is_said_at_its_field(tab):
    tab.ask("select", names=["output"])
    for op, key, value in (("rename", "name", ""), ("set_shape", "rows", "0"), ("set_input", "inputs", "7")):
        fields = tab.ask(op, name="output", key=key, value=value).page["fields"]
        (wrong,) = [field for field in fields if field["error"]]
        assert wrong["path"] == key
        assert "must" in wrong["error"]


def test_of_several_selected_objects_no_field_is_meant(tab):
    tab.ask("select", names=["input", "output"])
    fields = tab.ask("set_param", name="output", path="gi", value="abc").page["fields"]
    assert [field["path"] for field in fields if field["error"]] == []


# ---- Selection


def test_selection_follows_what_is_made_renamed_deleted_and_undone(tab):
    assert tab.ask("select", names=["output", "gone"]).page["select"] == ["output"]
    assert tab.ask("rename", name="output", new="top").page["select"] == ["top"]
    assert tab.ask("undo").page["select"] == []
    made = tab.ask("add_layer", x=5, y=6).page
    assert made["select"] == [made["edit_name"]] == [made["order"][-1]]
    joined = tab.ask("connect", pre="input", post=made["edit_name"]).page
    assert joined["select"] == [f"input_to_{made['edit_name']}"]
    assert tab.ask("duplicate", names=["input"]).page["select"] == ["input_2"]
    assert tab.ask("remove", names=["input_2"]).page["select"] == []


def test_a_selection_of_what_another_tab_deleted_is_dropped(tab):
    tab.ask("select", names=["output"])
    tab.server.intent({"op": "remove", "names": ["output"]}, tab.sid, {})
    assert tab.ask("refresh").page["select"] == []


# ---- The document, undo and redo


def test_the_document_is_sent_to_be_saved_only_when_it_changed(tab):
    assert tab.ask("select", names=["output"]).document is None
    assert tab.ask("set_param", name="output", path="gi", value="abc").document is None
    assert tab.ask("set_param", name="output", path="gi", value="1.80").document is None
    changed = tab.ask("set_param", name="output", path="gi", value="1.3").document
    assert codec.loads(changed).value("output", "gi") == 1.3
    assert codec.loads(tab.ask("undo").document).value("output", "gi") == 1.8
    assert codec.loads(tab.ask("set_view", view={"variable": "net"}).document).view.variable == "net"


def test_moves_of_one_drag_are_one_undo_and_those_of_the_next_another(tab):
    for value, drag in ((1.7, 1), (1.6, 1), (1.5, 2), (1.4, 2)):
        page = tab.ask("set_param", name="output", path="gi", value=value, drag=drag).page
    assert page["rev"] == 4
    assert page["undo"] == "gi of output: 1.60 → 1.40"
    assert tab.ask("undo").page["undo"] == "gi of output: 1.80 → 1.60"
    with tab.server.store.checkout(tab.sid) as session:
        assert session.model.value("output", "gi") == 1.6
    assert tab.ask("undo").page["undo"] is None


def test_opening_an_example_can_be_undone(tab):
    tab.ask("set_name", value="Mine")
    assert tab.ask("example", key="four_layers").page["name"] != "Mine"
    assert tab.ask("undo").page["name"] == "Mine"
    assert tab.ask("example", key="").page["order"] == []


# ---- Each operation


@pytest.mark.parametrize(
    ("op", "fields", "expected"),
    [
        (
            "add_layer",
            {"x": 10, "y": -20.5, "role": "input"},
            {"x": 10.0, "y": -20.5, "role": "input", "clamped": True},
        ),
        ("add_layer", {"x": 10, "y": 20}, {"x": 10.0, "y": 20.0, "role": "hidden", "clamped": False}),
    ],
)
def test_a_layer_is_added_where_it_was_asked_for_and_is_one_undo(tab, op, fields, expected):
    page = tab.ask(op, **fields).page
    assert page["layers"][page["order"][-1]].items() >= expected.items()
    page = tab.ask("undo").page
    assert page["order"] == ["input", "output"]
    assert page["undo"] is None


@pytest.mark.parametrize(
    ("op", "fields", "line"),
    [
        ("set_param", {"name": "output", "path": "gi", "value": "1.3"}, "gi=1.3"),
        ("set_param", {"name": "proj1", "path": "dist", "value": "Uniform(.2, .4)"}, "dist=lb.Uniform("),
        ("set_param", {"name": "output", "path": "unit_spec.gc_l", "value": 0.2}, "gc_l=0.2"),
        ("set_shape", {"name": "output", "key": "rows", "value": "3"}, '"output"'),
        ("set_role", {"name": "output", "value": "hidden"}, '"output"'),
        ("set_input", {"name": "output", "value": "0.5"}, 'clamp_layer("output", [0.5]'),
        ("set_seed", {"value": "9"}, "seed=9"),
        ("rename", {"name": "proj1", "new": "up"}, '"up"'),
        ("connect", {"pre": "output", "post": "output"}, '"output_to_output"'),
        ("connect", {"pre": "input", "post": "output"}, '"input_to_output"'),
        ("duplicate", {"names": ["output"]}, '"output_2"'),
    ],
)
def test_an_edit_is_in_the_script_one_undo_away_and_in_the_log(tab, op, fields, line):
    before = tab.server.download(tab.sid)["content"]
    answer = tab.ask(op, **fields)
    assert answer.page["error"] is None
    assert line in tab.server.download(tab.sid)["content"]
    assert answer.page["undo"] in texts(answer.panes["log"])
    tab.ask("undo")
    assert tab.server.download(tab.sid)["content"] == before


def test_a_reset_takes_the_value_out(tab):
    tab.ask("set_param", name="output", path="gi", value="1.3")
    answer = tab.ask("reset_param", name="output", path="gi")
    assert answer.page["error"] is None
    assert "gi" not in answer.document.split('"values"')[1].split("}")[0]


def test_new_seed_tidy_notes_and_unclamp(tab):
    assert 0 <= tab.ask("new_seed").page["seed"] < 10_000
    assert tab.ask("tidy").page["error"] is None
    assert codec.loads(tab.ask("set_notes", value="Mine").document).notes == "Mine"
    assert "input" not in codec.loads(tab.ask("set_input", name="input", value=" ").document).inputs


def test_restore_takes_over_the_browsers_document(tab):
    document = tab.ask("set_name", value="Kept").document
    tab.ask("undo")
    page = tab.ask("restore", document=document).page
    assert (page["name"], page["notice"]) == ("Kept", "Kept was restored from this browser.")


def test_a_deleted_layer_takes_its_projections_and_offers_undo(tab):
    page = tab.ask("remove", names=["input"]).page
    assert page["toast"] == {"text": "Deleted input and 1 projection", "undo": True}
    assert page["order"] == ["output"]
    assert "Nothing reaches" in page["problems"]["output"]
    assert tab.ask("undo").page["order"] == ["input", "output"]


def test_a_second_projection_of_a_pair_is_named_apart(tab):
    assert tab.ask("connect", pre="input", post="output").page["select"] == ["input_to_output"]
    assert tab.ask("connect", pre="input", post="output").page["select"] == ["input_to_output_2"]


# ---- Names


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_goes_everywhere_as_text(tab, name):
    tab.ask("select", names=["output"])
    answer = tab.ask("rename", name="output", new=name)
    assert answer.page["error"] is None
    assert answer.page["select"] == [name]
    assert name in texts(answer.panes["outline"])
    assert name in texts(answer.panes["head"])
    assert of_class(answer.panes["code"], "lit")
    assert {"id": name}.items() <= answer.panes["elements"][1]["data"].items()
    assert codec.loads(answer.document).layer(name)
    assert name in json.loads(to_json(answer.page))["layers"]
    tab.ask("set_view", view={"layer": name})
    assert tab.tick()["heat"]["layers"].keys() == {"input", name}
