"""Dates as sources state them: a year, a month or a day, never more than was said."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from common.slim import Slim

type Precision = Literal["Y", "M", "D"]

EARLIEST_YEAR = 1000
YEARS_AHEAD = 2  # issues dated ahead are printed up to two years early

_LONG_PAST = 2020  # spares a look at the calendar

_ISO = re.compile(r"\s*(\d{1,9})(?:[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ][0-9:.+Z-]*)?)?)?\s*", re.A)


class InvalidDate(ValueError):
    """A date that cannot be meant; `str()` is a sentence part such as "year 20222 is out of range"."""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate(Slim):
    """A date known to the year, the month or the day.

    `month` is None when only the year is known, `day` is None when only the month is.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> Precision:
        """ "Y", "M" or "D": how much of the date was stated."""
        if self.month is None:
            return "Y"
        return "M" if self.day is None else "D"

    @property
    def first_day(self) -> date:
        """The first day that the date can mean: 2022 gives 1 January 2022."""
        return _day(self.year, self.month or 1, self.day or 1)

    def iso(self) -> str:
        """ "2022", "2022-05" or "2022-05-24"."""
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


_day = lru_cache(maxsize=16_384)(date)


def latest_year() -> int:
    """The last year that a publication may carry today."""
    return date.today().year + YEARS_AHEAD


@lru_cache(maxsize=16_384)
def parse_date(raw: str | int) -> PartialDate:
    """Read "2022", "2022-05", "2022-05-24" or a timestamp that starts like the last.

    Raises InvalidDate when it is none of these or names a day that does not exist.
    """
    match = _ISO.fullmatch(str(raw)[:64])
    if match is None:
        raise InvalidDate(f"{str(raw)[:40]!r} is not a date")
    year, month, day = match.groups()
    return make_date(int(year), int(month) if month else None, int(day) if day else None)


def make_date(year: int, month: int | None = None, day: int | None = None) -> PartialDate:
    """Check the parts and put them together; raises InvalidDate. Zero parts count as not stated."""
    if year < EARLIEST_YEAR or (year > _LONG_PAST and year > latest_year()):
        raise InvalidDate(f"year {year} is out of range")
    if not month:
        return PartialDate(year)
    if not 1 <= month <= 12:
        raise InvalidDate(f"month {month} does not exist")
    if not day:
        return PartialDate(year, month)
    try:
        date(year, month, day)
    except ValueError:
        raise InvalidDate(f"{year:04d}-{month:02d}-{day:02d} does not exist") from None
    return PartialDate(year, month, day)
