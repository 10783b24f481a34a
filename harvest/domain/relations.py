"""What a work is tied to: venue, references, categories, topics, links and versions."""

import re
from collections.abc import Mapping
from functools import lru_cache
from math import isfinite
from urllib.parse import urlsplit

from common.richtext.text import clean_line
from harvest.domain.fields import Fields, decoded
from harvest.domain.record import (
    MAX_CATEGORIES,
    MAX_KIND_CHARS,
    MAX_LINKS,
    MAX_NAME_CHARS,
    MAX_REFERENCES,
    MAX_SCHEME_CHARS,
    MAX_TOPICS,
    MAX_URL_CHARS,
    MAX_VERSIONS,
    SourcedCategory,
    SourcedLink,
    SourcedReference,
    SourcedTopic,
    SourcedVenue,
    SourcedVersion,
)
from papers.domain.categories import category_name
from papers.domain.dates import InvalidDate, parse_date
from papers.domain.identifiers import Identifier

_REFERENCE_SCHEMES = ("doi", "arxiv", "openalex", "acl", "pmid", "pmcid", "isbn", "mag", "local")
_ARXIV_CATEGORY = re.compile(r"(?!.{65})[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]{2}|\.[a-z]+(?:-[a-z]+)+)?")
_ISSNS = re.compile(r"(?<![0-9])[0-9]{4}[-–‐]?[0-9]{3}[0-9Xx](?![0-9])")
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)
_CODE = re.compile(r"[\w.:/ ()&,+-]{1,64}")


def read_venue(fields: Fields) -> SourcedVenue | None:
    """The venue, None when none is named."""
    return venue_of(fields, fields.mapping.get("venue"), "venue")


def venue_of(fields: Fields, raw: object, where: str) -> SourcedVenue | None:
    """A venue by name or as an object; `where` starts the warnings."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, str):
        raw = {"name": raw}
    if not isinstance(raw, Mapping):
        fields.warn(f"{where}: is not an object; it was left out")
        return None
    name, kind = raw.get("name"), raw.get("type")
    if isinstance(name, str) and _WEB_ADDRESS.fullmatch(name):
        fields.warn(f"{where}: {name[:80]!r} is an address, not the name of a venue; it was left out")
        return None
    if isinstance(name, str) and isinstance(kind, str) and len(raw) == 2:
        return _simple_venue(name, kind)
    name = decoded(name, MAX_NAME_CHARS) if isinstance(name, str) else ""
    if not name:
        return None
    issns = [fields.identifier("issn", one, where) for one in _listed_issns(raw.get("issn"))]
    openalex = fields.identifier("openalex", raw.get("openalex"), where)
    publisher = raw.get("publisher")
    return SourcedVenue(
        name,
        clean_line(kind[:MAX_KIND_CHARS]) if isinstance(kind, str) else "",
        tuple(dict.fromkeys(one.value for one in issns if one)),
        openalex.value if openalex else None,
        decoded(publisher, MAX_NAME_CHARS) if isinstance(publisher, str) else "",
    )


def _listed_issns(raw: object) -> list[object]:
    """The ISSNs of a text, a list or an object of kinds; "0028-0836 (print), 1476-4687" are two."""
    if isinstance(raw, Mapping):
        raw = list(raw.values())
    found: list[object] = []
    for one in raw[:20] if isinstance(raw, list) else [raw]:
        found.extend(_ISSNS.findall(one) or [one] if isinstance(one, str) else [one])
    return found


@lru_cache(maxsize=4_096)
def _simple_venue(name: str, kind: str) -> SourcedVenue | None:
    name = decoded(name, MAX_NAME_CHARS)
    return SourcedVenue(name, clean_line(kind[:MAX_KIND_CHARS])) if name else None


def read_references(fields: Fields, *, own: frozenset[Identifier]) -> tuple[SourcedReference, ...]:
    """The cited works, each once; a reference to the work itself is dropped with a warning."""
    found: dict[SourcedReference, None] = {}
    for place, entry in enumerate(fields.items("references", MAX_REFERENCES, "references"), start=1):
        where = f"reference {place}"
        if not isinstance(entry, Mapping):
            fields.warn(f"{where}: is not an object; it was left out")
            continue
        ids = fields.identifiers(entry, where, allowed=_REFERENCE_SCHEMES)
        if not ids:
            continue
        if not own.isdisjoint(ids):
            fields.warn(f"{where} cites the work itself; it was left out")
            continue
        found[SourcedReference(ids)] = None
    return tuple(found)


def read_categories(fields: Fields) -> tuple[SourcedCategory, ...]:
    """Classes in the source's order: plain codes are arXiv's where they have that shape."""
    found: dict[SourcedCategory, None] = {}
    for entry in fields.items("categories", MAX_CATEGORIES, "categories"):
        if isinstance(entry, str) and (known := _arxiv_category(entry)) is not None:
            found[known] = None
            continue
        scheme, code = "", entry
        if isinstance(entry, Mapping):
            scheme, code = entry.get("scheme") or "", entry.get("code")
        if not isinstance(code, str) or not isinstance(scheme, str) or not _CODE.fullmatch(code.strip()):
            fields.warn(f"categories: {str(code)[:40]!r} is not a code; it was left out")
            continue
        code = clean_line(code)
        found[SourcedCategory(clean_line(scheme[:MAX_SCHEME_CHARS]) or _scheme_of(code), code)] = None
    return tuple(found)


@lru_cache(maxsize=4_096)
def _arxiv_category(code: str) -> SourcedCategory | None:
    return SourcedCategory("arxiv", code) if _scheme_of(code) == "arxiv" else None


def _scheme_of(code: str) -> str:
    """arXiv's own list decides; what has the shape of its codes may be newer than the list."""
    return "arxiv" if category_name("arxiv", code)[0] or _ARXIV_CATEGORY.fullmatch(code) else "other"


