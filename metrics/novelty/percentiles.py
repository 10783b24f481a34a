"""Percentiles of many values in cells at once: what `novelty@1` and `citation_percentile@1` say of one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from metrics.formulas.novelty import SMALLEST_CELL

Values = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


def percentiles_in_cells(*, values: Values, categories: Integers, years: Integers, reach: int, smallest: int) -> Values:
    """Mid-rank percentile of each value among those of its category within `reach` years of its own.

    All arrays run over the same papers; NaN in values is unknown, as is a negative category. NaN comes
    out where the value is unknown or its cell has fewer than `smallest`.
    """
    percentiles = np.full(len(values), np.nan)
    known = np.flatnonzero(~np.isnan(values) & (categories >= 0))
    order = known[np.lexsort((years[known], categories[known]))]
    boundaries = np.flatnonzero(np.diff(categories[order])) + 1
    for rows in np.split(order, boundaries):
        _fill_category(percentiles, values, years, rows, reach, smallest)
    return percentiles


def novelty_percentiles(*, distances: Values, categories: Integers, years: Integers) -> Values:
    """Novelty in percent: the distance's percentile in its category within one year (cells of 50 or more)."""
    return percentiles_in_cells(values=distances, categories=categories, years=years, reach=1, smallest=SMALLEST_CELL)


def _fill_category(
    percentiles: Values, values: Values, years: Integers, rows: Integers, reach: int, smallest: int
) -> None:
    of_years = years[rows]
    for year in np.unique(of_years):
        window = slice(
            np.searchsorted(of_years, year - reach, "left"), np.searchsorted(of_years, year + reach, "right")
        )
        peers = np.sort(values[rows[window]])
        if len(peers) < smallest:
            continue
        own = rows[of_years == year]
        below = np.searchsorted(peers, values[own], "left")
        up_to = np.searchsorted(peers, values[own], "right")
        percentiles[own] = 100.0 * (below + up_to) / (2 * len(peers))
