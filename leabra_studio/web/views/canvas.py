"""The network: Cytoscape elements and stylesheet, the colour scale, and what an empty canvas says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

import dash_cytoscape as cyto
from dash import html

from leabra_studio.engine.variables import UNIT_VARIABLES
from leabra_studio.model.document import Layer, Model, Projn
from leabra_studio.web import geometry, ids, tokens
from leabra_studio.web.parts import Node, button, select, short
from leabra_studio.web.views import starters
from leabra_studio.web.views.lesion import is_cut, lesioned, off

Element = dict[str, Any]

CONNECTION_WORDS = {"full": "full", "one_to_one": "one to one"}


def layout() -> html.Main:
    """The canvas with its bar; Python fills Cytoscape, JavaScript paints units over it."""
    return html.Main(
        [
            html.Div([*_colour_by(), _drawn(), html.Div(className="spring"), *_view_buttons()], className="canvas-bar"),
            _graph(),
            starters.layout(),
            html.Div(id=ids.PINS, className="pins", role="group", **{"data-tree": "[]", "aria-label": "Pinned"}),
            html.Canvas(id=ids.MINIMAP, className="minimap", hidden=True, **{"aria-hidden": "true"}),
            html.Div(id=ids.SEARCH, className="search", hidden=True, role="search"),
            html.Div(id=ids.CANVAS_NOTE, className="canvas-note", role="status"),
            html.Div(id=ids.TOASTS, className="toasts", role="status", **{"aria-live": "polite"}),
        ],
        id=ids.CANVAS,
        className="canvas",
    )


def _colour_by() -> list[Node]:
    variables = [html.Option(v.name, value=v.name, title=v.doc) for v in UNIT_VARIABLES]
    ramp = [html.Span("0"), html.Div(className="ramp"), html.Span("1"), html.Span("activity")]
    return [
        html.Label("Colour by", htmlFor=ids.COLOUR_BY),
        html.Select(variables, id=ids.COLOUR_BY, className="select"),
        html.Div(ramp, id=ids.SCALE, className="scale"),
    ]


DRAWN = {"cycle": "each cycle", "trial": "each trial", "epoch": "each epoch", "never": "never"}
"""How often a training draws the network: what the page sends -> what it says."""


def _drawn() -> html.Label:
    title = "How often the network is drawn while it trains; the less often, the faster it trains"
    return html.Label(
        [html.Span("Draw"), select(ids.FOLLOW, DRAWN.items(), "epoch")], className="drawn of-training", title=title
    )


def _view_buttons() -> list[Node]:
    return [
        button(ids.TIDY, "Tidy", "tidy", title="Place the layers in order, senders first"),
        button(ids.FIT, "Fit", "fit", title="Fit the network into view (F)"),
        button(ids.ZOOM_OUT, "Zoom out", "minus", icon_only=True, title="Zoom out"),
        html.Span("100 %", id=ids.ZOOM, className="count"),
        button(ids.ZOOM_IN, "Zoom in", "plus", icon_only=True, title="Zoom in"),
    ]


def _graph() -> cyto.Cytoscape:
    return cyto.Cytoscape(
        id=ids.CY,
        elements=[],
        layout={"name": "preset", "fit": False},
        autoRefreshLayout=False,
        stylesheet=stylesheet("light"),
        wheelSensitivity=0.2,
        minZoom=0.2,
        maxZoom=4,
        boxSelectionEnabled=True,
        style={"position": "absolute", "inset": "0", "width": "100%", "height": "100%"},
        responsive=False,
    )


def elements(model: Model) -> list[Element]:
    """The Cytoscape elements of a model: its layers as cards with their place, its projections as arrows."""
    cell, places, order = (
        view_cell(model),
        _parallel_places(model),
        {layer.name: i for i, layer in enumerate(model.layers)},
    )
    users = {p.spec: p for p in model.projns}  # few specs, many projections
    kinds = {spec: Wiring.of(model, user) for spec, user in users.items()}
    edges = [_edge(p, kinds[p.spec], places[p.name], order, cut=is_cut(model, p)) for p in model.projns]
    return [_node(layer, cell) for layer in model.layers] + edges


def view_cell(model: Model) -> float:
    """One cell size for all layers of a model, in canvas pixels."""
    return geometry.cell_size(max((max(layer.shape) for layer in model.layers), default=1))


def cards(model: Model, problems: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What JavaScript needs to paint each layer's card: its size, cells, place, role and caption."""
    cell = view_cell(model)
    result = {}
    for layer in model.layers:
        size = geometry.card(*layer.shape, cell)
        rows, cols = layer.shape
        result[layer.name] = {
            "rows": rows,
            "cols": cols,
            "cell": cell,
            "w": size.width,
            "h": size.height,
            "x": layer.x,
            "y": layer.y,
            "role": layer.role,
            "clamped": layer.name in model.inputs,
            "caption": caption(model, layer),
            "off": off(model, layer),
            "problem": problems.get(layer.name),
        }
    return result


def caption(model: Model, layer: Layer) -> str:
    """The line below a card: its role, whether it is clamped, and what is lesioned of it."""
    facts = ("clamped" if layer.name in model.inputs else "", lesioned(model, layer.name))
    return " · ".join([layer.role, *filter(None, facts)])


def _node(layer: Layer, cell: float) -> Element:
    size = geometry.card(*layer.shape, cell)
    data = {
        "id": layer.name,
        "label": layer.name,
        "name": layer.name,
        "kind": "layer",
        "role": layer.role,
        "rows": layer.shape[0],
        "cols": layer.shape[1],
        "w": size.width,
        "h": size.height,
    }
    return {"group": "nodes", "data": data, "position": {"x": layer.x, "y": layer.y}}


