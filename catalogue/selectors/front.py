"""The first page: how much is kept, and what moved lately."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache

from common.db.sql import fetch_value
from metrics.selectors.card_scores import scored_cards
from papers.models import Paper, PaperCategory
from papers.selectors.addresses import address
from papers.selectors.cards import PaperCard

LATEST_SHOWN = 8
CITED_SHOWN = 5
COUNTED_OVER = 500
FIELDS_SHOWN = 12
COUNTED_EXACTLY = 20_000
KEPT_FOR_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records there are; `is_exact` is False when the figure is the database's own estimate."""

    number: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class BusyField:
    name: str
    code: str
    url: str
    works: int


@dataclass(frozen=True, slots=True)
class FrontPage:
    papers: Tally
    authors: Tally
    latest: tuple[PaperCard, ...]
    most_cited: tuple[PaperCard, ...]
    fields: tuple[BusyField, ...]


def front_page(*, today: date) -> FrontPage:
    """Five queries, and once a minute two that count."""
    newest = _newest_ids(today)
    cited = Paper.objects.filter(merged_into=None).order_by("-shown_citation_count", "-id")
    cited_ids = tuple(cited.filter(shown_citation_count__gt=0).values_list("id", flat=True)[:CITED_SHOWN])
    listed = scored_cards((*newest[:LATEST_SHOWN], *cited_ids), today=today)
    cards = {card.id: card for card in listed}
    return FrontPage(
        papers=_tally("paper"),
        authors=_tally("author"),
        latest=tuple(cards[pk] for pk in newest[:LATEST_SHOWN] if pk in cards),
        most_cited=tuple(cards[pk] for pk in cited_ids if pk in cards),
        fields=_busy_fields(newest),
    )


def _newest_ids(today: date) -> tuple[int, ...]:
    """The latest works that have appeared; some are dated ahead."""
    rows = Paper.objects.filter(merged_into=None, published_date__lte=today)
    return tuple(rows.order_by("-published_date", "-id").values_list("id", flat=True)[:COUNTED_OVER])


def _busy_fields(paper_ids: tuple[int, ...]) -> tuple[BusyField, ...]:
    """Fields of the newest works by how many of them are in each."""
    rows = PaperCategory.objects.filter(paper_id__in=paper_ids, position=1).values_list(
        "category__code", "category__name", "category__topic__id", "category__topic__name"
    )
    found = Counter(rows)
    return tuple(
        BusyField(name or code, code, address("T", topic_id, topic_name) if topic_id else "", works)
        for (code, name, topic_id, topic_name), works in sorted(found.items(), key=lambda item: (-item[1], item[0][0]))[
            :FIELDS_SHOWN
        ]
    )


def _tally(record: str) -> Tally:
    """Exact for a small table, else what the database's planner last estimated; kept for a minute."""
    key = f"front-tally:{record}"
    known: Tally | None = cache.get(key)
    if known is not None:
        return known
    counted = "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = %s::regclass"
    estimate = fetch_value(counted, [f"papers_{record}"])
    tally = Tally(estimate, is_exact=False)
    if estimate < COUNTED_EXACTLY:
        exactly = fetch_value(f"SELECT count(*) FROM canonical_{record} WHERE is_canonical")
        tally = Tally(exactly, is_exact=True)
    cache.set(key, tally, KEPT_FOR_SECONDS)
    return tally
