"""Leabra networks in Python: Leabra7's interface over a compiled engine.

>>> import leabra_studio as lb
>>> net = lb.Net(seed=1)
>>> net.new_layer("input", 1)
>>> net.new_layer("output", 1)
>>> net.new_projn("proj1", "input", "output")
>>> net.clamp_layer("input", [1])
>>> net.cycle(200)

Everything is loaded on first use: specs and distributions need neither numba nor pandas,
and only `studio` loads the page.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leabra_studio.engine import events, rand, schedules, specs, stats, variables
    from leabra_studio.engine.logs import Logs
    from leabra_studio.engine.net import Net
    from leabra_studio.engine.rand import Distribution, Exponential, Gaussian, LogNormal, Scalar, Uniform
    from leabra_studio.engine.specs import LayerSpec, ProjnSpec, UnitSpec
    from leabra_studio.errors import Busy, FormatError, LeabraError, LimitError, Missing, ValidationError
    from leabra_studio.session.batch import batch
    from leabra_studio.web.launch import studio

__version__ = "0.1.0"

_HOME = {
    "Net": "engine.net",
    "batch": "session.batch",
    "studio": "web.launch",
    "Logs": "engine.logs",
    **dict.fromkeys(("UnitSpec", "LayerSpec", "ProjnSpec"), "engine.specs"),
    **dict.fromkeys(("Distribution", "Scalar", "Uniform", "Gaussian", "LogNormal", "Exponential"), "engine.rand"),
    **dict.fromkeys(("LeabraError", "ValidationError", "FormatError", "Busy", "Missing", "LimitError"), "errors"),
}
_MODULES = {name: f"engine.{name}" for name in ("events", "rand", "schedules", "specs", "stats", "variables")}

__all__ = [
    "Busy",
    "Distribution",
    "Exponential",
    "FormatError",
    "Gaussian",
    "LayerSpec",
    "LeabraError",
    "LimitError",
    "LogNormal",
    "Logs",
    "Missing",
    "Net",
    "ProjnSpec",
    "Scalar",
    "Uniform",
    "UnitSpec",
    "ValidationError",
    "batch",
    "events",
    "rand",
    "schedules",
    "specs",
    "stats",
    "studio",
    "variables",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        value: Any = importlib.import_module(f"{__name__}.{_MODULES[name]}")
    elif name in _HOME:
        value = getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
