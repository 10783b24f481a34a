"""Where a page of results starts, as an opaque text that only we can have written."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from hashlib import blake2b
from hmac import compare_digest
from hmac import new as hmac
from json import dumps, loads
from math import isfinite

MAX_CURSOR_CHARS = 300
MAC_BYTES = 12


class InvalidCursor(ValueError):
    """A cursor that this search did not give out."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """After which row the page starts: how the rows were found, and the numbers that they are ordered by."""

    found_by: str
    key: tuple[float, ...]


def write_cursor(cursor: Cursor, *, query: str, secret: str) -> str:
    """`query` is what the cursor belongs to; it is signed with it, not carried."""
    body = dumps([cursor.found_by, *cursor.key], separators=(",", ":")).encode()
    return urlsafe_b64encode(_mac(body, query, secret) + body).decode().rstrip("=")


def read_cursor(text: str, *, query: str, secret: str) -> Cursor:
    """Raises InvalidCursor for one of another query, a changed one and any other text."""
    if len(text) > MAX_CURSOR_CHARS or not text.isascii():
        raise InvalidCursor
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (Base64Error, ValueError):
        raise InvalidCursor from None
    mac, body = raw[:MAC_BYTES], raw[MAC_BYTES:]
    if not compare_digest(mac, _mac(body, query, secret)):
        raise InvalidCursor
    found_by, *key = loads(body)
    if not all(isinstance(part, int | float) and isfinite(part) for part in key):
        raise InvalidCursor
    return Cursor(str(found_by), tuple(key))


def _mac(body: bytes, query: str, secret: str) -> bytes:
    key = blake2b(f"search cursor {secret}".encode()).digest()
    return hmac(key, query.encode() + b"\0" + body, "sha256").digest()[:MAC_BYTES]
