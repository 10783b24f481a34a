"""Percentiles of many values in reference sets at once: what `novelty@2` and `citation_percentile@2` say of one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from metrics.formulas.novelty import SMALLEST_SET, WIDENING

Values = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


class Percentiles(NamedTuple):
    """Novelty in percent, NaN unknown, and for each paper the place in WIDENING of the set it is of; -1 without one."""

    values: Values
    sets: Integers


def percentiles_in_cells(*, values: Values, categories: Integers, years: Integers, reach: int, smallest: int) -> Values:
    """Mid-rank percentile of each value among those of its category within `reach` years of its own.

    All arrays run over the same papers; NaN in values is unknown, as is a negative category. NaN comes
    out where the value is unknown or its reference set has fewer than `smallest`.
    """
    percentiles = np.full(len(values), np.nan)
    known = np.flatnonzero(~np.isnan(values) & (categories >= 0))
    order = known[np.lexsort((years[known], categories[known]))]
    boundaries = np.flatnonzero(np.diff(categories[order])) + 1
    for rows in np.split(order, boundaries):
        _fill_category(percentiles, values, years, rows, reach, smallest)
    return percentiles


def novelty_percentiles(*, distances: Values, categories: Integers, fields: Integers, years: Integers) -> Percentiles:
    """Each distance's percentile in the first set of WIDENING that holds 50 or more.

    categories, fields: codes, -1 for a paper without one, which is compared with all.
    """
    values, sets = np.full(len(distances), np.nan), np.full(len(distances), -1, dtype=np.int64)
    groups = {"category": categories, "field": fields, "all": np.zeros(len(distances), dtype=np.int64)}
    for place, (group, reach) in enumerate(WIDENING):
        found = percentiles_in_cells(
            values=distances, categories=groups[group], years=years, reach=reach, smallest=SMALLEST_SET
        )
        fresh = np.isnan(values) & ~np.isnan(found)
        values[fresh], sets[fresh] = found[fresh], place
    return Percentiles(values, sets)


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
