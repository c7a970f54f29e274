"""Which spec an object uses, who else uses it, and what can be done about that."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import html

from leabra_studio.model.document import Model, NamedSpec
from leabra_studio.web.parts import icon, intent

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


def _menu(model: Model, name: str, spec: NamedSpec | None) -> dmc.Menu:
    button = html.Button(
        "Change", id="spec-change", type="button", className="link", title="Use, copy, rename or delete a spec"
    )
    return dmc.Menu(
        [dmc.MenuTarget(button), dmc.MenuDropdown(_items(model, name, spec))],
        position="bottom-end",
        returnFocus=False,
        transitionProps={"duration": 0},
    )


def _items(model: Model, name: str, spec: NamedSpec | None) -> list[Any]:
    kind = model.kind_of(name)
    others = [other for other in model.specs if other.kind == kind and other is not spec]
    items: list[Any] = [dmc.MenuLabel("Use another")] if others else []
    items += [dmc.MenuItem(other.name, **intent("use_spec", name=name, spec=other.name)) for other in others]
    if spec is None:
        return [*items, dmc.MenuItem("Make a named spec", **intent("own_spec", name=name))]
    items.append(dmc.MenuItem("The defaults", **intent("use_spec", name=name, spec=None)))
    if len(model.users(spec.name)) > 1:
        items.append(dmc.MenuItem("Make my own copy", **intent("own_spec", name=name)))
    return [
        *items,
        dmc.MenuDivider(),
        dmc.MenuItem("Rename…", **{"data-rename": spec.name}),
        dmc.MenuItem("Delete", **intent("remove_spec", spec=spec.name)),
    ]
