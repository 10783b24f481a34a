"""Novelty and AI Score of the works in a list."""

from collections.abc import Sequence
from dataclasses import replace

from metrics.models import PaperMetrics
from papers.selectors.cards import PaperCard


def scored(cards: Sequence[PaperCard]) -> tuple[PaperCard, ...]:
    """The same cards with the scores that are known; one query, none for no cards."""
    if not cards:
        return ()
    rows = PaperMetrics.objects.filter(paper_id__in=[card.id for card in cards])
    known = {pk: (novelty, ai) for pk, novelty, ai in rows.values_list("paper_id", "novelty", "ai_score")}
    unknown = (None, None)
    return tuple(
        replace(card, novelty=scores[0], ai_score=scores[1])
        if (scores := known.get(card.id, unknown)) != unknown
        else card
        for card in cards
    )
