"""Views as data: what the page shows of a document."""

import json

import pytest
from plotly.utils import PlotlyJSONEncoder

from leabra_studio.engine.specs import SPECS
from leabra_studio.model import edits
from leabra_studio.model.document import Model
from leabra_studio.web import tokens
from leabra_studio.web.views import canvas, dock, inspector, outline
from tests.web.trees import having, of_class, prop, texts, walk

HOSTILE = ('"); import os #', "</script><script>alert(1)</script>", "🧠🧠", "a'b\"c", "x" * 80, "constructor")


@pytest.fixture
def model() -> Model:
    model = Model("Demo", seed=7)
    model = edits.add_layer(model, name="input", role="input", x=-200)
    model = edits.add_layer(model, name="hidden", shape=(2, 3))
    model = edits.set_input(model, "input", (1.0,))
    model = edits.add_projn(model, "input", "hidden", name="up")
    model = edits.add_projn(model, "hidden", "input", name="down")
    model = edits.add_projn(model, "hidden", "hidden", name="self")
    model = edits.set_param(model, "down", "wt_scale_rel", 0.3)
    return edits.set_param(model, "hidden", "gi", 1.5)


def spec_paths(kind: str) -> set[str]:
    own = {name for name, p in SPECS[kind].params().items() if p.kind != "spec"}
    return own | {f"unit_spec.{name}" for name in SPECS["unit"].params()} if kind == "layer" else own


@pytest.mark.parametrize(("name", "kind"), [("hidden", "layer"), ("up", "projn")])
def test_a_form_has_one_labelled_row_for_every_declared_parameter(model, name, kind):
    rows = having(inspector.form(model, (name,)), "data-path")
    assert {prop(row, "data-path") for row in rows} == spec_paths(kind)
    assert len(rows) == len(spec_paths(kind))
    for row in rows:
        assert prop(row, "data-help").startswith(prop(row, "data-path").rpartition(".")[2] + ":")


@pytest.mark.parametrize("name", ["input", "up"])
def test_the_six_to_eight_parameters_that_matter_are_open_and_stand_first(name):
    model = edits.add_layer(Model("Plain", seed=1), name="input")
    model = edits.add_projn(model, "input", "input", name="up")
    groups = having(inspector.form(model, (name,)), "data-group")
    is_open = [bool(group.open) for group in groups]
    assert is_open == sorted(is_open, reverse=True)
    folded = {id(row) for fold in of_class(groups, "folded") for row in having(fold, "data-path")}
    rows = [row for group in groups if group.open for row in having(group, "data-path") if id(row) not in folded]
    assert 6 <= len(rows) <= 8


def test_a_changed_parameter_is_marked_with_its_default_and_the_way_back(model):
    (row,) = having(inspector.form(model, ("hidden",)), "data-path", "gi")
    assert "changed" in row.className
    assert "was 1.80" in texts(row)
    assert of_class(row, "param-reset")


def test_an_unchanged_parameter_is_not_marked(model):
    (row,) = having(inspector.form(model, ("hidden",)), "data-path", "ff")
    assert row.className == "param"
    assert "was" not in texts(row)


def test_the_head_says_what_is_selected(model):
    assert "2 × 3 · 6 units" in texts(inspector.head(model, ("hidden",)))
    assert "nothing selected" in texts(inspector.head(model, ()))
    assert "2 selected" in texts(inspector.head(model, ("hidden", "input")))


def test_the_outline_lists_every_object_and_marks_selection_and_problems(model):
    tree = outline.render(model, ("hidden",), {"up": "does not fit"})
    rows = {prop(row, "data-name"): row for row in of_class(tree, "row") if prop(row, "data-kind") != "spec"}
    assert set(rows) == {*model.names, None}  # None: the training plan
    assert prop(rows["hidden"], "aria-selected") == "true"
    assert rows["up"].title == "does not fit"
    assert {row.role for row in (*rows.values(), *of_class(tree, "section"))} == {"treeitem"}
    assert [prop(part, "aria-label") for part in of_class(tree, "section")][:2] == ["Layers: 2", "Projections: 3"]


def test_an_empty_model_says_so():
    assert "none yet" in texts(outline.render(Model(), (), {}))


def test_elements_are_the_layers_and_projections_by_name(model):
    elements = {e["data"]["id"]: e for e in canvas.elements(model)}
    assert set(elements) == set(model.names)
    assert elements["hidden"]["position"] == {"x": 0.0, "y": 0.0}
    assert elements["self"]["classes"] == "loop"
    assert (elements["down"]["data"]["source"], elements["down"]["data"]["target"]) == ("hidden", "input")


def test_both_directions_of_a_pair_run_apart_and_a_lone_one_straight(model):
    offsets = {e["data"]["id"]: e["data"]["offset"] for e in canvas.elements(model) if e["group"] == "edges"}
    assert offsets["up"] == offsets["down"] > 0  # each to the left of its own way
    alone = edits.remove(model, ["down"])
    assert {e["data"]["id"]: e["data"].get("offset") for e in canvas.elements(alone)}["up"] == 0


def test_a_second_projection_of_a_pair_has_a_place_of_its_own(model):
    twice = edits.add_projn(model, "input", "hidden")
    offsets = [e["data"]["offset"] for e in canvas.elements(twice) if e["data"].get("source") == "input"]
    assert len(set(offsets)) == 2


def test_edge_labels_name_the_number_that_matters(model):
    labels = {e["data"]["id"]: e["data"]["label"] for e in canvas.elements(model)}
    assert labels["up"] == "full wt .50"
    assert labels["down"] == "feedback rel .30"


def test_cards_hold_their_grid(model):
    cards = canvas.cards(model, {})
    card = cards["hidden"]
    assert card["w"] >= card["cols"] * (card["cell"] + 2) + 14
    assert card["caption"] == "hidden"
    assert cards["input"]["caption"] == "input · clamped"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(model, name):
    model = edits.rename(model, "hidden", name)
    trees = [outline.render(model, (name,), {}), inspector.head(model, (name,)), inspector.form(model, (name,))]
    assert name in texts(trees)
    assert not [c for c in walk(trees) if "dangerously_allow_html" in c.to_plotly_json()["props"]]
    json.dumps([trees, canvas.elements(model), canvas.cards(model, {})], cls=PlotlyJSONEncoder)


def test_traces_have_fixed_axes_and_every_plotted_variable_a_colour():
    figure = dock.figure("light")
    assert figure.layout.yaxis.fixedrange
    assert tuple(figure.layout.yaxis.range) == (0, 1)
    assert set(dock.PLOTTED) == set(tokens.VARIABLE_COLOURS)


def test_the_log_lists_edits_newest_first():
    tree = inspector.log(("first", "second"), ("taken back",))
    assert [texts(row) for row in walk(tree) if type(row).__name__ == "Li"] == [
        "taken back",
        "second",
        "first",
        "As it was before",
    ]
    assert "No changes yet" in texts(inspector.log((), ()))


def test_every_tab_of_the_dock_names_its_pane_and_one_of_each_side_is_open() -> None:
    tree = dock.layout()
    tabs = having(tree, "role", "tab")
    for tab in tabs:
        (pane,) = having(tree, "id", prop(tab, "aria-controls"))
        chosen = prop(tab, "aria-selected") == "true"
        assert (prop(pane, "role"), prop(pane, "hidden")) == ("tabpanel", not chosen)
        assert prop(pane, "aria-labelledby") == prop(tab, "id")
        assert prop(tab, "tabIndex") == (0 if chosen else -1)
    assert [texts(tab) for tab in tabs if prop(tab, "aria-selected") == "true"] == ["Traces", "Readings"]
