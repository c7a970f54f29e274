"""Trees of components as JSON text: a row that a view makes once is written once, and sent once.

An outline has hundreds of rows, of which an edit changes a few. The browser says by a fingerprint what it has; the
rows in that are sent by their key alone.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, wraps
from typing import Any, ParamSpec, cast
from weakref import WeakKeyDictionary

from dash.development.base_component import Component
from plotly.utils import PlotlyJSONEncoder

P = ParamSpec("P")

ROWS = 5000
"""Rows of one kind that are remembered as they were made."""
TREES = 100
"""Trees of which is remembered what rows they have."""
CHILDREN = "children"

_encode: Callable[[object], str] = PlotlyJSONEncoder(separators=(",", ":")).encode


@dataclass
class _Written:
    """A row that is made only once, by its JSON and by the JSON that stands for it; both made when they are needed."""

    named: bool
    whole: str = ""
    key: str = ""


_rows: WeakKeyDictionary[Component, _Written] = WeakKeyDictionary()


def remembered(make: Callable[P, Component]) -> Callable[P, Component]:
    """Let a function make each row only once for the same arguments; a row with a ``data-name`` is also sent once."""

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> Component:
        row = make(*args, **kwargs)
        _rows[row] = _Written("data-name" in vars(row))
        return row

    return cast("Callable[P, Component]", lru_cache(ROWS)(made))


class Tree(list[Any]):
    """What a pane shows: components, dictionaries or texts."""

    @cached_property
    def text(self) -> str:
        """All of it as JSON."""
        return _text(list(self), frozenset())

    @cached_property
    def mark(self) -> str:
        """A short digest that tells whether it is the same as another."""
        return digest(self.text)

    @cached_property
    def rows(self) -> frozenset[Component]:
        """The rows in it that are sent only once."""
        return frozenset(_rows_in(list(self)))


class Memory:
    """What rows the trees have that were sent, by their digests; the oldest are forgotten."""

    def __init__(self, most: int = TREES) -> None:
        self._most = most
        self._known: OrderedDict[str, frozenset[Component]] = OrderedDict()
        self._lock = threading.Lock()

    def sent(self, tree: Tree, before: str) -> str:
        """Return the JSON of a tree for a browser that has the tree of the digest `before`, or none that is known."""
        rows = tree.rows
        if not rows:
            return tree.text
        with self._lock:
            known = self._known.get(before, frozenset())
            self._known[tree.mark] = rows
            self._known.move_to_end(tree.mark)
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return _text(list(tree), known) if known else tree.text


def digest(text: str) -> str:
    """Return a short digest of a text."""
    return hashlib.blake2s(text.encode(), digest_size=8).hexdigest()


def _text(node: Any, known: frozenset[Component]) -> str:
    if isinstance(node, list | tuple):
        if not any(isinstance(child, Component | list | tuple) for child in node):
            return _encode(node)
        return f"[{','.join(_text(child, known) for child in node)}]"
    if not isinstance(node, Component):
        return _encode(node)
    written = _rows.get(node)
    return _component(node, known) if written is None else _row(node, written, node in known)


def _row(row: Component, written: _Written, known: bool) -> str:
    """The JSON of a row, or what stands for it where the browser has it."""
    if known:
        written.key = written.key or _key(row)
        return written.key
    written.whole = written.whole or _component(row, frozenset())
    return written.whole


def _component(node: Component, known: frozenset[Component]) -> str:
    plain = node.to_plotly_json()
    props = plain["props"]
    children = _text(props.pop(CHILDREN, None), known)
    own = _encode(props)[1:-1]
    return f'{{"type":{_encode(plain["type"])},"props":{{{own}{"," if own else ""}"{CHILDREN}":{children}}}}}'


def _key(row: Component) -> str:
    """The JSON by which the browser finds a row that it has."""
    props = row.to_plotly_json()
    return _encode({"same": [props["type"], props["props"]["data-kind"], props["props"]["data-name"]]})


def _rows_in(node: Any) -> Iterator[Component]:
    if isinstance(node, list | tuple):
        for child in node:
            yield from _rows_in(child)
    elif isinstance(node, Component):
        written = _rows.get(node)
        if written is None:
            yield from _rows_in(getattr(node, CHILDREN, None))
        elif written.named:
            yield node
