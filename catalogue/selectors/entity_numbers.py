"""A topic, institution or venue in numbers: as the last refresh stored them, or counted now while there are none.

A large subject has a hundred thousand works; to count them for each reader would cost more than the rest of its page.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.db.models.functions import ExtractYear

from catalogue.selectors.works_of import Works
from common.db.keyset import page_of
from common.db.sql import fetch
from common.rendering.year_counts import YearCount
from papers.models import Authorship, AuthorshipInstitution
from papers.models.identity import UNKNOWN_DATE
from papers.selectors.addresses import address

PEOPLE_SHOWN = 12
PEOPLE_COUNTED_OVER = 500
LARGEST_TEAM = 100
_STORED = """
SELECT m.works_count, m.cited_by_count, m.h_index, m.people_count, m.mean_citedness_2y, m.is_stale, m.computed_at,
    m.known_count, m.figures, m.counts_by_year,
    (SELECT jsonb_agg(jsonb_build_array(a.id, a.name, p.works) ORDER BY p.place) FROM (
        SELECT (e ->> 0)::bigint AS author_id, (e ->> 1)::int AS works, place
        FROM jsonb_array_elements(m.people) WITH ORDINALITY AS x(e, place)) p
     CROSS JOIN LATERAL (SELECT id, name FROM listed_author a WHERE a.id = p.author_id OFFSET 0) a)
FROM metrics_entitymetrics m WHERE m.kind = %(kind)s AND m.object_id = %(id)s
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wrote on the subject; the years are not counted here."""

    name: str
    url: str
    works: int
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class EntityNumbers:
    """`works_count` counts every work, dated or not. None is unknown: citations, people and indices are counted by a
    refresh alone, over figures of one kind that `known_count` works have, and `computed_at` says when. `is_behind`: works or citations have come since."""

    works_count: int
    years: tuple[YearCount, ...]
    people: tuple[Person, ...]
    people_are_of_all: bool
    cited_by_count: int | None = None
    known_count: int = 0
    figures: str = ""
    h_index: int | None = None
    people_count: int | None = None
    mean_citedness_2y: float | None = None
    computed_at: datetime | None = None
    is_behind: bool = False

    @property
    def first_year(self) -> int | None:
        return self.years[0].year if self.years else None

    @property
    def last_year(self) -> int | None:
        return self.years[-1].year if self.years else None


def entity_numbers(works: Works, *, institution_id: int | None) -> EntityNumbers:
    """One query for stored numbers, three more where there are none. `institution_id` counts only the people who stood
    there."""
    rows = fetch(_STORED, {"kind": works.kind.value, "id": works.object_id}, is_prepared=True)
    if not rows:
        return _counted(works, institution_id)
    total, cited, h_index, people_count, citedness, is_stale, computed_at, known, figures, years, people = rows[0]
    return EntityNumbers(
        works_count=total,
        years=tuple(YearCount(*entry) for entry in json.loads(years)),
        people=tuple(
            Person(name, address("A", pk, name), number)
            for pk, name, number in (json.loads(people) if people else [])[:PEOPLE_SHOWN]
        ),
        people_are_of_all=True,
        cited_by_count=cited,
        known_count=known,
        figures=figures,
        h_index=h_index,
        people_count=people_count,
        mean_citedness_2y=citedness,
        computed_at=computed_at,
        is_behind=is_stale,
    )


def _counted(works: Works, institution_id: int | None) -> EntityNumbers:
    years, undated = _years(works)
    total = sum(count.works for count in years) + undated
    return EntityNumbers(
        works_count=total,
        years=years,
        people=_people(works, institution_id=institution_id),
        people_are_of_all=total <= PEOPLE_COUNTED_OVER,
    )


def _years(works: Works) -> tuple[tuple[YearCount, ...], int]:
    """Works by year in order, and how many have no date."""
    rows = (
        works.rows.order_by()
        .values(year=ExtractYear("published_date"))
        .annotate(works=Count(works.id_column, distinct=works.rows.model is AuthorshipInstitution))
        .values_list("year", "works")
    )
    known = dict(rows)
    undated = known.pop(None, 0) + known.pop(UNKNOWN_DATE.year, 0)
    return tuple(YearCount(year, known[year], None) for year in sorted(known)), undated


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
        Person(row["author__name"], address("A", row["author_id"], row["author__name"]), row["works"]) for row in rows
    )
