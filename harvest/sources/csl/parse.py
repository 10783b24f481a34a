"""A CSL-JSON item as a mapping of the record format."""

from collections.abc import Mapping
from typing import Any

from harvest.domain.build import build_work
from harvest.domain.copies import (
    OWN_KINDS,
    collected_ids,
    copied_from,
    is_about_identifier,
    language_code,
    outside_address,
    unnamed_id,
    venue_kind,
    without_empty,
)
from harvest.domain.record import WorkRecord
from papers.domain.dates import certain_date

_KINDS = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "article": "preprint",
    "paper-conference": "conference-paper",
    "chapter": "book-chapter",
    "book": "book",
    "thesis": "dissertation",
    "report": "report",
    "dataset": "dataset",
    "software": "software",
    "review": "review",
    "review-book": "review",
    "entry-encyclopedia": "reference-entry",
    "standard": "standard",
}
_STATUS = {"retracted": "retraction", "withdrawn": "withdrawal", "expression of concern": "concern"}
_VENUE_KINDS = {"article-journal": "journal", "paper-conference": "conference", "chapter": "book"}
_ROLES = {"author": "author", "editor": "editor", "translator": "translator", "collection-editor": "editor"}


def parse_item(item: dict[str, Any]) -> WorkRecord:
    """One item as a work; raises RecordError."""
    return build_work(_mapping(item), source="csl")


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, str)), "")
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _mapping(item: dict[str, Any]) -> dict[str, Any]:
    kind = _text(item, "type")
    ids = _ids(item, kind)
    return without_empty(
        {
            "ids": ids,
            "title": _text(item, "title"),
            "abstract": _text(item, "abstract"),
            "type": _text(item, "genre") if _text(item, "genre") in OWN_KINDS else _KINDS.get(kind, "other"),
            "published": _date(item.get("issued")),
            "venue": _venue(item, kind, ids),
            "notices": [{"kind": kind} for kind in [_STATUS.get(_text(item, "status").lower(), "")] if kind],
            "language": language_code(_text(item, "language")),
            "topics": [one for part in _text(item, "keyword").replace(";", ",").split(",") if (one := part.strip())],
            "authors_truncated": _custom(item).get("authors_truncated") is True,
            "authors_total": _authors_total(item),
            "authors": [
                person for name in _ROLES for one in _people(item.get(name)) if (person := _person(one, _ROLES[name]))
            ],
            "urls": _urls(item),
            "copied_from": copied_from([_text(item, "URL")]),
            "volume": _text(item, "volume"),
            "issue": _text(item, "issue"),
            "pages": _text(item, "page").replace("–", "-"),
            "article_number": _text(item, "number") if kind == "article-journal" else "",
            "publisher": _text(item, "publisher"),
            "book_title": _text(item, "container-title") if kind in {"chapter", "paper-conference"} else "",
            "series": _text(item, "collection-title"),
            "edition": _text(item, "edition"),
            "isbn": [one for one in _text(item, "ISBN").replace(",", " ").split() if one],
        }
    )


def _authors_total(item: Mapping[str, Any]) -> int | None:
    """How long the byline is of which the item has a part, as our own exports say; None where it is whole."""
    total = _custom(item).get("authors_total")
    return total if isinstance(total, int) and not isinstance(total, bool) else None


def _custom(item: Mapping[str, Any]) -> Mapping[str, Any]:
    custom = item.get("custom")
    return custom if isinstance(custom, Mapping) else {}


def _people(value: object) -> list[object]:
    """The names of a variable; one that is no list is a list of itself."""
    return value if isinstance(value, list) else [value] if value else []


def _person(name: object, role: str) -> dict[str, Any]:
    if isinstance(name, str):
        return {"name": name} if role == "author" else {"name": name, "role": role}
    if not isinstance(name, Mapping):
        return {}
    parts = {
        "family": _text(name, "family"),
        "given": " ".join(filter(None, (_text(name, "given"), _text(name, "dropping-particle")))),
        "particle": _text(name, "non-dropping-particle"),
        "suffix": _text(name, "suffix"),
    }
    literal = _text(name, "literal")
    if not any(parts.values()) and not literal:
        parts = {"name": _text(name, "name")}
    if literal and not parts["family"]:
        parts = {"name": literal, "is_group": " " in literal} if " " in literal else {"name": literal}  # type: ignore[dict-item]  # a flag beside texts
    if role != "author":
        return {**parts, "role": role}
    return dict(parts)


def _date(value: object) -> str:
    if isinstance(value, str | int) and not isinstance(value, bool):
        known = certain_date(value)
        return known.iso() if known else str(value)
    if not isinstance(value, Mapping):
        return ""
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first, list) and first:
        raw = "-".join(str(part).zfill(2) for part in first[:3] if part not in (None, ""))
        known = certain_date(raw)
        return known.iso() if known else raw
    raw = _text(value, "raw") or _text(value, "literal")
    known = certain_date(raw) if raw else None
    return known.iso() if known else raw


def _venue(item: Mapping[str, Any], kind: str, ids: Mapping[str, Any]) -> dict[str, Any] | None:
    name = _text(item, "container-title") or _text(item, "event-title")
    if not name and kind == "article" and _text(item, "genre") in ("", "preprint"):
        name = _text(item, "publisher") or _text(item, "archive")
    if not name:
        return {"name": "arXiv", "type": "repository"} if ids.get("arxiv") else None
    issn = _text(item, "ISSN").replace(",", " ").split()
    return {
        "name": name,
        "type": venue_kind(name, _VENUE_KINDS.get(kind, "")),
        "issn": issn,
        "publisher": _text(item, "publisher"),
    }


def _urls(item: Mapping[str, Any]) -> dict[str, Any]:
    address = outside_address(_text(item, "URL"))
    return {"landing": address} if address and not is_about_identifier(address) else {}


def _ids(item: Mapping[str, Any], kind: str) -> dict[str, Any]:
    stated = [
        (scheme, _text(item, name))
        for scheme, name in (("doi", "DOI"), ("pmid", "PMID"), ("pmcid", "PMCID"))
        if _text(item, name)
    ]
    if _text(item, "archive").lower() == "arxiv" and _text(item, "archive_location"):
        stated.append(("arxiv", _text(item, "archive_location")))
    if kind == "book":
        stated += [("isbn", one) for one in _text(item, "ISBN").replace(",", " ").split()]
    custom = item.get("custom")
    if isinstance(custom, Mapping) and isinstance(custom.get("ids"), Mapping):
        stated += [
            (str(scheme), value)
            for scheme, values in custom["ids"].items()
            for value in (values if isinstance(values, list) else [values])
            if isinstance(value, str)
        ]
    texts = [_text(item, name) for name in ("URL", "note", "number", "container-title", "id")]
    ids: dict[str, Any] = dict(collected_ids(stated, texts))
    if not ids:
        ids["local"] = unnamed_id("csl", _text(item, "id"), _text(item, "title"), str(item.get("author"))[:2_000])
    return ids
