"""arXiv's OAI-PMH records: the prefixes arXiv, arXivRaw and oai_dc."""

import re
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from harvest.domain.build import build_work
from harvest.domain.record import RecordError, SkippedRecord, WorkRecord
from harvest.domain.xml import local_name, text_of
from harvest.sources.arxiv.bylines import in_parts, split_byline

_DC_SUBJECT_CODE = re.compile(r"[a-z-]+(?:\.[A-Za-z-]{2,})?")
_ARXIV_URL = re.compile(r"https?://arxiv\.org/abs/", re.I)
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)\s*10\.", re.I)
_VENUE = {"name": "arXiv", "type": "repository"}
_LICENSE_LIMIT = 300


def parse_record(element: etree._Element) -> WorkRecord:
    """One `<record>`; raises SkippedRecord for a deleted one and RecordError for one that cannot be taken."""
    header = _child(element, "header")
    identifier = _text(header, "identifier") if header is not None else ""
    if header is not None and header.get("status") == "deleted":
        raise SkippedRecord("deleted", f"{identifier[:80] or 'the record'} is marked as deleted")
    metadata = _child(element, "metadata")
    body = next((child for child in metadata if local_name(child)), None) if metadata is not None else None
    read = _READERS.get(local_name(body)) if body is not None else None
    if body is None or read is None:
        raise RecordError("no_metadata", f"{identifier[:80] or 'the record'} has no metadata in a known format")
    mapping = read(body)
    mapping["ids"].setdefault("arxiv", identifier)
    return build_work(mapping, source="arxiv")


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if local_name(child) == name]


def _text(element: etree._Element, name: str) -> str:
    child = _child(element, name)
    return text_of(child).strip() if child is not None else ""


def _common(body: etree._Element) -> dict[str, Any]:
    """What the arXiv and arXivRaw prefixes share."""
    ids: dict[str, Any] = {}
    if number := _text(body, "id"):
        ids["arxiv"] = number
    if dois := _text(body, "doi").split():
        ids["doi"] = dois
    return {
        "ids": ids,
        "title": _text(body, "title"),
        "abstract": _text(body, "abstract"),
        "type": "preprint",
        "venue": dict(_VENUE),
        "categories": _text(body, "categories").split(),
        "comment": _text(body, "comments"),
        "license": _text(body, "license")[:_LICENSE_LIMIT],
        "journal_ref": _text(body, "journal-ref"),
    }


def _arxiv(body: etree._Element) -> dict[str, Any]:
    mapping = _common(body)
    mapping["published"] = _text(body, "created")
    mapping["updated"] = _text(body, "updated")
    authors = _child(body, "authors")
    mapping["authors"] = [_author(one) for one in _children(authors, "author")] if authors is not None else []
    return mapping


def _author(element: etree._Element) -> dict[str, Any]:
    """A byline entry with its parts: forenames, key names and suffix."""
    family = " ".join(text_of(one).strip() for one in _children(element, "keyname"))
    given, suffix = _text(element, "forenames"), _text(element, "suffix")
    affiliations = [text_of(one).strip() for one in _children(element, "affiliation")]
    author: dict[str, Any] = {"name": " ".join(filter(None, (given, family, suffix)))}
    if given:
        author |= {"given": given, "family": family, "suffix": suffix}
    if affiliations:
        author["affiliations"] = [{"name": name} for name in affiliations]
        author["raw_affiliation"] = "; ".join(affiliations)
    return author


def _arxiv_raw(body: etree._Element) -> dict[str, Any]:
    mapping = _common(body)
    versions = [_version(place, one) for place, one in enumerate(_children(body, "version"), start=1)]
    dates = [one["submitted"] for one in versions if one["submitted"]]
    mapping["versions"] = versions
    if dates:
        mapping["published"] = dates[0]
    if len(dates) > 1:
        mapping["updated"] = dates[-1]
    mapping["authors"] = [{"name": name} for name in split_byline(_text(body, "authors"))]
    if versions and _is_withdrawn(_children(body, "version")[-1]):
        mapping["retracted"] = True
        mapping["notices"] = [{"kind": "withdrawal", "date": dates[-1] if dates else ""}]
    return mapping


def _is_withdrawn(version: etree._Element) -> bool:
    """Whether the version has no text: arXiv marks those that authors withdraw with the type I ("ignore")."""
    return "I" in _text(version, "source_type")


def _version(index: int, element: etree._Element) -> dict[str, Any]:
    label = (element.get("version") or "").removeprefix("v")
    number = int(label) if label.isascii() and label.isdigit() and len(label) < 5 else index
    try:
        submitted = parsedate_to_datetime(_text(element, "date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        submitted = ""
    return {"number": number, "submitted": submitted}


def _dublin_core(body: etree._Element) -> dict[str, Any]:
    fields: dict[str, list[str]] = {}
    for child in body:
        if name := local_name(child):
            fields.setdefault(name, []).append(text_of(child).strip())
    dates = sorted(fields.get("date", []))
    descriptions = fields.get("description", [])
    comments = [text.removeprefix("Comment:").strip() for text in descriptions if text.startswith("Comment:")]
    abstracts = [text for text in descriptions if not text.startswith("Comment:")]
    identifiers = fields.get("identifier", [])
    ids: dict[str, Any] = {
        "arxiv": next((text for text in identifiers if _ARXIV_URL.match(text)), ""),
        "doi": [text for text in identifiers if _DOI.match(text)],
    }
    return {
        "ids": {scheme: value for scheme, value in ids.items() if value},
        "title": next(iter(fields.get("title", [])), ""),
        "abstract": next(iter(abstracts), ""),
        "comment": "; ".join(comments),
        "type": "preprint",
        "venue": dict(_VENUE),
        "published": dates[0] if dates else "",
        "updated": dates[-1] if len(dates) > 1 else "",
        "categories": [text for text in fields.get("subject", []) if _DC_SUBJECT_CODE.fullmatch(text)],
        "authors": [in_parts(name) for name in fields.get("creator", [])],
        "license": next(iter(fields.get("rights", [])), "")[:_LICENSE_LIMIT],
        "language": next((text for text in fields.get("language", []) if len(text) <= 10), ""),
    }


_READERS = {"arXiv": _arxiv, "arXivRaw": _arxiv_raw, "dc": _dublin_core}
