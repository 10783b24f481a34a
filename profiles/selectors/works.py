"""An author's works: every order and filter, one page at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet

from common.db.keyset import Order, most_cited_first, newest_first, page_of, read_cursor
from metrics.selectors.card_scores import scored_cards
from papers.domain import public_ids
from papers.models import Authorship
from papers.models.identity import UNKNOWN_DATE
from papers.selectors.cards import PaperCard
from papers.selectors.full_text import paper_query

WORKS_SHOWN = 20
EXPORT_BATCH = 1000
LONGEST_WORDS = 200

ORDERS: dict[str, Order] = {
    "relevance": Order("relevance", "paper_id"),
    "newest": newest_first("paper_id"),
    "cited": most_cited_first("paper_id"),
    # Novelty stands in the paper's own row and is read through a join: one person's works are sorted anew for each
    # page (2,000 of them in some 50 ms on a busy machine), where a copy on every byline would cost an index over all bylines and a
    # write into each whenever a percentile moves. Works without a Novelty come last.
    "novel": Order("paper__metrics__novelty", "paper_id", is_nullable=True),
}
DEFAULT_ORDER = "relevance"


@dataclass(frozen=True, slots=True)
class WorksQuery:
    """What a reader asks of the list. "" and None mean no restriction.

    `category` is a code such as cs.LG, `coauthor` the public id of an author.
    """

    sort: str = DEFAULT_ORDER
    year_from: int | None = None
    year_to: int | None = None
    category: str = ""
    kind: str = ""
    coauthor: str = ""
    words: str = ""
    after: str = ""
    before: str = ""

    @property
    def filters(self) -> dict[str, str]:
        """The restrictions as an address has them."""
        given = {
            "from": self.year_from,
            "to": self.year_to,
            "category": self.category,
            "type": self.kind,
            "with": self.coauthor,
            "words": self.words,
        }
        return {name: str(value) for name, value in given.items() if value}

    def address(self, **changes: str) -> str:
        """The query string of this list with changes, without defaults."""
        sort = {} if self.sort == DEFAULT_ORDER else {"sort": self.sort}
        values = {**sort, **self.filters, **changes}
        return "?" + urlencode({k: v for k, v in values.items() if v and (k, v) != ("sort", DEFAULT_ORDER)})

    @property
    def here(self) -> str:
        """The query string of this very page of the list."""
        return self.address(after=self.after, before=self.before)


@dataclass(frozen=True, slots=True)
class WorksPage:
    """A page of works. `matching` is the number of works under the filters, None without any.

    `next_address` and `previous_address` are query strings, "" where the list ends.
    """

    query: WorksQuery
    cards: tuple[PaperCard, ...]
    matching: int | None
    next_address: str
    previous_address: str
    sorts: tuple[tuple[str, str], ...]
    pinned: frozenset[int] = frozenset()


def works_query(asked: Mapping[str, str]) -> WorksQuery:
    """A query from an address. What cannot be meant (a year "abc", an unknown order) is left out."""
    sort = asked.get("sort", "")
    return WorksQuery(
        sort=sort if sort in ORDERS else DEFAULT_ORDER,
        year_from=_year(asked.get("from", "")),
        year_to=_year(asked.get("to", "")),
        category=asked.get("category", "")[:64].replace("\0", ""),
        kind=asked.get("type", "")[:32].replace("\0", ""),
        coauthor=asked.get("with", "")[:24],
        words=asked.get("words", "")[:LONGEST_WORDS].replace("\0", "").strip(),
        after=asked.get("after", ""),
        before=asked.get("before", ""),
    )


def works_page(author_id: int, query: WorksQuery, *, today: date, pinned: Sequence[int] = ()) -> WorksPage:
    """Three queries, one more under filters. Raises InvalidCursor.

    `pinned` works stand first in the order of relevance, and then nowhere else; an order that a reader chose has none.
    """
    order = ORDERS[query.sort]
    rows = works_of(author_id, query)
    cursor = read_cursor(order, after=query.after, before=query.before)
    if query.filters or query.sort != DEFAULT_ORDER:
        pinned = ()
    listed = rows.exclude(paper_id__in=pinned) if pinned else rows
    page = page_of(listed, order=order, cursor=cursor, size=WORKS_SHOWN)
    first = () if query.after or query.before else tuple(pinned)
    matching = rows.values("paper_id").distinct().count() if query.filters else None
    return WorksPage(
        query=query,
        cards=scored_cards((*first, *page.ids), today=today, page_author_id=author_id),
        pinned=frozenset(first),
        matching=matching,
        next_address=query.address(after=page.next_cursor) if page.next_cursor else "",
        previous_address=query.address(before=page.previous_cursor) if page.previous_cursor else "",
        sorts=tuple((name, query.address(sort=name)) for name in ORDERS),
    )


def works_of(author_id: int, query: WorksQuery) -> QuerySet[Authorship]:
    """The author's bylines under the filters."""
    rows = Authorship.objects.filter(author_id=author_id)
    if query.year_from:
        rows = rows.filter(published_date__gte=date(query.year_from, 1, 1))
    if query.year_to:
        rows = rows.filter(published_date__gt=UNKNOWN_DATE, published_date__lte=date(query.year_to, 12, 31))
    if query.category:
        rows = rows.filter(paper__paper_categories__category__code=query.category)
    if query.kind:
        rows = rows.filter(paper__kind=query.kind)
    if query.coauthor:
        known = public_ids.decode(query.coauthor)
        author = known[1] if known and known[0] == "A" else 0
        rows = rows.filter(paper__authorships__author_id=author, paper__authorships__author__is_listed=True)
    if query.words:
        rows = rows.filter(paper__search__vector=paper_query(query.words))
    return rows


def work_ids_of(author_id: int) -> Iterator[int]:
    """The ids of all of an author's works, newest first, read in batches."""
    order = ORDERS["newest"]
    cursor = ""
    while True:
        page = page_of(
            Authorship.objects.filter(author_id=author_id),
            order=order,
            cursor=read_cursor(order, after=cursor),
            size=EXPORT_BATCH,
        )
        yield from page.ids
        cursor = page.next_cursor
        if not cursor:
            return


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 1000 <= int(text[:9]) <= 9999 else None
