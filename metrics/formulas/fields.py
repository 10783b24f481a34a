"""A paper beside its peers: field-weighted citation impact and citation percentile.

A cell is the works of the same category, type and year, the paper itself among them. Works without a
figure are left out of it; a cell of fewer than 10 says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from metrics.formulas.indices import known
from metrics.formulas.registry import formula

SMALLEST_CELL = 10


@formula(version=1)
def field_weighted_impact(citations: int | None, cell: Sequence[int | None]) -> float | None:
    """Citations over the mean of the cell: 1 is average (Waltman et al. 2011; Purkayastha et al. 2019).

    None where the paper has no figure, the cell has fewer than 10, or nobody in it was cited.
    """
    peers = known(cell)
    if citations is None or len(peers) < SMALLEST_CELL or not sum(peers):
        return None
    return citations * len(peers) / sum(peers)


@formula(version=1)
def citation_percentile(citations: int | None, cell: Sequence[int | None]) -> float | None:
    """Share of the cell below, ties counted half, in percent (Hazen's rule; Bornmann et al. 2013).

    None where the paper has no figure or the cell has fewer than 10.
    """
    peers = known(cell)
    if citations is None or len(peers) < SMALLEST_CELL:
        return None
    return mid_rank_percentile(citations, peers)


def mid_rank_percentile(value: float, values: Sequence[float]) -> float:
    """100 · (below + half of the equal) / all; between 0 and 100, exclusive when the value is among them."""
    below = sum(1 for other in values if other < value)
    equal = sum(1 for other in values if other == value)
    return 100.0 * (below + 0.5 * equal) / len(values)
