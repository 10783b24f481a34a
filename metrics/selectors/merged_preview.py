"""Numbers of records taken together, or of a part of their works, before that is so: what a merge or a split would make."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from metrics.formulas.counts import citations_all, one_kind
from metrics.formulas.indices import g_index, h_index, i10_index
from papers.models import Author, Authorship, Paper, ReportedCitations

COUNTED = "counted"
type Figures = Mapping[int, Mapping[str, int | None]]
"""By paper, then by kind: counted here, or the source that reports it."""


@dataclass(frozen=True, slots=True)
class MergedNumbers:
    """As the author page shows them: over figures of one kind; None where they are not known for enough works."""

    works: int
    citations: int | None
    h: int | None
    g: int | None
    i10: int | None


def cited_works(author_ids: Collection[int]) -> dict[int, dict[str, int | None]]:
    """Known figures of every kind by paper, over these records and what was merged into them. Four queries."""
    merged = Author.objects.filter(merged_into__in=author_ids).values_list("pk", flat=True)
    rows = Authorship.objects.filter(author__in=[*author_ids, *merged]).order_by("paper").values_list("paper_id")
    works = {paper for (paper,) in rows}
    counted = Paper.objects.filter(pk__in=works).order_by("pk").values_list("pk", "counted_citation_count")
    figures: dict[int, dict[str, int | None]] = {paper: {COUNTED: count} for paper, count in counted}
    reported = ReportedCitations.objects.filter(paper__in=works).values_list("paper_id", "source", "count")
    for paper, source, count in reported:
        figures[paper][source] = count
    return figures


def numbers_of_papers(
    cited: Figures, *, only: Collection[int] | None = None, without: Collection[int] = ()
) -> MergedNumbers:
    """The numbers of works given with their figures, or of some of them."""
    own = [figures for paper, figures in cited.items() if (only is None or paper in only) and paper not in without]
    _kind, counts = one_kind(own)
    return MergedNumbers(len(own), citations_all(counts), h_index(counts), g_index(counts), i10_index(counts))
