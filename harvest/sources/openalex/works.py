"""An OpenAlex work as a mapping of the record format."""

from collections.abc import Mapping
from typing import Any

from harvest.domain.json_lines import as_list, as_objects, as_text
from papers.domain.byline_noise import without_noise

MAX_ABSTRACT_WORDS = 20_000  # positions beyond this are damage: an index may claim any number

_KINDS = {
    "journal-article": "article",
    "proceedings-article": "conference-paper",
    "posted-content": "preprint",
}


def work_mapping(work: dict[str, Any]) -> dict[str, Any]:
    """The record-format mapping of one work."""
    locations = as_objects(work.get("locations")) or as_objects(
        [work.get("primary_location"), work.get("best_oa_location")]
    )
    primary = work.get("primary_location") or work.get("host_venue") or (locations[0] if locations else {})
    kind = as_text(work.get("type_crossref")) or as_text(work.get("type"))
    references = [{"openalex": one} for one in as_list(work.get("referenced_works")) if isinstance(one, str)]
    return {
        "ids": _ids(work, locations),
        "title": work.get("title") or work.get("display_name"),
        "abstract": _abstract(work),
        "type": _KINDS.get(kind, _KINDS.get(as_text(work.get("type")), as_text(work.get("type")) or kind)),
        "published": work.get("publication_date") or work.get("publication_year"),
        "language": work.get("language"),
        "license": as_text(primary.get("license")) if isinstance(primary, Mapping) else "",
        "venue": _venue(primary),
        "topics": _topics(work),
        "authors": [_author(one) for one in as_objects(work.get("authorships"))],
        "authors_truncated": work.get("is_authors_truncated"),
        "authors_total": work.get("authors_count") if work.get("is_authors_truncated") else None,
        "references": references,
        "references_total": _first_count(work.get("referenced_works_count"), len(references)),
        "cited_by_count": work.get("cited_by_count"),
        "cited_by_date": as_text(work.get("updated_date"))[:10] or None,
        "retracted": work.get("is_retracted"),
        "urls": _urls(work, locations),
        "locations": [_location(one) for one in locations],
        **_biblio(work.get("biblio")),
    }


def _biblio(raw: object) -> dict[str, Any]:
    """Volume, issue and pages as far as they are stated."""
    if not isinstance(raw, Mapping):
        return {}
    first, last = as_text(raw.get("first_page")), as_text(raw.get("last_page"))
    pages = f"{first}-{last}" if first and last and first != last else first
    stated = {"volume": as_text(raw.get("volume")), "issue": as_text(raw.get("issue")), "pages": pages}
    return {name: value for name, value in stated.items() if value}


def _location(location: Mapping[str, Any]) -> dict[str, Any]:
    """A place where the work can be read, in the record format."""
    source = location.get("source")
    stated: dict[str, Any] = {
        "version": {
            "submittedVersion": "submitted",
            "acceptedVersion": "accepted",
            "publishedVersion": "published",
        }.get(as_text(location.get("version")), ""),
        "url": as_text(location.get("landing_page_url")),
        "pdf": as_text(location.get("pdf_url")),
        "licence": as_text(location.get("license")),
        "is_open": location.get("is_oa"),
    }
    if isinstance(source, Mapping) and source.get("display_name"):
        stated["venue"] = {
            "name": source["display_name"],
            "type": "book" if source.get("type") == "ebook platform" else source.get("type"),
            "issn": [one for one in as_list(source.get("issn")) if one],
            "openalex": source.get("id"),
        }
    return {name: value for name, value in stated.items() if value not in ("", None)}


def _first_count(count: object, listed: int) -> int | None:
    if isinstance(count, int) and count >= listed:
        return count or None
    return listed or None


def _ids(work: dict[str, Any], locations: list[Mapping[str, Any]]) -> dict[str, Any]:
    given = work.get("ids")
    ids: dict[str, Any] = {}
    if isinstance(given, Mapping):
        ids = {scheme: given[scheme] for scheme in ("doi", "pmid", "pmcid", "mag") if given.get(scheme)}
    ids["openalex"] = work.get("id")
    if not ids.get("doi"):
        ids["doi"] = work.get("doi")
    for location in locations:
        address = as_text(location.get("landing_page_url"))
        if "arxiv.org/abs/" in address and "arxiv" not in ids:
            ids["arxiv"] = address
    return ids


