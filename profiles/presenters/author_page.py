"""The author page as it is shown: links, wording and pictures of what `profiles.selectors.author_page` read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import orjson
from django.utils.translation import gettext

from claims.selectors.author_claims import ClaimOnPage
from common.charts import BubbleChart, Subject, YearChart, bubble_chart, year_chart
from common.history_chart import HistoryChart, history_chart
from metrics.formulas.trust import Level
from metrics.presenters.tiles import Tile
from metrics.presenters.trust_text import TrustLine, Words, band_name, trust_lines
from metrics.services.claim_status import points_json
from metrics.services.trust_of_claims import card_with_claim
from papers.domain.identifiers import Identifier, url_of
from papers.domain.public_ids import encode
from papers.models import Author
from papers.selectors.addresses import address, addressing
from profiles.domain.summary import AuthorSummary, SubjectCount
from profiles.presenters.headline import author_tiles
from profiles.selectors.author_page import AuthorFacts, StatedPlace
from profiles.selectors.owner_words import OwnerWords
from profiles.selectors.works import WorksPage

NAMES_LISTED = 12
SUBJECTS_DRAWN = 6
SUBJECTS_WORTH_DRAWING = 3
PEOPLE_FIRST = 8
PEOPLE_OFFERED = 25
PLACES_FIRST = 8


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


def present_author(facts: AuthorFacts, *, claim: ClaimOnPage, today: date) -> AuthorPage:
    """The page of what was read; asks nothing of the database."""
    author, summary, owner = facts.author, facts.summary, facts.owner
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
        place=places[0] if places else _stated_place(facts.stated_place),
        identifiers=tuple(
            LinkedIdentifier(scheme, value, url_of(Identifier(scheme, value)) or "")
            for scheme, value in facts.identifiers
        ),
        other_names=_with_own_names(author, owner, facts.other_names),
        years_chart=year_chart(summary.years),
        subjects_chart=_subjects_chart(summary),
        main_people=tuple(people[person.author_id] for person in summary.main_coauthors),
        close_people_first=close[:PEOPLE_FIRST],
        close_people_rest=close[PEOPLE_FIRST:],
        coauthors=tuple(sorted(people.values(), key=lambda p: (-p.works, p.name)))[:PEOPLE_OFFERED],
        places=places,
        works=facts.works,
        trust=_trust(summary, claim, has_identifier=bool(facts.identifiers), today=today),
        history=_history(summary),
        owner=owner,
    )


def _stated_place(place: StatedPlace | None) -> LinkedPlace | None:
    return LinkedPlace(place.name, address("I", place.id, place.name), 0, None, None) if place else None


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
        card = card_with_claim(points, claim.status, has_identifier=has_identifier, today=today)
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
