"""Frames: what the page asks for with a tick, checked, and the small answer that it draws."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine.params import shown
from leabra_studio.engine.variables import UNIT_NAMES, UNIT_VARIABLES
from leabra_studio.errors import ValidationError
from leabra_studio.session.packing import number, pack_bytes, pack_floats, pack_levels
from leabra_studio.session.recorder import Recorder

Frame = dict[str, Any]

# How often the view of a training is drawn anew.
FOLLOW = ("cycle", "trial", "epoch", "never")

# The largest whole number that JavaScript counts to without a gap.
LARGEST = 2**53 - 1


class Request(NamedTuple):
    """What one tick asks for: `cursor` cycles of generation `gen` are at hand for exactly this view (-1: none).

    `rows` records of epochs of that generation are at hand; `follow` says what the view is to keep up with.
    """

    n: int
    gen: int
    cursor: int
    variable: str
    variables: tuple[str, ...]
    layer: str | None
    unit: int
    hover: tuple[str, int] | None
    history: bool
    rows: int = -1
    follow: str = "cycle"


class Scene(NamedTuple):
    """What a frame is a picture of; without a recorder nothing has been built that could be drawn."""

    state: str
    generation: int
    revision: int
    cycle: int
    layers: Mapping[str, slice]
    recorder: Recorder | None = None
    units: NDArray[np.float64] | None = None  # the latest state, [n_vars, n_units]
    rate: float | None = None
    stale_why: str = ""
    more: bool = False
    note: str = ""


def skip(request: object, sentence: str, code: str) -> Frame:
    """Return the frame that draws nothing and says why; code: busy, missing or bad."""
    n = request.get("n") if isinstance(request, Mapping) else None
    return {"n": n if _is_whole(n, -LARGEST) else None, "skip": sentence, "code": code}


def parse(request: object) -> Request:
    """Return the request in its own type.

    Raises
    ------
    ValidationError
        If anything in it is missing or is not what it should be.
    """
    fields = _mapping("request", request)
    view = _mapping("view", fields.get("view"))
    hover = view.get("hover")
    names = view.get("vars")
    if not isinstance(names, list | tuple) or len(names) > len(UNIT_NAMES):
        raise ValidationError("tick", "vars", f"must be a list of variables (got {shown(names)})")
    return Request(
        n=_whole("n", fields.get("n")),
        gen=_whole("gen", fields.get("gen"), -1),
        cursor=_whole("cursor", fields.get("cursor"), -1),
        variable=_variable("var", view.get("var")),
        variables=tuple(dict.fromkeys(_variable("vars", name) for name in names)),
        layer=None if view.get("layer") is None else _text("layer", view["layer"]),
        unit=_whole("unit", view.get("unit")),
        hover=None if hover is None else _place(_mapping("hover", hover)),
        history=fields.get("history") is True,
        rows=_whole("rows", fields.get("rows", -1), -1),
        follow=_follow(fields.get("follow", "cycle")),
    )


def compose(request: Request, scene: Scene) -> Frame:
    """Return the frame that answers `request` with what `scene` has and the page does not."""
    frame: Frame = {
        "n": request.n,
        "state": scene.state,
        "gen": scene.generation,
        "rev": scene.revision,
        "cycle": scene.cycle,
        "rate": scene.rate and round(scene.rate, 1),
        "stale": bool(scene.stale_why),
        "stale_why": scene.stale_why,
        "more": scene.more,
    }
    if scene.note:
        frame["note"] = scene.note
    return frame | _recorded(request, scene) | _present(request, scene)


def _recorded(request: Request, scene: Scene) -> Frame:
    """Return what was recorded since the request's cursor, of the unit that is viewed."""
    place, recorder = _viewed(request, scene), scene.recorder
    if place is None or recorder is None:
        return {"from": scene.cycle, "count": 0, "series": dict.fromkeys(request.variables, ""), "revs": []}
    layer, unit = place
    asked_for = request.layer in (None, layer) and request.unit == unit
    start = recorder.since(request.cursor if asked_for and request.gen == scene.generation else -1)
    column = scene.layers[layer].start + unit
    series = {v: pack_floats(recorder.series(UNIT_NAMES.index(v), column, start)) for v in request.variables}
    found = {
        "from": start,
        "count": recorder.stop - start,
        "series": series,
        "revs": [list(mark) for mark in recorder.marks(start)],
    }
    return found | {"history": _history(request.variable, scene, recorder)} if request.history else found


