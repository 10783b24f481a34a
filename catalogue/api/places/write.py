"""Institutions, topics and sources as plain objects."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.db import connection

from catalogue.api.places.numbers import numbers_of
from papers.domain.uris import record_uri
from papers.selectors.api_fields import ids_of

type Row = dict[str, Any]

_NUMBERS = ("works_count", "cited_by_count", "citation_figures", "summary_stats", "counts_by_year")
_IDENTIFIERS = (
    "ARRAY(SELECT i.scheme || ':' || i.value FROM papers_{table}identifier i WHERE i.{table}_id = r.id ORDER BY i.id)"
)
_INSTITUTIONS = f"""
SELECT r.id, r.name, r.created_at, r.changed_at, {_IDENTIFIERS.format(table="institution")}, r.kind, r.country_code,
    r.city, r.latitude, r.longitude, r.homepage_url, r.established_year, r.status,
    ARRAY(SELECT n.kind || ' ' || n.name FROM papers_institutionname n WHERE n.institution_id = r.id ORDER BY n.id),
    ARRAY(SELECT 'parent ' || p.id || ' ' || p.name FROM papers_institutionrelation x
          JOIN papers_institution p ON p.id = x.parent_id WHERE x.child_id = r.id ORDER BY p.name, p.id)
    || ARRAY(SELECT 'child ' || c.id || ' ' || c.name FROM papers_institutionrelation x
          JOIN papers_institution c ON c.id = x.child_id WHERE x.parent_id = r.id ORDER BY c.name, c.id)
FROM papers_institution r WHERE r.id = ANY(%(ids)s)
"""
_TOPICS = f"""
SELECT r.id, r.name, r.created_at, r.changed_at, {_IDENTIFIERS.format(table="topic")}, r.description, r.field_name,
    c.code
FROM papers_topic r LEFT JOIN papers_category c ON c.id = r.category_id WHERE r.id = ANY(%(ids)s)
"""
_SOURCES = f"""
SELECT r.id, r.name, r.created_at, r.changed_at, {_IDENTIFIERS.format(table="venue")}, r.kind, r.publisher
FROM papers_venue r WHERE r.id = ANY(%(ids)s)
"""


def _write(
    ids: Sequence[int],
    *,
    fields: frozenset[str],
    origin: str,
    is_single: bool,
    letter: str,
    statement: str,
    own: Callable[[Row, Sequence[Any], str], Row],
) -> list[Row]:
    """See common.api.resources.WriteRows. `own` writes what only this kind of place has."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {"ids": list(ids)})
        found = {row[0]: row for row in cursor.fetchall()}
    rows = {pk: _common(row, letter, origin) for pk, row in found.items()}
    for pk, row in found.items():
        rows[pk] |= own(rows[pk]["ids"], row[5:], origin)
    asked = [name for name in _NUMBERS if name in fields]
    if asked:
        for pk, numbers in numbers_of(letter, list(rows)).items():
            rows[pk] |= {name: getattr(numbers, name) for name in asked}
    return [rows[pk] for pk in ids if pk in rows]


_WORKS_FILTERS = {"I": "institutions.id", "T": "topics.id", "S": "primary_location.source.id"}


def _common(row: Sequence[Any], letter: str, origin: str) -> Row:
    uri = record_uri(origin, letter, row[0])
    public_id = uri.rpartition("/")[2]
    return {
        "id": uri,
        "display_name": row[1],
        "ids": {"id": uri, "openalex": None, **ids_of(row[4])},
        "works_api_url": f"{origin}/api/works?filter={_WORKS_FILTERS[letter]}:{public_id}",
        "created_date": row[2].date(),
        "updated_date": row[3],
    }


def _institution(ids: Row, row: Sequence[Any], origin: str) -> Row:
    kind, country, city, latitude, longitude, homepage, established, status, names, relatives = row
    known = [name.split(" ", 1) for name in names]
    return {
        "ror": ids.get("ror"),
        "display_name_alternatives": [name for sort, name in known if sort != "acronym"],
        "display_name_acronyms": [name for sort, name in known if sort == "acronym"],
        "country_code": country or None,
        "type": kind or None,
        "status": status,
        "established_year": established,
        "homepage_url": homepage or None,
        "geo": {
            "city": city or None,
            "country_code": country or None,
            "latitude": latitude,
            "longitude": longitude,
        },
        "associated_institutions": [
            {"id": record_uri(origin, "I", int(pk)), "display_name": name, "relationship": relation}
            for relation, pk, name in (relative.split(" ", 2) for relative in relatives)
        ],
    }


def _topic(_ids: Row, row: Sequence[Any], _origin: str) -> Row:
    description, field_name, code = row
    return {"description": description or None, "field": field_name or None, "category": code}


def _source(ids: Row, row: Sequence[Any], _origin: str) -> Row:
    kind, publisher = row
    first = ids.pop("issn", None)
    issns = [issn.rpartition("/")[2] for issn in (first, *ids.pop("other_issn", [])) if issn]
    issns = [issn.removeprefix("ISSN").strip() for issn in issns]
    ids |= {"issn_l": issns[0] if issns else None, "issn": issns or None}
    return {
        "issn_l": issns[0] if issns else None,
        "issn": issns or None,
        "type": kind or None,
        "host_organization_name": publisher or None,
    }


write_institutions = partial(_write, letter="I", statement=_INSTITUTIONS, own=_institution)
write_topics = partial(_write, letter="T", statement=_TOPICS, own=_topic)
write_sources = partial(_write, letter="S", statement=_SOURCES, own=_source)
