"""From mappings of institutions, authors, venues and topics to their records, with the bounds of works.

The mappings have the field names of the records; identifiers are given as `ids`, a mapping by scheme.
"""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from harvest.domain import record as bounds
from harvest.domain.build import digest_of
from harvest.domain.fields import Fields, decoded
from harvest.domain.people import read_affiliations
from harvest.domain.record import (
    MAX_NAME_CHARS,
    AuthorRecord,
    InstitutionName,
    InstitutionRecord,
    RecordError,
    TopicRecord,
    VenueRecord,
)
from harvest.domain.relations import web_address
from papers.domain.dates import latest_year
from papers.domain.identifiers import Identifier

MAX_NAMES = 500  # a university has up to 200 names over all languages
MAX_RELATIONS = 5_000  # the largest funder has about 1,500 children
MAX_DESCRIPTION_CHARS = 5_000
_STATUSES = frozenset({"active", "inactive", "withdrawn"})


def build_institution(mapping: Mapping[str, Any], *, source: str) -> InstitutionRecord:
    """One organisation; raises RecordError without a name or a valid identifier."""
    fields = Fields(mapping)
    ids = _ids(fields, ("ror", "openalex", "grid", "wikidata", "isni", "mag"), first=("ror", "openalex"))
    name = _name(fields)
    status = fields.word("status", 20).lower()
    values = (
        source,
        _key(ids, ("ror", "openalex") if source == "ror" else ("openalex", "ror")),
        name,
        _names(fields),
        next((one.value for one in ids if one.scheme == "ror"), None),
        ids,
        fields.word("kind", bounds.MAX_KIND_CHARS).lower(),
        _country(fields),
        fields.line("city", 200, decode=True),
        _degrees(mapping.get("latitude"), 90),
        _degrees(mapping.get("longitude"), 180),
        web_address(mapping.get("homepage"), limit=bounds.MAX_HOMEPAGE_CHARS),
        _year(fields),
        status if status in _STATUSES else "active",
        _relations(fields, "parents"),
        _relations(fields, "children"),
        _relations(fields, "successors"),
        tuple(str(one)[:253].lower() for one in fields.items("domains", 50, "domains") if isinstance(one, str)),
    )
    return InstitutionRecord(*values, tuple(fields.warnings), digest_of(values))


def build_author(mapping: Mapping[str, Any], *, source: str) -> AuthorRecord:
    """One author as a source has put them together; raises RecordError."""
    fields = Fields(mapping)
    ids = _ids(fields, ("orcid", "openalex", "mag", "isni"), first=("openalex", "orcid"))
    name = _name(fields)
    values = (
        source,
        _key(ids, ("openalex", "orcid")),
        ids,
        name,
        _variants(fields, name),
        read_affiliations(fields, "author", mapping.get("affiliations")),
    )
    return AuthorRecord(*values, tuple(fields.warnings), digest_of(values))


def build_venue(mapping: Mapping[str, Any], *, source: str) -> VenueRecord:
    """One journal, series, repository or conference; raises RecordError."""
    fields = Fields(mapping)
    ids = _ids(fields, ("openalex", "issn", "mag", "wikidata"), first=("openalex", "issn"))
    name = _name(fields)
    values = (
        source,
        _key(ids, ("openalex", "issn")),
        ids,
        name,
        _variants(fields, name),
        fields.word("kind", bounds.MAX_KIND_CHARS).lower(),
        fields.line("publisher", MAX_NAME_CHARS, decode=True),
        web_address(mapping.get("homepage")),
    )
    return VenueRecord(*values, tuple(fields.warnings), digest_of(values))


def build_topic(mapping: Mapping[str, Any], *, source: str) -> TopicRecord:
    """One topic with what stands above it; raises RecordError."""
    fields = Fields(mapping)
    ids = _ids(fields, ("openalex", "wikidata", "mag"), first=("openalex",))
    name = _name(fields)
    keywords = [decoded(one, 200) for one in fields.items("keywords", 200, "keywords") if isinstance(one, str)]
    values = (
        source,
        _key(ids, ("openalex",)),
        ids,
        name,
        fields.line("description", MAX_DESCRIPTION_CHARS, decode=True),
        tuple(dict.fromkeys(filter(None, keywords))),
        fields.line("subfield", bounds.MAX_FIELD_CHARS, decode=True),
        fields.line("field", bounds.MAX_FIELD_CHARS, decode=True),
        fields.line("domain", bounds.MAX_FIELD_CHARS, decode=True),
    )
    return TopicRecord(*values, tuple(fields.warnings), digest_of(values))


def _ids(fields: Fields, allowed: tuple[str, ...], *, first: tuple[str, ...]) -> tuple[Identifier, ...]:
    ids = fields.identifiers(fields.mapping.get("ids"), "id", allowed=allowed)
    if not any(one.scheme in first for one in ids):
        problem = f": {fields.warnings[0]}" if fields.warnings else ""
        raise RecordError("no_id", f"the record has no usable identifier{problem}")
    return ids


def _key(ids: tuple[Identifier, ...], preference: tuple[str, ...]) -> str:
    return next(str(one) for scheme in preference for one in ids if one.scheme == scheme)


def _name(fields: Fields) -> str:
    name = fields.line("name", MAX_NAME_CHARS, decode=True)
    if not name:
        raise RecordError("no_name", "the record has no name")
    return name


def _variants(fields: Fields, name: str) -> tuple[str, ...]:
    raw = fields.items("name_variants", MAX_NAMES, "names")
    found = dict.fromkeys(decoded(one, MAX_NAME_CHARS) for one in raw if isinstance(one, str))
    return tuple(one for one in found if one and one != name)


def _names(fields: Fields) -> tuple[InstitutionName, ...]:
    found: dict[InstitutionName, None] = {}
    for entry in fields.items("names", MAX_NAMES, "names"):
        if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
            continue
        kind, language = entry.get("kind"), entry.get("language")
        name = InstitutionName(
            decoded(entry["name"], MAX_NAME_CHARS),
            kind if kind in ("label", "alias", "acronym") else "alias",
            language[:20] if isinstance(language, str) else "",
        )
        if name.name:
            found[name] = None
    return tuple(found)


def _country(fields: Fields) -> str:
    code = fields.word("country_code", 10).upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def _degrees(raw: object, limit: int) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not isfinite(raw) or abs(raw) > limit:
        return None
    return float(raw)


def _year(fields: Fields) -> int | None:
    """The founding year; universities and hospitals go back beyond the year 1000."""
    raw = fields.mapping.get("established")
    if isinstance(raw, int) and not isinstance(raw, bool) and 300 <= raw <= latest_year():
        return raw
    if raw is not None:
        fields.warn(f"established: {str(raw)[:40]!r} is not a year; it was left out")
    return None


def _relations(fields: Fields, name: str) -> tuple[Identifier, ...]:
    found: dict[Identifier, None] = {}
    for raw in fields.items(name, MAX_RELATIONS, "relations"):
        scheme = "openalex" if isinstance(raw, str) and "openalex.org" in raw else "ror"
        if (one := fields.identifier(scheme, raw, name)) is not None:
            found[one] = None
    return tuple(found)
