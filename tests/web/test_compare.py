"""Batches on the page: requests for them, also malformed ones, and the pane."""

import contextlib
import csv
import io
import json
import time

import pytest
from dash._utils import to_json
from hypothesis import given
from hypothesis import strategies as st

import leabra_studio as lb
from leabra_studio.model import codec
from leabra_studio.session.single_run import trained
from leabra_studio.session.store import SessionStore
from leabra_studio.web import ids
from leabra_studio.web.batches import OF_BATCHES, OF_SESSION
from leabra_studio.web.requests import Server
from leabra_studio.web.views import compare
from tests.session.background import ENDLESS
from tests.session.lessons import NET, model
from tests.web.tab import HOSTILE, Tab
from tests.web.trees import having, of_class, prop, texts

BAD_OPS = [None, 3, ["run"], "x", *HOSTILE]
SAFE_OPS = [name for name in (*OF_SESSION, *OF_BATCHES) if name not in ("run", "remove")]
NOT_BATCHES = [None, 3, "Z", "", ["A"], {"a": 1}, *HOSTILE]


@pytest.fixture
def pupil(server):
    """Give a tab with a small task open."""
    tab = Tab(server)
    tab.hello(codec.dumps(NET))
    return tab


def ask(tab, op, **fields):
    answer = tab.server.batches({"op": op, "seq": 5, **fields}, tab.sid)
    assert answer["seq"] == 5
    json.loads(to_json(answer))
    return answer


def data(tab, op, **fields):
    answer = ask(tab, op, **fields)
    assert answer["error"] is None
    return answer["data"]


def run(tab, seeds="7, 3"):
    """Run a batch to its end; return its row."""
    ident = data(tab, "run", seeds=seeds)["added"]
    for _ in range(6000):
        (row,) = [batch for batch in data(tab, "watch")["batches"] if batch["id"] == ident]
        if row["state"] == "done":
            return row
        time.sleep(0.01)
    raise AssertionError("the batch never ended")


def pupil_model(tab):
    return codec.loads(data(tab, "model", batch="A")["text"])


def test_a_batch_is_a_row_with_the_numbers_of_the_library(pupil):
    assert data(pupil, "look")["batches"] == []
    assert data(pupil, "look")["seeds"] == "42-51"
    row = run(pupil)
    taught = lb.batch(NET, seeds=(7, 3), jobs=1)
    assert {key: row[key] for key in ("id", "name", "revision", "seeds", "total", "ended")} == {
        "id": "A",
        "name": "revision 0",
        "revision": 0,
        "seeds": "7, 3",
        "total": 2,
        "ended": 2,
    }
    wrong = 100 - taught.runs["test percent_correct"]
    assert row["test"] == {
        "mean": pytest.approx(wrong.mean(), rel=1e-5),
        "low": wrong.min(),
        "high": wrong.max(),
        "count": 2,
    }
    assert row["solved"] == taught.runs["solved"].sum()
    assert data(pupil, "look")["seeds"] == "7, 3"


def test_same_seeds_one_change(pupil):
    run(pupil)
    pupil.ask("set_param", name="hid", path="gi", value="2.5")
    row = run(pupil)
    assert (row["id"], row["name"], row["revision"]) == ("B", "gi 1.8 → 2.5", 1)
    assert data(pupil, "differences", of=["A", "B"])["rows"] == [
        {"where": "hid", "what": "gi", "values": ("1.8", "2.5")}
    ]
    curves = data(pupil, "curves", of=["A", "B"], part="test", stat="sse", single="B")["curves"]
    assert [curves[ident]["epochs"] for ident in "AB"] == [[2, 4], [2, 4]]
    assert [len(curves[ident]["runs"]) for ident in "AB"] == [0, 2]
    for ident, model_ in (("A", NET), ("B", codec.loads(data(pupil, "model", batch="B")["text"]))):
        runs = [trained(codec.dumps(model_), seed).column("test sse")[[1, 3]] for seed in (7, 3)]
        assert curves[ident]["mean"] == pytest.approx([sum(both) / 2 for both in zip(*runs, strict=True)], rel=1e-5)
        assert curves[ident]["low"] == pytest.approx([min(both) for both in zip(*runs, strict=True)], rel=1e-5)


