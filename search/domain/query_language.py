"""What a query says: words, "phrases", what must not occur, and `field:value` filters."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from papers.domain.names import fold

FIELDS = (
    "author",
    "title",
    "venue",
    "year",
    "category",
    "topic",
    "institution",
    "type",
    "open",
    "retracted",
    "doi",
)
MOST_WORDS = 24
MOST_FILTERS = 12
_FIRST_YEAR, _LAST_YEAR = 1000, 9999

_PART = re.compile(r'(?P<no>-)?(?:(?P<field>[A-Za-z]{2,12}):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_WORD = re.compile(r"[^\W_]+")
_NUMBER_AFTER_HYPHEN = re.compile(r"(?<=\w)-(\d+)(?!\w)")
_YEARS = re.compile(r"(\d{4})?(?:-|–|\.\.)(\d{4})?|(\d{4})")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a query asks for. `field` is "" for words of the text; `text` is the part as it was typed."""

    field: str
    value: str
    text: str
    is_excluded: bool = False
    is_phrase: bool = False

    @property
    def is_chip(self) -> bool:
        """Whether it is more than a plain word, so that the page says how it was understood."""
        return bool(self.field) or self.is_excluded or self.is_phrase


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query in parts, in the order typed."""

    parts: tuple[Part, ...]

    @property
    def free_text(self) -> str:
        """The plain words and phrases that are asked for, without filters."""
        return " ".join(part.value for part in self.parts if not part.field and not part.is_excluded)

    @property
    def filters(self) -> tuple[Part, ...]:
        """The parts that name a field, phrases and what must not occur."""
        return tuple(part for part in self.parts if part.is_chip)

    @property
    def is_plain(self) -> bool:
        """Whether there are only words, so that other kinds than papers may be meant."""
        return not any(part.field or part.is_excluded for part in self.parts)

    def without(self, left_out: Part) -> str:
        """The query as typed, but for one part."""
        return " ".join(part.text for part in self.parts if part is not left_out)

    def with_filter(self, field: str, value: str) -> str:
        """The query with one more filter in place of those of the same field; "" takes them away."""
        kept = [part.text for part in self.parts if part.field != field or part.is_excluded]
        quoted = f'"{value.replace(chr(34), " ")}"' if re.search(r"[\s\"]", value) else value
        return " ".join([*kept, f"{field}:{quoted}"] if value else kept)


def parse_query(text: str) -> ParsedQuery:
    """Read a query; never fails. A field that there is none of is plain words, a quote that does not end does at the end."""
    parts: list[Part] = []
    for found in _PART.finditer(text):
        field = (found["field"] or "").lower()
        if field and field not in FIELDS:
            value, field = found[0].lstrip("-").replace('"', " "), ""
        else:
            value = found["phrase"] if found["phrase"] is not None else found["word"]
        value = " ".join(value.split())
        if value and (field or _WORD.search(fold(value))):
            is_phrase = found["phrase"] is not None and not field and len(_WORD.findall(value)) > 1
            parts.append(Part(field, value, found[0], is_excluded=bool(found["no"]), is_phrase=is_phrase))
    return ParsedQuery(_capped(parts))


def _capped(parts: Iterable[Part]) -> tuple[Part, ...]:
    kept: list[Part] = []
    words = filters = 0
    for part in parts:
        words, filters = words + (not part.is_chip), filters + part.is_chip
        if (part.is_chip and filters <= MOST_FILTERS) or (not part.is_chip and words <= MOST_WORDS):
            kept.append(part)
    return tuple(kept)


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text, each once, as the full text of papers has them: "GPT-3" gives "gpt" and "3"."""
    return tuple(dict.fromkeys(_WORD.findall(fold(text))))


def hyphenated_numbers(text: str) -> frozenset[str]:
    """Numbers after a hyphen, which full text keeps with it: "GPT-3" holds "-3"."""
    return frozenset(_NUMBER_AFTER_HYPHEN.findall(text))


def read_years(value: str) -> tuple[int, int] | None:
    """First and last year of "2019", "2019-2022", "2019-" or "-2022"; None for what is no such thing. No year is 0."""
    found = _YEARS.fullmatch(value)
    if found is None or not any(found.groups()):
        return None
    years = [int(found[3])] if found[3] else [int(found[1] or _FIRST_YEAR), int(found[2] or _LAST_YEAR)]
    return (min(years), max(years)) if min(years) else None


def is_yes(value: str) -> bool:
    """How `open:` and `retracted:` are read; everything but a clear no is a yes."""
    return fold(value) not in {"no", "false", "0", "not"}
