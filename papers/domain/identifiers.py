"""Identifiers of works, people, places and periodicals in one canonical form each.

Two spellings of one identifier always give equal `Identifier`s, so (scheme, value) can be unique.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote

from common.fast_pickle import FastPickled
from papers.domain.check_digits import (
    isbn10_is_valid,
    isbn13_is_valid,
    issn_is_valid,
    mod11_2_is_valid,
    ror_is_valid,
    to_isbn13,
)

MAX_IDENTIFIER_CHARS = 500  # as written, with its address
MAX_VALUE_CHARS = 300  # what the columns hold; the longest DOI in the wild is about 250 characters

_ASCII_LOWER = {upper: upper + 32 for upper in range(65, 91)}

_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])
_DOI_PREFIX = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/+|(?:info:)?doi[:/ ]\s*|doi(?=10\.)", re.I)
_DOI = re.compile(r"10\.[0-9]{3,9}(?:\.[0-9]+)*/[^\s\x00-\x1f\x7f]+")
_ARXIV_PREFIX = re.compile(
    r"(?:https?://)?(?:www\.|export\.|[a-z]{2}\.)?arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print)/|oai:arxiv\.org:|arxiv[:\s]\s*",
    re.I,
)
_ARXIV_NEW = re.compile(  # four digits after the point to 2014, five since
    r"((?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.[0-9]{4}|(?:1[5-9]|[2-9][0-9])(?:0[1-9]|1[0-2])\.[0-9]{5})(?:v([1-9][0-9]{0,2}))?"
)
_ARXIV_OLD = re.compile(
    r"([a-z]+(?:-[a-z]+)*)(?:\.[a-z]{2}|\.[a-z]+(?:-[a-z]+)+)?/([0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3})(?:v([1-9][0-9]{0,2}))?",
    re.I,
)
_ARXIV_TAIL = re.compile(r"(?:\.pdf)?(?:[?#].*)?\s*(?:\[[a-z.-]+\])?$", re.I)
_OPENALEX = re.compile(
    r"(?:(?:https?://)?(?:api\.|explore\.)?openalex\.org/(?:works/|authors/|institutions/|sources/|topics/)?|openalex:)?"
    r"([WAISTPFCV][1-9][0-9]{0,18})",
    re.I,
)
_ORCID = re.compile(
    r"(?:(?:https?://)?(?:www\.|sandbox\.)?orcid\.org/|orcid(?:\s+id)?[:\s]\s*)?"
    r"([0-9]{4})[- ]?([0-9]{4})[- ]?([0-9]{4})[- ]?([0-9]{3}[0-9X])/?",
    re.I,
)
_ROR = re.compile(r"(?:(?:https?://)?(?:www\.)?ror\.org/|ror:\s*){0,2}(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})/?", re.I)
_ISSN = re.compile(
    r"(?:https?://(?:portal|id)\.(?:issn|crossref)\.org/(?:resource/)?issn/|(?:e|p)?issn[:\s]?\s*)?([0-9]{4})-?([0-9]{3}[0-9X])",
    re.I,
)
_ACL_PREFIX = re.compile(
    r"(?:https?://)?(?:www\.)?(?:aclanthology\.(?:org|info)|aclweb\.org/anthology)/(?:papers/)?|acl[:\s]\s*",
    re.I,
)
_ACL_OLD = re.compile(r"([A-Z][0-9]{2}-[0-9]{4,5})(?:v[0-9]+)?(?:\.pdf)?/?", re.I)
_ACL_NEW = re.compile(r"([0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+)(?:v[0-9]+)?(?:\.pdf)?/?", re.I)
_ACL_PERSON = re.compile(r"(?:people/(?:[a-z]/)?)?([a-z]+(?:-[a-z0-9]+)+)/?")  # no work's id begins so
_ISBN_PREFIX = re.compile(r"(?:https?://id\.crossref\.org/isbn/|urn:isbn:|isbn(?:-1[03])?[:\s]?\s*)", re.I)
_PMID = re.compile(
    r"(?:(?:https?://)?(?:pubmed\.ncbi\.nlm\.nih\.gov/|(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/)|pmid[:\s]?\s*)?([1-9][0-9]{0,8})/?",
    re.I,
)
_PMCID = re.compile(
    r"(?:(?:https?://)?(?:(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/articles/|pmc\.ncbi\.nlm\.nih\.gov/articles/|europepmc\.org/articles/)|pmcid[:\s]?\s*)?"
    r"(?:PMC)?([1-9][0-9]{0,8})/?",
    re.I,
)
_MAG = re.compile(r"(?:mag:\s*)?([1-9][0-9]{0,18})", re.I)
_GRID = re.compile(r"(?:https?://(?:www\.)?grid\.ac/institutes/)?(grid\.[0-9]{1,9}\.[0-9a-f]{1,3})", re.I)
_WIKIDATA = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/|wikidata:\s*)?(Q[1-9][0-9]{0,11})", re.I)
_ISNI = re.compile(r"(?:https?://(?:www\.)?isni\.org/(?:isni/)?|isni[:\s]?\s*)?([0-9]{15}[0-9X])", re.I)


class InvalidIdentifier(ValueError):
    """An identifier that its scheme does not allow; `why` finishes the sentence "<raw> …"."""

    def __init__(self, scheme: str, raw: str, why: str) -> None:
        self.scheme = scheme
        self.raw = raw[:120]
        self.why = why
        super().__init__(f"{scheme} {self.raw!r} {why}")

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        return type(self), (self.scheme, self.raw, self.why)


@dataclass(frozen=True, slots=True, order=True)
class Identifier(FastPickled):
    """A scheme's name and the canonical value in it; `str()` is "scheme:value"."""

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


