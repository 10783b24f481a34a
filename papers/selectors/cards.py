"""Works as lists show them: one statement for a page of any length."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from common.db.sql import fetch
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
from papers.models.identity import UNKNOWN_DATE
from papers.selectors.addresses import addressing

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

    `citation_count` is None when it is not known. An abstract is given in one of the two ways. `category_code` is ""
    when the work has none; `category_url` is "" when no page stands for it. `notice` is the gravest notice about the
    work, "" for none. `novelty` and `ai_score` are 0–100, None when unknown or not asked for.
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
    citation_count: int | None
    is_retracted: bool
    notice: str
    byline: ShortByline
    links: tuple[CardLink, ...]
    novelty: float | None = None
    ai_score: float | None = None


# The subject's own byline is found by author, date and paper, all of one index: by author and paper alone it is sought
# among everything the person wrote, for each card.
_SQL = """
SELECT p.id, p.title, p.title_html, CASE WHEN p.abstract_html = '' THEN p.abstract ELSE '' END, p.abstract_html, p.kind, p.published_date, p.published_precision,
       p.author_count, p.shown_citation_count, p.is_retracted, p.notice, v.id, v.name, c.code, c.name, t.id, t.name,
       (SELECT jsonb_agg(jsonb_build_array(a.position, a.author_id,
            CASE WHEN w.has_private_names THEN w.name ELSE a.printed_name END, w.name, w.is_listed) ORDER BY a.position)
        FROM papers_authorship a JOIN papers_author w ON w.id = a.author_id
        WHERE a.paper_id = p.id AND a.position <= %(names)s),
       (SELECT jsonb_build_array(a.position, a.author_id,
            CASE WHEN w.has_private_names THEN w.name ELSE a.printed_name END, w.name, w.is_listed)
        FROM papers_authorship a JOIN papers_author w ON w.id = a.author_id
        WHERE p.author_count > %(names)s AND a.author_id = %(subject)s::bigint
          AND a.published_date = coalesce(p.published_date, %(unknown)s) AND a.paper_id = p.id
          AND a.position > %(names)s ORDER BY a.position LIMIT 1),
       (SELECT jsonb_agg(jsonb_build_array(i.scheme, i.value) ORDER BY i.value)
        FROM papers_paperidentifier i WHERE i.paper_id = p.id AND i.scheme = ANY(%(schemes)s)),
       (SELECT l.url FROM papers_paperlink l WHERE l.paper_id = p.id AND l.kind = 'pdf' ORDER BY l.url LIMIT 1)
FROM papers_paper p
LEFT JOIN papers_venue v ON v.id = p.venue_id
LEFT JOIN papers_category c ON c.id = p.primary_category_id
LEFT JOIN papers_topic t ON t.category_id = c.id
WHERE p.id = ANY(%(ids)s)
"""


type Scores = Mapping[int, tuple[float | None, float | None]]


def paper_cards(
    paper_ids: Sequence[int], *, today: date, page_author_id: int | None = None, scores: Scores | None = None
) -> tuple[PaperCard, ...]:
    """The cards of these papers, in the order given.

    `subject_id`: the author whose page lists them. `scores`: novelty and AI Score of those that have them.
    """
    if not paper_ids:
        return ()
    asked = {
        "ids": list(paper_ids),
        "subject": page_author_id,
        "names": NAMES_SHOWN,
        "schemes": list(CARD_SCHEMES),
        "unknown": UNKNOWN_DATE,
    }
    make = _Maker(today, page_author_id, scores or {}, addressing())
    cards = {card.id: card for card in map(make.card, fetch(_SQL, asked, is_prepared=True))}
    return tuple([cards[pk] for pk in paper_ids if pk in cards])


@dataclass(frozen=True, slots=True)
class _Maker:
    """What all cards of a list have in common."""

    today: date
    page_author_id: int | None
    scores: Scores
    address: Callable[[str, int, str], str]

    def card(self, row: tuple[Any, ...]) -> PaperCard:
        (pk, title, title_html, abstract, abstract_html, kind, day, precision, author_count, citations,
         is_retracted, notice, venue_id, venue_name, code, category_name, topic_id, topic_name,
         first_names, own_name, identifiers, pdf_url) = row  # fmt: skip
        address = self.address
        novelty, ai_score = self.scores.get(pk, (None, None))
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
            published_style=date_style(day, precision, today=self.today),
            source_name=venue_name or "",
            source_url=address("S", venue_id, venue_name) if venue_id else "",
            category_code=code.rpartition(".")[2] if code else "",
            category_name=category_name or code or "",
            category_url=address("T", topic_id, topic_name) if topic_id else "",
            citation_count=citations,
            is_retracted=is_retracted,
            notice=notice,
            byline=short_byline(self._names(first_names, own_name), author_count=author_count),
            links=_links(identifiers, pdf_url or ""),
            novelty=novelty,
            ai_score=ai_score,
        )

    def _names(self, first: str | None, own: str | None) -> list[BylineName]:
        """The first names of the byline, and the subject's wherever it stands."""
        rows = orjson.loads(first) if first else []
        if own:
            rows.append(orjson.loads(own))
        address, page_author_id = self.address, self.page_author_id
        return [
            BylineName(
                position, printed, address("A", author_id, name) if is_listed else "", author_id == page_author_id
            )
            for position, author_id, printed, name, is_listed in rows
        ]


def _links(identifiers: str | None, pdf_url: str) -> tuple[CardLink, ...]:
    """One link a scheme, in the order of CARD_SCHEMES, then the file."""
    values: dict[str, str] = {}
    for scheme, value in orjson.loads(identifiers) if identifiers else ():
        values.setdefault(scheme, value)
    links = [
        CardLink(label, url_of(Identifier(scheme, values[scheme])) or "")
        for scheme, label in CARD_SCHEMES.items()
        if scheme in values
    ]
    if pdf_url:
        links.append(CardLink("PDF", pdf_url))
    return tuple([link for link in links if link.url][:LINKS_SHOWN])
