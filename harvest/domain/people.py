"""The byline: authors with their identifiers and affiliations."""

import re
from collections.abc import Mapping
from typing import Any

from harvest.domain.fields import Fields, decoded
from harvest.domain.record import (
    MAX_AFFILIATION_CHARS,
    MAX_AFFILIATIONS,
    MAX_AUTHORS,
    MAX_NAME_CHARS,
    SourcedAffiliation,
    SourcedAuthor,
)

_AUTHOR_SCHEMES = ("orcid", "openalex", "mag", "isni", "acl", "local")
_OTHERS = re.compile(r"(?:and\s+)?(?:et\.?\s*al\.?(?:\s.*)?|and others|others|\.\.\.|…)", re.I)
_TRAILING_OTHERS = re.compile(r"[\s,]+et\.?\s+al\.?$", re.I)
_LEADING_AND = re.compile(r"(?:and|&)\s+(?=\S)", re.I)
_JOINED = re.compile(r"\s+(?:and|&)\s+", re.I)
_COLLECTIVE = re.compile(
    r"\b(?:collaborations?|consortium|group|team|network|committee|society|institute|company|co|inc|ltd|collection|press|library|museum|herbarium|university|department|"
    r"association|project|investigators|organi[sz]ation|center|centre|council|agency|forum|for the|on behalf)\b",
    re.I,
)
_PLAIN_NAME = re.compile(r"(?!and )[A-Z][a-zA-Z.'-]{0,40}(?: (?!and |et |others?\b)[A-Za-z.'-]{1,40}){1,6}", re.A)
_HAS_LETTER = re.compile(r"[^\W\d_]")


def read_authors(fields: Fields) -> tuple[SourcedAuthor, ...]:
    """The authors in the order of the byline; entries that name nobody are dropped with a warning."""
    authors: list[SourcedAuthor] = []
    for place, entry in enumerate(fields.items("authors", MAX_AUTHORS, "authors"), start=1):
        if isinstance(entry, str):
            entry = {"name": entry}
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            fields.warn(f"author {place}: has no name; the entry was left out")
            continue
        name = entry["name"]
        names = [name] if _PLAIN_NAME.fullmatch(name) else _names_in(fields, place, name)
        if len(names) == 1:
            authors.append(_author(fields, place, names[0], entry))
        else:
            authors.extend(SourcedAuthor(name) for name in names)
    return tuple(authors)


def _author(fields: Fields, place: int, name: str, entry: Mapping[str, Any]) -> SourcedAuthor:
    if len(entry) == 1:
        return SourcedAuthor(name)
    where = f"author {place}"
    ids = fields.identifiers(entry.get("ids"), where, allowed=_AUTHOR_SCHEMES)
    raw = entry.get("raw_affiliation")
    return SourcedAuthor(
        name,
        ids,
        read_affiliations(fields, where, entry.get("affiliations")),
        decoded(raw, MAX_AFFILIATION_CHARS) if isinstance(raw, str) else "",
        entry.get("corresponding") is True,
    )


def _names_in(fields: Fields, place: int, raw: str) -> list[str]:
    """The names that one entry holds: one as a rule, none for "et al.", two where "and" joins two people."""
    name = decoded(raw, MAX_NAME_CHARS).strip(" ,;:")
    if len(raw) > MAX_NAME_CHARS * 2:
        fields.warn(f"author {place}: the name was cut to {MAX_NAME_CHARS} characters")
    if _OTHERS.fullmatch(name):
        fields.warn(f"author {place}: {name!r} names nobody; the entry was left out")
        return []
    if " et" in name and (shorter := _TRAILING_OTHERS.sub("", name)) != name:
        fields.warn(f'author {place}: "et al." was taken off {name!r}')
        name = shorter
    if name[:4].lower() == "and " or name[:2] == "& ":
        name = _LEADING_AND.sub("", name, count=1)
    if not _HAS_LETTER.search(name):
        fields.warn(f"author {place}: {raw[:80]!r} holds no letter; the entry was left out")
        return []
    return _separated(fields, place, name)


def _separated(fields: Fields, place: int, name: str) -> list[str]:
    if (" and " not in name and " & " not in name) or _COLLECTIVE.search(name):
        return [name]
    parts = [part.strip(" ,;") for part in _JOINED.split(name)]
    if not all(" " in part and _HAS_LETTER.search(part) for part in parts):
        return [name]
    fields.warn(f"author {place}: {name!r} was read as {len(parts)} people")
    return parts


def read_affiliations(fields: Fields, where: str, raw: object) -> tuple[SourcedAffiliation, ...]:
    """The affiliations of a list of names or objects, each once."""
    if not raw:
        return ()
    if not isinstance(raw, list | tuple):
        fields.warn(f"{where}: affiliations is not a list; it was left out")
        return ()
    found: dict[SourcedAffiliation, None] = {}
    for entry in raw[:MAX_AFFILIATIONS]:
        if isinstance(entry, str):
            entry = {"name": entry}
        if not isinstance(entry, Mapping):
            continue
        affiliation = _affiliation(fields, where, entry)
        if affiliation.name or affiliation.ror or affiliation.openalex:
            found[affiliation] = None
    return tuple(found)


def _affiliation(fields: Fields, where: str, entry: Mapping[str, Any]) -> SourcedAffiliation:
    name = entry.get("name")
    ror = fields.identifier("ror", entry.get("ror"), where)
    openalex = fields.identifier("openalex", entry.get("openalex"), where)
    return SourcedAffiliation(
        decoded(name, MAX_AFFILIATION_CHARS) if isinstance(name, str) else "",
        ror.value if ror else None,
        openalex.value if openalex else None,
    )
