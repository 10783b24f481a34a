"""Institutions, topics and sources as plain objects."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from catalogue.api.entities.numbers import numbers_of
from common.db.sql import fetch_as
from papers.domain.uris import record_uri
from papers.selectors.api_fields import ids_of

type Row = dict[str, Any]

_NUMBERS = ("works_count", "cited_by_count", "citation_figures", "summary_stats", "counts_by_year")
_IDENTIFIERS = (
    "ARRAY(SELECT i.scheme || ':' || i.value FROM papers_{table}identifier i WHERE i.{table}_id = r.id ORDER BY i.id)"
)
_INSTITUTIONS = f"""
SELECT r.id, r.name, r.created_at, r.changed_at, {_IDENTIFIERS.format(table="institution")} AS identifiers,
    r.kind, r.country_code,
    r.city, r.latitude, r.longitude, r.homepage_url, r.established_year, r.status,
    ARRAY(SELECT n.kind || ' ' || n.name FROM papers_institutionname n WHERE n.institution_id = r.id ORDER BY n.id) AS names,
    ARRAY(SELECT 'parent ' || p.id || ' ' || p.name FROM papers_institutionrelation x
          JOIN papers_institution p ON p.id = x.parent_id WHERE x.child_id = r.id ORDER BY p.name, p.id)
    || ARRAY(SELECT 'child ' || c.id || ' ' || c.name FROM papers_institutionrelation x
          JOIN papers_institution c ON c.id = x.child_id WHERE x.parent_id = r.id ORDER BY c.name, c.id) AS relatives
FROM papers_institution r WHERE r.id = ANY(%(ids)s)
"""
_TOPICS = f"""
SELECT r.id, r.name, r.created_at, r.changed_at, {_IDENTIFIERS.format(table="topic")} AS identifiers,
    r.description, r.field_name,
    c.code
FROM papers_topic r LEFT JOIN papers_category c ON c.id = r.category_id WHERE r.id = ANY(%(ids)s)
"""
_SOURCES = f"""
SELECT r.id, r.name, r.created_at, r.changed_at, {_IDENTIFIERS.format(table="venue")} AS identifiers,
    r.kind, r.publisher
FROM papers_venue r WHERE r.id = ANY(%(ids)s)
"""


class _Institution(NamedTuple):
    """An institution as the statement answers. `names` are "kind name", `relatives` "parent id name"."""

    id: int
    name: str
    created_at: datetime
    changed_at: datetime
    identifiers: list[str]
    kind: str
    country_code: str
    city: str
    latitude: float | None
    longitude: float | None
    homepage_url: str
    established_year: int | None
    status: str
    names: list[str]
    relatives: list[str]


class _Topic(NamedTuple):
    """A topic as the statement answers; `code` is its category's, None without one."""

    id: int
    name: str
    created_at: datetime
    changed_at: datetime
    identifiers: list[str]
    description: str
    field_name: str
    code: str | None


class _Source(NamedTuple):
    """A venue as the statement answers."""

    id: int
    name: str
    created_at: datetime
    changed_at: datetime
    identifiers: list[str]
    kind: str
    publisher: str


def _write[Entity: (_Institution, _Topic, _Source)](
    ids: Sequence[int],
    *,
    fields: frozenset[str],
    origin: str,
    is_single: bool,
    letter: str,
    statement: str,
    kind: type[Entity],
    own: Callable[[Row, Entity, str], Row],
) -> list[Row]:
    """See common.openalex_api.resources.WriteRows. `own` writes what only this kind has."""
    rows: dict[int, Row] = {}
    for found in fetch_as(kind, statement, {"ids": list(ids)}):
        row = rows[found.id] = _common(found, letter, origin)
        row |= own(row["ids"], found, origin)
    asked = [name for name in _NUMBERS if name in fields]
    if asked:
        for pk, numbers in numbers_of(letter, list(rows)).items():
            rows[pk] |= {name: getattr(numbers, name) for name in asked}
    return [rows[pk] for pk in ids if pk in rows]


_WORKS_FILTERS = {"I": "institutions.id", "T": "topics.id", "S": "primary_location.source.id"}


def _common(row: _Institution | _Topic | _Source, letter: str, origin: str) -> Row:
    uri = record_uri(origin, letter, row.id)
    public_id = uri.rpartition("/")[2]
    return {
        "id": uri,
        "display_name": row.name,
        "ids": {"id": uri, "openalex": None, **ids_of(row.identifiers)},
        "works_api_url": f"{origin}/api/works?filter={_WORKS_FILTERS[letter]}:{public_id}",
        "created_date": row.created_at.date(),
        "updated_date": row.changed_at,
    }


def _institution(ids: Row, row: _Institution, origin: str) -> Row:
    known = [name.split(" ", 1) for name in row.names]
    return {
        "ror": ids.get("ror"),
        "display_name_alternatives": [name for sort, name in known if sort != "acronym"],
        "display_name_acronyms": [name for sort, name in known if sort == "acronym"],
        "country_code": row.country_code or None,
        "type": row.kind or None,
        "status": row.status,
        "established_year": row.established_year,
        "homepage_url": row.homepage_url or None,
        "geo": {
            "city": row.city or None,
            "country_code": row.country_code or None,
            "latitude": row.latitude,
            "longitude": row.longitude,
        },
        "associated_institutions": [
            {"id": record_uri(origin, "I", int(pk)), "display_name": name, "relationship": relation}
            for relation, pk, name in (relative.split(" ", 2) for relative in row.relatives)
        ],
    }


def _topic(_ids: Row, row: _Topic, _origin: str) -> Row:
    return {"description": row.description or None, "field": row.field_name or None, "category": row.code}


def _source(ids: Row, row: _Source, _origin: str) -> Row:
    first = ids.pop("issn", None)
    issns = [issn.rpartition("/")[2] for issn in (first, *ids.pop("other_issn", [])) if issn]
    issns = [issn.removeprefix("ISSN").strip() for issn in issns]
    ids |= {"issn_l": issns[0] if issns else None, "issn": issns or None}
    return {
        "issn_l": issns[0] if issns else None,
        "issn": issns or None,
        "type": row.kind or None,
        "host_organization_name": row.publisher or None,
    }


write_institutions = partial(_write, letter="I", statement=_INSTITUTIONS, kind=_Institution, own=_institution)
write_topics = partial(_write, letter="T", statement=_TOPICS, kind=_Topic, own=_topic)
write_sources = partial(_write, letter="S", statement=_SOURCES, kind=_Source, own=_source)
