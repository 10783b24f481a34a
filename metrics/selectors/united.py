"""Numbers of records taken together, or of a part of their works, before that is so: what a merge or a split would make."""

from collections.abc import Collection
from dataclasses import dataclass

from metrics.formulas.indices import g_index, h_index, i10_index
from papers.models import Author, Authorship


@dataclass(frozen=True, slots=True)
class UnitedNumbers:
    """As the author page shows them; h, g and i10 are None where there is no work."""

    works: int
    citations: int
    h: int | None
    g: int | None
    i10: int | None


def numbers_over(author_ids: Collection[int], *, without: Collection[int] = ()) -> UnitedNumbers:
    """The numbers of these records as one author, by the formulas of the author page, a work counting once.

    Papers in `without` are left out. Two queries.
    """
    return numbers_of_papers(cited_works(author_ids), without=without)


def cited_works(author_ids: Collection[int]) -> dict[int, int]:
    """Shown citations by paper, over these records and what was merged into them. Two queries."""
    merged = Author.objects.filter(merged_into__in=author_ids).values_list("pk", flat=True)
    rows = Authorship.objects.filter(author__in=[*author_ids, *merged]).order_by("paper")
    return dict(rows.values_list("paper_id", "shown_citation_count"))


def numbers_of_papers(
    cited: dict[int, int], *, only: Collection[int] | None = None, without: Collection[int] = ()
) -> UnitedNumbers:
    """The numbers of works given with their citations, or of some of them."""
    counts = [count for paper, count in cited.items() if (only is None or paper in only) and paper not in without]
    return UnitedNumbers(len(counts), sum(counts), h_index(counts), g_index(counts), i10_index(counts))
