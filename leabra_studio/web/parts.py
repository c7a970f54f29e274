"""Small pieces that several views are made of."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from dash import html

Node = Any
"""A Dash component, a string, or a list of them: what Dash accepts as children."""


def icon(name: str, *, small: bool = False) -> html.Span:
    """A decorative icon drawn by ``assets/icons.css`` in the colour of the text around it."""
    return html.Span(className=f"icon icon-{name}" + (" small" if small else ""), **{"aria-hidden": "true"})


def button(
    id: str,
    text: str,
    icon_name: str = "",
    *,
    kind: str = "quiet",
    key: str = "",
    title: str = "",
    icon_only: bool = False,
) -> html.Button:
    """A button whose word is its accessible name.

    Parameters
    ----------
    id, text, icon_name, title
        Id, word, icon and tooltip.
    kind
        Look: ``quiet``, ``outlined`` or ``primary``.
    key
        The keyboard key, shown as a key cap.
    icon_only
        Hide the word from sight; screen readers and tests still find it.
    """
    children: list[Node] = [icon(icon_name)] if icon_name else []
    children.append(html.Span(text, className="sr" if icon_only else "word"))
    if key:
        children.append(html.Kbd(key, **{"aria-hidden": "true"}))
    return html.Button(
        children,
        id=id,
        type="button",
        className=f"button {kind}",
        title=title or None,
        **{"aria-label": text, "aria-keyshortcuts": key or None},
    )


def select(id: str, options: Iterable[tuple[str, str]], chosen: str = "") -> html.Select:
    """A choice among (value, word); the label around it, or `htmlFor`, names it."""
    made = [html.Option(word, value=value, selected=value == chosen) for value, word in options]
    return html.Select(made, id=id, className="select")


def intent(op: str, **fields: Any) -> dict[str, str]:
    """Properties that make an element send an edit when it is clicked; JavaScript reads them."""
    return {"data-intent": json.dumps({"op": op, **fields})}


def numeric(least: float | None = None, most: float | None = None) -> dict[str, str]:
    """Properties of a field for one number: it takes arrows, the wheel and a drag on its label, within these limits."""
    limits = {"data-least": least, "data-most": most}
    return {"data-number": "", **{key: f"{value:g}" for key, value in limits.items() if value is not None}}


def sr(text: str) -> html.Span:
    """Text for screen readers only."""
    return html.Span(text, className="sr")


def number(value: float) -> str:
    """A value as short as it can be told: ``1.8`` -> ``1.80``, ``20`` -> ``20``, ``1/1.4`` -> ``0.714``.

    A number that was typed (at most eight characters) is shown whole; longer ones are rounded to three digits, and
    the field's tooltip holds the exact value.
    """
    if isinstance(value, int) or (float(value).is_integer() and abs(value) >= 10):
        return f"{value:.0f}" if abs(value) < 1e15 else f"{value:g}"
    exact = repr(float(value))
    if len(exact) > 8 or "e" in exact:
        return f"{value:.3g}"
    whole, _, fraction = exact.partition(".")
    return f"{whole}.{fraction.ljust(2, '0')}"


def short(value: float) -> str:
    """A number for a label: below 1 without its leading zero, as in ``.50``."""
    text = number(value)
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