def test_means_end_where_the_first_run_ends(pupil):
    pupil.ask("set_plan", key="stop_after", value="1")
    pupil.ask("set_plan", key="epochs", value="60")
    run(pupil, "0-5")
    curve = data(pupil, "curves", of=["A"], part="train", stat="error", single="A")["curves"]["A"]
    ends = [line["epochs"][-1] for line in curve["runs"]]
    assert len(set(ends)) > 1
    assert (curve["epochs"][-1], curve["end"]) == (min(ends), max(ends))
    for row in data(pupil, "runs", batch="A")["runs"]:
        errors = trained(codec.dumps(pupil_model(pupil)), row["seed"]).column("train errors")
        zeros = (errors == 0).nonzero()[0] + 1
        assert (row["first_zero"], row["solved"]) == ((zeros[0], True) if len(zeros) else (None, False))


def test_other_seeds_are_a_difference_and_the_same_batch_again_is_none(pupil):
    for seeds in ("7, 3", "7, 3", "7"):
        run(pupil, seeds)
    assert data(pupil, "differences", of=["A", "B"])["rows"] == []
    (row,) = data(pupil, "differences", of=["A", "C"])["rows"]
    assert row == {"where": "batch", "what": "seeds", "values": ("7, 3", "7")}


def test_the_lines_of_python_give_the_same_numbers(pupil, tmp_path, monkeypatch):
    run(pupil)
    pupil.ask("set_param", name="hid", path="gi", value="2.5")
    run(pupil)
    monkeypatch.chdir(tmp_path)
    present = codec.dumps(codec.loads(data(pupil, "model", batch="B")["text"]))
    (tmp_path / "untitled.leabra.json").write_text(present, "utf-8")
    older = data(pupil, "model", batch="A")
    (tmp_path / older["filename"]).write_text(older["text"], "utf-8")
    for ident in "AB":
        text = data(pupil, "python", batch=ident)["text"].replace("seeds=", "jobs=1, seeds=")
        names: dict = {}
        with contextlib.redirect_stdout(io.StringIO()) as said:
            exec(text, names)
        rows = data(pupil, "runs", batch=ident)["runs"]
        assert [row["seed"] for row in rows] == list(names["result"].runs["seed"])
        wrong = 100 - names["result"].runs["train percent_correct"]
        assert [row["train"] for row in rows] == pytest.approx(list(wrong), rel=1e-5)
        assert "solved" in said.getvalue()


def test_tables_hold_every_run_and_every_epoch(pupil):
    run(pupil)
    data(pupil, "rename", batch="A", name="=cmd()")
    records = list(csv.reader(io.StringIO(data(pupil, "records_csv", of=["A"])["text"])))
    assert records[0][:6] == ["batch", "name", "revision", "seed", "epoch", "mode"]
    assert [row[1:6] for row in records[1:4]] == [
        ["'=cmd()", "0", "7", "1", "train"],
        ["'=cmd()", "0", "7", "2", "train"],
        ["'=cmd()", "0", "7", "2", "test"],
    ]
    assert len(records) == 1 + 2 * (4 + 2)
    at = records[0].index("sse")
    values = trained(codec.dumps(NET), 7)
    assert float(records[1][at]) == values.column("train sse")[0]
    assert float(records[3][at]) == values.column("test sse")[1]
    runs = list(csv.reader(io.StringIO(data(pupil, "runs_csv", batch="A")["text"])))
    assert runs[0][:6] == ["seed", "epochs", "first_zero train", "first_zero test", "solved", "problem"]
    assert [row[:2] for row in runs[1:]] == [["7", "4"], ["3", "4"]]
    assert float(runs[1][runs[0].index("test sse")]) == values.column("test sse")[3]


def test_a_batch_is_cancelled_removed_and_brought_back(server):
    tab = Tab(server)
    tab.hello(codec.dumps(ENDLESS))
    data(tab, "run", seeds="1-3")
    assert "cancel it first" in ask(tab, "remove", batch="A")["error"]
    (row,) = data(tab, "cancel", batch="A")["batches"]
    assert row["state"] == "cancelled"
    gone = data(tab, "remove", batch="A")
    assert (gone["batches"], gone["removed"]) == ([], {"id": "A", "name": "revision 0"})
    back = data(tab, "restore")
    assert [batch["id"] for batch in back["batches"]] == ["A"]
    assert back["removed"] is None


