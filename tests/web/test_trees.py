"""Trees as text: the same tree, row by row once, for a browser that has some of the rows."""

import json
from typing import Any

from dash import html
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.model import Layer, Model, Projn, edits
from leabra_studio.web.trees import TREES, Memory, Tree, remembered
from leabra_studio.web.views import canvas, outline
from tests.web.trees import texts


@remembered
def row(name: str, word: str) -> html.Div:
    return html.Div([html.Span(word), name], **{"data-kind": "layer", "data-name": name})


@remembered
def nameless(word: str) -> html.P:
    return html.P(word)


def tree(*rows: Any) -> Tree:
    return Tree([html.H2("Title"), html.Div(list(rows), role="group", **{"data-kind": "section", "data-name": "All"})])


class Browser:
    """Keeps what it was sent, and finds the rows that are sent by their key in that."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.mark = ""
        self.rows: dict[str, Any] = {}
        self.bytes = 0

    def show(self, wanted: Tree) -> Any:
        """What stands on the page when a tree has come."""
        text = self.memory.sent(wanted, self.mark)
        self.mark, self.bytes, before = wanted.mark, len(text), self.rows
        self.rows = {}
        return self._whole(json.loads(text), before)

    def _whole(self, node: Any, before: dict[str, Any]) -> Any:
        if isinstance(node, list):
            return [self._whole(child, before) for child in node]
        if not isinstance(node, dict):
            return node
        if "same" in node:
            key = json.dumps(node["same"])
            self.rows[key] = before[key]
            return before[key]
        props = node["props"]
        made = {**node, "props": {**props, "children": self._whole(props.get("children"), before)}}
        if "data-name" in props:
            self.rows[json.dumps([node["type"], props["data-kind"], props["data-name"]])] = made
        return made


WORDS = st.sampled_from(["a", "b", 'c"<', "\u2028"])
ROWS = st.dictionaries(st.sampled_from(["x", "y", "z", "é", "constructor"]), WORDS)


@given(st.lists(ROWS, max_size=6), st.sets(st.integers(0, 5)))
def test_a_browser_shows_every_tree_whole_whatever_it_had(steps, restarts):
    memory = Memory()
    browser = Browser(memory)
    for i, step in enumerate(steps):
        if i in restarts:  # the server does not know any more what it has sent
            browser.memory = Memory()
        wanted = tree(*(row(*item) for item in step.items()), nameless("end"))
        assert browser.show(wanted) == json.loads(wanted.text)


def test_of_many_rows_the_ones_that_changed_are_sent():
    rows = {f"layer {i}": "a word" for i in range(200)}
    browser = Browser(Memory())
    browser.show(tree(*(row(*item) for item in rows.items())))
    whole = browser.bytes
    browser.show(tree(*(row(*item) for item in {**rows, "layer 7": "other"}.items())))
    assert browser.bytes < whole / 2
    assert texts(row("layer 7", "other")) == "other layer 7"


def test_the_outline_of_an_edited_model_is_whole_in_the_browser():
    layers = tuple(Layer(f"l{i}", (2, 2)) for i in range(20))
    model = Model(layers=layers, projns=tuple(Projn(f"p{i}", f"l{i}", f"l{i + 1}") for i in range(19)))
    browser, sizes = Browser(Memory()), []
    for step in (model, edits.rename(model, "l3", "other"), edits.remove(model, ["l4"]), model):
        wanted = Tree(outline.render(step, ("l5",), {"l6": "wrong"}))
        assert browser.show(wanted) == json.loads(wanted.text)
        sizes.append(browser.bytes)
    assert max(sizes[1:]) < sizes[0] / 2


def test_what_is_remembered_is_bounded():
    memory, first = Memory(2), tree(row("x", "a"))
    for other in (first, tree(row("x", "b")), tree(row("x", "c"))):
        memory.sent(other, "")
    assert "same" not in memory.sent(tree(row("x", "a"), row("y", "a")), first.mark)
    assert TREES >= 64


def test_marks_tell_content_not_identity():
    model = Model(layers=(Layer("a", (2, 2)),))
    assert Tree(canvas.elements(model)).mark == Tree(canvas.elements(model)).mark
    assert Tree([html.P("a")]).mark == Tree([html.P("a")]).mark != Tree([html.P("b")]).mark
    assert Tree([]).text == "[]"


def test_a_row_is_made_once():
    assert row("x", "a") is row("x", "a") is not row("x", "b")
