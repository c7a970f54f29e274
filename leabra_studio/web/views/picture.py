"""A small picture of a projection's weights as they were drawn, and of which connections there are."""

from __future__ import annotations

from base64 import b64encode

import numpy as np
from dash import html
from numpy.typing import NDArray

from leabra_studio.web.parts import Node

SIDE = 128
"""Rows and columns of the picture at most; larger projections are shown by every n-th unit."""
NONE = 255
"""Level that stands for no connection."""


def render(name: str, weights: NDArray[np.float64] | None) -> list[Node]:
    """The weight matrix of a projection, receivers down and senders across.

    Parameters
    ----------
    name
        The projection.
    weights
        [post, pre], NaN where there is no connection; None while there is no net.
    """
    if weights is None:
        return []
    connected = np.isfinite(weights)
    count = int(connected.sum())
    thinned = weights[:: _stride(weights.shape[0]), :: _stride(weights.shape[1])]
    rows, cols = thinned.shape
    words = f"{count} of {weights.size} connections, " + _span(weights[connected])
    return [
        html.Canvas(
            className="weights",
            role="img",
            **{
                "aria-label": f"Weights of {name}: {words}",
                "data-rows": rows,
                "data-cols": cols,
                "data-weights": levels(thinned),
            },
        ),
        html.Div(
            [html.B("Weights"), html.Span(words), html.Span("receivers down, senders across")], className="legend"
        ),
    ]


def levels(weights: NDArray[np.float64]) -> str:
    """Weights as base64 bytes: 0 to 254 for 0 to 1, 255 for no connection."""
    scaled = np.rint(np.clip(np.nan_to_num(weights), 0, 1) * (NONE - 1))
    return b64encode(np.where(np.isfinite(weights), scaled, NONE).astype(np.uint8).tobytes()).decode()


def _stride(size: int) -> int:
    return -(-size // SIDE)


def _span(values: NDArray[np.float64]) -> str:
    if not values.size:
        return "no weights"
    low, high = float(values.min()), float(values.max())
    return f"all {low:.3g}" if low == high else f"{low:.3g} to {high:.3g}, mean {float(values.mean()):.3g}"