def test_batches_are_watched_while_the_session_is_at_work(pupil):
    run(pupil)
    with pupil.server.store.checkout(pupil.sid):
        assert data(pupil, "watch")["batches"][0]["state"] == "done"
        assert data(pupil, "curves", of=["A"], part="train", stat="error")["curves"]["A"]["count"] == 2


def test_a_model_that_does_not_train_is_refused_with_the_reason(tab):
    assert "no table of patterns" in ask(tab, "run", seeds="1-3")["error"]


@pytest.mark.parametrize("request_", [None, 7, [], "run", {}, *({"op": op} for op in BAD_OPS)])
def test_a_malformed_request_is_answered_with_a_sentence(pupil, request_):
    before = pupil.state()
    answer = pupil.server.batches(request_, pupil.sid)
    assert answer["data"] is None
    assert "must be" in answer["error"]
    assert pupil.state() == before


@pytest.mark.parametrize("op", ["cancel", "remove", "rename", "runs", "runs_csv", "model", "python"])
@pytest.mark.parametrize("batch", NOT_BATCHES, ids=repr)
def test_a_batch_that_is_not_there_is_a_sentence(pupil, op, batch):
    assert "must be one of those that there are" in ask(pupil, op, batch=batch, name="x")["error"]


@pytest.mark.parametrize(
    "fields",
    [
        {"of": "A", "part": "train", "stat": "sse"},
        {"of": [["A"]], "part": "train", "stat": "sse"},
        {"of": ["A"], "part": "train", "stat": "sse"},
        {"of": [], "part": "both", "stat": "sse"},
        {"of": [], "part": ["train"], "stat": "sse"},
        {"of": [], "part": "train", "stat": 3},
    ],
)
def test_curves_of_nothing_are_a_sentence(pupil, fields):
    assert "must be" in ask(pupil, "curves", **fields)["error"]


@pytest.mark.parametrize("sid", [None, 5, "gone", {}])
def test_without_a_session_the_answer_says_so(server, sid):
    for op in ("look", "watch"):
        answer = server.batches({"op": op, "seq": 3}, sid)
        assert answer["seq"] == 3
        assert "session" in answer["error"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(HOSTILE),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def shared(kernels):
    tab = Tab(Server(SessionStore()))
    tab.hello(codec.dumps(model(epochs=1)))
    run(tab, "1")
    return tab


FIELDS = st.sampled_from(["batch", "of", "part", "stat", "single", "name", "seq"])


@given(
    op=st.sampled_from(SAFE_OPS),
    fields=st.dictionaries(FIELDS, JSON | st.just("A") | st.just(["A"])),
)
def test_any_request_has_an_answer(shared, op, fields):
    answer = shared.server.batches({**fields, "op": op}, shared.sid)
    assert (answer["error"] is None) != (answer["data"] is None)
    to_json(answer)


def test_the_pane_has_its_choices_tables_and_an_empty_state():
    tree = [*compare.tools(), *compare.layout()]
    (choice,) = having(tree, "id", ids.COMPARE_STAT)
    assert [prop(o, "value") for o in having(choice, "selected", True)] == ["error"]
    assert "Run batch" in texts(of_class(tree, "empty-state"))
    assert [prop(b, "data-compare") for b in having(tree, "data-compare")] == ["csv", "png", "svg"]
    assert [prop(b, "data-part") for b in having(tree, "data-part")] == ["train", "test"]
    heads = having(having(tree, "aria-label", "Batches"), "scope", "col")
    assert [texts(head) for head in heads] == [word for _, word, _ in compare.COLUMNS]
    (runs,) = having(tree, "id", ids.COMPARE_RUNS)
    assert [texts(b) for b in having(runs, "data-of-batch")] == ["Copy Python", "Save model", "CSV"]
    assert prop(runs, "hidden") is True
    assert having(tree, "id", ids.COMPARE_SEEDS)
    assert having(tree, "id", ids.COMPARE_RUN)
