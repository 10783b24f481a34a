"""The author page as it is shown: links, wording and pictures of what `profiles.selectors.author_page` read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import orjson
from django.utils.translation import gettext

from claims.selectors.author_claims import ClaimOnPage
from common.rendering.charts import BubbleChart, Series, YearChart, bubble_chart, year_chart
from common.rendering.history_chart import HistoryChart, history_chart
from metrics.formulas.trust import Level
from metrics.presenters.tiles import Tile
from metrics.presenters.trust_text import TrustLine, Words, band_name, trust_lines
from metrics.services.claim_status import points_json
from metrics.services.trust_of_claims import card_with_claim
from papers.domain.identifiers import Identifier, url_of
from papers.domain.public_ids import encode
from papers.models import Author
from papers.selectors.addresses import address, addressing
from profiles.domain.summary import AuthorSummary, TopicCount
from profiles.presenters.headline import author_tiles
from profiles.selectors.author_page import AuthorFacts, SourceAffiliation
from profiles.selectors.owner_text import OwnerText
from profiles.selectors.works import WorksPage

NAMES_LISTED = 12
SUBJECTS_DRAWN = 6
SUBJECTS_WORTH_DRAWING = 3
PEOPLE_FIRST = 8
PEOPLE_OFFERED = 25
AFFILIATIONS_FIRST = 8


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
class LinkedAffiliation:
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

    `affiliation` is the latest on a byline, else the one that a source names for the author as such.
    """

    author: Author
    url: str
    public_id: str
    summary: AuthorSummary
    field: TopicCount | None
    field_url: str
    affiliation: LinkedAffiliation | None
    identifiers: tuple[LinkedIdentifier, ...]
    other_names: tuple[str, ...]
    years_chart: YearChart | None
    subjects_chart: BubbleChart | None
    main_people: tuple[LinkedPerson, ...]
    close_people_first: tuple[LinkedPerson, ...]
    close_people_rest: tuple[LinkedPerson, ...]
    coauthors: tuple[LinkedPerson, ...]
    affiliations: tuple[LinkedAffiliation, ...]
    works: WorksPage
    trust: TrustSnapshot | None
    history: HistoryChart | None
    owner: OwnerText | None

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The numbers at the head of the page."""
        return author_tiles(self.summary)

    @property
    def close_people_count(self) -> int:
        return len(self.close_people_first) + len(self.close_people_rest)

    @property
    def affiliations_first(self) -> tuple[LinkedAffiliation, ...]:
        return self.affiliations[:AFFILIATIONS_FIRST]

    @property
    def affiliations_rest(self) -> tuple[LinkedAffiliation, ...]:
        return self.affiliations[AFFILIATIONS_FIRST:]

    @property
    def category_choices(self) -> tuple[tuple[str, str], ...]:
        """Values and labels of the category filter."""
        names = Counter(c.name for c in self.summary.categories)
        return tuple((c.code, f"{_distinct_name(c, names, {})} ({c.works})") for c in self.summary.categories)

    @property
    def coauthor_choices(self) -> tuple[tuple[str, str], ...]:
        return tuple((p.public_id, f"{p.name} ({p.works})") for p in self.coauthors)


def present_author(facts: AuthorFacts, *, claim: ClaimOnPage, today: date) -> AuthorPage:
    """The page of what was read; asks nothing of the database."""
    author, summary, owner = facts.author, facts.summary, facts.owner
    people = _people(summary)
    affiliations = _affiliations(summary)
    close = tuple(people[person.author_id] for person in summary.close_collaborators)
    field = summary.primary_category
    return AuthorPage(
        author=author,
        url=address("A", author.pk, author.name),
        public_id=encode("A", author.pk),
        summary=summary,
        field=field,
        field_url=_topic_url(field) if field else "",
        affiliation=affiliations[0] if affiliations else _source_affiliation(facts.source_affiliation),
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
        affiliations=affiliations,
        works=facts.works,
        trust=_trust(summary, claim, has_identifier=bool(facts.identifiers), today=today),
        history=_history(summary),
        owner=owner,
    )


def _source_affiliation(affiliation: SourceAffiliation | None) -> LinkedAffiliation | None:
    return (
        LinkedAffiliation(affiliation.name, address("I", affiliation.id, affiliation.name), 0, None, None)
        if affiliation
        else None
    )


def _with_own_names(author: Author, owner: OwnerText | None, printed: tuple[str, ...]) -> tuple[str, ...]:
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


def _affiliations(summary: AuthorSummary) -> tuple[LinkedAffiliation, ...]:
    link = addressing()
    return tuple(
        [
            LinkedAffiliation(p.name, link("I", p.institution_id, p.name), p.works, p.first_year, p.last_year)
            for p in summary.affiliations
        ]
    )


def _topic_url(topic: TopicCount) -> str:
    return address("T", topic.topic_id, topic.topic_name) if topic.topic_id else ""


def _subjects_chart(summary: AuthorSummary) -> BubbleChart | None:
    """Topics over time; fields where the sources name too few topics."""
    subjects: Sequence[TopicCount] = summary.topics
    if len(subjects) < SUBJECTS_WORTH_DRAWING:
        subjects = summary.categories
    shown = [subject for subject in subjects[:SUBJECTS_DRAWN] if subject.years]
    names = Counter(subject.name for subject in shown)
    codes = {field.topic_id: field.code for field in summary.categories}
    drawn = [Series(_distinct_name(one, names, codes), _topic_url(one), one.works, one.years) for one in shown]
    return bubble_chart(drawn) if drawn else None


def _distinct_name(topic: TopicCount, names: Counter[str], codes: Mapping[int | None, str]) -> str:
    """Two fields of one name say which they are: "Machine Learning (stat.ML)"."""
    code = topic.code or codes.get(topic.topic_id, "")
    return f"{topic.name} ({code})" if code and names[topic.name] > 1 else topic.name
