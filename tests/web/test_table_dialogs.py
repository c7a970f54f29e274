"""The dialogs about whole tables: what they offer, what they make, and what they refuse."""

import base64

import pytest

from leabra_studio.errors import LeabraError
from leabra_studio.model import edits
from leabra_studio.model.wizard import new_network
from leabra_studio.session.session import Session
from leabra_studio.web.context import Context, Effect
from leabra_studio.web.intents import perform
from leabra_studio.web.views import patterns, table_dialogs
from tests.web.trees import having, prop, texts

LAYERS = (("input", 2, 2, "input"), ("hidden", 3, 3, "hidden"), ("output", 1, 3, "target"))
RANDOM = {"kind": "random", "layer": "input", "into": "new", "count": "5", "active": "2", "distance": "2", "seed": "1"}


@pytest.fixture
def session() -> Session:
    made = new_network("Demo", LAYERS)
    for name in "abcde":
        made = edits.add_row(made, "train", name=name)
    return Session(made)


def do(session: Session, op: str, **fields: object) -> Effect:
    return perform(Context(session), {"op": op, "table": "train", **fields})


def test_a_split_makes_two_tables_and_the_plan_uses_them_and_one_undo_takes_all_back(session):
    before = session.model
    effect = do(session, "split_table", fraction="60", seed="3")
    assert [(t.name, len(t.rows)) for t in session.model.patterns[1:]] == [("train_train", 3), ("train_test", 2)]
    assert (session.model.plan.train, session.model.plan.test) == ("train_train", "train_test")
    assert (effect.table, effect.undoable) == ("train_train", True)
    session.undo()
    assert session.model == before


def test_generated_patterns_fill_a_new_table_and_then_another_column_of_it(session):
    name = do(session, "generate", **RANDOM).table
    table = session.model.patterns[-1]
    assert name == table.name == "made"
    assert [sum(row.values["input"]) for row in table.rows] == [2] * 5
    assert not any(table.rows[0].values["output"])
    do(
        session,
        "generate",
        **RANDOM | {"table": name, "layer": "output", "into": "shown", "active": "1", "distance": 0},
    )
    table = session.model.patterns[-1]
    assert [sum(row.values["input"]) + sum(row.values["output"]) for row in table.rows] == [3] * 5


def test_one_hot_patterns_are_one_for_each_unit(session):
    do(session, "generate", kind="one_hot", layer="output", into="new")
    assert [row.values["output"] for row in session.model.patterns[-1].rows] == [(1, 0, 0), (0, 1, 0), (0, 0, 1)]


@pytest.mark.parametrize(("kind", "measure"), [("flipped", "probability"), ("gaussian", "deviation")])
def test_noise_goes_into_a_new_table(session, kind, measure):
    do(session, "generate", kind=kind, layer="", seed="0", **{measure: "1"})
    made = session.model.patterns[-1]
    assert (made.name, len(made.rows)) == ("train_noisy", 5)
    assert any(made.rows[0].values["input"])
    assert not any(session.model.patterns[0].rows[0].values["input"])


REFUSED = [
    {"op": "split_ask", "table": None},
    {"op": "split_table", "fraction": "0", "seed": "0"},
    {"op": "split_table", "fraction": "80", "seed": "1.5"},
    {"op": "split_table", "fraction": [1], "seed": "0"},
    {"op": "generate_ask", "table": ["train"]},
    {"op": "generate"},
    {"op": "generate", "kind": "king", "layer": "input"},
    {"op": "generate", "kind": "one_hot", "layer": "hidden"},
    {"op": "generate", "kind": "one_hot", "layer": "", "into": "new"},
    {"op": "generate", "kind": "one_hot", "layer": "output", "into": "shown"},
    {"op": "generate"} | RANDOM | {"active": "9"},
    {"op": "generate"} | RANDOM | {"count": "7"},
    {"op": "generate"} | RANDOM | {"seed": None},
    {"op": "generate", "kind": "flipped", "layer": "input", "probability": "2", "seed": "0"},
    {"op": "generate", "kind": "gaussian", "layer": "gone", "deviation": "0.1", "seed": "0"},
]


