"""A net in words: for the terminal and for notebooks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from leabra_studio.engine.spec import Spec
from leabra_studio.engine.variables import FREQUENCIES

if TYPE_CHECKING:
    from leabra_studio.engine.net import Net
    from leabra_studio.engine.parts import Projn

Row = tuple[str, ...]

LAYER_HEADS = ("layer", "units", "mean act", "now", "changed parameters")
PROJN_HEADS = ("projection", "from", "to", "connections", "mean weight", "changed parameters")


def title(net: Net) -> str:
    """Return one line about a net."""
    n_layers, n_projns = len(net.layer_names), len(net.projn_names)
    layers = f"{n_layers} layer" + "s" * (n_layers != 1)
    projns = f"{n_projns} projection" + "s" * (n_projns != 1)
    return f"Net with {layers}, {projns}; seed {net.seed}, {net.cycles_run} cycles run"


def text(net: Net) -> str:
    """Return a net as a text of two tables."""
    parts = [title(net)]
    for heads, rows in ((LAYER_HEADS, _layers(net)), (PROJN_HEADS, _projns(net))):
        parts += ["", *_aligned([heads, *rows])] if rows else []
    return "\n".join(parts)


def html(net: Net) -> str:
    """Return a net as HTML; names are escaped."""
    tables = ((LAYER_HEADS, _layers(net)), (PROJN_HEADS, _projns(net)))
    return f"<p>{escape(title(net))}</p>" + "".join(_table(heads, rows) for heads, rows in tables if rows)


def _changed(spec: Spec) -> str:
    values = {name: value for name, value in spec.changed().items() if name[7:] not in FREQUENCIES}
    return ", ".join(f"{name}={value!r}" for name, value in values.items()) or "none"


def _layers(net: Net) -> list[Row]:
    rows: list[Row] = []
    for layer in net._layers.values():
        record = net._state.layers[layer.index]
        now = ("clamped" if record["clamped"] else "free") + _cut(int(record["n_units"] - record["n_live"]))
        rows.append((layer.name, f"{layer.size}", f"{record['avg_act']:.3f}", now, _changed(layer.spec)))
    return rows


def _cut(lesioned: int) -> str:
    return f", {lesioned} lesioned" if lesioned else ""


def _off(net: Net, projn: Projn) -> str:
    return ", lesioned" if net._state.projns[projn.index]["off"] else ""


def _projns(net: Net) -> list[Row]:
    rows: list[Row] = []
    for p in net._projns.values():
        mean = f"{net._state.weights[0, p.start : p.stop].mean():.3f}" if p.conns.count else "-"
        rows.append((p.name, p.pre.name, p.post.name, f"{p.conns.count}{_off(net, p)}", mean, _changed(p.spec)))
    return rows


def _aligned(rows: list[Row]) -> list[str]:
    cells = [[cell if cell.isprintable() else repr(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]


def _table(heads: Row, rows: list[Row]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
