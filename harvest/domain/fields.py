"""Reading single fields of a mapping that may hold anything.

The record format's fields are those of its description; sources may add `versions`
([{"number": 1, "submitted": "2022-05-24"}]), `cited_by_date`, `publisher`, and in authors
`raw_affiliation` and `corresponding`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from common.richtext.markup import is_plain
from common.richtext.text import clean_line, plain_text
from harvest.domain.record import MAX_COUNT, MAX_IDS
from papers.domain.found_identifiers import identifier_in, plain_identifier
from papers.domain.identifiers import Identifier, InvalidIdentifier, parse_identifier

_NUMBER_LIKE = re.compile(r"([0-9]{3,4})\.([0-9]{1,5}|[0-9]{12,16})")
_LISTED_IN_ONE = frozenset({"doi"})
_BETWEEN_IDENTIFIERS = re.compile(r"[;,|]?\s+(?=(?:doi:|https?://(?:dx\.)?doi\.org/)?10\.)", re.I)
_STARTS_LIKE_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?10\.[0-9]{4,9}/\S+$", re.I)
MAX_WARNINGS = 50  # a record that is wrong in a thousand places says so once


class Fields:
    """One record's mapping with the warnings that reading it gave."""

    __slots__ = ("mapping", "warnings")

    def __init__(self, mapping: Mapping[str, Any]) -> None:
        self.mapping = mapping
        self.warnings: list[str] = []

    def warn(self, sentence: str) -> None:
        """Note a part that was dropped."""
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings.append(clean_line(sentence[:400]))
        elif len(self.warnings) == MAX_WARNINGS:
            self.warnings.append("further problems were not listed")

    def text(self, name: str, limit: int) -> str:
        """The field as it stands when it is a string, "" otherwise; cut to `limit` characters."""
        value = self.mapping.get(name)
        return value[:limit] if isinstance(value, str) else ""

    def word(self, name: str, limit: int) -> str:
        """A code such as a type or a language, cleaned."""
        return clean_line(self.text(name, limit))

    def line(self, name: str, limit: int, *, decode: bool = False) -> str:
        """A line of text; with `decode` TeX, entities and tags are made plain."""
        value = self.text(name, limit)
        return decoded(value, limit) if decode else clean_line(value)

    def count(self, name: str) -> int | None:
        """A count from 0, None when it is not stated or cannot be one (with a warning)."""
        value = self.mapping.get(name)
        if value is None:
            return None
        if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
            value = int(value.strip()[:12])
        elif isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_COUNT:
            self.warn(f"{name}: {str(value)[:40]!r} is not a count; it was left out")
            return None
        return value

    def flag(self, name: str) -> bool:
        """Whether the field is exactly true."""
        return self.mapping.get(name) is True

    def identifier(self, scheme: str, raw: object, where: str) -> Identifier | None:
        """The canonical identifier, or None with a warning that starts with `where`."""
        if raw is None or raw == "":
            return None
        if isinstance(raw, int) and not isinstance(raw, bool):
            raw = str(raw) if 0 <= raw < 10**18 else "?"
        if isinstance(raw, float) and scheme == "arxiv":
            raw = repr(raw)
        if not isinstance(raw, str):
            self.warn(f"{where}: {scheme} is not text; it was left out")
            return None
        if scheme == "doi" and ("\\" in raw or "{" in raw or "&" in raw or "%" in raw):
            raw = plain_identifier(raw)
        try:
            return parse_identifier(scheme, raw)
        except InvalidIdentifier as problem:
            if (plain := plain_identifier(raw)) != raw and (restored := _valid(scheme, plain)) is not None:
                return restored
            if scheme == "arxiv" and (number := with_lost_zeros(raw)):
                self.warn(f"{where}: arxiv {raw[:40]!r} had been stored as a number and was read as {number}")
                return Identifier("arxiv", number)
            if (found := identifier_in(scheme, raw)) is not None:
                self.warn(f"{where}: {scheme} {raw[:80]!r} was read as {found.value}")
                return found
            self.warn(f"{where}: {problem}; it was left out")
            return None

    def identifiers(self, raw: object, where: str, *, allowed: tuple[str, ...]) -> tuple[Identifier, ...]:
        """The identifiers of an `ids` mapping (values may be lists), in the order of `allowed`."""
        if not raw:
            return ()
        if not isinstance(raw, Mapping):
            self.warn(f"{where}: ids is not an object; it was left out")
            return ()
        found: dict[Identifier, None] = {}
        for scheme in allowed:
            if scheme not in raw:
                continue
            value = raw[scheme]
            if isinstance(value, str) and scheme in _LISTED_IN_ONE and len(value.split()) > 1:
                value = _cut(value)
            for one in value[:MAX_IDS] if isinstance(value, list) else (value,):
                parsed = self.identifier(scheme, one, where)
                if parsed is not None:
                    found[parsed] = None
        return tuple(found)[:MAX_IDS]

    def items(self, name: str, limit: int, noun: str) -> Iterator[object]:
        """The entries of a list field up to a limit; more are dropped with a warning."""
        value = self.mapping.get(name)
        if value is None:
            return
        if not isinstance(value, list | tuple):
            self.warn(f"{name}: is not a list; it was left out")
            return
        if len(value) > limit:
            self.warn(f"{name}: of {len(value):,} {noun} the first {limit:,} were taken")
        yield from value[:limit]


def _cut(text: str) -> list[str]:
    """Several identifiers of one field ("10.1000/a; 10.1000/b"), or the text as it is."""
    parts = [part for part in _BETWEEN_IDENTIFIERS.split(text) if part]
    return parts if all(_STARTS_LIKE_DOI.match(part) for part in parts) else [text]


def _valid(scheme: str, raw: str) -> Identifier | None:
    try:
        return parse_identifier(scheme, raw)
    except InvalidIdentifier:
        return None


def with_lost_zeros(raw: str) -> str:
    """The arXiv id behind one that was stored as a number, "" for anything else.

    "704.102" gives "0704.1020", "1501.0026699999999" gives "1501.00267": ids had four digits after the point to 2014 and have five since, so what was lost is known.
    """
    match = _NUMBER_LIKE.fullmatch(raw.strip())
    if match is None:
        return ""
    month, digits = match[1].zfill(4), 4 if match[1].zfill(4) < "1501" else 5
    number = round(int(match[2].ljust(20, "0")) / 10 ** (20 - digits))
    restored = f"{month}.{number:0{digits}d}"
    try:
        return parse_identifier("arxiv", restored).value if month >= "0704" else ""
    except InvalidIdentifier:
        return ""


def decoded(text: str, limit: int) -> str:
    """A name or a line from outside made plain and cut to `limit` characters."""
    plain = clean_line(text) if is_plain(text) else plain_text(text[: limit * 10])
    return plain if len(plain) <= limit else plain[:limit].rstrip()
