"""Code tab: the generated script with line numbers, colours, and the selected object's lines lit."""

from __future__ import annotations

import io
import keyword
import tokenize
from collections import defaultdict

from dash import html

from leabra_studio.export.page import Script
from leabra_studio.web import ids
from leabra_studio.web.parts import Node, button, icon

CLASSES = {tokenize.STRING: "string", tokenize.NUMBER: "number", tokenize.COMMENT: "comment"}

Span = tuple[int, int, str]
"""Start column, end column and class of one coloured piece of a line."""


LIBRARIES = (("leabra_studio", "for Leabra Studio"), ("leabra7", "for the original Leabra7"))


def render(script: Script, selected: tuple[str, ...], library: str = "") -> list[Node]:
    """The script as numbered lines; those that make a selected object are lit.

    Parameters
    ----------
    script
        The script.
    selected
        Names of selected objects.
    library
        The library that it is written for.
    """
    lit = {line for name in selected for line in script.lines.get(name, ())}
    spans = coloured(script.text)
    lines = [_line(i, text, spans.get(i, []), i in lit) for i, text in enumerate(script.text.splitlines(), start=1)]
    head = html.Div(
        [
            icon("lock", small=True),
            html.Span("Read only", title="Written from the model; change the model to change it"),
            html.Select(
                [html.Option(word, value=key, selected=key == library) for key, word in LIBRARIES],
                id=ids.SCRIPT_FOR,
                className="select",
                title="The library that the script is written for",
                **{"aria-label": "Library"},
            ),
            html.Div(className="spring"),
            button(ids.COPY_SCRIPT, "Copy", "copy", title="Copy the script"),
        ],
        className="code-head",
    )
    return [head, html.Div(lines, className="code", role="region", tabIndex="0", **{"aria-label": "Python script"})]


def lit_count(script: Script, selected: tuple[str, ...]) -> str:
    """``2 lines`` for the tab, or nothing when no object is selected."""
    count = len({line for name in selected for line in script.lines.get(name, ())})
    return "" if not count else "1 line" if count == 1 else f"{count} lines"


def _line(index: int, text: str, spans: list[Span], lit: bool) -> html.Div:
    return html.Div(
        [html.Span(str(index), className="line-number"), html.Code(_pieces(text, spans))],
        className="line lit" if lit else "line",
    )


def _pieces(text: str, spans: list[Span]) -> list[Node]:
    pieces: list[Node] = []
    at = 0
    for start, end, name in spans:
        pieces += [text[at:start], html.Span(text[start:end], className=name)]
        at = end
    return [piece for piece in [*pieces, text[at:]] if piece != ""]


def coloured(source: str) -> dict[int, list[Span]]:
    """Line number -> coloured pieces of a Python source, by Python's own tokenizer."""
    found: dict[int, list[Span]] = defaultdict(list)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        name = CLASSES.get(token.type) or ("keyword" if _is_keyword(token) else "")
        if name and token.start[0] == token.end[0]:
            found[token.start[0]].append((token.start[1], token.end[1], name))
    return found


def _is_keyword(token: tokenize.TokenInfo) -> bool:
    return token.type == tokenize.NAME and keyword.iskeyword(token.string)
