"""Crossref works as its API gives them."""

import re
from collections.abc import Mapping
from functools import reduce
from typing import Any

from harvest.domain.build import build_work
from harvest.domain.json_lines import as_list, as_text
from harvest.domain.record import RecordError, WorkRecord
from harvest.sources.crossref.related import date_of, notices_of, related_works
from papers.domain.byline_noise import is_rest_of_byline
from papers.domain.dates import certain_date, finer
from papers.domain.name_parts import looks_like_group

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
_OF_THE_RECORD = frozenset({"created"})  # of the deposit, not of the work: used where nothing else is stated
_ROLES = {"author": "author", "editor": "editor", "translator": "translator"}
_IN_BOOKS = frozenset({"book-chapter", "book-section", "book-part", "proceedings-article", "reference-entry"})
_SPACES = re.compile(r"\s+")


def parse_object(raw: dict[str, Any]) -> WorkRecord:
    """One work, or an answer of the API with the work in "message"; raises RecordError."""
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
    kind = as_text(work.get("type"))
    if not _first(work.get("title")) and kind == "peer-review":
        raise RecordError("no_title", "the record has no title (a peer review)")
    references = as_list(work.get("reference"))
    return {
        "ids": _ids(work, kind),
        "title": _title(work),
        "abstract": work.get("abstract"),
        "type": _KINDS.get(kind, kind),
        **_date_and_note(work, _published(work)),
        "venue": _venue(work, kind),
        "language": work.get("language"),
        "license": _license(work),
        "topics": [],
        "authors": _people(work),
        "references": [_reference(one) for one in references],
        "references_total": _total(work, len(references)),
        "cited_by_count": work.get("is-referenced-by-count"),
        "cited_by_date": date_of(work.get("indexed")),
        "retracted": _is_retracted(work),
        "urls": _urls(work),
        "relations": related_works(work),
        "notices": notices_of(work),
        **_biblio(work, kind),
    }


def _biblio(work: dict[str, Any], kind: str) -> dict[str, Any]:
    """Volume, issue, pages and the like as far as they are stated."""
    stated: dict[str, Any] = {
        "volume": _number(work.get("volume")),
        "issue": _number(work.get("issue")),
        "pages": as_text(work.get("page")).replace("–", "-"),
        "article_number": as_text(work.get("article-number")),
        "publisher": as_text(work.get("publisher")),
        "edition": as_text(work.get("edition-number")),
        "book_title": _first(work.get("container-title")) if kind in _IN_BOOKS else "",
        "isbn": [one for one in as_list(work.get("ISBN")) if isinstance(one, str)],
    }
    return {name: value for name, value in stated.items() if value}


def _number(value: object) -> str:
    """A text, or a number where a text should be."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else as_text(value)


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


def _published(work: dict[str, Any]) -> dict[str, Any]:
    """The date by the first field that states one, in the finest form that any field gives it.

    Crossref gives null parts where none is known; of an impossible date the part before the mistake counts.
    """
    stated = [(name, raw) for name in _DATES if (raw := date_of(work.get(name)))]
    known = {name: certain for name, raw in stated if (certain := certain_date(raw)) is not None}
    odd = [f"{name}: {raw!r} is not a date" for name, raw in stated if name not in known or known[name].iso() != raw]
    if not known:
        return {"published": stated[0][1] if stated else None}
    published = reduce(
        finer, (date for name, date in known.items() if name not in _OF_THE_RECORD), next(iter(known.values()))
    )
    return {"published": published.iso(), "reading_warnings": odd}


def _date_and_note(work: dict[str, Any], dated: dict[str, Any]) -> dict[str, Any]:
    """The date, and what is to be said of reading it and the line."""
    lines = work.get("reading_warnings")
    return {
        **dated,
        "reading_warnings": [*(lines if isinstance(lines, list) else []), *dated.get("reading_warnings", [])],
    }


def _venue(work: dict[str, Any], kind: str) -> dict[str, Any] | None:
    name = _first(work.get("container-title")) or _first(work.get("group-title"))
    if not name and isinstance(work.get("event"), Mapping):
        name = as_text(work["event"].get("name"))
    if not name:
        return None
    stated = work.get("ISSN")
    issns = [one for one in ([stated] if isinstance(stated, str) else as_list(stated)) if isinstance(one, str)]
    return {
        "name": name,
        "type": _VENUE_KINDS.get(kind, ""),
        "issn": issns,
        "publisher": work.get("publisher"),
    }


def _license(work: dict[str, Any]) -> str:
    licenses = [one for one in as_list(work.get("license")) if isinstance(one, Mapping)]
    preferred = [one for one in licenses if one.get("content-version") == "vor"] or licenses
    return as_text(preferred[0].get("URL")) if preferred else ""


def _people(work: dict[str, Any]) -> list[dict[str, Any]]:
    """Authors, then editors and translators, each with a role that is not an author's."""
    return [
        {**_person(one), "role": role} if role != "author" else _person(one)
        for field, role in _ROLES.items()
        for one in as_list(work.get(field))
        if isinstance(one, Mapping)
    ]


def _person(author: Mapping[str, Any]) -> dict[str, Any]:
    """A person by given and family name, or a group by name."""
    given, family, suffix = (as_text(author.get(part)) for part in ("given", "family", "suffix"))
    affiliations = [one for one in as_list(author.get("affiliation")) if isinstance(one, Mapping) and one.get("name")]
    if family and not given and (" " in family.strip() or is_rest_of_byline(family)):
        mapped: dict[str, Any] = {"name": family}  # a whole name, or no name, that stands in one field
    elif given or family:
        mapped = {"given": given, "family": family, "suffix": suffix}
    else:
        mapped = {"name": as_text(author.get("name")) or as_text(author.get("literal"))}
        if looks_like_group(mapped["name"]):
            mapped["is_group"] = True
    if author.get("ORCID"):
        mapped["ids"] = {"orcid": author["ORCID"]}
    if affiliations:
        mapped["affiliations"] = [{"name": one["name"], "ror": _ror_of(one)} for one in affiliations]
        mapped["raw_affiliation"] = "; ".join(_SPACES.sub(" ", as_text(one["name"])) for one in affiliations)
    return mapped


def _ror_of(affiliation: Mapping[str, Any]) -> str | None:
    for one in as_list(affiliation.get("id")):
        if isinstance(one, Mapping) and one.get("id-type") == "ROR":
            return as_text(one.get("id")) or None
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
    if any(one["kind"] in ("retraction", "withdrawal") for one in notices_of(work)):
        return True
    title = _first(work.get("title")).lstrip().upper()
    return title.startswith(("RETRACTED:", "RETRACTED ARTICLE:", "WITHDRAWN:"))


def _urls(work: dict[str, Any]) -> dict[str, Any]:
    urls: dict[str, Any] = {}
    for link in as_list(work.get("link")):
        if isinstance(link, Mapping) and link.get("content-type") == "application/pdf":
            urls.setdefault("pdf", []).append(link.get("URL"))
    resource = work.get("resource")
    primary = resource.get("primary") if isinstance(resource, Mapping) else None
    if isinstance(primary, Mapping) and primary.get("URL"):
        urls["landing"] = primary["URL"]
    return urls
