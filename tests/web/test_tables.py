"""Tables of patterns as the page gets them, and the intents that change them."""

import pytest

from leabra_studio.errors import LeabraError, ValidationError
from leabra_studio.model import edits
from leabra_studio.model.document import Model
from leabra_studio.model.patterns import Row
from leabra_studio.model.wizard import new_network
from leabra_studio.session.session import Session
from leabra_studio.web import tables
from leabra_studio.web.context import Context, Effect
from leabra_studio.web.intents import perform
from leabra_studio.web.page import answer
from leabra_studio.web.views import patterns
from tests.web.trees import having, of_class, prop, texts

LAYERS = (("input", 2, 2, "input"), ("hidden", 3, 3, "hidden"), ("output", 1, 3, "target"))


@pytest.fixture
def model() -> Model:
    made = new_network("Demo", LAYERS)
    for name in ("a", "b", "c"):
        made = edits.add_row(made, "train", name=name)
    return made


@pytest.fixture
def session(model: Model) -> Session:
    return Session(model)


def do(session: Session, op: str, **fields: object) -> Effect:
    return perform(Context(session), {"op": op, "table": "train", **fields})


def values(session: Session, row: int, layer: str = "input") -> tuple[float, ...]:
    return session.model.patterns[0].rows[row].values[layer]


def test_a_window_holds_the_rows_asked_for_and_how_many_there_are(model):
    window = tables.window(model, "train", 1, 9)
    assert (window["count"], [row["n"] for row in window["rows"]]) == (3, [2, 3])
    assert window["rows"][0] == {"id": "1", "n": 2, "name": "b", "c0": [0, 0, 0, 0], "c1": [0, 0, 0]}


@pytest.mark.parametrize("bounds", [(None, 3), (0, "3"), (-1, 3), (True, 3), (0.5, 3)])
def test_a_window_has_bounds_that_are_numbers_of_rows(model, bounds):
    with pytest.raises(ValidationError, match="first"):
        tables.window(model, "train", *bounds)


def test_a_window_is_never_longer_than_one_answer_may_be(model):
    long = edits.set_rows(model, "train", [Row("", {"input": (0.0,) * 4, "output": (1.0,) * 3})] * 500)
    assert len(tables.window(long, "train", 0, 10**9)["rows"]) == tables.MOST_ROWS
    assert tables.window_rows(4096) == tables.FEWEST_ROWS


def test_a_mark_belongs_to_one_state_of_a_table(model):
    table = model.patterns[0]
    other = edits.set_value(model, "train", 0, "input", 0, 1.0).patterns[0]
    assert tables.mark(table) == tables.mark(table)
    assert tables.mark(table) != tables.mark(other)


def test_columns_that_do_not_fit_say_so_and_those_of_layers_that_are_gone_stay_in_sight(model):
    other = edits.set_rows(model, "train", [Row("", {"gone": (1.0, 0.0), "output": (0.0,) * 4})])
    found = {c.layer: (c.role, c.shape, c.problem) for c in tables.columns_of(other, other.patterns[0])}
    assert found["output"] == ("target", (1, 4), "4 values, the layer has 3 units")
    assert found["input"] == ("input", (2, 2), "no patterns yet")
    assert found["gone"][:2] == ("", (1, 2))
    assert "Fit to the network" in texts(patterns.bar(other, other.patterns[0]))


def test_a_stroke_is_one_step_of_undo_and_its_row_alone_travels(session):
    before = tables.mark(session.model.patterns[0])
    sent = answer(session, {"op": "paint", **stroke(units=[0, 3])}, (), {}).page["patterns"]
    assert values(session, 1) == (1, 0, 0, 1)
    assert sent["changed"]["before"] == before
    assert [row["c0"] for row in sent["changed"]["rows"]] == [[1, 0, 0, 1]]
    session.undo()
    assert values(session, 1) == (0, 0, 0, 0)


def stroke(**other: object) -> dict[str, object]:
    return {"table": "train", "row": 1, "layer": "input", "units": [0], "value": "1", **other}


@pytest.mark.parametrize(
    "wrong",
    [
        {"row": 3},
        {"row": "1"},
        {"layer": "hidden"},
        {"layer": None},
        {"units": []},
        {"units": [4]},
        {"units": [True]},
        {"units": "0"},
        {"value": "1.5"},
        {"value": "nan"},
        {"value": None},
        {"table": "none"},
        {"table": ["train"]},
    ],
)
def test_a_malformed_stroke_is_refused_and_nothing_changes(session, wrong):
    before = session.model
    with pytest.raises(LeabraError):
        perform(Context(session), {"op": "paint", **stroke(**wrong)})
    assert session.model is before


