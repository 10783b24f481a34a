"""What tells people of one name apart: one query for a page of them."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

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
SELECT a.id, a.name, n.works, extract(year FROM n.first)::int, extract(year FROM n.last)::int,
    ARRAY(SELECT coalesce(nullif(c.name, ''), c.code) FROM (
              SELECT s.paper_id FROM papers_authorship s WHERE s.author_id = a.id
              ORDER BY s.published_date DESC, s.paper_id DESC LIMIT %(recent)s) r
          JOIN papers_paper p ON p.id = r.paper_id JOIN papers_category c ON c.id = p.primary_category_id
          GROUP BY c.id ORDER BY count(*) DESC, c.id LIMIT %(fields)s),
    place.id, place.name,
    ARRAY(SELECT i.scheme || ':' || i.value FROM papers_authoridentifier i WHERE i.author_id = a.id
          AND NOT (a.has_private_names AND i.scheme IN ('acl', 'local')) ORDER BY i.id),
    ARRAY(SELECT f.name FROM papers_authorname f WHERE f.author_id = a.id AND f.name <> a.name AND NOT a.has_private_names
          ORDER BY f.id LIMIT %(names)s)
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
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL,
            {
                "ids": list(author_ids),
                "recent": RECENT_WORKS,
                "fields": FIELDS_SHOWN,
                "names": NAMES_SHOWN,
                "unknown": UNKNOWN_DATE,
            },
        )
        rows = {row[0]: row for row in cursor.fetchall()}
    return tuple(_card(rows[pk]) for pk in author_ids if pk in rows)


def _card(row: tuple[Any, ...]) -> PersonHit:
    pk, name, works, first, last, fields, place_id, place, identifiers, names = row
    label, url = _identifier(identifiers)
    return PersonHit(
        name=name,
        url=address("A", pk, name),
        fields=tuple(fields),
        affiliation=place or "",
        affiliation_url=address("I", place_id, place) if place_id else "",
        first_year=first,
        last_year=last,
        works_count=works,
        identifier_label=label,
        identifier_url=url,
        other_names=tuple(names),
    )


def _identifier(identifiers: Sequence[str]) -> tuple[str, str]:
    """The best identifier as ("ORCID iD 0000-…", its address), ("", "") where none is known."""
    for scheme, label in IDENTIFIERS.items():
        for text in identifiers:
            found, _colon, value = text.partition(":")
            if found == scheme:
                return f"{label} {value}", url_of(Identifier(scheme, value)) or ""
    return "", ""
