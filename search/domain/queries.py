"""What was typed into the box, read once."""

import re
from dataclasses import dataclass
from typing import Literal

from search.domain.query_language import ParsedQuery, parse_query

MAX_QUERY_CHARS = 400
SECTIONS = ("authors", "papers", "topics", "institutions", "venues")
PLACES = ("topics", "institutions", "venues")

type Sort = Literal["", "newest", "cited"]
type Section = Literal["authors", "papers", "topics", "institutions", "venues"]

_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Query:
    """`words` as typed, one space between them and at most 400 characters; `section` is "" for all,
    `sort` "" for the best first, and `parsed` what the words say."""

    words: str
    section: str
    parsed: ParsedQuery
    sort: Sort = ""

    @property
    def is_empty(self) -> bool:
        return not self.words

    @property
    def lists_one_kind(self) -> bool:
        """Whether results of one kind are listed in full: that kind, or papers where the query has filters."""
        return bool(self.section) or not self.parsed.is_plain

    @property
    def signed(self) -> str:
        """What a cursor belongs to."""
        return f"{self.section or 'papers'}\0{self.sort}\0{self.words}"


def read_query(typed: str, section: str, sort: str = "") -> Query:
    """What was asked for; a kind or an order that there is none of is none."""
    plain = _SPACES.sub(" ", _CONTROLS.sub(" ", typed)).strip()
    text = plain[:MAX_QUERY_CHARS].rstrip()
    order: Sort = "newest" if sort == "newest" else "cited" if sort == "cited" else ""
    return Query(text, section if section in SECTIONS else "", parse_query(text), order)
