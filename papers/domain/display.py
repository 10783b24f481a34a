"""How much of a date, a byline and a source a list shows: decisions only, no words and no mark-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

type DateStyle = Literal["day", "date", "month", "year"]

NAMES_SHOWN = 3


def date_style(day: date | None, precision: str, *, today: date) -> DateStyle:
    """How a date is written: "day" (May 2) in the current year, "date" (May 24, 2022) otherwise.

    A date known to the month or the year (`precision` "M" or "Y") never shows more than that.
    """
    if precision == "Y" or day is None:
        return "year"
    if precision == "M":
        return "month"
    return "day" if day.year == today.year else "date"


def iso_date(day: date | None, precision: str) -> str:
    """ "2022", "2022-05" or "2022-05-24", as far as the date is known; "" when it is not."""
    if day is None:
        return ""
    return day.isoformat()[: {"Y": 4, "M": 7}.get(precision, 10)]


@dataclass(frozen=True, slots=True)
class BylineName:
    """A name on a byline as printed; `is_subject` for the person whose page this is.

    `url` is "" for a person who asked not to be listed.
    """

    position: int
    name: str
    url: str
    is_subject: bool = False


@dataclass(frozen=True, slots=True)
class ShortByline:
    """The first names; the subject where they come later; whether names are left out."""

    names: tuple[BylineName, ...]
    subject_beyond: BylineName | None
    is_cut: bool


def short_byline(names: Sequence[BylineName], *, author_count: int) -> ShortByline:
    """The first three names, and the subject of the page even when they stand further back.

    `names` are in order and hold at least the first three and the subject; `author_count` is the whole byline's.
    """
    first = tuple(name for name in names if name.position <= NAMES_SHOWN)
    beyond = next((n for n in names if n.is_subject and n.position > NAMES_SHOWN), None)
    if any(name.is_subject for name in first):
        beyond = None
    shown = len(first) + (1 if beyond else 0)
    return ShortByline(first, beyond, is_cut=author_count > shown)
