"""Cutting a BibTeX file into entries by bibtexparser 2: macros resolved, fields inherited, broken entries kept as such."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_STRINGS = "".join(f"@string{{{name} = {{{name}}}}}\n" for name in _MONTHS)
_DEEPEST = 3  # a chapter inherits from its book, the book from its series
_JOINED = frozenset({"keywords", "keyword", "note", "url", "annote"})
# What a part calls by another name than the volume it stands in; the rest is inherited under its own.
_RENAMED = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_NOT_INHERITED = frozenset(
    "author crossref xdata xref keywords keyword abstract doi eprint eprinttype archiveprefix url urldate pages note "
    "shorttitle sorttitle ids entryset options label key annote file".split()
)
_IN_VOLUMES = frozenset({"inproceedings", "conference", "incollection", "inbook", "suppbook", "suppcollection"})

_KEY_WITHOUT_COMMA = re.compile(r"^(@\w+\s*[{(]\s*[^\s,{}=]+)\s+(?=\w+\s*=)")
_FIELD_INSIDE = re.compile(r"[,}\"]\s*\n?\s*[a-z]{3,15}\s*=\s*[{\"0-9]", re.I)
_NEXT_FIELD = re.compile(r"(?P<value>\{.*\})\s+(?P<name>[A-Za-z-]+)\s*=\s*(?P<next>.+)", re.S)

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would say is in the rejected records


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry with the line on which it starts; `problem` is a sentence when it could not be read.

    `repeated` are fields that stood there more than once.
    """

    line: int
    fields: dict[str, str]
    kind: str = ""
    key: str = ""
    problem: str = ""
    repeated: tuple[str, ...] = field(default=())


def read_entries(text: str) -> Iterator[BibEntry]:
    """All entries of a file in order, broken ones with their problem."""
    ahead = _STRINGS.count("\n")
    library: Library = parse_string(_STRINGS + text, parse_stack=[])
    macros: dict[str, str] = {}
    for string in library.strings:  # a macro may be made of those before it
        macros[string.key.lower()] = _value(str(string.value), macros)
    found = [one for block in library.blocks if (one := _entry(block, macros, ahead)) is not None]
    by_key = {one.key.lower(): one for one in reversed(found) if one.key}
    for one in found:
        yield _inherited(one, by_key, _DEEPEST)


def _entry(block: object, macros: dict[str, str], ahead: int) -> BibEntry | None:
    line = (getattr(block, "start_line", None) or 0) + 1 - ahead
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        block = block.ignore_error_block
    if isinstance(block, Entry):
        return _read(block, macros, line)
    if isinstance(block, ParsingFailedBlock) and line > 0:
        if (mended := _mended(block)) is not None:
            return _read(mended, macros, line)
        return BibEntry(line, {}, problem=f"the entry could not be read: {_reason(block)}")
    return None


def _mended(block: ParsingFailedBlock) -> Entry | None:
    """The entry with the one sign that is missing most often: the brace at the end of a file that was cut, or the comma
    behind the key. None where it still cannot be read."""
    raw = str(block.raw or "").rstrip()
    for text in (f"{raw.rstrip(',')}\n}}", _KEY_WITHOUT_COMMA.sub(r"\1, ", raw, count=1)):
        library: Library = parse_string(_STRINGS + text, parse_stack=[])
        if len(library.entries) == 1 and not library.failed_blocks and _is_whole(library.entries[0]):
            return library.entries[0]
    return None


def _is_whole(entry: Entry) -> bool:
    """Whether no field of it has swallowed the next one."""
    return bool(entry.fields) and not any(_FIELD_INSIDE.search(str(one.value)) for one in entry.fields)


def _read(block: Entry, macros: dict[str, str], line: int) -> BibEntry:
    fields: dict[str, str] = {}
    repeated: dict[str, None] = {}
    for one in block.fields:
        for name, value in _fields_in(one.key.lower(), str(one.value), macros):
            _keep(fields, repeated, name, value)
    return BibEntry(line, fields, block.entry_type.lower(), block.key, repeated=tuple(repeated))


def _fields_in(name: str, raw: str, macros: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The field, and those behind it that no comma divides from it: `{A title} year={2020}`."""
    match = _NEXT_FIELD.fullmatch(raw.strip())
    if match is not None and match["value"].count("{") == match["value"].count("}"):
        yield name, _value(match["value"], macros)
        yield from _fields_in(match["name"].lower(), match["next"], macros)
    else:
        yield name, _value(raw, macros)


def _keep(fields: dict[str, str], repeated: dict[str, None], name: str, value: str) -> None:
    """Keep a field; of one that stands there twice the first counts, and both of those that are lists."""
    if name not in fields or not fields[name]:
        fields[name] = value
    elif value != fields[name]:
        repeated[name] = None
        if name in _JOINED:
            fields[name] = f"{fields[name]}, {value}"


def _inherited(entry: BibEntry, by_key: dict[str, BibEntry], deepest: int) -> BibEntry:
    """The entry with what `crossref` and `xdata` name put where it has nothing of its own."""
    names = [entry.fields.get("crossref", ""), *entry.fields.get("xdata", "").split(",")]
    fields = dict(entry.fields)
    for name in filter(None, (one.strip().lower() for one in names)):
        parent = by_key.get(name)
        if parent is None or parent is entry or not deepest:
            continue
        is_volume = entry.kind in _IN_VOLUMES and name == entry.fields.get("crossref", "").strip().lower()
        above = _inherited(parent, by_key, deepest - 1)
        for field_name, value in above.fields.items():
            if field_name in _NOT_INHERITED and above.kind != "xdata":
                continue
            fields.setdefault(_RENAMED.get(field_name, field_name) if is_volume else field_name, value)
    return replace(entry, fields=fields) if len(fields) > len(entry.fields) else entry


def _reason(block: ParsingFailedBlock) -> str:
    said = getattr(block.error, "abort_reason", "") or str(block.error)
    return " ".join(str(said).split())[:200] or "it does not end where it should"


def _value(value: str, macros: dict[str, str]) -> str:
    """The text of a field: braces or quotation marks taken off, macros put in, parts joined at "#"."""
    return "".join(_part(part.strip(), macros) for part in _parts(value)).strip()


def _part(part: str, macros: dict[str, str]) -> str:
    if len(part) >= 2 and (part[0], part[-1]) in {("{", "}"), ('"', '"')}:
        return part[1:-1]
    return macros.get(part.lower(), part)


def _parts(value: str) -> list[str]:
    """The value cut at each "#" that stands outside of braces and quotation marks."""
    if "#" not in value:
        return [value]
    parts, depth, quoted, start = [], 0, False, 0
    for at, letter in enumerate(value):
        if letter == '"' and depth == 0:
            quoted = not quoted
        elif letter in "{}":
            depth += 1 if letter == "{" else -1
        elif letter == "#" and depth == 0 and not quoted:
            parts.append(value[start:at])
            start = at + 1
    return [*parts, value[start:]]
