"""Where a work is found and what it is to others: details, locations, relations and notices of a mapping."""

import re
from collections.abc import Mapping
from typing import Any

from common.richtext.text import clean_line
from harvest.domain.fields import Fields, decoded
from harvest.domain.record import (
    MAX_DETAIL_CHARS,
    MAX_KIND_CHARS,
    MAX_LOCATIONS,
    MAX_NAME_CHARS,
    MAX_RELATIONS,
    SourcedDetails,
    SourcedLocation,
    SourcedNotice,
    SourcedRelation,
)
from harvest.domain.relations import venue_of, web_address
from papers.domain.dates import InvalidDate, PartialDate, latest_year, parse_date
from papers.domain.identifiers import Identifier
from papers.domain.journal_refs import read_journal_ref
from papers.domain.relations import NOTICE_KINDS, RELATION_KINDS, VERSIONS

_NAMING = ("doi", "arxiv", "openalex", "acl", "pmid", "pmcid", "isbn", "local")
_DETAILS = (
    "volume",
    "issue",
    "pages",
    "article_number",
    "publisher",
    "book_title",
    "edition",
    "isbn",
    "journal_ref",
)
_DASHES = re.compile(r"\s*(?:--+|[\u2010-\u2015\u2212])\s*")
_PAGES_BEFORE = re.compile(r"(?:pp?\.|pp|pages?|S\.|Seiten?)\s*(?=[0-9ivxlA-Z])")
# What stands in the field for pages and says none: how many there are, or that they are not known yet.
_NO_PAGES = re.compile(
    r"(?:1-)?[0-9]+ (?:pages?|pp\.?|p\.?|S\.)|n\.?/?a\.?|-+|none|null|unknown|(?:ahead|online|epub) .*|to appear|in press|no-no"
    r"|no\.? (?:pages?|pagination)|arxiv:.*",
    re.I,
)
_ARTICLE_NUMBER = re.compile(
    r"(?:art(?:icle)?\.?\s*(?:no|nr|number|id|e)?\.?:?|paper no\.?|id)\s+([A-Za-z]?[0-9][\w.-]*)", re.I
)
_VOLUME_AND_ISSUE = re.compile(r"([0-9]+[A-Za-z]?)\s*\(([0-9]+(?:[-/][0-9]+)?)\)")
_RANGE = re.compile(r"([^\s-]+)\s*-\s*([^\s-]+)")
_ADDRESSES = (
    (
        "doi",
        re.compile(r"https?://(?:dx\.)?doi\.org/(10\..+)|https?://[^/]+/(?:doi|abs)/(10\.[0-9]{4,9}/.+)", re.I),
    ),
    ("arxiv", re.compile(r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/(.+?)(?:\.pdf)?", re.I)),
    ("acl", re.compile(r"https?://(?:www\.)?(?:aclanthology\.org|aclweb\.org/anthology)/(.+?)/?", re.I)),
    ("pmid", re.compile(r"https?://pubmed\.ncbi\.nlm\.nih\.gov/([0-9]+)/?", re.I)),
    (
        "pmcid",
        re.compile(r"https?://(?:www\.)?(?:pmc\.)?ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/(?:PMC)?([0-9]+)/?", re.I),
    ),
)
_ARXIV_DOI = "10.48550/arxiv."


def is_detailed(mapping: Mapping[str, Any]) -> bool:
    """Whether the mapping states any detail at all, which preprints hardly ever do."""
    return any(name in mapping for name in _DETAILS)


def read_details(fields: Fields) -> SourcedDetails | None:
    """Volume, issue, pages and the like; None when none is stated."""
    mapping = fields.mapping
    if not is_detailed(mapping):
        return None
    isbns = mapping.get("isbn")
    found = [
        fields.identifier("isbn", one, "isbn") for one in (isbns[:20] if isinstance(isbns, list) else [isbns]) if one
    ]
    volume, issue = _volume_and_issue(_detail(mapping.get("volume")), _detail(mapping.get("issue")))
    pages, article = pages_of(_detail(mapping.get("pages"))), _detail(mapping.get("article_number"))
    if numbered := _ARTICLE_NUMBER.fullmatch(pages):
        pages, article = "", article or numbered[1]
    details = SourcedDetails(
        volume,
        issue,
        pages,
        article,
        fields.line("publisher", MAX_NAME_CHARS, decode=True),
        fields.line("book_title", MAX_NAME_CHARS, decode=True),
        _detail(mapping.get("edition")),
        tuple(dict.fromkeys(one.value for one in found if one)),
    )
    return None if details == SourcedDetails() else details


def _volume_and_issue(volume: str, issue: str) -> tuple[str, str]:
    """ "12(3)" in the field of the volume is volume 12, issue 3, where no issue is stated."""
    both = _VOLUME_AND_ISSUE.fullmatch(volume)
    return (both[1], both[2]) if both is not None and issue in ("", both[2]) else (volume, issue)


def _detail(raw: object) -> str:
    """A short text; sources give numbers as numbers now and then."""
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        return ""
    return decoded(str(raw), MAX_DETAIL_CHARS)


def pages_of(printed: str) -> str:
    """Pages with a hyphen between first and last: "45--67" and "45 – 67" give "45-67", "45-45" gives "45"."""
    text = _PAGES_BEFORE.sub("", _DASHES.sub("-", printed).strip(" .;,"))
    if _NO_PAGES.fullmatch(text):
        return ""
    text = text.strip("-")
    match = _RANGE.fullmatch(text)
    if match is None:
        return text
    return match[1] if match[1] == match[2] else f"{match[1]}-{match[2]}"


def read_version(fields: Fields) -> str:
    """Which version the record is of, "" when it does not say."""
    version = fields.word("version", 20).lower().removesuffix("version")
    return version if version in VERSIONS else ""


def read_locations(fields: Fields) -> tuple[SourcedLocation, ...]:
    """The places that the record lists, and the one that its authors wrote down."""
    found: dict[SourcedLocation, None] = {}
    for entry in fields.items("locations", MAX_LOCATIONS, "locations"):
        if not isinstance(entry, Mapping):
            fields.warn("locations: an entry is not an object; it was left out")
            continue
        location = _location(fields, entry)
        if location.venue or location.landing_url or location.pdf_url or location.identifier:
            found[location] = None
    if reference := fields.line("journal_ref", 500, decode=True):
        found[_referenced(reference)] = None
    return tuple(found)


def _referenced(reference: str) -> SourcedLocation:
    """The place that a preprint's authors wrote down, with what is sure of it."""
    said = read_journal_ref(reference)
    year = said.year if said and said.year and said.year <= latest_year() else None
    details = SourcedDetails(said.volume, said.issue, said.pages) if said and (said.volume or said.pages) else None
    return SourcedLocation(
        version="published", published=PartialDate(year) if year else None, details=details, reference=reference
    )


def _location(fields: Fields, entry: Mapping[str, Any]) -> SourcedLocation:
    inner = Fields(entry)
    landing, pdf = web_address(entry.get("url")), web_address(entry.get("pdf"))
    identifier = next(iter(inner.identifiers(entry, "locations", allowed=_NAMING)), None)
    if identifier is None or is_arxiv_doi(identifier):
        identifier = identifier_of(landing) or identifier
    is_open = entry.get("is_open")
    location = SourcedLocation(
        venue_of(inner, entry.get("venue"), "locations"),
        read_version(inner),
        inner.word("type", MAX_KIND_CHARS),
        date_in(inner, "published"),
        identifier,
        inner.line("licence", MAX_NAME_CHARS) or inner.line("license", MAX_NAME_CHARS),
        "" if identifier is not None and identifier == identifier_of(landing) else landing,
        pdf,
        is_open if isinstance(is_open, bool) else None,
        read_details(inner),
    )
    for warning in inner.warnings:
        fields.warn(warning)
    return location


def date_in(fields: Fields, name: str) -> PartialDate | None:
    """A date that may be missing; one that cannot be meant is left out with a warning."""
    raw = fields.mapping.get(name)
    if raw is None or raw == "":
        return None
    try:
        if isinstance(raw, bool) or not isinstance(raw, str | int):
            raise InvalidDate("is not a date")
        return parse_date(raw)
    except InvalidDate as problem:
        fields.warn(f"{name}: {problem}; it was left out")
        return None


def identifier_of(address: str) -> Identifier | None:
    """The identifier that a web address is of, None for an address of another kind."""
    for scheme, pattern in _ADDRESSES:
        match = pattern.fullmatch(address)
        if match is not None:
            value = next(part for part in match.groups() if part)
            return arxiv_for_doi(Fields({}).identifier(scheme, value, "locations"))
    return None


def is_arxiv_doi(identifier: Identifier) -> bool:
    """Whether the DOI is one of those that arXiv gives to each preprint."""
    return identifier.scheme == "doi" and identifier.value.startswith(_ARXIV_DOI)


def arxiv_for_doi(identifier: Identifier | None) -> Identifier | None:
    """The arXiv id behind arXiv's own DOI; any other identifier as it is."""
    if identifier is None or not is_arxiv_doi(identifier):
        return identifier
    return Fields({}).identifier("arxiv", identifier.value.removeprefix(_ARXIV_DOI), "id") or identifier


def read_relations(fields: Fields, own: frozenset[Identifier]) -> tuple[SourcedRelation, ...]:
    """What the work is to others; one to itself, or of a kind that is not known, is left out."""
    found: dict[SourcedRelation, None] = {}
    for entry in fields.items("relations", MAX_RELATIONS, "relations"):
        kind = entry.get("kind") if isinstance(entry, Mapping) else None
        if not isinstance(entry, Mapping) or not isinstance(kind, str) or kind not in RELATION_KINDS:
            fields.warn(f"relations: {str(kind)[:40]!r} is no known kind; it was left out")
            continue
        for other in fields.identifiers(entry, "relations", allowed=_NAMING):
            if (named := arxiv_for_doi(other)) is not None and named not in own:
                found[SourcedRelation(kind, named)] = None
    return tuple(found)


def read_notices(fields: Fields) -> tuple[SourcedNotice, ...]:
    """Notices about the work that the record lists."""
    found: dict[SourcedNotice, None] = {}
    for entry in fields.items("notices", MAX_RELATIONS, "notices"):
        kind = entry.get("kind") if isinstance(entry, Mapping) else None
        if not isinstance(entry, Mapping) or kind not in NOTICE_KINDS:
            fields.warn(f"notices: {str(kind)[:40]!r} is no known kind; it was left out")
            continue
        inner = Fields(entry)
        notice = next(iter(inner.identifiers(entry, "notices", allowed=_NAMING)), None)
        reason = clean_line(entry["reason"][:500]) if isinstance(entry.get("reason"), str) else ""
        found[SourcedNotice(kind, notice, date_in(inner, "date"), reason)] = None
    return tuple(found)