def test_a_block_from_a_spreadsheet_goes_over_rows_and_layers_and_adds_rows(session):
    text = "1\t0\t0\t1\t0\t0\t1\r\n0\t1\t1\t0\t1\t0\t0\r\n"
    effect = do(session, "paste_cells", row=2, layer="input", unit=0, text=text)
    assert (values(session, 2), values(session, 3, "output")) == ((1, 0, 0, 1), (1, 0, 0))
    assert "1 of them new" in effect.hint
    assert effect.rows == ()
    assert do(session, "paste_cells", row=0, layer="output", unit=0, text="1").rows == (0,)


def test_a_block_with_a_word_in_it_is_refused_with_its_place(session):
    with pytest.raises(ValidationError, match=r"value 2 of line 1 is 'x'"):
        do(session, "paste_cells", row=0, layer="input", unit=0, text="1\tx")


def test_rows_are_added_named_duplicated_moved_and_deleted(session):
    def row_names() -> list[str]:
        return [row.name for row in session.model.patterns[0].rows]

    do(session, "row_add", at=1)
    do(session, "row_name", row=1, value=" new ")
    assert row_names() == ["a", "new", "b", "c"]
    do(session, "rows_duplicate", rows=[0, 3])
    assert row_names() == ["a", "new", "b", "c", "a", "c"]
    do(session, "rows_move", rows=[1], before=0)
    assert do(session, "rows_remove", rows=[4, 5]).undoable
    assert row_names() == ["new", "a", "b", "c"]


def test_tables_are_made_renamed_shown_fitted_and_deleted(session):
    assert do(session, "table_new").table == "test"
    assert len(session.model.patterns[1].rows) == 1
    assert do(session, "table_rename", value="exam").table == "exam"
    assert session.model.plan.train == "exam"
    with pytest.raises(ValidationError, match="there is no table"):
        do(session, "table_show")
    session.edit(edits.set_shape, "input", (2, 3))
    perform(Context(session), {"op": "table_fit", "table": "exam"})
    assert len(values(session, 0)) == 6
    perform(Context(session), {"op": "table_remove", "table": "exam"})
    assert [table.name for table in session.model.patterns] == ["test"]


@pytest.mark.parametrize(("form", "start"), [("csv", '"name","input[0,0]"'), ("tsv", '"name"\t'), ("emergent", "_H:")])
def test_a_table_is_exported_in_every_form(session, form, start):
    download = do(session, "table_export", form=form).download
    assert download is not None
    assert download["content"].startswith(start)
    assert download["filename"].startswith("train.")


def test_a_table_is_not_exported_in_a_form_that_there_is_not(session):
    with pytest.raises(ValidationError, match="must be one of"):
        do(session, "table_export", form="xls")


def test_the_grid_comes_when_its_tab_is_open_and_marks_targets(session):
    assert "pattern_grid" not in answer(session, {"op": "refresh", "dock": "readings"}, (), {}).panes
    (grid,) = answer(session, {"op": "refresh", "dock": "patterns"}, (), {}).panes["pattern_grid"]
    assert [column["headerName"] for column in grid.columnDefs] == ["row", "name", "input", "output"]
    assert [column.get("headerClass") for column in grid.columnDefs][2:] == [
        "pattern-head input",
        "pattern-head target",
    ]


def test_without_a_table_or_a_layer_for_patterns_the_pane_says_what_to_do():
    assert "Press New table" in texts(patterns.grid(None))
    assert "add one first" in texts(patterns.grid(()))
    assert not having(patterns.bar(Model("Empty"), None), "data-pattern", "rows_up")
    words = [prop(button, "aria-label") for button in of_class(patterns.bar(Model("Empty"), None), "button")]
    assert words == ["New table", "Import", "Generate"]


def test_the_document_of_a_large_table_is_kept_when_the_hand_rests(session):
    many = [Row("", {"input": (0.0,) * 4, "output": (1.0,) * 3})] * (tables.LATER // 7 + 1)
    session.edit(edits.set_rows, "train", many)
    sent = answer(session, {"op": "paint", **stroke()}, (), {})
    assert (sent.page["keep_later"], sent.document) == (True, None)
    assert answer(session, {"op": "keep"}, (), {}).document is not None
