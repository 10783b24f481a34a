"""The page of one work, composed from all that is stored of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from catalogue.domain.byline import Byline, ByRow, numbered_byline
from catalogue.selectors.similar import similar_ids
from catalogue.selectors.versions import ShownLocation, ShownNotice, shown_locations, shown_notices
from common.db.keyset import Cursor, Order, Page, newest_first, page_of, read_cursor
from metrics.models import PaperMetrics
from metrics.selectors.papers import numbers_of_paper, was_learned_from
from papers.domain.citable import citable_name
from papers.domain.display import DateStyle, date_style, iso_date
from papers.domain.identifiers import Identifier, url_of
from papers.domain.name_parts import NameParts
from papers.models import (
    Authorship,
    AuthorshipInstitution,
    Citation,
    Paper,
    PaperCategory,
    PaperIdentifier,
    PaperLink,
    PaperStatement,
    PaperTopic,
    PaperVersion,
    ReportedCitations,
    UnresolvedReference,
)
from papers.selectors.addresses import address
from papers.selectors.bylines import shown_name
from papers.selectors.cards import PaperCard, paper_cards
from papers.selectors.notices import works_noticed_by

REFERENCES_SHOWN = 50
UNRESOLVED_SHOWN = 100
CITING_SHOWN = 10
PLACES_SHOWN = 400
SIMILAR_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Linked:
    """A word with an address, or without one: ""."""

    name: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A source that states this work, when it was first seen there and last changed."""

    source: str
    key: str
    first_seen_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Reported:
    source: str
    count: int
    as_of_date: date | None


@dataclass(frozen=True, slots=True)
class CitedList:
    """A part of a list of works, with the query strings of the parts beside it ("" at its ends)."""

    cards: tuple[PaperCard, ...]
    next_address: str
    previous_address: str


@dataclass(frozen=True, slots=True)
class PaperPage:
    paper: Paper
    url: str
    published_iso: str
    published_style: DateStyle
    byline: Byline
    categories: tuple[Linked, ...]
    topics: tuple[Linked, ...]
    identifiers: tuple[tuple[str, str, str], ...]
    links: tuple[tuple[str, str], ...]
    versions: tuple[tuple[int, date | None, str], ...]
    locations: tuple[ShownLocation, ...]
    notices: tuple[ShownNotice, ...]
    noticed_works: tuple[Linked, ...]
    confirmations: tuple[Confirmation, ...]
    fields: tuple[tuple[str, str], ...]
    reported: tuple[Reported, ...]
    references: CitedList
    unresolved: tuple[tuple[str, str, str], ...]
    unresolved_count: int
    references_known: int
    citing: CitedList
    numbers: PaperMetrics | None
    similar: tuple[PaperCard, ...]

    def identifier(self, scheme: str) -> str:
        """The value in a scheme, "" when there is none."""
        return next((value for s, value, _url in self.identifiers if s == scheme), "")

    @property
    def repeated_schemes(self) -> frozenset[str]:
        """The schemes of which the work has several identifiers: only the value tells these apart."""
        schemes = Counter(scheme for scheme, _value, _url in self.identifiers)
        return frozenset(scheme for scheme, number in schemes.items() if number > 1)

    @property
    def source_count(self) -> int:
        """How many different sources state the work."""
        return len({said.source for said in self.confirmations})

    @property
    def is_score_no_forecast(self) -> bool:
        """Whether the AI Score is of a paper that its model learned from."""
        return was_learned_from(self.numbers, year=self.paper.published_year)

    @property
    def pdf_url(self) -> str:
        return next((url for kind, url in self.links if kind == "pdf"), "")


_CITED_ORDER = Order("cited_id", "cited_id")


def paper_page(paper: Paper, asked: dict[str, str], *, today: date) -> PaperPage:
    """About twenty queries for any paper. Raises InvalidCursor.

    `paper` comes with its venue; `asked` may hold the cursors references_after, references_before, citing_after
    and citing_before.
    """
    pk = paper.pk
    references = _references(pk, asked)
    citing = _citing(pk, asked)
    similar = similar_ids(pk)[:SIMILAR_SHOWN]
    cards = {card.id: card for card in paper_cards((*references.ids, *citing.ids, *similar), today=today)}
    identifiers = _identifiers(pk)
    unresolved = _unresolved(pk)
    return PaperPage(
        paper=paper,
        url=address("W", pk, paper.title),
        published_iso=iso_date(paper.published_date, paper.published_precision),
        published_style=date_style(paper.published_date, paper.published_precision, today=today),
        byline=_byline(paper),
        categories=_categories(pk),
        topics=_topics(pk),
        identifiers=identifiers,
        links=tuple(PaperLink.objects.filter(paper_id=pk).order_by("kind", "url").values_list("kind", "url")),
        versions=_versions(pk, identifiers),
        locations=shown_locations(pk, today=today),
        notices=shown_notices(paper),
        noticed_works=_noticed_works(pk),
        confirmations=_confirmations(pk),
        fields=tuple(sorted((field, str(source)) for field, source in paper.field_sources.items())),
        reported=_reported(pk),
        references=_listed(references, cards, "references"),
        unresolved=unresolved[:UNRESOLVED_SHOWN],
        unresolved_count=len(unresolved),
        references_known=Citation.objects.filter(citing_id=pk).count(),
        citing=_listed(citing, cards, "citing"),
        numbers=numbers_of_paper(pk),
        similar=tuple(cards[near] for near in similar if near in cards),
    )


