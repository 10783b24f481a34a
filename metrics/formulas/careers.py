"""Figures that set citations against time: m-quotient and 2-year mean citedness."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.formulas.registry import formula


@formula(version=2)
def m_quotient(h: int | None, first_year: int | None, year: int) -> float | None:
    """h over career years, the first paper's year and the current one both counted (Hirsch 2005).

    None where h or the first year is unknown, or the first year lies ahead.
    """
    if h is None or first_year is None or first_year > year:
        return None
    return h / (year - first_year + 1)


@formula(version=2)
def mean_citedness_2y(
    published_years: Sequence[int | None],
    citations: Sequence[tuple[int | None, int | None]] | None,
    year: int,
) -> float | None:
    """Citations made in `year` to papers of the two years before it, over the number of those papers.

    published_years: one a paper. citations: (year of the cited paper, year of the citing work), one a
    citation; None in its place where the works of `year` have no reference lists here. `year` is the last complete year. None where
    there is no paper of those two years (Garfield 1972; OpenAlex's 2yr_mean_citedness).
    """
    window = (year - 2, year - 1)
    papers = sum(1 for published in published_years if published in window)
    if citations is None or not papers:
        return None
    return sum(1 for cited, citing in citations if citing == year and cited in window) / papers
