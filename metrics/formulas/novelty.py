"""Novelty: how far a paper is from what came before it, as a percentile among its peers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from metrics.formulas.fields import mid_rank_percentile
from metrics.formulas.registry import formula

NEIGHBOURS = 10
SMALLEST_CELL = 50


@formula(version=1)
def novelty_distance(cosines: Sequence[float]) -> float | None:
    """1 − mean cosine to the ten nearest papers published strictly earlier; None with fewer than ten.

    cosines: nearest first; only the first ten count. After Shibayama et al. 2021 (text distance to prior
    work), with the ten nearest in place of the references.
    """
    nearest = cosines[:NEIGHBOURS]
    if len(nearest) < NEIGHBOURS:
        return None
    return 1.0 - math.fsum(nearest) / NEIGHBOURS


@formula(version=1)
def novelty(distance: float | None, cell: Sequence[float | None]) -> float | None:
    """Percentile of a distance among papers of the same primary category within a year, ties counted half.

    cell: distances of those papers, this one among them; unknown ones are left out. None where the
    distance is unknown or the cell has fewer than 50.
    """
    peers = [other for other in cell if other is not None]
    if distance is None or len(peers) < SMALLEST_CELL:
        return None
    return mid_rank_percentile(distance, peers)


@formula(version=1)
def author_mean(values: Sequence[float | None]) -> tuple[float, int] | None:
    """An author's Novelty or AI Score: the mean over the papers that have one, and how many those are."""
    have = [value for value in values if value is not None]
    return (math.fsum(have) / len(have), len(have)) if have else None
