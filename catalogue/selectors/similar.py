"""Works that are about the same as one, found by the app that searches."""

from datetime import date

from common import hooks
from papers.selectors.cards import PaperCard, paper_cards

SORTS = ("similar", "newest")


def similar_ids(paper_id: int) -> list[int]:
    """The works most like this one, the most similar first; none while its texts are not looked at. One query."""
    return [found for _app, answer in hooks.on_similar_works_asked.answers(paper_id) for found in answer]


def similar_cards(paper_id: int, *, sort: str, today: date) -> list[PaperCard]:
    """The same as cards; by "newest" the undated come last. Two queries."""
    cards = paper_cards(similar_ids(paper_id), today=today)
    if sort == "newest":
        return sorted(cards, key=lambda card: card.published_date or date.min, reverse=True)
    return list(cards)
