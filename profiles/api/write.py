"""Authors as plain objects: at most five statements, however many there are."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from common.db.sql import fetch, fetch_as
from metrics.selectors.entities import figures_of
from papers.domain.uris import record_uri
from papers.models.identity import UNKNOWN_DATE
from papers.selectors.api_fields import ids_of
from profiles.api.statements import AFFILIATIONS, AUTHORS, COUNTS_BY_YEAR, NUMBERS, TOPICS

type Row = dict[str, Any]


def write_authors(ids: Sequence[int], *, fields: frozenset[str], origin: str, is_single: bool) -> list[Row]:
    """See common.openalex_api.resources.WriteRows."""
    authors = {pk: _author((pk, *rest), origin) for pk, *rest in fetch(AUTHORS, _asked(ids))}
    if fields & {"works_count", "cited_by_count", "citation_figures", "summary_stats"}:
        _add_numbers(authors)
    if fields & {"affiliations", "last_known_institutions"}:
        _add_affiliations(authors, origin)
    if "counts_by_year" in fields:
        for body in authors.values():
            body["counts_by_year"] = []
        for pk, year, works, cited in fetch(COUNTS_BY_YEAR, _asked(list(authors))):
            authors[pk]["counts_by_year"].append({"year": year, "works_count": works, "cited_by_count": cited})
    if "topics" in fields:
        for body in authors.values():
            body["topics"] = []
        for pk, topic, name, count in fetch(TOPICS, _asked(list(authors))):
            authors[pk]["topics"].append({"id": record_uri(origin, "T", topic), "display_name": name, "count": count})
    return [authors[pk] for pk in ids if pk in authors]


def _asked(ids: Sequence[int]) -> dict[str, Any]:
    return {"ids": list(ids), "unknown": UNKNOWN_DATE}


class _Numbers(NamedTuple):
    """An author's numbers as stored; None where one is not known."""

    id: int
    works: int
    cites: int | None
    figures: str
    known: int
    h_index: int | None
    i10_index: int | None
    mean: float | None


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
    for row in fetch_as(_Numbers, NUMBERS, _asked(list(authors))):
        stats = {"2yr_mean_citedness": row.mean, "h_index": row.h_index, "i10_index": row.i10_index}
        authors[row.id] |= {
            "works_count": row.works,
            "cited_by_count": row.cites,
            "citation_figures": figures_of(row.figures, row.known),
            "summary_stats": stats,
        }


def _add_affiliations(authors: dict[int, Row], origin: str) -> None:
    """Institutions by the last work that states them; the last known ones are those of the latest date."""
    latest: dict[int, Any] = {}
    for body in authors.values():
        body |= {"affiliations": [], "last_known_institutions": []}
    for pk, place, name, ror, country, kind, years, day in fetch(AFFILIATIONS, _asked(list(authors))):
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
