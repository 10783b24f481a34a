"""Works as plain objects: one statement for the works and one for their bylines, however many there are."""

from collections.abc import Sequence
from typing import Any

from orjson import loads

from catalogue.api.works.statements import (
    AUTHORSHIPS,
    CITATIONS_BY_YEAR,
    REFERENCES,
    WORKS,
)
from common.planned import rows_of
from papers.domain.identifiers import Identifier, url_of
from papers.domain.uris import record_uri
from papers.selectors.api_fields import ids_of

LISTED_AUTHORS = 100  # of one work in a list; one work alone has all of them
PRECISIONS = {"Y": "year", "M": "month", "D": "day"}
LANDING_SCHEMES = ("doi", "arxiv", "acl", "pmid", "pmcid", "openalex")
BIBLIO = {"volume": None, "issue": None, "first_page": None, "last_page": None}

type Row = dict[str, Any]


def write_works(ids: Sequence[int], *, fields: frozenset[str], origin: str, is_single: bool) -> list[Row]:
    """See common.api.resources.WriteRows. At most four statements."""
    wanted = list(ids)
    with_abstract = bool(fields & {"abstract", "abstract_inverted_index"})
    rows = {row[0]: row for row in rows_of(WORKS, {"ids": wanted, "with_abstract": with_abstract})}
    works = {pk: _work(row, origin) for pk, row in rows.items()}
    if fields & {"authorships", "is_authors_truncated"}:
        last = 2**31 - 1 if is_single else LISTED_AUTHORS
        _add_authorships(works, rows, origin=origin, last=last)
    if "counts_by_year" in fields:
        _add_counts_by_year(works)
    if "referenced_works" in fields:
        _add_references(works, origin)
    return [works[pk] for pk in wanted if pk in works]


def _work(row: tuple[Any, ...], origin: str) -> Row:
    (pk, title, abstract, kind, day, precision, updated, language, license_, is_retracted, author_count,
     references_total, reported, counted, shown, created_at, changed_at, *venue, issns, reports, category_scheme,
     category_code, category_name, categories, identifiers, links, topics_json, _is_cut) = row  # fmt: skip
    uri = record_uri(origin, "W", pk)
    topics = _topics(topics_json, origin)
    ids = {"openalex": None, "doi": None} | ids_of(identifiers)
    category = {"id": category_code, "scheme": category_scheme, "display_name": category_name or None}
    locations = _locations(identifiers, links, license_ or None, _source(venue, issns, origin))
    return {
        "id": uri,
        "doi": ids["doi"],
        **dict.fromkeys(("title", "display_name"), title),
        "publication_year": day.year if day else None,
        "publication_date": day,
        "publication_date_precision": PRECISIONS.get(precision),
        "ids": {"id": uri, **ids},
        "language": language or None,
        "type": kind,
        "primary_location": locations[0] if locations else None,
        "locations": locations,
        "locations_count": len(locations),
        "authors_count": author_count,
        "cited_by_count": shown,
        "citation_counts": {
            "shown": shown,
            "counted": counted,
            "reported": reported,
            "reports": loads(reports or "[]"),
        },
        "is_retracted": is_retracted,
        "topics": topics,
        "primary_topic": topics[0] if topics else None,
        "primary_category": category if category_code else None,
        "categories": categories,
        "abstract": abstract or None,
        "abstract_inverted_index": inverted(abstract) if abstract else None,
        "biblio": BIBLIO,
        "license": license_ or None,
        "referenced_works_count": references_total,
        "cited_by_api_url": f"{origin}/api/works?filter=cites:{uri.rpartition('/')[2]}",
        "source_updated_date": updated,
        "created_date": created_at.date(),
        "updated_date": changed_at,
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


def _source(venue: Sequence[Any], issns: Sequence[str], origin: str) -> Row | None:
    pk, name, kind, publisher = venue
    if pk is None:
        return None
    return {
        "id": record_uri(origin, "S", pk),
        "display_name": name,
        "issn_l": issns[0] if issns else None,
        "issn": list(issns) or None,
        "type": kind or None,
        "host_organization_name": publisher or None,
    }


def _locations(identifiers: Sequence[str], links: Sequence[str], license_: str | None, source: Row | None) -> list[Row]:
    """Where the work is found. The first place is the source's; the others are known by an address alone."""
    pages = []
    for scheme in LANDING_SCHEMES:
        pages += [
            url
            for text in identifiers
            if text.startswith(f"{scheme}:") and (url := url_of(Identifier(scheme, text.partition(":")[2])))
        ]
    kinds_and_urls = [link.split(" ", 1) for link in links]
    pages += [url for kind, url in kinds_and_urls if kind != "pdf" and url not in pages]
    files = [url for kind, url in kinds_and_urls if kind == "pdf"]
    if not (pages or files or source):
        return []
    first = {
        "landing_page_url": pages[0] if pages else None,
        "pdf_url": files[0] if files else None,
        "source": source,
        "license": license_,
        "is_oa": None,
        "version": None,
    }
    others = [
        {
            "landing_page_url": url,
            "pdf_url": None,
            "source": None,
            "license": None,
            "is_oa": None,
            "version": None,
        }
        for url in pages[1:]
    ]
    return [first, *others]


def _add_authorships(works: dict[int, Row], rows: dict[int, Any], *, origin: str, last: int) -> None:
    for work in works.values():
        work["authorships"] = []
    for paper, position, author, name, orcid, printed, raw, is_corresponding, role, kind, parts, places in rows_of(
        AUTHORSHIPS, {"ids": list(works), "last": last}
    ):
        count = rows[paper][10]
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
            }
        )
    for pk, work in works.items():
        work["is_authors_truncated"] = rows[pk][-1] or len(work["authorships"]) < work["authors_count"]


def _institutions(places: str, origin: str) -> list[Row]:
    return [
        {
            "id": record_uri(origin, "I", pk),
            "display_name": name,
            "ror": f"https://ror.org/{ror}" if ror else None,
            "country_code": country or None,
            "type": kind or None,
        }
        for pk, name, country, kind, ror in loads(places)
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
    for paper, year, count in rows_of(CITATIONS_BY_YEAR, {"ids": list(works)}):
        works[paper]["counts_by_year"].append({"year": year, "cited_by_count": count})


def _add_references(works: dict[int, Row], origin: str) -> None:
    for work in works.values():
        work["referenced_works"] = []
    for citing, cited in rows_of(REFERENCES, {"ids": list(works)}):
        works[citing]["referenced_works"].append(record_uri(origin, "W", cited))
