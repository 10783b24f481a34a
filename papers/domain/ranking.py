"""The order called relevance, in which an author's or a topic's works are first shown."""

import math
from datetime import date

YEARS_PER_E_FOLD = 3.0


def relevance(*, citations: int | None, published: date | None) -> float:
    """ln(1 + citations) plus one for every three years of publication date: `relevance@1`.

    Time passing does not change the order of two works, so it can be stored and indexed; three years of age weigh
    as much as a factor of 2.7 in citations, so a new work stands beside one that had a few years to gather them.
    Works without a date count as of the year 1900; works whose citations are not known stand with the uncited.
    """
    year = published.year + (published.timetuple().tm_yday - 1) / 366 if published else 1900.0
    return math.log1p(citations or 0) + year / YEARS_PER_E_FOLD
