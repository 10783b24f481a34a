"""Numbers by year, as lists and charts take them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class YearCount:
    """Papers published in a year, and citations received in it; None where nothing was counted."""

    year: int
    works: int
    citations: int | None
