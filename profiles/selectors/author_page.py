"""The author page, composed from what the floors below know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from common.charts import BubbleChart, Subject, YearChart, bubble_chart, year_chart
from papers.domain.identifiers import Identifier, url_of
from papers.domain.public_ids import encode
from papers.models import Author
from papers.selectors.addresses import address
from profiles.domain.summary import AuthorSummary, SubjectCount
from profiles.selectors.summaries import summary_of
from profiles.selectors.works import WorksPage, WorksQuery, works_page

NAMES_LISTED = 12
SUBJECTS_DRAWN = 6
SUBJECTS_WORTH_DRAWING = 3
PEOPLE_FIRST = 8
PEOPLE_OFFERED = 25
PLACES_FIRST = 8
SCHEMES_LISTED = ("orcid", "openalex", "arxiv", "acl", "isni", "wikidata")

_IDENTIFIERS_AND_NAMES = """
SELECT scheme, value FROM papers_authoridentifier WHERE author_id = %(author)s AND scheme = ANY(%(schemes)s)
UNION ALL SELECT '', name FROM papers_authorname WHERE author_id = %(author)s AND name <> %(name)s
"""


@dataclass(frozen=True, slots=True)
class LinkedIdentifier:
    scheme: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class LinkedPerson:
    name: str
    url: str
    public_id: str
    works: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class LinkedPlace:
    name: str
    url: str
    works: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class AuthorPage:
    """All that the page shows of one author. A chart is None when nothing is dated."""

    author: Author
    url: str
    public_id: str
    summary: AuthorSummary
    field: SubjectCount | None
    field_url: str
    place: LinkedPlace | None
    identifiers: tuple[LinkedIdentifier, ...]
    other_names: tuple[str, ...]
    years_chart: YearChart | None
    subjects_chart: BubbleChart | None
    main_people: tuple[LinkedPerson, ...]
    close_people_first: tuple[LinkedPerson, ...]
    close_people_rest: tuple[LinkedPerson, ...]
    coauthors: tuple[LinkedPerson, ...]
    places: tuple[LinkedPlace, ...]
    works: WorksPage

    @property
    def close_people_count(self) -> int:
        return len(self.close_people_first) + len(self.close_people_rest)

    @property
    def places_first(self) -> tuple[LinkedPlace, ...]:
        return self.places[:PLACES_FIRST]

    @property
    def places_rest(self) -> tuple[LinkedPlace, ...]:
        return self.places[PLACES_FIRST:]

    @property
    def category_choices(self) -> tuple[tuple[str, str], ...]:
        """Values and labels of the category filter."""
        return tuple((c.code, f"{c.name} ({c.works})") for c in self.summary.categories)

    @property
    def coauthor_choices(self) -> tuple[tuple[str, str], ...]:
        return tuple((p.public_id, f"{p.name} ({p.works})") for p in self.coauthors)


def author_page(author: Author, query: WorksQuery, *, today: date) -> AuthorPage:
    """Four queries, five under filters, whatever the number of works. Raises InvalidCursor."""
    summary = summary_of(author.pk, today=today)
    identifiers, other_names = _identifiers_and_names(author)
    people = _people(summary)
    places = _places(summary)
    close = tuple(people[person.author_id] for person in summary.close_collaborators)
    field = summary.primary_category
    return AuthorPage(
        author=author,
        url=address("A", author.pk, author.name),
        public_id=encode("A", author.pk),
        summary=summary,
        field=field,
        field_url=_subject_url(field) if field else "",
        place=places[0] if places else None,
        identifiers=identifiers,
        other_names=other_names,
        years_chart=year_chart(summary.years),
        subjects_chart=_subjects_chart(summary),
        main_people=tuple(people[person.author_id] for person in summary.main_coauthors),
        close_people_first=close[:PEOPLE_FIRST],
        close_people_rest=close[PEOPLE_FIRST:],
        coauthors=tuple(sorted(people.values(), key=lambda p: (-p.works, p.name)))[:PEOPLE_OFFERED],
        places=places,
        works=works_page(author.pk, query, today=today),
    )


def _people(summary: AuthorSummary) -> dict[int, LinkedPerson]:
    """The co-authors by id, with their pages."""
    return {
        person.author_id: LinkedPerson(
            person.name,
            address("A", person.author_id, person.name),
            encode("A", person.author_id),
            person.works,
            person.first_year,
            person.last_year,
        )
        for person in summary.collaborators
    }


def _places(summary: AuthorSummary) -> tuple[LinkedPlace, ...]:
    return tuple(
        LinkedPlace(
            place.name,
            address("I", place.institution_id, place.name),
            place.works,
            place.first_year,
            place.last_year,
        )
        for place in summary.affiliations
    )


def _subject_url(subject: SubjectCount) -> str:
    return address("T", subject.topic_id, subject.topic_name) if subject.topic_id else ""


def _subjects_chart(summary: AuthorSummary) -> BubbleChart | None:
    """Topics over time; fields where the sources name too few topics."""
    subjects: Sequence[SubjectCount] = summary.topics
    if len(subjects) < SUBJECTS_WORTH_DRAWING:
        subjects = summary.categories
    drawn = [
        Subject(subject.name, _subject_url(subject), subject.works, subject.years)
        for subject in subjects[:SUBJECTS_DRAWN]
        if subject.years
    ]
    return bubble_chart(drawn) if drawn else None


def _identifiers_and_names(author: Author) -> tuple[tuple[LinkedIdentifier, ...], tuple[str, ...]]:
    """Identifiers with links, and the names seen in print besides the one at the head of the page; one query."""
    asked: dict[str, Any] = {"author": author.pk, "name": author.name, "schemes": list(SCHEMES_LISTED)}
    with connection.cursor() as cursor:
        cursor.execute(_IDENTIFIERS_AND_NAMES, asked)
        found = sorted(cursor.fetchall())
    linked = sorted((SCHEMES_LISTED.index(scheme), scheme, value) for scheme, value in found if scheme)
    return (
        tuple(
            LinkedIdentifier(scheme, value, url_of(Identifier(scheme, value)) or "")
            for _place, scheme, value in linked
        ),
        tuple(value for scheme, value in found if not scheme)[:NAMES_LISTED],
    )
