"""Component trees as plain data, so that views are compared without a browser."""

from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component


def walk(node: Any) -> Iterator[Component]:
    """Every component of a tree, parents first."""
    if isinstance(node, list | tuple):
        for child in node:
            yield from walk(child)
    elif isinstance(node, Component):
        yield node
        yield from walk(getattr(node, "children", None))


def texts(node: Any) -> str:
    """All text of a tree, as a person would read it."""
    if isinstance(node, list | tuple):
        return " ".join(filter(None, (texts(child) for child in node)))
    if isinstance(node, Component):
        return texts(getattr(node, "children", None))
    return "" if node is None else str(node)


def having(node: Any, name: str, value: Any = None) -> list[Component]:
    """Components with a property (of that value)."""
    found = [c for c in walk(node) if name in c.to_plotly_json()["props"]]
    return [c for c in found if value is None or c.to_plotly_json()["props"][name] == value]


def prop(component: Component, name: str) -> Any:
    """A property, also one with a dash in its name."""
    return component.to_plotly_json()["props"].get(name)


def of_class(node: Any, name: str) -> list[Component]:
    """Components with a class."""
    return [c for c in walk(node) if name in str(getattr(c, "className", "") or "").split()]