def _abstract(work: dict[str, Any]) -> str:
    """The abstract put together from the inverted index, in which each word lists its places."""
    if isinstance(work.get("abstract"), str):
        return str(work["abstract"])
    index = work.get("abstract_inverted_index")
    if not isinstance(index, Mapping):
        return ""
    inner = index.get("InvertedIndex")
    if isinstance(inner, Mapping):
        index = inner
    words: dict[int, str] = {}
    for word, places in index.items():
        for place in places if isinstance(places, list) else ():
            if isinstance(place, int) and 0 <= place < MAX_ABSTRACT_WORDS:
                words[place] = str(word)
    return " ".join(words[place] for place in sorted(words))


def _venue(primary: object) -> dict[str, Any] | None:
    if not isinstance(primary, Mapping):
        return None
    source = primary.get("source")
    if not isinstance(source, Mapping):
        source = primary if primary.get("display_name") else None  # the older host_venue
    if source is None:
        name = as_text(primary.get("raw_source_name"))
        return {"name": name} if name else None
    issns = source.get("issn") if isinstance(source.get("issn"), list) else [source.get("issn_l")]
    return {
        "name": source.get("display_name"),
        "type": "book" if source.get("type") == "ebook platform" else source.get("type"),
        "issn": [one for one in as_list(issns) if one],
        "openalex": source.get("id"),
        "publisher": source.get("host_organization_name") or source.get("publisher"),
    }


def _topics(work: dict[str, Any]) -> list[dict[str, Any]]:
    """Topics; the concepts that came before them only where a record has no topic."""
    topics = as_objects(work.get("topics")) or [
        one
        for one in as_objects(work.get("concepts"))
        if isinstance(one.get("score"), int | float) and one["score"] >= 0.3
    ]
    return [
        {"name": one.get("display_name"), "openalex": _topic_id(one.get("id")), "score": one.get("score")}
        for one in topics
    ]


def _topic_id(raw: object) -> str | None:
    """A topic's id; concepts have ids of another kind (C…), which are kept as well."""
    return raw if isinstance(raw, str) and raw.rsplit("/", 1)[-1][:1] in {"T", "C"} else None


def _author(authorship: Mapping[str, Any]) -> dict[str, Any]:
    author = authorship.get("author")
    author = author if isinstance(author, Mapping) else {}
    raw = authorship.get("raw_affiliation_strings")
    lines = [one for one in raw if isinstance(one, str)] if isinstance(raw, list) else []
    if not lines and isinstance(authorship.get("raw_affiliation_string"), str):
        lines = [authorship["raw_affiliation_string"]]
    return {
        "name": _name(as_text(authorship.get("raw_author_name")), as_text(author.get("display_name"))),
        "ids": {"openalex": author.get("id"), "orcid": author.get("orcid")},
        "affiliations": [
            {"name": one.get("display_name"), "ror": one.get("ror"), "openalex": one.get("id")}
            for one in as_objects(authorship.get("institutions"))
            if one.get("display_name") or one.get("id")
        ],
        "raw_affiliation": "; ".join(lines),
        "corresponding": authorship.get("is_corresponding"),
    }


def _name(printed: str, known: str) -> str:
    """The name as printed; the source's own where no name is left of that, as of a mail address."""
    if not printed or ("@" in printed and not without_noise(printed)):
        return known
    return printed


def _urls(work: dict[str, Any], locations: list[Mapping[str, Any]]) -> dict[str, Any]:
    urls: dict[str, list[str]] = {}
    for location in locations:
        for kind, field in (("pdf", "pdf_url"), ("landing", "landing_page_url")):
            address = as_text(location.get(field))
            if address.startswith("http") and address not in urls.setdefault(kind, []):
                urls[kind].append(address)
    access = work.get("open_access")
    free = as_text(access.get("oa_url")) if isinstance(access, Mapping) else ""
    if free and not any(free in known for known in urls.values()):
        urls.setdefault("free", []).append(free)
    return urls
