"""Which spec an object uses, who else uses it, and what can be done about that."""

from __future__ import annotations

from dash import html

from leabra_studio.model.document import Model, NamedSpec
from leabra_studio.web.parts import Node, icon, intent

WORDS = {"layer": "layer", "projn": "projection"}


def spec_line(model: Model, name: str) -> html.Div:
    """The spec of a layer or projection as a chip, with a menu of other choices."""
    spec = model.spec_of(name)
    chip = html.Span([icon("spec", small=True), spec.name] if spec else "default spec", className="chip")
    return html.Div(
        [
            chip,
            html.Span(_used(model, spec), className="count"),
            html.Div(className="spring"),
            _menu(model, name, spec),
        ],
        className="spec-line",
        title=f"A change here changes {', '.join(model.users(spec.name))}"
        if spec
        else "A change here makes a spec of its own",
    )


def _used(model: Model, spec: NamedSpec | None) -> str:
    if spec is None:
        return "a change makes its own"
    count = len(model.users(spec.name))
    return f"used by {count} {WORDS[spec.kind]}{'' if count == 1 else 's'}"


def _menu(model: Model, name: str, spec: NamedSpec | None) -> html.Details:
    word = html.Summary("Change", id="spec-change", className="link", title="Use, copy, rename or delete a spec")
    items = html.Div(_items(model, name, spec), className="menu-items", role="menu", **{"aria-label": "Spec"})
    return html.Details([word, items], className="menu")


def _items(model: Model, name: str, spec: NamedSpec | None) -> list[Node]:
    kind = model.kind_of(name)
    others = [other for other in model.specs if other.kind == kind and other is not spec]
    items: list[Node] = [html.Div("Use another", className="menu-label")] if others else []
    items += [_item(other.name, **intent("use_spec", name=name, spec=other.name)) for other in others]
    if spec is None:
        return [*items, _item("Make a named spec", **intent("own_spec", name=name))]
    items.append(_item("The defaults", **intent("use_spec", name=name, spec=None)))
    if len(model.users(spec.name)) > 1:
        items.append(_item("Make my own copy", **intent("own_spec", name=name)))
    return [
        *items,
        html.Hr(),
        _item("Rename…", **{"data-rename": spec.name}),
        _item("Delete", **intent("remove_spec", spec=spec.name)),
    ]


def _item(word: str, **does: str) -> html.Button:
    return html.Button(word, type="button", role="menuitem", className="menu-item", **does)
