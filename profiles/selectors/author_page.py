"""All that the author page reads, from its own app and those below."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from common.db.sql import fetch_as
from papers.models import Author
from profiles.domain.summary import AuthorSummary
from profiles.selectors.owner_text import OwnerText, owner_text
from profiles.selectors.summaries import summary_of
from profiles.selectors.works import WorksPage, WorksQuery, works_page

NAMES_LISTED = 12
NAMING_SCHEMES = frozenset({"acl"})  # whose values are made from a name
SCHEMES_LISTED = ("orcid", "openalex", "arxiv", "acl", "isni", "wikidata")
_PLACE = "affiliation"

_IDENTIFIERS_AND_NAMES = """
SELECT scheme, value, NULL::bigint AS place_id FROM papers_authoridentifier
WHERE author_id = %(author)s AND scheme = ANY(%(schemes)s)
UNION ALL SELECT '', name, NULL FROM papers_authorname
WHERE author_id = %(author)s AND name <> %(name)s AND NOT %(private)s
UNION ALL (
    SELECT %(place)s::text, i.name, i.id FROM papers_authoraffiliation a JOIN papers_institution i ON i.id = a.institution_id
    WHERE a.author_id = %(author)s ORDER BY a.position, a.id LIMIT 1)
"""


class _Row(NamedTuple):
    """An identifier; or a name, of the scheme ""; or a place, of the scheme _PLACE and with its id."""

    scheme: str
    value: str
    place_id: int | None


@dataclass(frozen=True, slots=True)
class SourceAffiliation:
    """An institution that a source names for the author as such, apart from any byline."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class AuthorFacts:
    """What the page is made of. `identifiers` are (scheme, value) in the order of SCHEMES_LISTED, `other_names` those
    in print besides the one at the head of the page; `owner` is None for a page that nobody owns."""

    author: Author
    summary: AuthorSummary
    identifiers: tuple[tuple[str, str], ...]
    other_names: tuple[str, ...]
    source_affiliation: SourceAffiliation | None
    works: WorksPage
    owner: OwnerText | None


def author_page(author: Author, query: WorksQuery, *, is_claimed: bool, today: date) -> AuthorFacts:
    """Five queries, one more under filters and two for a page that is owned, whatever the number of works.

    Raises InvalidCursor.
    """
    owner = owner_text(author.pk) if is_claimed else None
    summary = summary_of(author.pk, today=today)
    rows = _identifiers_and_names(author)
    found = sorted((row.scheme, row.value) for row in rows if row.place_id is None)
    return AuthorFacts(
        author=author,
        summary=summary,
        identifiers=tuple(sorted((pair for pair in found if pair[0]), key=lambda pair: SCHEMES_LISTED.index(pair[0]))),
        other_names=tuple(value for scheme, value in found if not scheme)[:NAMES_LISTED],
        source_affiliation=next(
            (SourceAffiliation(row.place_id, row.value) for row in rows if row.place_id is not None), None
        ),
        works=works_page(author.pk, query, today=today, pinned=owner.pinned if owner else ()),
        owner=owner,
    )


def _identifiers_and_names(author: Author) -> list[_Row]:
    """One query."""
    asked: dict[str, Any] = {
        "author": author.pk,
        "name": author.name,
        "schemes": [s for s in SCHEMES_LISTED if not (author.has_private_names and s in NAMING_SCHEMES)],
        "private": author.has_private_names,
        "place": _PLACE,
    }
    return fetch_as(_Row, _IDENTIFIERS_AND_NAMES, asked, is_prepared=True)
