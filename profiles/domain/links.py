"""Addresses that an owner may link to: https, to a host with a name, and nothing hidden in them."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

from profiles.domain.limits import LONGEST_LABEL, LONGEST_URL

_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})")
_INNER = (".local", ".localhost", ".internal", ".home.arpa", ".test", ".invalid", ".onion")


class InvalidLink(ValueError):
    """An address that cannot be linked to; `why` is a sentence's end after "This address"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Link:
    """What a link is called ("" for its host's name) and where it leads."""

    label: str
    url: str

    @property
    def name(self) -> str:
        return self.label or (urlsplit(self.url).hostname or "").removeprefix("www.")


def parse_link(label: str, url: str) -> Link:
    """The link as it is kept. Raises InvalidLink."""
    text = url.strip()
    if len(text) > LONGEST_URL:
        raise InvalidLink("too long")
    if not text.isprintable() or any(letter in text for letter in ' <>"\\^`{|}'):
        raise InvalidLink("odd characters")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise InvalidLink("not an address") from None
    if parts.scheme.lower() != "https":
        raise InvalidLink("not https")
    if "@" in parts.netloc or port not in (None, 443):
        raise InvalidLink("name or port")
    host = _ascii_host(parts.hostname or "")
    kept = urlunsplit(("https", host, parts.path, parts.query, parts.fragment))
    if len(kept) > LONGEST_URL:
        raise InvalidLink("too long")
    return Link(" ".join(label.split())[:LONGEST_LABEL], kept)


def _ascii_host(host: str) -> str:
    try:
        named = host.rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        raise InvalidLink("not an address") from None
    if _is_number(named) or not _HOST.fullmatch(named) or named.endswith(_INNER):
        raise InvalidLink("no public host")
    return named


def _is_number(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
