"""Works in a list with their Novelty and AI Score."""

from collections.abc import Sequence
from datetime import date

from common.db.sql import fetch
from papers.selectors.cards import PaperCard, paper_cards

_SQL = "SELECT paper_id, novelty, ai_score FROM metrics_papermetrics WHERE paper_id = ANY(%(ids)s)"


def scored_cards(paper_ids: Sequence[int], *, today: date, page_author_id: int | None = None) -> tuple[PaperCard, ...]:
    """`paper_cards` with the scores that are known; two queries, none for no papers."""
    if not paper_ids:
        return ()
    rows = fetch(_SQL, {"ids": list(paper_ids)}, is_prepared=True)
    scores = {pk: (novelty, ai_score) for pk, novelty, ai_score in rows}
    return paper_cards(paper_ids, today=today, page_author_id=page_author_id, scores=scores)