def _references(pk: int, asked: dict[str, str]) -> Page:
    return page_of(
        Citation.objects.filter(citing_id=pk),
        order=_CITED_ORDER,
        cursor=_cursor(asked, "references", _CITED_ORDER),
        size=REFERENCES_SHOWN,
    )


def _noticed_works(pk: int) -> tuple[Linked, ...]:
    return tuple(Linked(one.title, address("W", one.paper_id, one.title), one.kind) for one in works_noticed_by(pk))


def _cursor(asked: dict[str, str], name: str, order: Order) -> Cursor | None:
    return read_cursor(order, after=asked.get(f"{name}_after", ""), before=asked.get(f"{name}_before", ""))


def _citing(pk: int, asked: dict[str, str]) -> Page:
    order = newest_first("id", is_nullable=True)
    return page_of(
        Paper.objects.filter(references__cited_id=pk),
        order=order,
        cursor=_cursor(asked, "citing", order),
        size=CITING_SHOWN,
    )


def _listed(page: Page, cards: dict[int, PaperCard], name: str) -> CitedList:
    return CitedList(
        tuple(cards[pk] for pk in page.ids if pk in cards),
        f"?{name}_after={page.next_cursor}" if page.next_cursor else "",
        f"?{name}_before={page.previous_cursor}" if page.previous_cursor else "",
    )


def _byline(paper: Paper) -> Byline:
    pk = paper.pk
    rows = [_by_row(row) for row in Authorship.objects.filter(paper_id=pk).order_by("position").values_list(*_BY_ROW)]
    places: dict[int, list[tuple[str, str]]] = defaultdict(list)
    found = AuthorshipInstitution.objects.filter(paper_id=pk).order_by("authorship_id", "id")
    for key, institution_id, name in found.values_list("authorship_id", "institution_id", "institution__name"):
        places[key].append((name, address("I", institution_id, name)))
    total = paper.authors_total if paper.is_authors_truncated else None
    return numbered_byline(rows, places, total=total)


_BY_ROW = (
    "id",
    "position",
    shown_name(),
    "author_id",
    "author__name",
    "author__kind",
    "author__is_listed",
    "author__has_private_names",
    "given",
    "family",
    "particle",
    "suffix",
    "role",
    "raw_affiliation",
    "is_corresponding",
)


def _by_row(row: tuple[Any, ...]) -> ByRow:
    (
        key,
        position,
        printed,
        author_id,
        name,
        kind,
        is_listed,
        is_private,
        given,
        family,
        particle,
        suffix,
        role,
        raw,
        is_corresponding,
    ) = row
    parts = NameParts(printed, kind=kind) if is_private else NameParts(printed, given, family, particle, suffix, kind)
    url = address("A", author_id, name) if is_listed else works_of_group(printed) if kind == "group" else ""
    return ByRow(key, position, printed, url, raw, is_corresponding, citable_name(parts), role)


def works_of_group(name: str) -> str:
    """Where the works of a group are listed: a group has no page of its own."""
    return f"{reverse('search:search')}?{urlencode({'q': f'"{name}"', 'type': 'papers'})}"


def _categories(pk: int) -> tuple[Linked, ...]:
    rows = PaperCategory.objects.filter(paper_id=pk).order_by("position")
    return tuple(
        Linked(name or code, address("T", topic_id, topic_name) if topic_id else "", code)
        for code, name, topic_id, topic_name in rows.values_list(
            "category__code", "category__name", "category__topic__id", "category__topic__name"
        )
    )


def _topics(pk: int) -> tuple[Linked, ...]:
    rows = PaperTopic.objects.filter(paper_id=pk, topic__category=None).order_by("-score", "topic__name", "topic_id")
    return tuple(
        Linked(name, address("T", topic_id, name)) for topic_id, name in rows.values_list("topic_id", "topic__name")
    )


def _identifiers(pk: int) -> tuple[tuple[str, str, str], ...]:
    rows = PaperIdentifier.objects.filter(paper_id=pk).order_by("scheme", "value").values_list("scheme", "value")
    return tuple((scheme, value, url_of(Identifier(scheme, value)) or "") for scheme, value in rows)


def _versions(pk: int, identifiers: Iterable[tuple[str, str, str]]) -> tuple[tuple[int, date | None, str], ...]:
    """Number, day and address of each version; "" where the repository is not arXiv."""
    arxiv = next((url for scheme, _value, url in identifiers if scheme == "arxiv"), "")
    rows = PaperVersion.objects.filter(paper_id=pk).order_by("number").values_list("number", "submitted_date")
    return tuple((number, day, f"{arxiv}v{number}" if arxiv else "") for number, day in rows)


def _confirmations(pk: int) -> tuple[Confirmation, ...]:
    rows = PaperStatement.objects.filter(paper_id=pk).order_by("first_seen_at", "source")
    return tuple(
        Confirmation(row.source, row.source_key, row.first_seen_at, row.changed_at)
        for row in rows.defer("statement", "digest", "other_digests")
    )


def _reported(pk: int) -> tuple[Reported, ...]:
    rows = ReportedCitations.objects.filter(paper_id=pk).order_by("-count", "source")
    return tuple(Reported(row.source, row.count, row.as_of_date) for row in rows)


def _unresolved(pk: int) -> tuple[tuple[str, str, str], ...]:
    rows = UnresolvedReference.objects.filter(citing_id=pk).order_by("scheme", "value")
    return tuple(
        (scheme, value, url_of(Identifier(scheme, value)) or "")
        for scheme, value in rows.values_list("scheme", "value")
    )
