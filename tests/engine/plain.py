"""Kernels as plain Python: the same source, run by the interpreter instead of compiled."""

from __future__ import annotations

import types
from collections.abc import Callable
from functools import cache
from typing import Any

from numba.core.dispatcher import Dispatcher


@cache
def plain(kernel: Dispatcher) -> Callable[..., Any]:
    """Return a kernel's Python function in which every kernel it calls is replaced in the same way."""
    function = kernel.py_func
    names = dict(function.__globals__)
    for name in function.__code__.co_names:
        if isinstance(names.get(name), Dispatcher):
            names[name] = plain(names[name])
    return types.FunctionType(function.__code__, names, function.__name__, function.__defaults__)
