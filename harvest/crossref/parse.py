"""Crossref works as its API gives them."""

import re
from collections.abc import Mapping
from typing import Any

from harvest.domain.build import build_work
from harvest.domain.json_lines import load_object
from harvest.domain.record import RecordError, WorkRecord

_KINDS = {
    "journal-article": "article",
    "posted-content": "preprint",
    "proceedings-article": "conference-paper",
    "monograph": "book",
}
_VENUE_KINDS = {
    "journal-article": "journal",
    "proceedings-article": "conference",
    "book-chapter": "book",
    "posted-content": "repository",
}
_DATES = (
    "published-print",
    "published-online",
    "published",
    "published-other",
    "issued",
    "posted",
    "approved",
    "created",
)
_RETRACTIONS = {"retraction", "withdrawal", "removal", "retracted"}
_SPACES = re.compile(r"\s+")


def parse_work(line: bytes) -> WorkRecord:
    """One line with a work, or an API answer with the work in "message"; raises RecordError."""
    return parse_object(load_object(line))


def parse_object(raw: dict[str, Any]) -> WorkRecord:
    """One work as an object, see `parse_work`."""
    work = raw["message"] if isinstance(raw.get("message"), dict) else raw
    return build_work(_mapping(work), source="crossref")


def works_in(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """The works of one API answer: a list's items, or the single work itself."""
    message = raw.get("message")
    items = message.get("items") if isinstance(message, dict) else raw.get("items")
    if isinstance(items, list):
        return [item for item in items if isinstance(item, dict)]
    return [raw]


def _mapping(work: dict[str, Any]) -> dict[str, Any]:
    kind = _string(work.get("type"))
    if not _first(work.get("title")) and kind == "peer-review":
        raise RecordError("no_title", "the record has no title (a peer review)")
    references = _list(work.get("reference"))
    return {
        "ids": _ids(work, kind),
        "title": _title(work),
        "abstract": work.get("abstract"),
        "type": _KINDS.get(kind, kind),
        "published": _published(work),
        "venue": _venue(work, kind),
        "language": work.get("language"),
        "license": _license(work),
        "topics": [],
        "authors": [_author(one) for one in _list(work.get("author")) if isinstance(one, Mapping)],
        "references": [_reference(one) for one in references],
        "references_total": _total(work, len(references)),
        "cited_by_count": work.get("is-referenced-by-count"),
        "cited_by_date": _date_of(work.get("indexed")),
        "retracted": _is_retracted(work),
        "urls": _urls(work),
    }


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _first(value: object) -> str:
    """The first non-empty string of a list, or the string itself."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and one.strip():
            return one
    return ""


def _title(work: dict[str, Any]) -> str:
    title = _first(work.get("title"))
    if not title:
        return _first(work.get("original-title"))
    subtitle = _first(work.get("subtitle"))
    if subtitle and len(title) + len(subtitle) < 1_500 and subtitle.strip().lower() not in title.lower():
        return f"{title.strip().rstrip(':').rstrip()}: {subtitle.strip()}"
    return title


def _ids(work: dict[str, Any], kind: str) -> dict[str, Any]:
    ids: dict[str, Any] = {"doi": work.get("DOI")}
    if kind in {"book", "monograph", "edited-book", "reference-book"} and isinstance(work.get("ISBN"), list):
        ids["isbn"] = work["ISBN"]  # on a chapter it names the book, not the work
    return ids


def _published(work: dict[str, Any]) -> str | None:
    """The earliest-preferred date that states a year; Crossref gives null parts where none is known."""
    return next((date for name in _DATES if (date := _date_of(work.get(name)))), None)


def _date_of(value: object) -> str | None:
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list) or not first or not first[0]:
        return None
    numbers = [str(part) for part in first[:3] if part]
    return "-".join(number.zfill(4 if place == 0 else 2) for place, number in enumerate(numbers))


def _venue(work: dict[str, Any], kind: str) -> dict[str, Any] | None:
    name = _first(work.get("container-title")) or _first(work.get("group-title"))
    if not name and isinstance(work.get("event"), Mapping):
        name = _string(work["event"].get("name"))
    if not name:
        return None
    issns = [one for one in _list(work.get("ISSN")) if isinstance(one, str)]
    return {
        "name": name,
        "type": _VENUE_KINDS.get(kind, ""),
        "issn": issns,
        "publisher": work.get("publisher"),
    }


def _license(work: dict[str, Any]) -> str:
    licenses = [one for one in _list(work.get("license")) if isinstance(one, Mapping)]
    preferred = [one for one in licenses if one.get("content-version") == "vor"] or licenses
    return _string(preferred[0].get("URL")) if preferred else ""


def _author(author: Mapping[str, Any]) -> dict[str, Any]:
    """A person by given and family name, or a group by name."""
    given, family, suffix = (_string(author.get(part)) for part in ("given", "family", "suffix"))
    name = " ".join(part.strip() for part in (given, family, suffix) if part.strip())
    affiliations = [one for one in _list(author.get("affiliation")) if isinstance(one, Mapping) and one.get("name")]
    mapped: dict[str, Any] = {"name": name or _string(author.get("name")) or _string(author.get("literal"))}
    if author.get("ORCID"):
        mapped["ids"] = {"orcid": author["ORCID"]}
    if affiliations:
        mapped["affiliations"] = [{"name": one["name"], "ror": _ror_of(one)} for one in affiliations]
        mapped["raw_affiliation"] = "; ".join(_SPACES.sub(" ", _string(one["name"])) for one in affiliations)
    return mapped


def _ror_of(affiliation: Mapping[str, Any]) -> str | None:
    for one in _list(affiliation.get("id")):
        if isinstance(one, Mapping) and one.get("id-type") == "ROR":
            return _string(one.get("id")) or None
    return None


def _reference(reference: object) -> dict[str, Any]:
    """The identifiers of one reference; none for those that Crossref could not match."""
    doi = reference.get("DOI") if isinstance(reference, Mapping) else None
    return {"doi": doi} if isinstance(doi, str) and doi.strip() else {}


def _total(work: dict[str, Any], listed: int) -> int | None:
    """The length of the reference list; 0 where nothing was deposited says nothing."""
    stated = [work.get(name) for name in ("references-count", "reference-count")]
    counts = [one for one in (*stated, listed) if isinstance(one, int) and one > 0]
    return max(counts) if counts else None


def _is_retracted(work: dict[str, Any]) -> bool:
    """Whether a notice retracts this work. `update-to` is on the notice itself and so says nothing here."""
    for update in _list(work.get("updated-by")):
        if isinstance(update, Mapping) and _string(update.get("type")).lower() in _RETRACTIONS:
            return True
    relations = work.get("relation")
    if isinstance(relations, Mapping) and any(name in relations for name in ("is-retracted-by", "is-withdrawn-by")):
        return True
    return _first(work.get("title")).lstrip().upper().startswith(("RETRACTED:", "RETRACTED ARTICLE:", "WITHDRAWN:"))


def _urls(work: dict[str, Any]) -> dict[str, Any]:
    urls: dict[str, Any] = {}
    for link in _list(work.get("link")):
        if isinstance(link, Mapping) and link.get("content-type") == "application/pdf":
            urls.setdefault("pdf", []).append(link.get("URL"))
    resource = work.get("resource")
    primary = resource.get("primary") if isinstance(resource, Mapping) else None
    if isinstance(primary, Mapping) and primary.get("URL"):
        urls["landing"] = primary["URL"]
    return urls
