"""Clusters: how alike activity patterns are, and the tree that joins the most alike ones first."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Node = tuple[list[int], float]
"""The leaves under a node in their order, and its height."""


def of(patterns: Floats) -> dict[str, Any]:
    """Return the similarity of patterns and their tree, as JSON has it.

    Parameters
    ----------
    patterns : ndarray of float64, shape (patterns, units)
        Activations.

    Returns
    -------
    dict
        ``matrix``: the cosine between each two patterns. ``order``: the patterns as the leaves of the tree stand.
        ``links``: for each joint the four corners of its bracket, ``[[x4], [y4]]``; leaf i of the order stands at
        x = i, and y is the distance 1 - cosine.
    """
    matrix = cosines(patterns)
    order, links = tree(1.0 - matrix)
    return {"matrix": np.round(matrix, 4).tolist(), "order": order, "links": links}


def cosines(patterns: Floats) -> Floats:
    """Return the cosine between each two patterns [patterns, patterns]; 0 with one that is all zeros, 1 with itself."""
    lengths = np.sqrt((patterns * patterns).sum(axis=1, keepdims=True))
    unit = np.divide(patterns, lengths, out=np.zeros_like(patterns), where=lengths > 0)
    matrix: Floats = np.clip(unit @ unit.T, -1.0, 1.0)
    np.fill_diagonal(matrix, 1.0)
    return matrix


def tree(distances: Floats) -> tuple[list[int], list[list[list[float]]]]:
    """Return the order of the leaves and the brackets of average linkage.

    Notes
    -----
    The two clusters with the smallest mean distance are joined until one is left (UPGMA), which is what Emergent's
    cluster plot shows. Where several are as near, the first ones are joined.
    """
    count = len(distances)
    nodes: dict[int, Node] = {i: ([i], 0.0) for i in range(count)}
    joins: list[tuple[Node, Node, float]] = []
    apart = distances.astype(float).copy()
    np.fill_diagonal(apart, np.inf)
    while len(nodes) > 1:
        a, b = divmod(int(np.argmin(apart)), count)
        height, (one, other) = float(apart[a, b]), (nodes[a], nodes.pop(b))
        joins.append((one, other, height))
        sizes = len(one[0]), len(other[0])
        mean = (apart[a] * sizes[0] + apart[b] * sizes[1]) / sum(sizes)
        apart[a], apart[:, a] = mean, mean
        apart[b], apart[:, b], apart[a, a] = np.inf, np.inf, np.inf
        nodes[a] = (one[0] + other[0], height)
    order = next(iter(nodes.values()))[0] if nodes else []
    return order, [_bracket(one, other, height, order) for one, other, height in joins]


def _bracket(one: Node, other: Node, height: float, order: list[int]) -> list[list[float]]:
    """Return the corners of the bracket that joins two nodes: up, across and down again."""
    at = {leaf: place for place, leaf in enumerate(order)}
    left, right = (sum(at[leaf] for leaf in leaves) / len(leaves) for leaves, _ in (one, other))
    return [[left, left, right, right], [one[1], height, height, other[1]]]
