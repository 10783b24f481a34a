"""Authors as plain objects: at most five statements, however many there are."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from metrics.selectors.entities import figures_of
from papers.domain.uris import record_uri
from papers.models.identity import UNKNOWN_DATE
from papers.selectors.api_fields import ids_of
from profiles.api.statements import AFFILIATIONS, AUTHORS, COUNTS_BY_YEAR, NUMBERS, TOPICS

type Row = dict[str, Any]


def write_authors(ids: Sequence[int], *, fields: frozenset[str], origin: str, is_single: bool) -> list[Row]:
    """See common.api.resources.WriteRows."""
    authors = {row[0]: _author(row, origin) for row in _fetch(AUTHORS, ids)}
    if fields & {"works_count", "cited_by_count", "citation_figures", "summary_stats"}:
        _add_numbers(authors)
    if fields & {"affiliations", "last_known_institutions"}:
        _add_affiliations(authors, origin)
    if "counts_by_year" in fields:
        for body in authors.values():
            body["counts_by_year"] = []
        for pk, year, works, cited in _fetch(COUNTS_BY_YEAR, list(authors)):
            authors[pk]["counts_by_year"].append({"year": year, "works_count": works, "cited_by_count": cited})
    if "topics" in fields:
        for body in authors.values():
            body["topics"] = []
        for pk, topic, name, count in _fetch(TOPICS, list(authors)):
            authors[pk]["topics"].append({"id": record_uri(origin, "T", topic), "display_name": name, "count": count})
    return [authors[pk] for pk in ids if pk in authors]


def _fetch(statement: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"ids": list(ids), "unknown": UNKNOWN_DATE})
        return list(cursor.fetchall())


def _author(row: Sequence[Any], origin: str) -> Row:
    pk, name, created_at, changed_at, identifiers, names = row
    uri = record_uri(origin, "A", pk)
    ids = {"openalex": None, "orcid": None} | ids_of(identifiers)
    return {
        "id": uri,
        "orcid": ids["orcid"],
        "display_name": name,
        "display_name_alternatives": names,
        "ids": {"id": uri, **ids},
        "works_api_url": f"{origin}/api/works?filter=author.id:{uri.rpartition('/')[2]}",
        "created_date": created_at.date(),
        "updated_date": changed_at,
    }


def _add_numbers(authors: dict[int, Row]) -> None:
    found = {row[0]: row[1:] for row in _fetch(NUMBERS, list(authors))}
    for pk, body in authors.items():
        works, cites, figures, known, h_index, i10_index, mean = found[pk]
        body |= {
            "works_count": works,
            "cited_by_count": cites,
            "citation_figures": figures_of(figures, known),
            "summary_stats": {"2yr_mean_citedness": mean, "h_index": h_index, "i10_index": i10_index},
        }


def _add_affiliations(authors: dict[int, Row], origin: str) -> None:
    """Institutions by the last work that states them; the last known ones are those of the latest date."""
    latest: dict[int, Any] = {}
    for body in authors.values():
        body |= {"affiliations": [], "last_known_institutions": []}
    for pk, place, name, ror, country, kind, years, day in _fetch(AFFILIATIONS, list(authors)):
        institution = {
            "id": record_uri(origin, "I", place),
            "display_name": name,
            "ror": f"https://ror.org/{ror}" if ror else None,
            "country_code": country or None,
            "type": kind or None,
        }
        authors[pk]["affiliations"].append({"institution": institution, "years": sorted(years, reverse=True)})
        if latest.setdefault(pk, day) == day:
            authors[pk]["last_known_institutions"].append(institution)
