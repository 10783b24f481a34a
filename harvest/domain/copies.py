"""What files of reference managers (BibTeX, RIS, CSL) have in common: copies of records, made by people and programs."""

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from papers.domain.found_identifiers import find_identifiers, identifier_in, plain_identifier
from papers.domain.identifiers import InvalidIdentifier, parse_identifier, recognise
from papers.domain.public_ids import encode
from papers.domain.uris import read_public_id

REPOSITORIES = re.compile(
    r"(?:arxiv|bior?xiv|medrxiv|chemrxiv|psyarxiv|socarxiv|edarxiv|ssrn|zenodo|research square|preprints\.org|osf preprints|hal|corr|"
    r"techrxiv|eartharxiv|authorea|figshare)\b.*",
    re.I,
)
# Kinds of works as sources call them: our own exports say them where their format has no type for it.
OWN_KINDS = frozenset(
    "article book book-chapter book-part book-section book-series book-set book-track component conference-paper database dataset dissertation "
    "edited-book editorial erratum grant journal journal-issue journal-volume letter libguides monograph other paratext peer-review preprint "
    "proceedings proceedings-series reference-book reference-entry report report-component report-series retraction review "
    "software standard supplementary-materials".split()
)
_LANGUAGES = {
    "english": "en",
    "american": "en",
    "british": "en",
    "usenglish": "en",
    "ukenglish": "en",
    "german": "de",
    "ngerman": "de",
    "deutsch": "de",
    "french": "fr",
    "français": "fr",
    "spanish": "es",
    "español": "es",
    "italian": "it",
    "italiano": "it",
    "portuguese": "pt",
    "russian": "ru",
    "chinese": "zh",
    "japanese": "ja",
    "korean": "ko",
    "dutch": "nl",
    "polish": "pl",
    "czech": "cs",
    "turkish": "tr",
    "swedish": "sv",
    "danish": "da",
    "norwegian": "no",
    "finnish": "fi",
    "persian": "fa",
    "arabic": "ar",
    "eng": "en",
    "ger": "de",
    "fre": "fr",
    "spa": "es",
    "ita": "it",
    "por": "pt",
    "rus": "ru",
}


def language_code(text: str) -> str:
    """ "en" for "English", "eng", "en_US" and "en"; "" for what is no language that is known here."""
    stripped = text.strip("{} ").lower()
    if stripped in _LANGUAGES:
        return _LANGUAGES[stripped]
    code = re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", stripped)
    return code[1] if code else ""


def collected_ids(identifiers: Iterable[tuple[str, str]], texts: Iterable[str]) -> dict[str, list[str]]:
    """Identifiers by scheme: of the fields made for them, where they are valid, then of those that stand in texts.

    One work has one DOI: those in notes and addresses count only where the field for it has none.
    """
    found: dict[str, list[str]] = {}
    for scheme, raw in identifiers:
        plain = plain_identifier(raw)
        among = identifier_in(scheme, plain) if scheme in ("doi", "arxiv") else None
        value = _valid(scheme, plain) or _valid(scheme, raw) or (among.value if among else "")
        if value and value not in found.setdefault(scheme, []):
            found[scheme].append(value)
    found = {scheme: values for scheme, values in found.items() if values}
    known = frozenset(found)
    for text in texts:
        for one in find_identifiers(text):
            if one.scheme not in known and not found.get(one.scheme):
                found[one.scheme] = [one.value]
    return found


def _valid(scheme: str, raw: str) -> str:
    try:
        return parse_identifier(scheme, raw.strip()).value
    except InvalidIdentifier:
        return ""


def listed_ids(text: str) -> list[tuple[str, str]]:
    """Identifiers as our own exports list them: "acl:P03-1001; local:any thing"."""
    pairs = [part.strip().partition(":") for part in text.split("; ")]
    return [(scheme, value) for scheme, _colon, value in pairs if scheme and value]


def unnamed_id(source: str, *parts: str) -> str:
    """A local id for an entry that states none: the same whenever the entry says the same."""
    digest = blake2b("\n".join(parts).encode(errors="replace"), digest_size=8).hexdigest()
    return f"{source}:{digest}"


def outside_address(text: str) -> str:
    """An address of another site, "" for a page of this portal or of one like it, and for what is no address."""
    address = text.strip("{}<> ").replace("\\", "")
    if not address.lower().startswith(("http://", "https://")) or read_public_id(address):
        return ""
    return address


def copied_from(addresses: Iterable[str]) -> str:
    """The public id of the work whose page on a portal like this one is among the addresses, "" where none is."""
    for address in addresses:
        ours = read_public_id(address.strip("{}<> ").replace("\\", "")) if "://" in address else None
        if ours is not None and ours[0] == "W":
            return encode(*ours)
    return ""


def is_about_identifier(address: str) -> bool:
    """Whether an address says no more than an identifier does: doi.org, arxiv.org/abs and the like."""
    known = recognise(address)
    return known is not None and known.scheme in ("doi", "arxiv", "pmid", "pmcid", "acl", "openalex")


def venue_kind(name: str, otherwise: str) -> str:
    """ "repository" for a preprint server, else what the type of the entry says."""
    return "repository" if REPOSITORIES.fullmatch(name) else otherwise


def without_empty(mapping: dict[str, Any]) -> dict[str, Any]:
    """The mapping without what is not said."""
    return {key: value for key, value in mapping.items() if value not in ("", None, [], {})}
