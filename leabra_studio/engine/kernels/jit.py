"""How kernels are compiled."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba

F = TypeVar("F", bound=Callable[..., Any])

_log = logging.getLogger(__name__)


def _digest_of_sources() -> bytes:
    """Return one digest of all that ends up inside compiled code: every kernel and the layout of the state."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for path in [*sorted(here.glob("*.py")), here.parent / "layout.py"]:
        digest.update(path.read_bytes())
    return digest.digest()


_SOURCES = _digest_of_sources()


def kernel(function: F) -> F:
    """Compile `function` on its first call: without the GIL, division by zero as in IEEE 754, cached on disk.

    numba would drop a function from its cache when that function's own file changes. Here the functions it calls lie
    in other files and are compiled into it, so it is dropped when any of them changes.
    """
    compiled: Any = numba.njit(nogil=True, error_model="numpy")(function)
    if hasattr(compiled, "enable_caching"):  # not with NUMBA_DISABLE_JIT
        try:
            compiled.enable_caching()
            compiled._cache._cache_file._source_stamp = _SOURCES
        except RuntimeError as error:
            _log.warning("Kernels are compiled anew in every process: %s", error)
    result: F = compiled
    return result