def read_topics(fields: Fields) -> tuple[SourcedTopic, ...]:
    """Topics, each name once; a score outside 0 to 1 is dropped."""
    found: dict[str, SourcedTopic] = {}
    for entry in fields.items("topics", MAX_TOPICS, "topics"):
        if isinstance(entry, str):
            entry = {"name": entry}
        if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
            continue
        name = decoded(entry["name"], MAX_NAME_CHARS)
        openalex = fields.identifier("openalex", entry.get("openalex"), "topics")
        if name:
            score = _score(entry.get("score"))
            found.setdefault(name.casefold(), SourcedTopic(name, openalex.value if openalex else None, score))
    return tuple(found.values())


def _score(raw: object) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not isfinite(raw):
        return None
    return float(raw) if 0 <= raw <= 1 else None


def web_address(raw: object, *, limit: int = MAX_URL_CHARS) -> str:
    """The address when it is http or https with a host and without a password, else ""."""
    if not isinstance(raw, str) or len(raw) > limit:
        return ""
    address = raw.strip()
    if not address.isprintable() or any(mark in address for mark in ' "<>\\^`{|}'):
        return ""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.password is None
    except ValueError:
        return ""
    return address if usable else ""


def read_links(fields: Fields) -> tuple[SourcedLink, ...]:
    """Links from `urls`, a mapping of kinds to one address or several."""
    raw = fields.mapping.get("urls")
    if not raw:
        return ()
    if not isinstance(raw, Mapping):
        fields.warn("urls: is not an object; it was left out")
        return ()
    found: dict[str, SourcedLink] = {}
    for kind, value in list(raw.items())[:MAX_LINKS]:
        for one in value[:MAX_LINKS] if isinstance(value, list) else [value]:
            if address := web_address(one):
                found.setdefault(address, SourcedLink(clean_line(str(kind)[:40]), address))
            elif one:
                fields.warn(f"urls: {str(one)[:80]!r} is not a web address; it was left out")
    return tuple(found.values())[:MAX_LINKS]


def read_versions(fields: Fields) -> tuple[SourcedVersion, ...]:
    """Versions in the order of their numbers, each number once."""
    found: dict[int, SourcedVersion] = {}
    for entry in fields.items("versions", MAX_VERSIONS, "versions"):
        number = entry.get("number") if isinstance(entry, Mapping) else None
        if not isinstance(entry, Mapping) or not isinstance(number, int) or not 1 <= number <= 32_767:
            fields.warn("versions: an entry has no number; it was left out")
            continue
        try:
            submitted = parse_date(entry["submitted"]).first_day if entry.get("submitted") else None
        except InvalidDate as problem:
            fields.warn(f"version {number}: {problem}; its date was left out")
            submitted = None
        found.setdefault(number, SourcedVersion(number, submitted))
    return tuple(found[number] for number in sorted(found))
