"""Requests for works of other records: as their owner sees them, and as a curator does with both records side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from claims.domain.mail_domains import Affiliation
from claims.selectors.ownership import owner_of, records_of
from claims.selectors.record import affiliations_of, names_of, orcids_of, works_of
from papers.models import Author, Authorship
from papers.selectors.addresses import address
from profiles.models import AttributionRequest

SHOWN = 200
WORKS_SHOWN = 15
NAMES_SHOWN = 12
PLACES_SHOWN = 8
PEOPLE_SHOWN = 8


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """A request as its owner sees it; `state` is one of profiles.models.attribution.STATES."""

    id: int
    title: str
    url: str
    printed_name: str
    state: str
    answer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Work:
    title: str
    url: str
    published: date | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records: its names as sources and curators give them, and what tells one person from another."""

    author: Author
    url: str
    owner: User | None
    names: tuple[str, ...]
    orcids: tuple[str, ...]
    places: tuple[Affiliation, ...]
    works: tuple[Work, ...]
    works_count: int


@dataclass(frozen=True, slots=True)
class AskedWork:
    """A byline that is asked for, with the others on it and what it prints of the affiliation."""

    request: AttributionRequest
    url: str
    people: tuple[str, ...]
    affiliation: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a curator decides on: the works asked for, the record that asks, and the one that would lose them."""

    asked: tuple[AskedWork, ...]
    asking: Side
    losing: Side


def requests_of(*, user: User, author_id: int) -> tuple[OwnRequest, ...]:
    """The newest first, decided ones too; those that were approved stand among the owner's decisions."""
    rows = (
        AttributionRequest.objects.filter(user=user, author_id__in=records_of([author_id]))
        .exclude(state__in=["approved", "withdrawn"])
        .select_related("paper")
        .order_by("-asked_at", "-pk")
    )
    return tuple(
        OwnRequest(
            row.pk,
            row.paper.title,
            address("W", row.paper_id, row.paper.title),
            row.printed_name,
            row.state,
            row.answer,
            row.asked_at,
        )
        for row in rows[:SHOWN]
    )


def comparison_of(request: AttributionRequest) -> Comparison:
    """With every other request between the same two records that waits too."""
    together = AttributionRequest.objects.filter(author=request.author_id, from_author=request.from_author_id)
    waiting = list(
        together.filter(state="waiting").select_related("paper", "user").order_by("-paper__published_date", "pk")
    )
    rows = waiting or [request]
    people = _people([row.paper_id for row in rows])
    lines = {
        (paper, position): text
        for paper, position, text in Authorship.objects.filter(paper__in=[row.paper_id for row in rows]).values_list(
            "paper_id", "position", "raw_affiliation"
        )
    }
    asked = tuple(
        AskedWork(
            row,
            address("W", row.paper_id, row.paper.title),
            people.get(row.paper_id, ()),
            lines.get((row.paper_id, row.position), ""),
        )
        for row in rows
    )
    return Comparison(asked, _side(request.author_id), _side(request.from_author_id))


def _side(author_id: int) -> Side:
    author = Author.objects.select_related("merged_into").get(pk=author_id)
    author = author.merged_into if isinstance(author.merged_into, Author) else author
    works = works_of(author.pk).order_by("-published_date", "-pk")
    shown = list(works[:WORKS_SHOWN])
    people = _people([work.pk for work in shown])
    return Side(
        author=author,
        url=address("A", author.pk, author.name),
        owner=owner_of(author.pk),
        names=tuple(names_of(author.pk)[:NAMES_SHOWN]),
        orcids=tuple(orcids_of(author.pk)),
        places=tuple(affiliations_of(author.pk)[:PLACES_SHOWN]),
        works=tuple(
            Work(work.title, address("W", work.pk, work.title), work.published_date, people.get(work.pk, ()))
            for work in shown
        ),
        works_count=works.count(),
    )


def _people(paper_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The first names on each byline, as printed."""
    found: dict[int, list[str]] = {}
    rows = Authorship.objects.filter(paper__in=paper_ids, position__lte=PEOPLE_SHOWN).order_by("position")
    for paper_id, name in rows.values_list("paper_id", "printed_name"):
        found.setdefault(paper_id, []).append(name)
    return {paper_id: tuple(names) for paper_id, names in found.items()}
