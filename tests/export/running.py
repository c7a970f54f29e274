"""Running an exported script in a namespace of its own."""

import contextlib
import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine.net import Net
from leabra_studio.engine.variables import UNIT_NAMES
from leabra_studio.export.page import Script
from leabra_studio.model.build import Built


def executed(script: Script) -> tuple[Net, str]:
    """Run a script; return its net and what it printed."""
    names, printed = namespace(script)
    return names["net"], printed


def namespace(script: Script) -> tuple[dict[str, Any], str]:
    """Run a script; return all that it has a name for, and what it printed."""
    printed = io.StringIO()
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(printed):
        exec(compile(script.text, "script.py", "exec"), names)
    return names, printed.getvalue()


def recorded(built: Built, cycles: int) -> NDArray[np.float64]:
    """Run a net; return all unit variables after each cycle, [cycles, variables, units]."""
    record = np.empty((cycles, len(UNIT_NAMES), built.net.units.shape[1]))
    built.net.cycle(cycles, record=record)
    return record


def logged(net: Net, layer: str, variable: str) -> NDArray[np.float64]:
    """Return what a net has logged of one variable of a layer, [cycles, units]."""
    columns = net.logs("cycle", layer).parts.pivot(index="time", columns="unit", values=variable)
    return columns.to_numpy()


def same_bits(a: NDArray[np.float64], b: NDArray[np.float64]) -> bool:
    """Return whether two arrays hold the same numbers to the last bit."""
    return a.shape == b.shape and np.ascontiguousarray(a).tobytes() == np.ascontiguousarray(b).tobytes()


def trained(script: Script) -> tuple[list[tuple[Net, list[dict[str, Any]]]], str]:
    """Run a script that trains; return net and records of each run, and what it printed."""
    names, printed = namespace(script)
    return names["runs"], printed
