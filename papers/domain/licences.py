"""Licences under the names that readers know them by."""

import re
from urllib.parse import urlsplit

_CREATIVE_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/licenses/(by(?:-(?:nc|nd|sa)){0,2})/([1-4]\.[05])"
    r"(?:/(?:[a-z]{2,3}/?)?(?:legalcode|deed)?(?:\.[a-z-]{2,7})?)?",
    re.I,
)
_SHORT = re.compile(r"cc[- ](by(?:-(?:nc|nd|sa)){0,2})(?:[- ]([1-4]\.[05]))?", re.I)
_PUBLIC_DOMAIN = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/publicdomain/zero/1\.0/?|cc[- ]?(?:0|zero)(?:[- ]1\.0)?", re.I
)
# What OpenAlex says of texts that are open without a licence of their own kind.
_UNNAMED = {
    "public-domain": "public domain",
    "other-oa": "open access",
    "unspecified-oa": "open access",
    "implied-oa": "open access",
    "publisher-specific-oa": "publisher’s licence",
}
_ARXIV = re.compile(r"https?://arxiv\.org/licenses/nonexclusive-distrib/1\.0/?", re.I)


def licence_name(licence: str) -> str:
    """What a source states as a licence in short: "CC BY 4.0"; of an unknown address its host, else the text itself."""
    text = licence.strip()
    if match := _CREATIVE_COMMONS.fullmatch(text) or _SHORT.fullmatch(text):
        return " ".join(filter(None, ("CC", match[1].upper(), match[2])))
    if _PUBLIC_DOMAIN.fullmatch(text):
        return "CC0"
    if _ARXIV.fullmatch(text):
        return "arXiv non-exclusive"
    return _UNNAMED.get(text.lower()) or web_host(text) or text


def web_host(address: str) -> str:
    """The host of a web address, "" for anything else: only what has one is ever linked."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and parts.username is None
    return (parts.hostname or "") if is_web else ""