def parse_identifier(scheme: str, raw: str) -> Identifier:
    """The canonical form of what a source wrote as an identifier of this scheme.

    Raises InvalidIdentifier for an unknown scheme, a wrong shape or a wrong check digit.
    """
    parse = _PARSERS.get(scheme)
    if parse is None:
        raise InvalidIdentifier(scheme[:40], raw, "has an unknown scheme")
    text = (raw if raw.isascii() else raw.translate(_INVISIBLE)).strip()
    if not text or len(text) > MAX_IDENTIFIER_CHARS:
        raise InvalidIdentifier(scheme, raw, "is empty" if not text else "is too long")
    value = parse(text)
    if len(value) > MAX_VALUE_CHARS:
        raise InvalidIdentifier(scheme, raw, "is too long")
    return Identifier(scheme, value)


def _wrong(scheme: str, raw: str, why: str = "has not the shape of one") -> InvalidIdentifier:
    return InvalidIdentifier(scheme, raw, why)


def _doi(text: str) -> str:
    prefix = _DOI_PREFIX.match(text)
    value = text[prefix.end() :] if prefix else text
    if prefix and "//" in text:
        value = (unquote(value) if "%" in value else value).partition("?nosfx")[0].rstrip("/")
    value = value.rstrip(" .,;\"'")
    while value.endswith(")") and value.count(")") > value.count("("):
        value = value[:-1].rstrip(" .,;\"'")
    if _DOI.fullmatch(value) is None or len(value) > MAX_IDENTIFIER_CHARS:
        raise _wrong("doi", text)
    return value.translate(_ASCII_LOWER)


def _arxiv_parts(text: str) -> tuple[str, str | None] | None:
    """(canonical id, version or None), None when the text is no arXiv identifier."""
    if match := _ARXIV_NEW.fullmatch(text):
        return match[1], match[2]
    prefix = _ARXIV_PREFIX.match(text)
    value = _ARXIV_TAIL.sub("", text[prefix.end() :] if prefix else text, count=1)
    if match := _ARXIV_NEW.fullmatch(value):
        return match[1], match[2]
    if match := _ARXIV_OLD.fullmatch(value):
        return f"{match[1].lower()}/{match[2]}", match[3]
    return None


def _arxiv(text: str) -> str:
    parts = _arxiv_parts(text)
    if parts is None:
        raise _wrong("arxiv", text)
    return parts[0]


def _orcid(text: str) -> str:
    match = _ORCID.fullmatch(text)
    if match is None:
        raise _wrong("orcid", text)
    value = "-".join(match.groups()).upper()
    if not mod11_2_is_valid(value.replace("-", "")):
        raise _wrong("orcid", text, "has a wrong check digit")
    return value


def _isni(text: str) -> str:
    match = _ISNI.fullmatch(re.sub(r"(?<=[0-9])[\s-]+(?=[0-9X])", "", text))
    if match is None:
        raise _wrong("isni", text)
    value = match[1].upper()
    if not mod11_2_is_valid(value):
        raise _wrong("isni", text, "has a wrong check digit")
    return value


def _ror(text: str) -> str:
    match = _ROR.fullmatch(text)
    if match is None:
        raise _wrong("ror", text)
    value = match[1].lower()
    if not ror_is_valid(value):
        raise _wrong("ror", text, "has wrong check digits")
    return value


def _issn(text: str) -> str:
    match = _ISSN.fullmatch(text.replace("–", "-").replace("‐", "-"))
    if match is None:
        raise _wrong("issn", text)
    value = f"{match[1]}-{match[2].upper()}"
    if value == "0000-0000" or not issn_is_valid(value):
        raise _wrong("issn", text, "has a wrong check digit")
    return value


def _isbn(text: str) -> str:
    value = re.sub(r"[\s‐–-]", "", _ISBN_PREFIX.sub("", text, count=1)).upper()
    if isbn13_is_valid(value):
        return value
    if isbn10_is_valid(value):
        return to_isbn13(value)
    shaped = re.fullmatch(r"97[89][0-9]{10}|[0-9]{9}[0-9X]", value)
    raise _wrong("isbn", text, "has a wrong check digit" if shaped else "has not the shape of one")


