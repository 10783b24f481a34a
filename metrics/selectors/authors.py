"""What the author page shows of an author's numbers, and why each is what it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.formulas.indices import h_core
from metrics.formulas.trust import Band, band_of
from metrics.models import AuthorMetrics, AuthorSnapshot
from papers.models import Author, Authorship

NEXT_LISTED = 3


def numbers_of(author_id: int) -> AuthorMetrics | None:
    """The stored numbers; None before the first refresh that knows the author. One query."""
    return AuthorMetrics.objects.filter(author_id=author_id).first()


def numbers_of_many(author_ids: Sequence[int]) -> dict[int, AuthorMetrics]:
    """Stored numbers by author id; those without any are left out. One query."""
    return AuthorMetrics.objects.in_bulk(author_ids)


def trust_band(numbers: AuthorMetrics) -> Band:
    """What the stored trust score is called."""
    return band_of(numbers.trust)


@dataclass(frozen=True, slots=True)
class CorePaper:
    """A paper and its shown citations; `lacking` is how many more it needs for the next point (0: none)."""

    paper_id: int
    title: str
    citations: int
    lacking: int


@dataclass(frozen=True, slots=True)
class WhyH:
    """The papers that carry an h-index, most cited first, and the nearest to join them."""

    h: int
    core: tuple[CorePaper, ...]
    next_papers: tuple[CorePaper, ...]


def why_h(author_id: int) -> WhyH | None:
    """The h-core of an author over all merged records; None where h is unknown. Two queries.

    `lacking` of a core paper is what it needs to carry h + 1 too.
    """
    rows = list(
        Authorship.objects.filter(author_id__in=_records_of(author_id))
        .order_by("-shown_citation_count", "paper_id")
        .values_list("paper_id", "paper__title", "shown_citation_count")
        .distinct()
    )
    found = h_core([citations for _, _, citations in rows], outside=NEXT_LISTED)
    if found is None:
        return None
    return WhyH(
        h=found.h,
        core=tuple(CorePaper(*rows[place], max(0, found.h + 1 - rows[place][2])) for place in found.core),
        next_papers=tuple(CorePaper(*rows[place], lacking) for place, lacking in found.outside),
    )


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """An author's numbers as a month left them; NULLs as None."""

    month: date
    works: int
    citations: int
    h_index: int | None
    trust: int


def history_of(author_id: int) -> list[HistoryPoint]:
    """Every month there is a snapshot of, oldest first. One query."""
    rows = AuthorSnapshot.objects.filter(author_id=author_id).order_by("month")
    return [
        HistoryPoint(*row)
        for row in rows.values_list("month", "works_count", "cited_by_count", "h_index", "trust")
    ]


def _records_of(author_id: int) -> Sequence[int]:
    return [author_id, *Author.objects.filter(merged_into_id=author_id).values_list("pk", flat=True)]
