"""What tells people of one name apart: one query for a page of them."""

from collections.abc import Sequence
from typing import NamedTuple

from common.db.sql import fetch_as
from papers.domain.identifiers import Identifier, url_of
from papers.models.identity import UNKNOWN_DATE
from papers.selectors.addresses import address
from search.domain.results import PersonHit

# The newest works say what a person does now and where; reading all of them would cost more the more there are.
RECENT_WORKS = 20
FIELDS_SHOWN = 2
NAMES_SHOWN = 2
IDENTIFIERS = {"orcid": "ORCID iD", "openalex": "OpenAlex", "acl": "ACL Anthology", "isni": "ISNI"}

_SQL = """
SELECT a.id, a.name, n.works, extract(year FROM n.first)::int AS first_year, extract(year FROM n.last)::int AS last_year,
    ARRAY(SELECT coalesce(nullif(c.name, ''), c.code) FROM (
              SELECT s.paper_id FROM papers_authorship s WHERE s.author_id = a.id
              ORDER BY s.published_date DESC, s.paper_id DESC LIMIT %(recent)s) r
          JOIN papers_paper p ON p.id = r.paper_id JOIN papers_category c ON c.id = p.primary_category_id
          GROUP BY c.id ORDER BY count(*) DESC, c.id LIMIT %(fields)s) AS fields,
    place.id AS place_id, place.name AS place,
    ARRAY(SELECT i.scheme || ':' || i.value FROM papers_authoridentifier i WHERE i.author_id = a.id
          AND NOT (a.has_private_names AND i.scheme IN ('acl', 'local')) ORDER BY i.id) AS identifiers,
    ARRAY(SELECT f.name FROM papers_authorname f WHERE f.author_id = a.id AND f.name <> a.name AND NOT a.has_private_names
          ORDER BY f.id LIMIT %(names)s) AS names
FROM papers_author a
CROSS JOIN LATERAL (
    SELECT count(DISTINCT s.paper_id) AS works, min(nullif(s.published_date, %(unknown)s)) AS first,
           nullif(max(s.published_date), %(unknown)s) AS last
    FROM papers_authorship s WHERE s.author_id = a.id
) n
LEFT JOIN LATERAL (
    SELECT i.id, i.name FROM (
        SELECT x.institution_id, r.published_date, 0 AS place FROM (
            SELECT s.id, s.published_date FROM papers_authorship s WHERE s.author_id = a.id
            ORDER BY s.published_date DESC, s.paper_id DESC LIMIT %(recent)s) r
        JOIN papers_authorshipinstitution x ON x.authorship_id = r.id
        UNION ALL
        SELECT f.institution_id, %(unknown)s, f.position
        FROM papers_authoraffiliation f WHERE f.author_id = a.id
    ) stated JOIN papers_institution i ON i.id = stated.institution_id
    ORDER BY stated.published_date DESC, stated.place, i.id LIMIT 1
) place ON true
WHERE a.id = ANY(%(ids)s)
"""


def person_cards(author_ids: Sequence[int]) -> tuple[PersonHit, ...]:
    """The people in the order given. One query."""
    if not author_ids:
        return ()
    asked = {
        "ids": list(author_ids),
        "recent": RECENT_WORKS,
        "fields": FIELDS_SHOWN,
        "names": NAMES_SHOWN,
        "unknown": UNKNOWN_DATE,
    }
    rows = {row.id: row for row in fetch_as(_Row, _SQL, asked)}
    return tuple(_card(rows[pk]) for pk in author_ids if pk in rows)


class _Row(NamedTuple):
    """A person as the statement answers; None where no place or no dated work is known."""

    id: int
    name: str
    works: int
    first_year: int | None
    last_year: int | None
    fields: list[str]
    place_id: int | None
    place: str | None
    identifiers: list[str]
    names: list[str]


def _card(row: _Row) -> PersonHit:
    label, url = _identifier(row.identifiers)
    return PersonHit(
        name=row.name,
        url=address("A", row.id, row.name),
        fields=tuple(row.fields),
        affiliation=row.place or "",
        affiliation_url=address("I", row.place_id, row.place or "") if row.place_id else "",
        first_year=row.first_year,
        last_year=row.last_year,
        works_count=row.works,
        identifier_label=label,
        identifier_url=url,
        other_names=tuple(row.names),
    )


def _identifier(identifiers: Sequence[str]) -> tuple[str, str]:
    """The best identifier as ("ORCID iD 0000-…", its address), ("", "") where none is known."""
    for scheme, label in IDENTIFIERS.items():
        for text in identifiers:
            found, _colon, value = text.partition(":")
            if found == scheme:
                return f"{label} {value}", url_of(Identifier(scheme, value)) or ""
    return "", ""
