"""Rank correlation, apart from the learning libraries: pages that compare versions need it too."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


def rank_correlation(one: Values, other: Values) -> float:
    """Spearman's rho with mean ranks for ties (Spearman 1904); NaN where either side is constant."""
    first, second = mean_ranks(one), mean_ranks(other)
    if len(first) < 2 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return float("nan")
    return float(np.corrcoef(first, second)[0, 1])


def mean_ranks(values: Values) -> Values:
    """Ranks from 1; equal values share the mean of theirs."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[places], dtype=np.float64)