class Wiring(NamedTuple):
    """What is drawn of a projection's spec."""

    rel: float
    abs: float
    lrate: float
    pattern: str
    dist: Any

    @classmethod
    def of(cls, model: Model, projn: Projn) -> Wiring:
        """Return what is in force for a projection."""
        paths = ("wt_scale_rel", "wt_scale_abs", "lrate", "projn_type", "dist")
        return cls(*(model.value(projn.name, path) for path in paths))

    @property
    def width(self) -> float:
        """Of the line, in pixels."""
        return min(4.0, 1.0 + 1.5 * float(self.rel) * float(self.abs))

    def label(self, *, back: bool) -> tuple[str, str]:
        """Two words: the pattern (or that the projection feeds back), and the number that matters."""
        if self.rel != 1:
            return "feedback" if back else "full", f"rel {short(self.rel)}"
        return CONNECTION_WORDS.get(str(self.pattern), "full"), weight_text(self.dist)


def _edge(projn: Projn, wiring: Wiring, offset: float, order: Mapping[str, int], *, cut: bool) -> Element:
    words, figure = wiring.label(back=order[projn.pre] > order[projn.post])
    data = {
        "id": projn.name,
        "name": projn.name,
        "kind": "projn",
        "source": projn.pre,
        "target": projn.post,
        "label": f"{'lesioned' if cut else words} {figure}",
        "offset": offset,
        "width": wiring.width,
    }
    kind = "loop" if projn.pre == projn.post else "straight"
    classes = [kind, "" if wiring.lrate else "frozen", "cut" if cut else ""]
    return {"group": "edges", "data": data, "classes": " ".join(filter(None, classes))}


def weight_text(dist: Any) -> str:
    """A weight distribution in a few characters: ``wt .50``, ``wt .25–.75``."""
    match type(dist).__name__:
        case "Scalar":
            return f"wt {short(dist.value)}"
        case "Uniform":
            return f"wt {short(dist.low)}–{short(dist.high)}"
        case "Gaussian":
            return f"wt ~{short(dist.mean)}"
        case other:
            return f"wt {other.lower()}"


def _parallel_places(model: Model) -> dict[str, float]:
    """Sideways offset of each projection, so that those of one pair run apart.

    The offset is to the left of the way from sender to receiver. Forward and feedback projections of a pair keep
    48 px between them; further ones of the same direction fan out by 16.
    """
    directions = {(p.pre, p.post) for p in model.projns}
    seen: Counter[tuple[str, str]] = Counter()
    places = {}
    for p in model.projns:
        base = geometry.PAIR_OFFSET if (p.post, p.pre) in directions and p.pre != p.post else 0
        places[p.name] = float(base + geometry.FAN * seen[p.pre, p.post])
        seen[p.pre, p.post] += 1
    return places


def _selection_box(c: dict[str, str]) -> dict[str, Any]:
    return {
        "selection-box-color": c["accent"],
        "selection-box-opacity": 0.12,
        "selection-box-border-color": c["accent"],
        "selection-box-border-width": 1,
        "active-bg-opacity": 0,
    }


def stylesheet(theme: tokens.Theme) -> list[dict[str, Any]]:
    """Cytoscape's style in one theme; units, heads and captions are painted over it by JavaScript."""
    c = tokens.colours(theme)
    chosen = {"line-color": c["accent"], "target-arrow-color": c["accent"], "color": c["accent"]}
    loop = {"curve-style": "bezier", "loop-direction": "45deg", "loop-sweep": "60deg", "control-point-step-size": 56}
    halo = {"underlay-color": c["accent"], "underlay-opacity": 0.18, "underlay-padding": 4}
    rules: list[tuple[str, dict[str, Any]]] = [
        ("core", _selection_box(c)),
        ("node", _node_style(c)),
        ("node:selected", {"border-width": 2, "border-color": c["accent"]}),
        ("node:active", {"overlay-opacity": 0}),
        ("edge", _edge_style(c)),
        ("edge.loop", loop),
        ("edge.frozen", {"line-style": "dashed", "line-dash-pattern": [4, 3]}),
        ("edge.cut", {"line-style": "dotted", "width": 1.5, "target-arrow-shape": "tee"}),
        ("edge.near", {"line-color": c["edge-near"], "target-arrow-color": c["edge-near"]}),
        ("edge:selected", chosen),
        ("edge:active", {"overlay-opacity": 0}),
        (".legal", halo),
        (".dim", {"opacity": 0.4}),
    ]
    return [{"selector": selector, "style": style} for selector, style in rules]


def _node_style(c: dict[str, str]) -> dict[str, Any]:
    return {
        "shape": "round-rectangle",
        "width": "data(w)",
        "height": "data(h)",
        "background-color": c["surface"],
        "border-width": 1,
        "border-color": c["border-strong"],
    }


def _edge_style(c: dict[str, str]) -> dict[str, Any]:
    return {
        "curve-style": "straight",
        "width": "data(width)",
        "line-color": c["edge"],
        "target-arrow-color": c["edge"],
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.9,
        "label": "data(label)",
        "font-family": tokens.FONT,
        "font-size": 11,
        "color": c["text-2"],
        "text-background-color": c["bg"],
        "text-background-opacity": 1,
        "text-background-padding": "2px",
    }