def _acl(text: str) -> str:
    prefix = _ACL_PREFIX.match(text)
    value = text[prefix.end() :] if prefix else text
    if match := _ACL_OLD.fullmatch(value):
        return match[1].upper()
    if match := _ACL_NEW.fullmatch(value):
        return match[1].lower()
    if match := _ACL_PERSON.fullmatch(value):
        return match[1]
    raise _wrong("acl", text)


def _local(text: str) -> str:
    if not text.isprintable():
        raise _wrong("local", text, "holds characters that cannot be printed")
    return text


def _matching(scheme: str, pattern: re.Pattern[str], change: Callable[[str], str]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        match = pattern.fullmatch(text)
        if match is None:
            raise _wrong(scheme, text)
        return change(match[1])

    return parse


_PARSERS: dict[str, Callable[[str], str]] = {
    "doi": _doi,
    "arxiv": _arxiv,
    "openalex": _matching("openalex", _OPENALEX, str.upper),
    "orcid": _orcid,
    "ror": _ror,
    "issn": _issn,
    "acl": _acl,
    "isbn": _isbn,
    "pmid": _matching("pmid", _PMID, str),
    "pmcid": _matching("pmcid", _PMCID, "PMC{}".format),
    "mag": _matching("mag", _MAG, str),
    "local": _local,
    "grid": _matching("grid", _GRID, str.lower),
    "wikidata": _matching("wikidata", _WIKIDATA, str.upper),
    "isni": _isni,
}
SCHEMES = frozenset(_PARSERS)

_ADDRESSES = {
    "doi": "https://doi.org/{}",
    "arxiv": "https://arxiv.org/abs/{}",
    "openalex": "https://openalex.org/{}",
    "orcid": "https://orcid.org/{}",
    "ror": "https://ror.org/{}",
    "issn": "https://portal.issn.org/resource/ISSN/{}",
    "acl": "https://aclanthology.org/{}/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/",
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "isni": "https://isni.org/isni/{}",
}


def url_of(identifier: Identifier) -> str | None:
    """Where the identifier leads, None for a scheme that resolves nowhere."""
    pattern = _ADDRESSES.get(identifier.scheme)
    if identifier.scheme == "acl" and _ACL_PERSON.fullmatch(identifier.value):
        pattern = "https://aclanthology.org/people/{}/"
    return pattern.format(quote(identifier.value, safe="/:;()._-")) if pattern else None


_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("doi", re.compile(rf"(?:{_DOI_PREFIX.pattern})?10\.[0-9]{{3,9}}(?:\.[0-9]+)*/\S", re.I)),
    ("orcid", re.compile(r"(?:.*orcid.*|(?:[0-9]{4}-){3}[0-9]{3}[0-9X]$|0000000[0-9]{8}[0-9X]$)", re.I)),
    ("arxiv", re.compile(rf"(?:{_ARXIV_PREFIX.pattern})|{_ARXIV_NEW.pattern}$|{_ARXIV_OLD.pattern}$", re.I)),
    ("ror", re.compile(r".*ror\.org/|ror:|0(?=[a-z0-9]*[a-z])[a-hj-km-np-tv-z0-9]{6}[0-9]{2}$", re.I)),
    ("openalex", _OPENALEX),
    (
        "pmcid",
        re.compile(r"(?:https?://)?\S*ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/|pmcid[:\s]|PMC[0-9]+$", re.I),
    ),
    ("pmid", re.compile(r"(?:https?://)?\S*ncbi\.nlm\.nih\.gov/|pmid[:\s]", re.I)),
    ("acl", re.compile(rf"(?:{_ACL_PREFIX.pattern})|{_ACL_OLD.pattern}$|{_ACL_NEW.pattern}$", re.I)),
    ("issn", re.compile(r".*issn|[0-9]{4}-[0-9]{3}[0-9X]$", re.I)),
    ("isni", re.compile(r".*isni", re.I)),
    ("isbn", re.compile(r".*isbn|97[89][0-9 -]{10,14}$|[0-9][0-9 -]{8,11}[0-9X]$", re.I)),
    ("grid", re.compile(r".*grid\.", re.I)),
    ("wikidata", re.compile(r".*wikidata|Q[0-9]+$", re.I)),
    ("mag", re.compile(r"mag:", re.I)),
)


def recognise(text: str) -> Identifier | None:
    """The identifier that a pasted text is: an address, a prefixed or a bare form; None when it is none."""
    pasted = text.strip().strip("<>")
    if not pasted or len(pasted) > MAX_IDENTIFIER_CHARS:
        return None
    for scheme, shape in _SHAPES:
        if shape.match(pasted):
            try:
                return parse_identifier(scheme, pasted)
            except InvalidIdentifier:
                continue
    return None
