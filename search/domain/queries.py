"""What was typed into the box, read once."""

import re
from dataclasses import dataclass
from typing import Literal

MAX_QUERY_CHARS = 400
SECTIONS = ("authors", "papers", "topics", "institutions", "venues")
PLACES = ("topics", "institutions", "venues")

type Section = Literal["authors", "papers", "topics", "institutions", "venues"]

_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Query:
    """`words` as typed, one space between them and at most 400 characters; `section` is "" for all."""

    words: str
    section: str

    @property
    def is_empty(self) -> bool:
        return not self.words


def read_query(words: str, section: str) -> Query:
    """What was asked for; a kind that there is none of is all kinds."""
    plain = _SPACES.sub(" ", _CONTROLS.sub(" ", words)).strip()
    return Query(plain[:MAX_QUERY_CHARS].rstrip(), section if section in SECTIONS else "")
