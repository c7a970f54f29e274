"""Results of training: requests for them, also malformed ones, and the panes in which they are shown."""

import pytest

from leabra_studio.web import ids
from leabra_studio.web.results import OPTIONS, ask
from leabra_studio.web.views import analysis, curves, trials
from tests.web.tab import HOSTILE
from tests.web.trees import having, of_class, prop, texts


class Trained:
    """Stands for a session that trains: answers with what it was asked."""

    def results(self, what, **options):
        return {"what": what, **options}


@pytest.mark.parametrize("what", OPTIONS)
def test_what_is_asked_for_reaches_the_session_with_its_own_options_only(what):
    request = {"what": what, "seq": 1, "mode": "train", "layer": "Hidden", "projn": "up", "os": "import"}
    assert ask(Trained(), request) == {"what": what, **{key: request[key] for key in OPTIONS[what]}}


def test_an_option_that_is_null_is_left_to_the_session():
    assert ask(Trained(), {"what": "trials", "mode": None}) == {"what": "trials"}


@pytest.mark.parametrize(
    "request_",
    [
        None,
        7,
        [],
        "trials",
        {},
        {"what": None},
        {"what": "__init__"},
        {"what": ["trials"]},
        {"what": "trials", "mode": 3},
        {"what": "weights", "projn": {"a": 1}},
        *({"what": text} for text in HOSTILE),
    ],
)
def test_a_malformed_request_is_answered_with_a_sentence(tab, request_):
    before = tab.state()
    answer = tab.server.results(request_, tab.sid)
    assert answer["data"] is None
    assert "must be" in answer["error"]
    assert tab.state() == before


@pytest.mark.parametrize("sid", [None, 5, "gone", {}])
def test_without_a_session_the_answer_says_so(server, sid):
    answer = server.results({"what": "trials", "seq": 3}, sid)
    assert answer["seq"] == 3
    assert "session" in answer["error"]


def test_a_model_that_does_not_train_has_no_results(tab):
    answer = tab.server.results({"what": "trials", "mode": "test", "seq": 4}, tab.sid)
    assert (answer["seq"], answer["data"]) == (4, None)
    assert answer["error"]


def test_the_curves_offer_every_statistic_and_begin_with_the_error():
    tree = curves.layout()
    (choice,) = having(tree, "id", ids.CURVE_STAT)
    assert [(prop(o, "value"), texts(o)) for o in having(choice, "value")] == list(curves.STATISTICS)
    assert [prop(o, "value") for o in having(choice, "selected", True)] == ["error"]
    assert "Press Run" in texts(of_class(tree, "empty-state"))
    assert [prop(b, "data-curves") for b in having(tree, "data-curves")] == ["csv", "png", "svg"]


def test_the_table_of_trials_has_a_head_for_each_column_and_says_what_to_do_when_empty():
    tree = trials.layout()
    heads = having(tree, "role", "columnheader")
    assert [texts(head) for head in heads] == [word for _, word, _ in trials.COLUMNS]
    assert "Press Test all" in texts(of_class(tree, "empty-state"))
    (grid,) = having(tree, "id", ids.TRIALS_GRID)
    assert (prop(grid, "role"), prop(grid, "tabIndex")) == ("grid", 0)


@pytest.mark.parametrize(("pane", "choice"), [(analysis.weights, ids.WEIGHTS_OF), (analysis.analysis, ids.ANALYSIS_OF)])
def test_each_picture_has_a_caption_and_its_pane_a_choice_and_an_empty_state(pane, choice):
    tree = pane()
    assert [texts(c.children[0].children[0]) for c in having(tree, "data-picture")] == [
        prop(d, "aria-label") for d in of_class(tree, "drawing")
    ]
    assert len(having(tree, "data-picture")) == 3
    assert having(tree, "id", choice)[0].id == choice
    assert "Press" in texts(of_class(tree, "empty-state"))
