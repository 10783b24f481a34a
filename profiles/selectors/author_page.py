"""The author page, composed from what the floors below know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from django.utils.translation import gettext

from claims.selectors.author_claims import ClaimOnPage
from common.charts import BubbleChart, Subject, YearChart, bubble_chart, year_chart
from common.db.sql import fetch
from common.history_chart import HistoryChart, history_chart
from metrics.formulas.trust import Level
from metrics.selectors.tiles import Tile
from metrics.selectors.trust_words import TrustLine, Words, band_name, trust_lines
from metrics.services.restating import card_with_standing
from metrics.services.standing import points_json
from papers.domain.identifiers import Identifier, url_of
from papers.domain.public_ids import encode
from papers.models import Author
from papers.selectors.addresses import address, addressing
from profiles.domain.summary import AuthorSummary, SubjectCount
from profiles.selectors.headline import author_tiles
from profiles.selectors.owner_words import OwnerWords, owner_words
from profiles.selectors.summaries import summary_of
from profiles.selectors.works import WorksPage, WorksQuery, works_page

NAMES_LISTED = 12
SUBJECTS_DRAWN = 6
SUBJECTS_WORTH_DRAWING = 3
PEOPLE_FIRST = 8
PEOPLE_OFFERED = 25
PLACES_FIRST = 8
NAMING_SCHEMES = frozenset({"acl"})  # whose values are made from a name
SCHEMES_LISTED = ("orcid", "openalex", "arxiv", "acl", "isni", "wikidata")

_IDENTIFIERS_AND_NAMES = """
SELECT scheme, value, NULL::bigint FROM papers_authoridentifier
WHERE author_id = %(author)s AND scheme = ANY(%(schemes)s)
UNION ALL SELECT '', name, NULL FROM papers_authorname
WHERE author_id = %(author)s AND name <> %(name)s AND NOT %(private)s
UNION ALL (
    SELECT %(place)s::text, i.name, i.id FROM papers_authoraffiliation a JOIN papers_institution i ON i.id = a.institution_id
    WHERE a.author_id = %(author)s ORDER BY a.position, a.id LIMIT 1)
"""
_PLACE = "affiliation"


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
class TrustSnapshot:
    score: int
    band: Words
    level: int
    lines: tuple[TrustLine, ...]


@dataclass(frozen=True, slots=True)
class AuthorPage:
    """All that the page shows of one author. A chart is None when nothing is dated, trust before the first refresh.

    `place` is the latest on a byline, else the one that a source names for the author as such.
    """

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
    trust: TrustSnapshot | None
    history: HistoryChart | None
    owner: OwnerWords | None

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The numbers at the head of the page."""
        return author_tiles(self.summary)

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


def author_page(author: Author, query: WorksQuery, *, claim: ClaimOnPage, today: date) -> AuthorPage:
    """Five queries, one more under filters and two for a page that is owned, whatever the number of works.

    Raises InvalidCursor.
    """
    owner = owner_words(author.pk) if claim.is_claimed else None
    summary = summary_of(author.pk, today=today)
    identifiers, other_names, stated_place = _identifiers_and_names(author)
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
        place=places[0] if places else stated_place,
        identifiers=identifiers,
        other_names=_with_own_names(author, owner, other_names),
        years_chart=year_chart(summary.years),
        subjects_chart=_subjects_chart(summary),
        main_people=tuple(people[person.author_id] for person in summary.main_coauthors),
        close_people_first=close[:PEOPLE_FIRST],
        close_people_rest=close[PEOPLE_FIRST:],
        coauthors=tuple(sorted(people.values(), key=lambda p: (-p.works, p.name)))[:PEOPLE_OFFERED],
        places=places,
        works=works_page(author.pk, query, today=today, pinned=owner.pinned if owner else ()),
        trust=_trust(summary, claim, has_identifier=bool(identifiers), today=today),
        history=_history(summary),
        owner=owner,
    )


def _with_own_names(author: Author, owner: OwnerWords | None, printed: tuple[str, ...]) -> tuple[str, ...]:
    """The forms that the owner wants shown, then those in print."""
    own = [name for name in owner.names if name != author.name] if owner else []
    return tuple(dict.fromkeys([*own, *printed]))[:NAMES_LISTED]


def _trust(summary: AuthorSummary, claim: ClaimOnPage, *, has_identifier: bool, today: date) -> TrustSnapshot | None:
    """As stored, with what claims say this very moment: nobody waits for a refresh to see that a page is revoked."""
    scores = summary.scores
    if scores is None:
        return None
    score, level, points = scores.trust, scores.verification_level, scores.trust_points
    if claim.is_claimed or level > Level.L1:
        card = card_with_standing(points, claim.standing, has_identifier=has_identifier, today=today)
        score, level, points = card.score, int(card.level), orjson.loads(points_json(card))
    return TrustSnapshot(score, band_name(score), level, trust_lines(points))


def _history(summary: AuthorSummary) -> HistoryChart | None:
    """The headline numbers month by month, those that are ever known."""
    months = summary.scores.history if summary.scores else ()
    rows: list[tuple[str, list[float | None]]] = [
        (gettext("Papers"), [m.works_count for m in months]),
        (gettext("Citations"), [m.cited_by_count for m in months]),
        (gettext("h-index"), [m.h_index for m in months]),
        (gettext("Novelty %"), [m.novelty for m in months]),
        (gettext("AI Score"), [m.ai_score for m in months]),
        (gettext("Trust"), [m.trust for m in months]),
    ]
    return history_chart([m.month for m in months], rows)


def _people(summary: AuthorSummary) -> dict[int, LinkedPerson]:
    """The co-authors by id, with their pages."""
    link = addressing()
    return {
        pk: LinkedPerson(name, link("A", pk, name), encode("A", pk), person.works, person.first_year, person.last_year)
        for person in summary.collaborators
        for pk, name in [(person.author_id, person.name)]
    }


def _places(summary: AuthorSummary) -> tuple[LinkedPlace, ...]:
    link = addressing()
    return tuple(
        [
            LinkedPlace(p.name, link("I", p.institution_id, p.name), p.works, p.first_year, p.last_year)
            for p in summary.affiliations
        ]
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


def _identifiers_and_names(
    author: Author,
) -> tuple[tuple[LinkedIdentifier, ...], tuple[str, ...], LinkedPlace | None]:
    """Identifiers with links, names seen in print besides the one at the head of the page, and the affiliation that
    a source names apart from any byline; one query.
    """
    asked: dict[str, Any] = {
        "author": author.pk,
        "name": author.name,
        "schemes": [s for s in SCHEMES_LISTED if not (author.has_private_names and s in NAMING_SCHEMES)],
        "private": author.has_private_names,
        "place": _PLACE,
    }
    rows = fetch(_IDENTIFIERS_AND_NAMES, asked, is_prepared=True)
    place = next((LinkedPlace(n, address("I", pk, n), 0, None, None) for s, n, pk in rows if s == _PLACE), None)
    found = sorted((scheme, value) for scheme, value, pk in rows if pk is None)
    linked = sorted((SCHEMES_LISTED.index(scheme), scheme, value) for scheme, value in found if scheme)
    return (
        tuple(
            LinkedIdentifier(scheme, value, url_of(Identifier(scheme, value)) or "") for _place, scheme, value in linked
        ),
        tuple(value for scheme, value in found if not scheme)[:NAMES_LISTED],
        place,
    )
