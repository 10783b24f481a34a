"""Citation counts: shown, all, of the last five years, a year, from oneself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from metrics.formulas.indices import known
from metrics.formulas.registry import formula


@formula(version=2)
def shown_citations(counted: int | None, reported: Sequence[int | None]) -> int | None:
    """What a reader sees for a paper: the largest of the counted and the reported figures; None if there is none."""
    figures = [figure for figure in (counted, *reported) if figure is not None]
    return max(figures) if figures else None


@formula(version=2)
def citations_all(citations: Sequence[int | None]) -> int | None:
    """Sum of the figures of one kind over an author's papers; None where no paper has one."""
    figures = known(citations)
    return sum(figures) if figures else None


@formula(version=2)
def citations_5y(citing_years: Sequence[int | None] | None, year: int) -> int | None:
    """Counted citations made in the five calendar years that end with `year`.

    citing_years: the year of the citing work, one a citation; None in place of a year that is not known
    (left out). None in place of the sequence: the works of last year and
    this one have no reference lists here, so it is unknown.
    """
    if citing_years is None:
        return None
    return sum(1 for citing in citing_years if citing is not None and year - 5 < citing <= year)


@formula(version=1)
def papers_per_year(published_years: Sequence[int | None]) -> dict[int, int] | None:
    """Papers a calendar year, from the first year to the last without a gap; None where no year is known."""
    return _per_year(published_years)


@formula(version=1)
def citations_per_year(citing_years: Sequence[int | None] | None) -> dict[int, int] | None:
    """Counted citations by the year of the citing work, without a gap; None where no year is known."""
    return _per_year(citing_years or ())


@formula(version=1)
def self_citations(citations: Iterable[tuple[Collection[int], Collection[int]]]) -> int:
    """How many citations come from a work that shares an author with the cited one.

    citations: pairs of (authors of the citing work, authors of the cited work), as record ids.
    """
    return sum(1 for citing, cited in citations if not set(citing).isdisjoint(cited))


@formula(version=1)
def citations_without_self(counted: int | None, from_self: int | None) -> int | None:
    """Counted citations with self-citations left out; None where either is unknown.

    Raises ValueError when more come from oneself than there are.
    """
    if counted is None or from_self is None:
        return None
    if not 0 <= from_self <= counted:
        raise ValueError(f"{from_self} self-citations among {counted}")
    return counted - from_self


def one_kind(figures: Sequence[Mapping[str, int | None]]) -> tuple[str, list[int | None]]:
    """The kind of figures that is known for the most works, and each work's figure of it; "" and no figure without any.

    figures: by kind, one mapping a work. Of kinds known for as many the one with the larger sum is taken, then the
    first by name.
    """
    kinds = sorted({kind for own in figures for kind, count in own.items() if count is not None})
    columns = {kind: [own.get(kind) for own in figures] for kind in kinds}
    best = max(kinds, key=lambda kind: (len(known(columns[kind])), sum(known(columns[kind]))), default="")
    return best, columns.get(best, [None] * len(figures))


def union_of_works[Work](records: Iterable[Mapping[int, Work]]) -> dict[int, Work]:
    """The works of several records of one person, each once, by paper id in ascending order."""
    works: dict[int, Work] = {}
    for record in records:
        works.update(record)
    return dict(sorted(works.items()))


def _per_year(years: Sequence[int | None]) -> dict[int, int] | None:
    counts = Counter(year for year in years if year is not None)
    if not counts:
        return None
    return {year: counts[year] for year in range(min(counts), max(counts) + 1)}
