"""A paper's numbers, what makes them, and the papers nearest to it."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from metrics.models import Overdue, PaperMetrics, ReferenceSet
from papers.models import Paper


def numbers_of_paper(paper_id: int) -> PaperMetrics | None:
    """The stored numbers, with the version that scored; None before the first refresh that knows the paper. One query.

    `is_overdue` on them: citations have come since, which the paper's count holds and its years do not yet.
    """
    marks = Overdue.objects.filter(kind=Overdue.Kind.PAPER, object_id=OuterRef("paper_id"))
    row = (
        PaperMetrics.objects.filter(paper_id=paper_id)
        .annotate(is_marked=Exists(marks))
        .select_related("ai_model")
        .defer("ai_model__content", "ai_model__features", "ai_model__parameters")
        .first()
    )
    if row is not None:
        row.is_overdue = row.is_marked
    return row


def was_learned_from(numbers: PaperMetrics | None, *, year: int | None) -> bool:
    """Whether the score of a paper of `year` is of one that its model learned from: then it is no forecast. No query."""
    if year is None or numbers is None or numbers.ai_score is None or numbers.ai_model is None:
        return False
    model = numbers.ai_model
    return bool(model.backtest.get("learned_since", 0) <= year <= model.cut_off_date.year)


def numbers_of_papers(paper_ids: Sequence[int]) -> dict[int, PaperMetrics]:
    """Stored numbers by paper id, for the cards of a list. One query, without neighbours and contributions."""
    return PaperMetrics.objects.defer("novelty_neighbours", "ai_contributions").in_bulk(paper_ids)


def reference_set_of(paper: Paper) -> ReferenceSet | None:
    """What the paper's citations are compared with; None without a category or a date. At most one query."""
    if paper.primary_category_id is None or paper.published_year is None:
        return None
    return ReferenceSet.objects.filter(
        category_id=paper.primary_category_id, kind=paper.kind, year=paper.published_year
    ).first()
