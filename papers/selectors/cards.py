"""Works as lists show them. Three queries for a page of any length."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.domain.display import (
    NAMES_SHOWN,
    BylineName,
    DateStyle,
    ShortByline,
    date_style,
    iso_date,
    short_byline,
)
from papers.domain.identifiers import Identifier, url_of
from papers.models import Authorship, Paper, PaperIdentifier, PaperLink
from papers.selectors.addresses import address

# Where a card links to outside, in this order.
CARD_SCHEMES = {
    "doi": "DOI",
    "arxiv": "arXiv",
    "acl": "ACL Anthology",
    "pmid": "PubMed",
    "openalex": "OpenAlex",
}
LINKS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class CardLink:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class PaperCard:
    """One work in a list. Texts are plain; the `_html` ones are sanitised mark-up or "".

    `category_code` is "" when the work has none; `category_url` is "" when no page stands for it.
    """

    id: int
    url: str
    title: str
    title_html: str
    abstract: str
    abstract_html: str
    kind: str
    year: int | None
    published_date: date | None
    published_iso: str
    published_style: DateStyle
    source_name: str
    source_url: str
    category_code: str
    category_name: str
    category_url: str
    citation_count: int
    is_retracted: bool
    byline: ShortByline
    links: tuple[CardLink, ...]


_CARD_COLUMNS = (
    "id",
    "title",
    "title_html",
    "abstract",
    "abstract_html",
    "kind",
    "published_date",
    "published_precision",
    "author_count",
    "shown_citation_count",
    "is_retracted",
    "venue_id",
    "venue__name",
    "primary_category__code",
    "primary_category__name",
    "primary_category__topic__id",
    "primary_category__topic__name",
)


def paper_cards(
    paper_ids: Sequence[int], *, today: date, subject_id: int | None = None
) -> tuple[PaperCard, ...]:
    """The cards of these papers, in the order given. `subject_id`: the author whose page lists them."""
    if not paper_ids:
        return ()
    rows = {row[0]: row for row in Paper.objects.filter(id__in=paper_ids).values_list(*_CARD_COLUMNS)}
    bylines = _names_on(paper_ids, subject_id=subject_id)
    links = _links_of(paper_ids)
    return tuple(
        _card(rows[pk], bylines.get(pk, ()), links.get(pk, ()), today=today) for pk in paper_ids if pk in rows
    )


def _card(
    row: tuple[Any, ...], names: Sequence[BylineName], links: Sequence[CardLink], *, today: date
) -> PaperCard:
    (pk, title, title_html, abstract, abstract_html, kind, day, precision, author_count, citations,
     is_retracted, venue_id, venue_name, code, category_name, topic_id, topic_name) = row  # fmt: skip
    return PaperCard(
        id=pk,
        url=address("W", pk, title),
        title=title,
        title_html=title_html,
        abstract=abstract,
        abstract_html=abstract_html,
        kind=kind,
        year=day.year if day else None,
        published_date=day,
        published_iso=iso_date(day, precision),
        published_style=date_style(day, precision, today=today),
        source_name=venue_name or "",
        source_url=address("S", venue_id, venue_name) if venue_id else "",
        category_code=(code or "").rpartition(".")[2],
        category_name=category_name or code or "",
        category_url=address("T", topic_id, topic_name) if topic_id else "",
        citation_count=citations,
        is_retracted=is_retracted,
        byline=short_byline(names, author_count=author_count),
        links=tuple(links),
    )


def _names_on(paper_ids: Sequence[int], *, subject_id: int | None) -> dict[int, list[BylineName]]:
    """The first names of each byline, and the subject's wherever it stands."""
    columns = ("paper_id", "position", "author_id", "printed_name", "author__name")
    rows = Authorship.objects.filter(paper_id__in=paper_ids, position__lte=NAMES_SHOWN).values_list(*columns)
    if subject_id is not None:
        own = Authorship.objects.filter(author_id=subject_id, paper_id__in=paper_ids).values_list(*columns)
        rows = rows.union(own)
    names: dict[int, list[BylineName]] = defaultdict(list)
    for paper_id, position, author_id, printed, name in sorted(rows, key=lambda row: row[:2]):
        names[paper_id].append(
            BylineName(position, printed, address("A", author_id, name), author_id == subject_id)
        )
    return names


def _links_of(paper_ids: Sequence[int]) -> dict[int, list[CardLink]]:
    identifiers = PaperIdentifier.objects.filter(paper_id__in=paper_ids, scheme__in=CARD_SCHEMES)
    files = PaperLink.objects.filter(paper_id__in=paper_ids, kind="pdf")
    rows = identifiers.values_list("paper_id", "scheme", "value").union(
        files.values_list("paper_id", "kind", "url"), all=True
    )
    places = [*CARD_SCHEMES, "pdf"]
    links: dict[int, list[CardLink]] = defaultdict(list)
    for paper_id, scheme, value in sorted(rows, key=lambda row: (places.index(row[1]), row[2])):
        label = CARD_SCHEMES.get(scheme, "PDF")
        url = value if scheme == "pdf" else url_of(Identifier(scheme, value))
        known = links[paper_id]
        if url and len(known) < LINKS_SHOWN and all(link.label != label for link in known):
            known.append(CardLink(label, url))
    return links
