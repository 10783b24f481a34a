"""Where nodes stand: the same for the same nodes and edges, in a box of width 1 and height 1.

igraph finds the places by springs (Kamada and Kawai); nodes are then moved apart until the boxes that their labels
need are free of each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import igraph
import numpy as np
from numpy.typing import NDArray

type Positions = NDArray[np.float64]

ALOOF = 1.6  # the spring of what nothing ties
MOST_MOVES = 8_000
ROUNDS = 120


def lay_out(count: int, edges: Sequence[tuple[int, int, float]], *, hub: int = 0) -> Positions:
    """Places for nodes 0 to count-1, each coordinate from 0 to 1. `edges` are (a, b, strength).

    What no edge ties to the rest is held near `hub` by a weak spring.
    """
    if count < 2:
        return np.full((count, 2), 0.5)
    strongest: dict[tuple[int, int], float] = {}
    for a, b, strength in edges:
        ends = (min(a, b), max(a, b))
        strongest[ends] = max(strength, strongest.get(ends, 0.0))
    graph = igraph.Graph(n=count, edges=list(strongest))
    lengths = [1.0 / (1.0 + 0.5 * np.log1p(strength)) for strength in strongest.values()]
    for part in graph.connected_components():
        if hub not in part:
            graph.add_edge(hub, part[0])
            lengths.append(ALOOF)
    springs = [2.0 - length if length < ALOOF else 1.0 for length in lengths]
    found = graph.layout_kamada_kawai(weights=springs, maxiter=min(20 * count, MOST_MOVES))
    return _boxed(np.array(found.coords))


def by_year(years: Sequence[int | None], positions: Positions) -> Positions:
    """The same places, moved along the width to their years; where no year is known the place stays."""
    known = [year for year in years if year is not None]
    if not known or min(known) == max(known):
        return positions
    moved = positions.copy()
    first, span = min(known), max(known) - min(known)
    for index, year in enumerate(years):
        if year is not None:
            moved[index, 0] = (year - first) / span
    return moved


def _boxed(positions: Positions) -> Positions:
    low, high = positions.min(axis=0), positions.max(axis=0)
    span = np.where(high - low > 1e-9, high - low, 1.0)
    boxed: Positions = np.where(high - low > 1e-9, (positions - low) / span, 0.5)
    return boxed


def spread(
    positions: Positions,
    sizes: NDArray[np.float64],
    *,
    width: float,
    height: float,
    margin: float,
    held: Mapping[int, tuple[float, float]] | None = None,
) -> Positions:
    """Places in a picture of `width` by `height`, boxes of `sizes` (w, h) pushed apart where they overlap.

    `held` are nodes that stay where somebody put them, in the picture's own units.
    """
    room = np.array([width - 2 * margin, height - 2 * margin])
    at: Positions = positions * room + margin
    fixed = np.zeros(len(at), dtype=bool)
    for index, place in (held or {}).items():
        at[index], fixed[index] = place, True
    need = (sizes[:, None, :] + sizes[None, :, :]) / 2
    edge = np.maximum(sizes / 2, margin / 2)
    for _round in range(ROUNDS):
        a, b = _meeting(at, need)
        if not len(a):
            break
        gap = at[a] - at[b]
        gap[:, 0] += np.sign(a - b) * 1e-6  # of two at one place the first goes left
        overlap = need[a, b] - np.abs(gap)
        along_x = overlap[:, 0] < overlap[:, 1]
        push = np.where(along_x, overlap[:, 0], overlap[:, 1]) * 0.26
        moves = np.stack(
            [
                np.bincount(a, push * along_x * np.sign(gap[:, 0]), minlength=len(at)),
                np.bincount(a, push * ~along_x * np.sign(gap[:, 1]), minlength=len(at)),
            ],
            axis=1,
        )
        at = np.where(fixed[:, None], at, np.clip(at + np.clip(moves, -30, 30), edge, [width, height] - edge))
    return at


def _meeting(at: Positions, need: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of boxes that overlap, each from both sides."""
    x, y = at[:, 0], at[:, 1]
    hits = (np.abs(x[:, None] - x[None, :]) < need[:, :, 0]) & (np.abs(y[:, None] - y[None, :]) < need[:, :, 1])
    np.fill_diagonal(hits, False)
    first, second = np.nonzero(hits)
    return first, second
