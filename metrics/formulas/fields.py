"""A paper beside its peers: field-weighted citation impact and citation percentile.

A reference set is the works of the same category, type and year, the paper itself among them, with known figures of one
kind: counted here, or reported by one source. Works without one are left out; a set of fewer than 50 works, or of less
than one citation a work, says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from metrics.formulas.indices import known
from metrics.formulas.registry import formula

SMALLEST_SET = 50
SMALLEST_MEAN = 1


@formula(version=2)
def field_weighted_impact(citations: int | None, reference_set: Sequence[int | None]) -> float | None:
    """Citations over the mean of the set: 1 is average (Waltman et al. 2011; Purkayastha et al. 2019).

    None where the paper has no figure, or the set has fewer than 50 or a mean below 1.
    """
    peers = known(reference_set)
    if citations is None or not is_sound(peers):
        return None
    return citations * len(peers) / sum(peers)


@formula(version=2)
def citation_percentile(citations: int | None, reference_set: Sequence[int | None]) -> float | None:
    """Share of the set below, ties counted half, in percent (Hazen's rule; Bornmann et al. 2013).

    None where the paper has no figure, or the set has fewer than 50 or a mean below 1.
    """
    peers = known(reference_set)
    if citations is None or not is_sound(peers):
        return None
    return mid_rank_percentile(citations, peers)


def is_sound(figures: Sequence[int]) -> bool:
    """Whether figures of a reference set are enough to compare with."""
    return len(figures) >= SMALLEST_SET and sum(figures) >= SMALLEST_MEAN * len(figures)


def mid_rank_percentile(value: float, values: Sequence[float]) -> float:
    """100 · (below + half of the equal) / all; between 0 and 100, exclusive when the value is among them."""
    below = sum(1 for other in values if other < value)
    equal = sum(1 for other in values if other == value)
    return 100.0 * (below + 0.5 * equal) / len(values)
