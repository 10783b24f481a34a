"""Works as plain objects: one statement for the works and one for their bylines, however many there are."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from orjson import loads

from catalogue.api.works.locations import locations_row, notices_row
from catalogue.api.works.statements import (
    AUTHORSHIPS,
    CITATIONS_BY_YEAR,
    REFERENCES,
    WORKS,
)
from common.db.sql import fetch, fetch_as
from papers.domain.uris import record_uri
from papers.selectors.api_fields import ids_of
from papers.selectors.locations import locations_of
from papers.selectors.notices import notices_of

LISTED_AUTHORS = 100  # of one work in a list; one work alone has all of them
PRECISIONS = {"Y": "year", "M": "month", "D": "day"}
LOCATED = frozenset({"primary_location", "best_oa_location", "locations", "locations_count", "biblio"})

type Row = dict[str, Any]


def write_works(ids: Sequence[int], *, fields: frozenset[str], origin: str, is_single: bool) -> list[Row]:
    """See common.openalex_api.resources.WriteRows. At most six statements."""
    wanted = list(ids)
    with_abstract = bool(fields & {"abstract", "abstract_inverted_index"})
    asked = {"ids": wanted, "with_abstract": with_abstract}
    rows = {row.id: row for row in fetch_as(_Work, WORKS, asked, is_prepared=True)}
    works = {pk: _work(row, origin) for pk, row in rows.items()}
    if fields & {"authorships", "is_authors_truncated"}:
        last = 2**31 - 1 if is_single else LISTED_AUTHORS
        _add_authorships(works, rows, origin=origin, last=last)
    if fields & LOCATED:
        _add_locations(works, origin=origin)
    if "notices" in fields:
        _add_notices(works, rows, origin=origin)
    if "counts_by_year" in fields:
        _add_counts_by_year(works)
    if "referenced_works" in fields:
        _add_references(works, origin)
    return [works[pk] for pk in wanted if pk in works]


class _Work(NamedTuple):
    """A work as WORKS answers; None where something is not known, `reports` and `topics` are JSON."""

    id: int
    title: str
    abstract: str
    kind: str
    published_date: date | None
    published_precision: str
    updated_date: datetime | None
    language: str
    license: str
    is_retracted: bool
    notice: str
    authors_count: int
    references_total: int | None
    reported_citation_count: int | None
    counted_citation_count: int | None
    shown_citation_count: int | None
    created_at: datetime
    changed_at: datetime
    reports: str | None
    category_scheme: str | None
    category_code: str | None
    category_name: str | None
    categories: list[str]
    identifiers: list[str]
    topics: str | None
    is_authors_truncated: bool


def _work(row: _Work, origin: str) -> Row:
    uri = record_uri(origin, "W", row.id)
    topics = _topics(row.topics, origin)
    ids = {"openalex": None, "doi": None} | ids_of(row.identifiers)
    code, day = row.category_code, row.published_date
    category = {"id": code, "scheme": row.category_scheme, "display_name": row.category_name or None}
    return {
        "id": uri,
        "doi": ids["doi"],
        **dict.fromkeys(("title", "display_name"), row.title),
        "publication_year": day.year if day else None,
        "publication_date": day,
        "publication_date_precision": PRECISIONS.get(row.published_precision),
        "ids": {"id": uri, **ids},
        "language": row.language or None,
        "type": row.kind,
        "authors_count": row.authors_count,
        "cited_by_count": row.shown_citation_count,
        "citation_counts": {
            "shown": row.shown_citation_count,
            "counted": row.counted_citation_count,
            "reported": row.reported_citation_count,
            "reports": loads(row.reports or "[]"),
        },
        "is_retracted": row.is_retracted,
        "topics": topics,
        "primary_topic": topics[0] if topics else None,
        "primary_category": category if code else None,
        "categories": row.categories,
        "abstract": row.abstract or None,
        "abstract_inverted_index": inverted(row.abstract) if row.abstract else None,
        "license": row.license or None,
        "referenced_works_count": row.references_total,
        "cited_by_api_url": f"{origin}/api/works?filter=cites:{uri.rpartition('/')[2]}",
        "source_updated_date": row.updated_date,
        "created_date": row.created_at.date(),
        "updated_date": row.changed_at,
    }


def inverted(text: str) -> dict[str, list[int]]:
    """The places of each word, as OpenAlex gives abstracts."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(text.split()):
        if word in places:
            places[word].append(place)
        else:
            places[word] = [place]
    return places


