"""Parameters in their groups: the 6 to 8 that matter open, the rest folded."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dash import html

from leabra_studio.model.document import Model
from leabra_studio.web.extras import extras
from leabra_studio.web.fields import as_text, param_row
from leabra_studio.web.parts import Node, short
from leabra_studio.web.values import UNIT, Setting


def groups(name: str, every: Sequence[Setting]) -> list[Node]:
    """One foldable section for each group of parameters; those of the units are one section.

    Groups that hold parameters that matter come first and are open.

    Parameters
    ----------
    name
        The layer or projection, ``*`` for everything that is selected.
    every
        Its parameters.
    """
    own = [s for s in every if not s.path.startswith(UNIT + ".")]
    units = [s for s in every if s.path.startswith(UNIT + ".")]
    order = {s.param.group: i for i, s in reversed(list(enumerate(own)))}
    own.sort(key=lambda s: order[s.param.group])
    titled = [(title, list(group)) for title, group in groupby(own, key=lambda s: s.param.group)]
    titled += [("Unit", units)] if units else []
    titled.sort(key=lambda group: not _matters(group[1]))
    return [_section(name, title, group) for title, group in titled]


def _matters(group: Sequence[Setting]) -> bool:
    return any(s.param.key for s in group)


def _section(name: str, title: str, group: list[Setting]) -> html.Details:
    shown = [s for s in group if s.param.key or s.changed] or group
    folded = [s for s in group if s not in shown]
    changed = sum(s.changed for s in group)
    size = f"{len(shown)} of {len(group)} shown" if folded else f"{len(group)} parameters"
    children: list[Node] = [
        html.Summary([html.Span(title or "Other", className="word"), _count(changed, size)]),
        *_rows(name, shown),
    ]
    if folded:
        more = [html.Summary(f"All parameters ({len(group)})", className="more"), *_rows(name, folded)]
        children.append(html.Details(more, className="folded"))
    return html.Details(children, open=_matters(group), className="group", id=f"group-{title}", **{"data-group": title})


def _rows(name: str, some: Sequence[Setting]) -> list[Node]:
    return [part for s in some for part in (param_row(name, s), *extras(name, s))]


def _count(changed: int, size: str) -> html.Span:
    text = f"{changed} changed · {size}" if changed else size
    return html.Span(text, className="count", **{"data-size": size})


def projections(model: Model, name: str) -> html.Details:
    """The projections into and out of a layer, each a way to its form."""
    into = [p for p in model.projns if p.post == name]
    out = [p for p in model.projns if p.pre == name]
    rows = [_projn_row(model, word, p.name, p.pre, p.post) for word, ps in (("in", into), ("out", out)) for p in ps]
    count = f"in {len(into)} · out {len(out)}"
    empty = html.P("none yet: drag the dot on the card's upper edge to another layer", className="none")
    summary = html.Summary([html.Span("Projections", className="word"), html.Span(count, className="count")])
    return html.Details([summary, *(rows or [empty])], open=True, className="group")


def _projn_row(model: Model, word: str, name: str, pre: str, post: str) -> html.Button:
    note = f"{as_text(model.value(name, 'projn_type'))} · lrate {short(model.value(name, 'lrate'))}"
    return html.Button(
        [
            html.Span(word, className="count"),
            html.Span([pre, " → ", post], className="word"),
            html.Span(note, className="count"),
        ],
        type="button",
        className="projn-row",
        title=f"Select {name}",
        **{"data-select": name},
    )
