"""RIS entries, as tolerant as the files are: tags may be indented, ends missing, people listed in one line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from harvest.domain.build import build_work
from harvest.domain.copies import (
    OWN_KINDS,
    collected_ids,
    copied_from,
    is_about_identifier,
    language_code,
    listed_ids,
    outside_address,
    unnamed_id,
    venue_kind,
    without_empty,
)
from harvest.domain.record import RecordError, WorkRecord
from papers.domain.byline_noise import kind_of_name
from papers.domain.dates import certain_date
from papers.domain.name_parts import is_suffix_alone

_KINDS = {
    "JOUR": "article",
    "MGZN": "article",
    "NEWS": "article",
    "EJOUR": "article",
    "JFULL": "article",
    "INPR": "article",
    "CONF": "conference-paper",
    "CPAPER": "conference-paper",
    "BOOK": "book",
    "EDBOOK": "book",
    "WHOLE": "book",
    "EBOOK": "book",
    "CHAP": "book-chapter",
    "ECHAP": "book-chapter",
    "THES": "dissertation",
    "RPRT": "report",
    "UNPB": "preprint",
    "DATA": "dataset",
    "DBASE": "dataset",
    "COMP": "software",
    "STAND": "standard",
    "SER": "book",
}
_VENUE_KINDS = {
    "JOUR": "journal",
    "MGZN": "journal",
    "EJOUR": "journal",
    "JFULL": "journal",
    "INPR": "journal",
    "CONF": "conference",
    "CPAPER": "conference",
    "CHAP": "book",
    "ECHAP": "book",
}
_BOOKS = frozenset({"BOOK", "EDBOOK", "WHOLE", "EBOOK"})
_PARTS_OF_BOOKS = frozenset({"CHAP", "ECHAP"})
_LINE = re.compile(r"[\s\ufeff]*([A-Z][A-Z0-9])\s{1,3}-(?:\s(.*)|\s*)")
_ISSN = re.compile(r"[0-9]{4}-?[0-9]{3}[0-9Xx]\b")
_ARXIV_NUMBER = re.compile(r"arxiv:\s*(\S+)", re.I)
_ROLES = {"A2": "editor", "ED": "editor", "A4": "translator"}


@dataclass(frozen=True, slots=True)
class RisEntry:
    """An entry with the line on which it starts, and the values of each tag."""

    line: int
    tags: dict[str, list[str]] = field(default_factory=dict)


def read_entries(text: str) -> Iterator[RisEntry]:
    """All entries of a file in order. One ends with ER, or where the next begins, or with the file."""
    entry: RisEntry | None = None
    last = ""
    for number, line in enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        match = _LINE.fullmatch(line)
        tag = match[1] if match else ""
        if tag == "TY" or (entry is None and match is not None and tag != "ER"):
            if entry is not None:
                yield entry
            entry, last = RisEntry(number), ""
        if entry is None:
            continue
        if tag == "ER":
            yield entry
            entry = None
        elif match is not None:
            entry.tags.setdefault(tag, []).append((match[2] or "").strip())
            last = tag
        elif line.strip() and last:
            entry.tags[last][-1] = f"{entry.tags[last][-1]} {line.strip()}".strip()
    if entry is not None:
        yield entry


def parse_entry(entry: RisEntry) -> WorkRecord:
    """One entry as a work; raises RecordError."""
    if not any(value for tag, values in entry.tags.items() if tag != "TY" for value in values):
        raise RecordError("bad_ris", "the entry is empty")
    return build_work(_mapping(entry.tags), source="ris")


def _first(tags: dict[str, list[str]], *names: str) -> str:
    """The first value of the first of these tags that has one."""
    return next((value for name in names for value in tags.get(name, ()) if value), "")


def _mapping(tags: dict[str, list[str]]) -> dict[str, Any]:
    kind = _first(tags, "TY").upper()
    return without_empty(
        {
            "ids": _ids(tags, kind),
            "title": _first(tags, "TI", "T1", *(("BT", "CT") if kind in _BOOKS else ("CT",)), "TT"),
            "abstract": _first(tags, "AB", "N2"),
            "type": _first(tags, "M3").lower()
            if _first(tags, "M3").lower() in OWN_KINDS
            else _KINDS.get(kind, "other"),
            "published": _published(tags),
            "venue": _venue(tags, kind),
            "language": language_code(_first(tags, "LA")),
            "comment": "" if kind in _BOOKS else _first(tags, "N1"),
            "topics": [word for value in tags.get("KW", ()) for part in value.split(";") if (word := part.strip(" *"))],
            "authors": _people(tags),
            "urls": _urls(tags),
            "copied_from": copied_from(tags.get("UR", ())),
        }
    ) | _bibliographic(tags, kind)


def _bibliographic(tags: dict[str, list[str]], kind: str) -> dict[str, Any]:
    start, end = _first(tags, "SP"), _first(tags, "EP")
    pages = start if not end or "-" in start or "–" in start else f"{start}-{end}"
    return without_empty(
        {
            "volume": _first(tags, "VL"),
            "issue": "" if _ARXIV_NUMBER.match(_first(tags, "IS", "M1")) else _first(tags, "IS"),
            "pages": re.sub(r"\s*[‐‑–—-]+\s*", "-", pages),
            "article_number": _first(tags, "C7"),
            "publisher": _first(tags, "PB"),
            "book_title": _first(tags, "T2", "BT") if kind in _PARTS_OF_BOOKS | {"CPAPER", "CONF"} else "",
            "series": _first(tags, "T3"),
            "edition": _first(tags, "ET"),
            "isbn": _isbns(tags) if kind in _BOOKS | _PARTS_OF_BOOKS else [],
        }
    )


def _isbns(tags: dict[str, list[str]]) -> list[str]:
    return [one for value in tags.get("SN", ()) for one in re.split(r"[;,\s(]+", value) if len(one) > 9]


def _venue(tags: dict[str, list[str]], kind: str) -> dict[str, Any] | None:
    """The full name where there is one: T2 and JF before the abbreviations of JO, JA and J2."""
    names = (
        [_first(tags, "T2")]
        if kind in _BOOKS
        else [
            _first(tags, tag) for tag in ("JF", "T2", "BT", "JO", "JA", "J2", "C3", "DB")[: 7 if kind != "UNPB" else 8]
        ]
    )
    full = [name for name in names if name]
    if not full:
        return {"name": "arXiv", "type": "repository"} if kind == "UNPB" and _ids(tags, kind).get("arxiv") else None
    return {
        "name": full[0],
        "type": venue_kind(full[0], _VENUE_KINDS.get(kind, "")),
        "issn": [] if kind in _PARTS_OF_BOOKS else _ISSN.findall(" ".join(tags.get("SN", ()))),
        "publisher": _first(tags, "PB"),
    }


def _people(tags: dict[str, list[str]]) -> list[dict[str, Any]]:
    found = [_person(one) for tag in ("AU", "A1") for value in tags.get(tag, ()) for one in _each(value)]
    for tag, role in _ROLES.items():
        found += [{**_person(value), "role": role} for value in tags.get(tag, ()) if value]
    return found


def _each(value: str) -> list[str]:
    """The people of one line: several where each between "and" is a "Last, First" of its own."""
    several = [one.strip() for one in re.split(r"\s+and\s+", value)]
    return several if len(several) > 1 and all("," in one.strip(",") for one in several) else [value] if value else []


def _person(value: str) -> dict[str, Any]:
    """ "Last, First, Jr."; a comma behind all of it marks a group, and two of them somebody of one name."""
    if ";" in value:
        return {"name": value}
    parts = [part.strip() for part in value.split(",")]
    if len(parts) == 1:
        return {"name": value}
    if not parts[-1] and all(parts[:-1]) and kind_of_name(", ".join(parts[:-1])) == "group":
        return {"name": ", ".join(parts[:-1]), "is_group": True}
    if len(parts) == 2:
        return {"family": parts[0], "given": parts[1]} if parts[1] else {"name": parts[0], "is_group": True}
    if len(parts) == 3 and is_suffix_alone(parts[1]):
        return {"family": parts[0], "given": parts[2], "suffix": parts[1]}
    if len(parts) == 3:
        return {"family": parts[0], "given": parts[1], "suffix": parts[2]}
    return {"name": value}


def _urls(tags: dict[str, list[str]]) -> dict[str, Any]:
    links: dict[str, Any] = {}
    for kind, names in (("landing", ("UR", "L2")), ("pdf", ("L1",))):
        texts = [
            address
            for name in names
            for value in tags.get(name, ())
            for address in re.split(r";\s*(?=http)|\s+", value)
        ]
        found = [outside_address(one) for one in texts]
        if usable := [one for one in found if one and not is_about_identifier(one)]:
            links[kind] = usable
    return links


def _ids(tags: dict[str, list[str]], kind: str) -> dict[str, Any]:
    stated = [("doi", value) for tag in ("DO", "DI") for value in tags.get(tag, ()) if value]
    stated += [
        ("arxiv", match[1])
        for tag in ("IS", "M1")
        for value in tags.get(tag, ())
        if (match := _ARXIV_NUMBER.match(value))
    ]
    if kind in _BOOKS:
        stated += [("isbn", one) for one in _isbns(tags)]
    stated += [pair for value in tags.get("AN", ()) for pair in listed_ids(value)]
    texts = [
        value for tag in ("UR", "L1", "L2", "M3", "M1", "N1", "AN", "JO", "T2", "C2") for value in tags.get(tag, ())
    ]
    ids: dict[str, Any] = dict(collected_ids(stated, texts))
    if not ids:
        people = "; ".join(value for tag in ("AU", "A1") for value in tags.get(tag, ()))
        ids["local"] = unnamed_id("ris", _first(tags, "ID"), _first(tags, "TI", "T1"), people)
    return ids


def _published(tags: dict[str, list[str]]) -> str:
    """The finest of what the date tags say of one year; a raw text where nothing is certain."""
    raws = [value for tag in ("PY", "Y1", "DA") for value in tags.get(tag, ()) if value.strip(" /")]
    known = [date for value in raws if (date := certain_date(value)) is not None]
    if not known:
        return raws[0] if raws else ""
    same_year = [date for date in known if date.year == known[0].year]
    return max(same_year, key=lambda date: len(date.iso())).iso()