@pytest.mark.parametrize("intent", REFUSED, ids=lambda intent: str(intent)[:70])
def test_what_cannot_be_is_a_sentence_and_changes_nothing(session, intent):
    before = session.model
    with pytest.raises(LeabraError, match=r"must be|there is no|at most|must all|smaller"):
        perform(Context(session), {"table": "train", **intent})
    assert session.model is before


def test_buttons_that_can_do_nothing_say_why(session):
    model = edits.remove_rows(session.model, "train", range(4))
    button = next(b for b in having(patterns.bar(model, model.patterns[0]), "aria-disabled"))
    assert prop(button, "title") == "Needs at least two rows to split"


def test_the_dialog_offers_noise_only_where_there_are_rows(session):
    model = session.model
    assert "Noise: Gaussian" in texts(table_dialogs.generate(model, model.patterns[0]))
    assert "Noise: Gaussian" not in texts(table_dialogs.generate(model, None))


FILE = "name,input_0,input_1,input_2,input_3,out_0,out_1,out_2\none,1,0,0,1,1,0,0\ntwo,0,1,x,0,0,1,0\n"


def sent(text: str | bytes = FILE, **fields: object) -> dict[str, object]:
    data = text if isinstance(text, bytes) else text.encode()
    return {"data": base64.b64encode(data).decode(), "filename": "my events.csv", **fields}


def test_a_file_is_looked_at_before_it_is_taken_over(session):
    before = session.model
    view = do(session, "import_read", **sent()).panes["table_dialog"]
    said = texts(view)
    assert "Row 3, column 4: must be a number from 0 to 1" in said
    assert "no patterns for output" in said
    assert "Import 1 row" in said
    assert [prop(s, "data-value") for s in having(view, "data-group")] == ["input", ""]
    assert session.model is before


def test_columns_are_given_another_layer_and_the_good_rows_become_a_table(session):
    mapping = {"input": "input", "out": "output"}
    effect = do(session, "import_table", **sent(mapping=mapping, into=""))
    table = session.model.patterns[-1]
    assert effect.table == table.name == "my events"
    assert [(row.name, row.values["output"]) for row in table.rows] == [("one", (1, 0, 0))]
    do(session, "import_table", **sent(mapping=mapping, into="train"))
    assert session.model.patterns[0].rows == table.rows


def test_where_nothing_fits_the_button_says_why(session):
    view = do(session, "import_read", **sent("a_0,a_1\n1,0\n")).panes["table_dialog"]
    assert "No column is for a layer" in prop(having(view, "data-dialog")[0], "title")


BAD_FILES = [
    sent(""),
    sent(b"\x00\x01\xff\xfe" * 50),
    sent(data=None),
    sent(data="no base64!"),
    sent(data="\ud800"),
    sent(filename=3),
    sent(mapping=["input"]),
    sent(mapping={"input": 4}),
    sent("a_0\n1\n"),
    sent(into="gone"),
    sent(into=None),
]


@pytest.mark.parametrize("fields", BAD_FILES, ids=lambda fields: str(fields)[:60])
def test_a_bad_file_is_a_sentence_and_changes_nothing(session, fields):
    before = session.model
    with pytest.raises(LeabraError) as caught:
        do(session, "import_table", **{"into": "", **fields})
    assert 10 < len(str(caught.value)) < 500
    assert session.model is before


@pytest.mark.parametrize("name", ["", ".csv", "a" * 300, "two\nlines.csv", "\ud800.csv", "__proto__.csv"])
def test_a_table_gets_a_name_whatever_the_file_is_called(session, name):
    do(session, "import_table", **sent(filename=name, into=""))
    assert 1 <= len(session.model.patterns[-1].name) <= 80
