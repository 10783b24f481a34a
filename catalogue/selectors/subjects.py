"""What topic, institution and venue pages share: their works, people and numbers over time.

A large subject has a hundred thousand works, so its people come from the last refresh. Before the first they are
counted over its newest works only, and the page says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from common.charts import WIDE, YearChart, YearCount, year_chart
from common.keyset import Order, newest_first, page_of, parse_count, read_cursor
from common.planned import rows_of
from metrics.models import EntityKind
from metrics.selectors.card_scores import scored
from papers.models import (
    Authorship,
    AuthorshipInstitution,
    Institution,
    Paper,
    PaperCategory,
    PaperTopic,
    Topic,
    Venue,
)
from papers.models.identity import UNKNOWN_DATE
from papers.selectors.addresses import address
from papers.selectors.cards import PaperCard, paper_cards

WORKS_SHOWN = 20
PEOPLE_SHOWN = 12
PEOPLE_COUNTED_OVER = 500
LARGEST_TEAM = 100
_STORED_PEOPLE = """
SELECT a.id, a.name, p.works FROM (
    SELECT (e ->> 0)::bigint AS author_id, (e ->> 1)::int AS works, place
    FROM metrics_entitymetrics m, jsonb_array_elements(m.people) WITH ORDINALITY AS x(e, place)
    WHERE m.kind = %(kind)s AND m.object_id = %(id)s ORDER BY place) p
CROSS JOIN LATERAL (SELECT id, name FROM papers_author a WHERE a.id = p.author_id AND a.is_listed OFFSET 0) a
ORDER BY p.place
"""
MOST_SORTED_BY_CITATIONS = 20_000  # beyond it the order would take longer than a reader waits


@dataclass(frozen=True, slots=True)
class Works:
    """The works of a subject as a queryset, and the columns its index orders them by."""

    kind: EntityKind
    object_id: int
    rows: QuerySet[Any]
    newest: Order
    cited: Order
    id_column: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wrote on the subject; the years are not counted here."""

    name: str
    url: str
    works: int
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class SubjectWorks:
    """`works_count` counts every work, dated or not; the addresses are query strings, "" where the list ends."""

    works_count: int
    first_year: int | None
    last_year: int | None
    chart: YearChart | None
    cards: tuple[PaperCard, ...]
    sort: str
    sorts: tuple[tuple[str, str], ...]
    next_address: str
    previous_address: str
    people: tuple[Person, ...]
    people_are_of_all: bool


def works_of_topic(topic: Topic) -> Works:
    if topic.category_id:
        return _linked(
            EntityKind.TOPIC, topic.pk, PaperCategory.objects.filter(category_id=topic.category_id)
        )
    return _linked(EntityKind.TOPIC, topic.pk, PaperTopic.objects.filter(topic_id=topic.pk))


def works_of_institution(institution: Institution) -> Works:
    rows = AuthorshipInstitution.objects.filter(institution_id=institution.pk)
    return _linked(EntityKind.INSTITUTION, institution.pk, rows)


def works_of_venue(venue: Venue) -> Works:
    rows = Paper.objects.filter(venue_id=venue.pk, merged_into=None)
    cited = Order("shown_citation_count", "id", parse_count)
    return Works(EntityKind.VENUE, venue.pk, rows, newest_first("id", is_nullable=True), cited, "id")


def _linked(kind: EntityKind, pk: int, rows: QuerySet[Any]) -> Works:
    cited = Order("paper__shown_citation_count", "paper_id", parse_count)
    return Works(kind, pk, rows, newest_first("paper_id"), cited, "paper_id")


def subject_works(
    works: Works, asked: Mapping[str, str], *, today: date, institution_id: int | None = None
) -> SubjectWorks:
    """Five queries, six before the first refresh. `institution_id` counts only the people who stood there. Raises InvalidCursor."""
    years, undated = _years(works)
    total = sum(count.works for count in years) + undated
    can_sort = total <= MOST_SORTED_BY_CITATIONS
    sort = "cited" if can_sort and asked.get("sort") == "cited" else "newest"
    order = works.cited if sort == "cited" else works.newest
    cursor = read_cursor(order, after=asked.get("after", ""), before=asked.get("before", ""))
    page = page_of(works.rows, order=order, cursor=cursor, size=WORKS_SHOWN)
    stored = _stored_people(works)
    prefix = "?sort=cited&" if sort == "cited" else "?"
    return SubjectWorks(
        works_count=total,
        first_year=years[0].year if years else None,
        last_year=years[-1].year if years else None,
        chart=year_chart(years, width=WIDE),
        cards=scored(paper_cards(page.ids, today=today)),
        sort=sort,
        sorts=(("newest", "?"), ("cited", "?sort=cited")) if can_sort and total > 1 else (),
        next_address=f"{prefix}after={page.next_cursor}" if page.next_cursor else "",
        previous_address=f"{prefix}before={page.previous_cursor}" if page.previous_cursor else "",
        people=stored or _people(works, institution_id=institution_id),
        people_are_of_all=bool(stored) or total <= PEOPLE_COUNTED_OVER,
    )


def _years(works: Works) -> tuple[list[YearCount], int]:
    """Works by year in order, and how many have no date."""
    rows = (
        works.rows.order_by()
        .values(year=ExtractYear("published_date"))
        .annotate(works=Count(works.id_column, distinct=works.rows.model is AuthorshipInstitution))
        .values_list("year", "works")
    )
    known = dict(rows)
    undated = known.pop(None, 0) + known.pop(UNKNOWN_DATE.year, 0)
    return [YearCount(year, known[year], 0) for year in sorted(known)], undated


def _stored_people(works: Works) -> tuple[Person, ...]:
    """Those with the most works, counted over all of them by the last refresh."""
    rows = rows_of(_STORED_PEOPLE, {"kind": works.kind.value, "id": works.object_id})
    return tuple(Person(name, address("A", pk, name), number) for pk, name, number in rows[:PEOPLE_SHOWN])


def _people(works: Works, *, institution_id: int | None) -> tuple[Person, ...]:
    newest = page_of(works.rows, order=works.newest, cursor=None, size=PEOPLE_COUNTED_OVER)
    bylines = Authorship.objects.filter(
        paper_id__in=newest.ids, paper__author_count__lte=LARGEST_TEAM, author__is_listed=True
    )
    if institution_id is not None:
        bylines = bylines.filter(affiliations__institution_id=institution_id)
    rows = (
        bylines.values("author_id", "author__name")
        .annotate(works=Count("paper_id", distinct=True))
        .order_by("-works", "author_id")[:PEOPLE_SHOWN]
    )
    return tuple(
        Person(row["author__name"], address("A", row["author_id"], row["author__name"]), row["works"])
        for row in rows
    )
