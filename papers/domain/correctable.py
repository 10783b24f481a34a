"""Which fields people may correct, and the one form in which a corrected value is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from papers.domain.dates import InvalidDate, parse_date

type FieldType = Literal["text", "flag", "date", "record", "year", "word"]
type Value = str | bool | int | None

WORK_KINDS = (
    "article",
    "book",
    "book-chapter",
    "conference-paper",
    "dataset",
    "dissertation",
    "editorial",
    "erratum",
    "letter",
    "other",
    "paratext",
    "peer-review",
    "preprint",
    "reference-entry",
    "report",
    "retraction",
    "review",
    "software",
    "standard",
    "supplementary-materials",
    "thesis",
)
VENUE_KINDS = ("book", "conference", "journal", "repository", "series")
INSTITUTION_STATUSES = ("active", "inactive", "withdrawn")


class InvalidCorrection(ValueError):
    """A value that the field cannot take; `str()` is a sentence."""

    def __init__(self, field: str, why: str) -> None:
        self.field = field
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a field takes: a text of at most `longest` characters, one of `among` words, or another type."""

    type: FieldType = "text"
    longest: int = 300
    is_needed: bool = False
    among: tuple[str, ...] = ()


CORRECTABLE: Mapping[str, Mapping[str, Rule]] = {
    "paper": {
        "title": Rule(longest=2_000, is_needed=True),
        "abstract": Rule(longest=50_000),
        "kind": Rule("word", 32, is_needed=True, among=WORK_KINDS),
        "published": Rule("date"),
        "language": Rule("word", 16),
        "license": Rule(),
        "comment": Rule(longest=5_000),
        "venue": Rule("record"),
        "is_retracted": Rule("flag"),
    },
    "author": {"name": Rule(is_needed=True)},
    "institution": {
        "name": Rule(longest=500, is_needed=True),
        "kind": Rule("word", 32),
        "country_code": Rule("word", 2),
        "city": Rule(longest=200),
        "homepage_url": Rule(longest=500),
        "established_year": Rule("year"),
        "status": Rule("word", 16, is_needed=True, among=INSTITUTION_STATUSES),
    },
    "venue": {
        "name": Rule(longest=500, is_needed=True),
        "kind": Rule("word", 32, among=("", *VENUE_KINDS)),
        "publisher": Rule(),
    },
    "topic": {
        "name": Rule(is_needed=True),
        "description": Rule(longest=20_000),
        "field_name": Rule(longest=200),
    },
}


def canonical(kind: str, field: str, value: object) -> Value:
    """The value as a correction keeps it. Raises InvalidCorrection; KeyError for a field that is not correctable."""
    rule = CORRECTABLE[kind][field]
    match rule.type:
        case "flag":
            return bool(value)
        case "record":
            return _row_id(field, value)
        case "year":
            return _year(field, value)
        case "date":
            return _date(field, str(value or ""))
        case _:
            return _text(field, str(value or ""), rule)


def _row_id(field: str, value: object) -> int | None:
    if value in (None, ""):
        return None
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise InvalidCorrection(field, f"{text[:40]!r} is not the number of a record.")
    return int(text)


def _text(field: str, raw: str, rule: Rule) -> str:
    text = raw.replace("\x00", "").strip()
    if rule.is_needed and not text:
        raise InvalidCorrection(field, f"The {field} cannot be empty.")
    if len(text) > rule.longest:
        raise InvalidCorrection(field, f"The {field} can have at most {rule.longest:,} characters.")
    if rule.among and text not in rule.among:
        raise InvalidCorrection(field, f"{text!r} is none of: {', '.join(filter(None, rule.among))}.")
    return text


def _date(field: str, raw: str) -> str:
    if not raw.strip():
        return ""
    try:
        return parse_date(raw).iso()
    except InvalidDate as problem:
        raise InvalidCorrection(field, f"Write 2022, 2022-05 or 2022-05-24: {problem}.") from None


def _year(field: str, value: object) -> int | None:
    if value in (None, ""):
        return None
    try:
        return parse_date(int(str(value))).year
    except (ValueError, InvalidDate):
        raise InvalidCorrection(field, f"{value!r} is not a year from 1000 on.") from None
