"""BibTeX files by bibtexparser 2: one work an entry; a broken entry is rejected with its line."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.model import DuplicateBlockKeyBlock, Entry, ParsingFailedBlock

from common.tex import tex_to_text
from harvest.domain.build import build_work
from harvest.domain.record import RecordError, WorkRecord

_KINDS = {
    "article": "article",
    "inproceedings": "conference-paper",
    "conference": "conference-paper",
    "book": "book",
    "incollection": "book-chapter",
    "inbook": "book-chapter",
    "phdthesis": "dissertation",
    "mastersthesis": "dissertation",
    "thesis": "dissertation",
    "techreport": "report",
    "report": "report",
    "unpublished": "preprint",
    "online": "other",
    "misc": "other",
    "dataset": "dataset",
    "proceedings": "book",
}
_VENUE_KINDS = {
    "article": "journal",
    "inproceedings": "conference",
    "conference": "conference",
    "incollection": "book",
}
_MONTHS = {name: place for place, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_YEAR = re.compile(r"\b[0-9]{4,6}\b")
_STRINGS = "".join(f"@string{{{name} = {{{name}}}}}\n" for name in _MONTHS)


logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would say is in the rejected records


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry with the line on which it starts; `problem` is a sentence when it could not be read."""

    line: int
    fields: dict[str, str]
    kind: str = ""
    key: str = ""
    problem: str = ""


def read_entries(text: str) -> Iterator[BibEntry]:
    """All entries of a file in order, broken ones with their problem."""
    ahead = _STRINGS.count("\n")
    library: Library = parse_string(_STRINGS + text, parse_stack=[])
    macros = {string.key.lower(): _value(str(string.value), {}) for string in library.strings}
    for block in library.blocks:
        line = (block.start_line or 0) + 1 - ahead
        if isinstance(block, DuplicateBlockKeyBlock) and isinstance(block.ignore_error_block, Entry):
            block = block.ignore_error_block
        if isinstance(block, Entry):
            fields = {field.key.lower(): _value(str(field.value), macros) for field in block.fields}
            yield BibEntry(line, fields, block.entry_type.lower(), block.key)
        elif isinstance(block, ParsingFailedBlock) and line > 0:
            yield BibEntry(line, {}, problem=f"the entry could not be read: {_reason(block)}")


def _reason(block: ParsingFailedBlock) -> str:
    said = getattr(block.error, "abort_reason", "") or str(block.error)
    return " ".join(str(said).split())[:200] or "it does not end where it should"


def parse_entry(entry: BibEntry) -> WorkRecord:
    """One entry as a work; raises RecordError."""
    if entry.problem:
        raise RecordError("bad_bibtex", entry.problem)
    return build_work(_mapping(entry), source="bibtex")


def split_names(field: str) -> list[str]:
    """The people of an author field, which stand between the word "and" outside of braces."""
    names, depth, start, at = [], 0, 0, 0
    lowered = field.lower()
    while at < len(field):
        if field[at] == "{":
            depth += 1
        elif field[at] == "}":
            depth -= 1
        elif (
            depth <= 0
            and field[at].isspace()
            and lowered.startswith("and", at + 1)
            and field[at + 4 : at + 5].isspace()
        ):
            names.append(field[start:at])
            start = at = at + 4
            continue
        at += 1
    return [name for name in (one.strip() for one in [*names, field[start:]]) if name]


def printed_name(name: str) -> str:
    """A name in printing order: "von Last, Jr, First" gives "First von Last Jr"; braces protect a whole name."""
    if name.startswith("{") and name.endswith("}") and name.count("{") == 1:
        return _plain(name)
    parts = [part.strip() for part in _plain(name).split(",")]
    if len(parts) == 2:
        return f"{parts[1]} {parts[0]}".strip()
    if len(parts) >= 3:
        return f"{parts[2]} {parts[0]} {parts[1]}".strip()
    return parts[0]


def _mapping(entry: BibEntry) -> dict[str, Any]:
    fields = entry.fields
    venue = next((fields[name] for name in ("journal", "journaltitle", "booktitle") if fields.get(name)), "")
    authors = split_names(fields.get("author") or fields.get("editor") or "")
    return {
        "ids": _ids(entry),
        "title": _plain(fields.get("title", "")),
        "abstract": fields.get("abstract", ""),
        "type": _KINDS.get(entry.kind, entry.kind),
        "published": _published(fields),
        "venue": {
            "name": _plain(venue),
            "type": _VENUE_KINDS.get(entry.kind, ""),
            "issn": re.split(r"[,;\s]+", fields["issn"]) if fields.get("issn") else [],
            "publisher": _plain(fields.get("publisher", "")),
        },
        "language": fields.get("language") if len(fields.get("language", "")) <= 3 else "",
        "comment": fields.get("note", ""),
        "topics": [one for part in re.split(r"[,;]", fields.get("keywords", "")) if (one := _plain(part).strip())],
        "authors": [{"name": printed_name(name)} for name in authors],
        "urls": {"landing": fields["url"].strip("{}\\ ")} if fields.get("url", "").startswith("http") else {},
    }


def _ids(entry: BibEntry) -> dict[str, Any]:
    fields = entry.fields
    ids: dict[str, Any] = {name: tex_to_text(fields[name]).strip("{} ") for name in ("doi", "pmid") if fields.get(name)}
    eprint = fields.get("eprint", "")
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "").lower()
    if eprint and (archive == "arxiv" or not archive):
        ids["arxiv"] = eprint
    if entry.kind in {"book", "proceedings"} and fields.get("isbn"):
        ids["isbn"] = fields["isbn"]
    if not ids:
        said = "\n".join([entry.key, fields.get("title", ""), fields.get("author", ""), fields.get("year", "")])
        ids["local"] = f"bibtex:{entry.key[:100]}:{blake2b(said.encode(errors='replace'), digest_size=5).hexdigest()}"
    return ids


def _published(fields: dict[str, str]) -> str:
    if fields.get("date"):
        return fields["date"].split("/")[0]
    year = _YEAR.search(fields.get("year", ""))
    if year is None:
        return ""
    month = fields.get("month", "").strip("{} ").lower()
    number = _MONTHS.get(month[:3]) or (int(month) if month.isdigit() and 1 <= int(month[:4]) <= 12 else None)
    return f"{year[0]}-{number:02d}" if number else year[0]


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


def _plain(text: str) -> str:
    """TeX decoded; braces that only protect capitals are taken off outside of mathematics."""
    parts = re.split(r"(?<!\\)(\$[^$]*\$)", text)
    return "".join(
        part if place % 2 else re.sub(r"(?<!\\)[{}]", "", tex_to_text(part)) for place, part in enumerate(parts)
    )
