"""Ids as the API writes them: the address of a record's page without its slug."""

import re
from functools import lru_cache

from papers.domain import public_ids

FOLDERS = {"W": "papers", "A": "authors", "I": "institutions", "T": "topics", "S": "venues"}
_OURS = re.compile(
    r"(?:https?://[^/\s]+)?/?(?:api/)?(?:papers|works|authors|institutions|topics|venues|sources)/([WAITS][a-z]{7,20})(?:/.*)?"
)


@lru_cache(maxsize=131_072)
def record_uri(origin: str, letter: str, row_id: int) -> str:
    """`https://host/papers/W…`. `origin` is the scheme and the host of the site."""
    return f"{origin}/{FOLDERS[letter]}/{public_ids.encode(letter, row_id)}"


def read_public_id(text: str) -> tuple[str, int] | None:
    """The letter and row id of a public id, alone or in any of our addresses, whatever the host; None for others."""
    match = _OURS.fullmatch(text)
    return public_ids.decode(match[1] if match else text)