def _add_locations(works: dict[int, Row], *, origin: str) -> None:
    found = locations_of(list(works))
    for pk, work in works.items():
        work |= locations_row(found.get(pk, ()), origin=origin)


def _add_notices(works: dict[int, Row], rows: dict[int, _Work], *, origin: str) -> None:
    """Asks only for works that bear a notice."""
    noted = [pk for pk in works if rows[pk].notice]
    found = notices_of(noted) if noted else {}
    for pk, work in works.items():
        work["notices"] = notices_row(found.get(pk, ()), origin=origin)


def _add_authorships(works: dict[int, Row], rows: dict[int, _Work], *, origin: str, last: int) -> None:
    for work in works.values():
        work["authorships"] = []
    for paper, position, author, name, orcid, printed, raw, is_corresponding, role, kind, parts, places, why in fetch(
        AUTHORSHIPS, {"ids": list(works), "last": last}, is_prepared=True
    ):
        count = rows[paper].authors_count
        works[paper]["authorships"].append(
            {
                "author_position": "first" if position == 1 else "last" if position == count else "middle",
                "author": {
                    "id": record_uri(origin, "A", author) if author else None,
                    "display_name": name if author else printed,
                    "orcid": f"https://orcid.org/{orcid}" if orcid else None,
                },
                "institutions": _institutions(places, origin) if places else [],
                "is_corresponding": is_corresponding,
                "raw_author_name": printed,
                "role": role,
                "is_group": kind == "group",
                **dict(zip(("given", "particle", "family", "suffix"), (part or None for part in parts), strict=True)),
                "raw_affiliation_strings": [raw] if raw else [],
                "attribution": _attribution(why),
            }
        )
    for pk, work in works.items():
        work["is_authors_truncated"] = rows[pk].is_authors_truncated or len(work["authorships"]) < work["authors_count"]


def _attribution(why: str | None) -> Row | None:
    """Why the name is this author; codes alone, since co-authors may have private names."""
    if why is None:
        return None
    zone, rule, probability, facts = loads(why)
    reasons = [{"code": code.replace(" ", "_"), "is_for": bool(is_for)} for code, is_for, *_values in facts]
    return {"zone": zone, "rule": rule.replace(" ", "_"), "probability": probability, "reasons": reasons}


def _institutions(affiliations: str, origin: str) -> list[Row]:
    return [
        {
            "id": record_uri(origin, "I", pk),
            "display_name": name,
            "ror": f"https://ror.org/{ror}" if ror else None,
            "country_code": country or None,
            "type": kind or None,
        }
        for pk, name, country, kind, ror in loads(affiliations)
    ]


def _topics(topics: str | None, origin: str) -> list[Row]:
    """Topics that sources assigned, best first, then those that stand for the categories of the work."""
    return [
        {"id": record_uri(origin, "T", pk), "display_name": name, "score": score}
        for pk, name, score in loads(topics or "[]")
    ]


def _add_counts_by_year(works: dict[int, Row]) -> None:
    """Citing works here by the year they appeared in, newest first; years without one are left out."""
    for work in works.values():
        work["counts_by_year"] = []
    for paper, year, count in fetch(CITATIONS_BY_YEAR, {"ids": list(works)}, is_prepared=True):
        works[paper]["counts_by_year"].append({"year": year, "cited_by_count": count})


def _add_references(works: dict[int, Row], origin: str) -> None:
    for work in works.values():
        work["referenced_works"] = []
    for citing, cited in fetch(REFERENCES, {"ids": list(works)}, is_prepared=True):
        works[citing]["referenced_works"].append(record_uri(origin, "W", cited))