def _history(variable: str, scene: Scene, recorder: Recorder) -> Frame:
    """Return one variable of all units in all recorded cycles."""
    levels = _levels(variable, recorder.grid(UNIT_NAMES.index(variable), recorder.first))
    return {
        "var": variable,
        "from": recorder.first,
        "count": len(levels),
        "layers": {name: pack_bytes(levels[:, where]) for name, where in scene.layers.items()},
    }


def _present(request: Request, scene: Scene) -> Frame:
    """Return the latest state: all units in one variable, the viewed unit in all variables."""
    units, place = scene.units, _viewed(request, scene)
    if units is None or place is None:
        return {"heat": {"var": request.variable, "layers": {}}, "unit": None}
    row = units[UNIT_NAMES.index(request.variable)]
    levels = _levels(request.variable, row)
    heat = {name: pack_bytes(levels[where]) for name, where in scene.layers.items()}
    column = units[:, scene.layers[place[0]].start + place[1]]
    values = {name: number(value) for name, value in zip(UNIT_NAMES, column.tolist(), strict=True)}
    frame = {
        "heat": {"var": request.variable, "layers": heat},
        "unit": {"layer": place[0], "index": place[1], "values": values},
    }
    if request.hover and _has(scene, *request.hover):
        layer, unit = request.hover
        frame["hover"] = {"layer": layer, "unit": unit, "value": number(row[scene.layers[layer].start + unit])}
    return frame


def _viewed(request: Request, scene: Scene) -> tuple[str, int] | None:
    """Return layer and index of the unit to show: a layer that is gone gives way to the last one."""
    if not scene.layers:
        return None
    layer = request.layer if request.layer is not None and request.layer in scene.layers else list(scene.layers)[-1]
    return layer, request.unit if _has(scene, layer, request.unit) else 0


def _has(scene: Scene, layer: str, unit: int) -> bool:
    where = scene.layers.get(layer)
    return where is not None and unit < where.stop - where.start


def _levels(variable: str, values: NDArray[np.float64]) -> NDArray[np.uint8]:
    shown_in = UNIT_VARIABLES[UNIT_NAMES.index(variable)]
    return pack_levels(values, shown_in.lo, shown_in.hi)


def _mapping(field: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValidationError("tick", field, f"must be an object (got {shown(value)})")
    return value


def _is_whole(value: object, least: int = 0) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= LARGEST


def _whole(field: str, value: Any, least: int = 0) -> int:
    if not _is_whole(value, least):
        raise ValidationError("tick", field, f"must be a whole number from {least} (got {shown(value)})")
    return int(value)


def _text(field: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValidationError("tick", field, f"must be a text (got {shown(value)})")
    return value


def _variable(field: str, value: object) -> str:
    name = _text(field, value)
    if name not in UNIT_NAMES:
        raise ValidationError("tick", field, f"must be one of {', '.join(UNIT_NAMES)} (got {shown(name)})")
    return name


def _follow(value: object) -> str:
    if value not in FOLLOW:
        raise ValidationError("tick", "follow", f"must be one of {', '.join(FOLLOW)} (got {shown(value)})")
    return _text("follow", value)


def _place(hover: Mapping[str, Any]) -> tuple[str, int]:
    return _text("layer", hover.get("layer")), _whole("unit", hover.get("unit"))
