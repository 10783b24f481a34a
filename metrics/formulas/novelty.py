"""Novelty: how far a paper is from what came before it, as a percentile among its peers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from metrics.formulas.fields import mid_rank_percentile
from metrics.formulas.registry import formula

NEIGHBOURS = 10
COPY = 0.9999  # cosine of texts that say the same
SMALLEST_SET = 50
# Reference sets from the narrowest to the widest: whose papers, and within how many years. The first of 50 counts.
WIDENING = (("category", 1), ("category", 3), ("field", 1), ("field", 3), ("all", 1))


@formula(version=2)
def novelty_distance(cosines: Sequence[float]) -> float | None:
    """1 − mean cosine to the ten nearest papers published strictly earlier; 0 for a copy; None with fewer than ten.

    cosines: nearest first; only the first ten count. After Shibayama et al. 2021 (text distance to prior
    work), with the ten nearest in place of the references.
    """
    nearest = cosines[:NEIGHBOURS]
    if len(nearest) < NEIGHBOURS:
        return None
    if nearest[0] >= COPY:
        return 0.0
    return 1.0 - math.fsum(nearest) / NEIGHBOURS


@formula(version=2)
def novelty(distance: float | None, reference_sets: Sequence[Sequence[float | None]]) -> float | None:
    """Percentile of a distance in the first reference set that holds 50 distances, ties counted half.

    reference_sets: in the order of WIDENING, each with this paper's distance in it; unknown ones are left out. None
    where the distance is unknown or no set is large enough.
    """
    if distance is None:
        return None
    for reference_set in reference_sets:
        known = [other for other in reference_set if other is not None]
        if len(known) >= SMALLEST_SET:
            return mid_rank_percentile(distance, known)
    return None


@formula(version=1)
def author_mean(values: Sequence[float | None]) -> tuple[float, int] | None:
    """An author's Novelty or AI Score: the mean over the papers that have one, and how many those are."""
    have = [value for value in values if value is not None]
    return (math.fsum(have) / len(have), len(have)) if have else None
