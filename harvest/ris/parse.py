"""RIS files by rispy: one work an entry; a broken entry is rejected and the rest is read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise
from typing import Any

import rispy
from rispy.parser import ParseError

from harvest.domain.build import build_work
from harvest.domain.record import RecordError, WorkRecord

_KINDS = {
    "JOUR": "article",
    "MGZN": "article",
    "CONF": "conference-paper",
    "CPAPER": "conference-paper",
    "BOOK": "book",
    "EDBOOK": "book",
    "CHAP": "book-chapter",
    "THES": "dissertation",
    "RPRT": "report",
    "UNPB": "preprint",
    "DATA": "dataset",
}
_VENUE_KINDS = {
    "JOUR": "journal",
    "MGZN": "journal",
    "CONF": "conference",
    "CPAPER": "conference",
    "CHAP": "book",
}
_START = re.compile(r"^TY {1,2}- ?", re.M)
_END = re.compile(r"^ER {1,2}-", re.M)
_DATE = re.compile(r"\s*([0-9]{4,6})(?:[/-]([0-9]{0,2}))?(?:[/-]([0-9]{0,2}))?")


@dataclass(frozen=True, slots=True)
class RisEntry:
    """An entry with the line on which it starts; `problem` is a sentence when it could not be read."""

    line: int
    fields: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


def read_entries(text: str) -> Iterator[RisEntry]:
    """All entries of a file in order, broken ones with their problem."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    starts = [match.start() for match in _START.finditer(text)]
    line = at = 0
    for start, end in pairwise([*starts, len(text)]):
        line += text.count("\n", at, start)
        at = start
        yield _entry(line + 1, text[start:end])


def _entry(line: int, text: str) -> RisEntry:
    if _END.search(text) is None:
        return RisEntry(line, problem="the entry has no end (ER)")
    try:
        found = rispy.loads(text, skip_unknown_tags=True)
    except (ParseError, OSError, ValueError, KeyError, IndexError, TypeError) as problem:
        return RisEntry(line, problem=f"the entry could not be read: {str(problem)[:200]}")
    return RisEntry(line, dict(found[0])) if found else RisEntry(line, problem="the entry is empty")


def parse_entry(entry: RisEntry) -> WorkRecord:
    """One entry as a work; raises RecordError."""
    if entry.problem:
        raise RecordError("bad_ris", entry.problem)
    return build_work(_mapping(entry.fields), source="ris")


def _text(fields: dict[str, Any], *names: str) -> str:
    """The first of the fields that holds text; lists give their first entry."""
    for name in names:
        value = fields.get(name)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _mapping(fields: dict[str, Any]) -> dict[str, Any]:
    kind = _text(fields, "type_of_reference").upper()
    venue = _text(fields, "journal_name", "secondary_title", "alternate_title3", "alternate_title2", "alternate_title1")
    keywords = fields.get("keywords")
    people = fields.get("authors") or fields.get("first_authors") or []
    issn = _text(fields, "issn")
    return {
        "ids": _ids(fields, kind),
        "title": _text(fields, "title", "primary_title", "translated_title"),
        "abstract": _text(fields, "abstract", "notes_abstract"),
        "type": _KINDS.get(kind, "other"),
        "published": _published(fields),
        "venue": {
            "name": venue,
            "type": _VENUE_KINDS.get(kind, ""),
            "issn": re.findall(r"[0-9]{4}-?[0-9]{3}[0-9Xx]\b", issn) if kind not in {"BOOK", "CHAP"} else [],
            "publisher": _text(fields, "publisher"),
        },
        "language": _text(fields, "language") if len(_text(fields, "language")) <= 3 else "",
        "topics": [one for one in keywords if isinstance(one, str)] if isinstance(keywords, list) else [],
        "authors": [{"name": _printed(one)} for one in people if isinstance(one, str)],
        "urls": _urls(fields),
    }


def _urls(fields: dict[str, Any]) -> dict[str, Any]:
    links: dict[str, Any] = {}
    for kind, name in (("landing", "urls"), ("pdf", "file_attachments1")):
        value = fields.get(name)
        found = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
        if usable := [one for one in found if one.startswith("http")]:
            links[kind] = usable
    return links


def _ids(fields: dict[str, Any], kind: str) -> dict[str, Any]:
    ids: dict[str, Any] = {}
    if doi := _text(fields, "doi"):
        ids["doi"] = doi
    number = _text(fields, "issn")
    if kind in {"BOOK", "EDBOOK"} and number:
        ids["isbn"] = number.split()[0]
    for address in fields.get("urls") or []:
        if isinstance(address, str) and "arxiv.org/abs/" in address:
            ids["arxiv"] = address
    if not ids:
        said = "\n".join([_text(fields, "id"), _text(fields, "title", "primary_title"), str(fields.get("authors"))])
        ids["local"] = f"ris:{blake2b(said.encode(errors='replace'), digest_size=8).hexdigest()}"
    return ids


def _published(fields: dict[str, Any]) -> str:
    """RIS writes 2019/03/05/ with any part left empty."""
    for name in ("date", "year", "publication_year"):
        match = _DATE.match(_text(fields, name))
        if match:
            return "-".join([match[1], *([part.zfill(2) for part in match.groups()[1:] if part])])
    return ""


def _printed(name: str) -> str:
    """ "Last, First, Jr." in printing order."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 2:
        return f"{parts[1]} {parts[0]}".strip()
    if len(parts) >= 3:
        return f"{parts[1]} {parts[0]} {parts[2]}".strip()
    return name
