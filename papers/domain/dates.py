"""Dates as sources state them: a year, a month or a day, never more than was said."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from common.fast_pickle import FastPickled

type Precision = Literal["Y", "M", "D"]

EARLIEST_YEAR = 1000
YEARS_AHEAD = 2  # issues dated ahead are printed up to two years early

_LONG_PAST = 2020  # spares a look at the calendar

_ISO = re.compile(r"\s*(\d{1,9})(?:[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ][0-9:.+Z-]*)?)?)?\s*", re.A)


class InvalidDate(ValueError):
    """A date that cannot be meant; `str()` is a sentence part such as "year 20222 is out of range"."""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate(FastPickled):
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

    def refines(self, other: "PartialDate") -> bool:
        """Whether this says more of the same date: 2022-05-24 refines 2022-05 and 2022."""
        if self.year != other.year or other.day is not None:
            return False
        if other.month is None:
            return self.month is not None
        return self.month == other.month and self.day is not None

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


_MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio janeiro",
            "feb february februar février fevrier febrero febbraio fevereiro",
            "mar march märz maerz mars marzo março marco",
            "apr april avril abril aprile",
            "may mai mayo maggio maio",
            "jun june juni juin junio giugno junho",
            "jul july juli juillet julio luglio julho",
            "aug august août aout agosto",
            "sep sept september septembre septiembre settembre setembro",
            "oct okt october oktober octobre octubre ottobre outubro",
            "nov november novembre noviembre novembro",
            "dec dez december dezember décembre decembre diciembre dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
_CLOSED_UP = re.compile(r"(1[5-9]\d{2}|20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", re.A)
_EAST_ASIAN_DATE = re.compile(r"(\d{4})\s?年(?:\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?)?", re.A)
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[/.-](\d{4})", re.A)
_DAY_AND_MONTH = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.A)
_LOOSE_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)", re.A)
_LOOSE_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)", re.A)
_WORDS = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)", re.A)


def certain_date(raw: str | int) -> PartialDate | None:
    """What is certain of a date in any spelling: "2004a", "2018-21" and "1723~" give the year, "May 2, 2014" the day.

    Of an impossible date the part before the mistake is taken; None where not even the year is sure ("in press").
    """
    text = " ".join(str(raw)[:100].replace("{", " ").replace("}", " ").split())
    for shaped in (text, _in_our_order(text)):
        try:
            return parse_date(shaped)
        except InvalidDate:
            continue
    if match := _LOOSE_ISO.search(text):
        return _as_far_as_possible(int(match[1]), int(match[2]), int(match[3] or 0))
    years = _LOOSE_YEAR.findall(text)
    if not years:
        return None
    rest = text.replace(years[0], " ", 1)
    months = [_MONTH_NAMES[word] for word in _WORDS.findall(rest.lower()) if word in _MONTH_NAMES]
    days = _DAY.findall(rest)
    if len(months) != 1:
        return _as_far_as_possible(int(years[0]), 0, 0)
    return _as_far_as_possible(int(years[0]), months[0], int(days[0]) if len(days) == 1 else 0)


def _in_our_order(text: str) -> str:
    """Dates that can be read in one way alone, as year-month-day: "20200115", "31/12/2014", "02.05.2014", "12/2019"."""
    if match := _CLOSED_UP.fullmatch(text):
        return "-".join(match.groups())
    if match := _EAST_ASIAN_DATE.fullmatch(text):
        return "-".join(filter(None, match.groups()))
    if match := _MONTH_AND_YEAR.fullmatch(text):
        return f"{match[2]}-{match[1]}"
    match = _DAY_AND_MONTH.fullmatch(text)
    if match is None:
        return text
    one, mark, other, year = match[1], match[2], match[3], match[4]
    if mark == "." or int(one) > 12 or one == other:
        return f"{year}-{other}-{one}"
    return f"{year}-{one}-{other}" if int(other) > 12 else text


def month_number(text: str) -> int | None:
    """The month that a name in one of several languages, an abbreviation or a number means; None for none or several."""
    stripped = text.strip(" .{}~").lower()
    if stripped.isascii() and stripped.isdigit() and len(stripped) < 3:
        return int(stripped) if 1 <= int(stripped) <= 12 else None
    found = {_MONTH_NAMES[word] for word in _WORDS.findall(stripped) if word in _MONTH_NAMES}
    return found.pop() if len(found) == 1 else None


def _as_far_as_possible(year: int, month: int, day: int) -> PartialDate | None:
    for parts in ((year, month, day), (year, month), (year,)):
        try:
            return make_date(*parts)
        except InvalidDate:
            continue
    return None


def finer(date_: PartialDate, other: PartialDate) -> PartialDate:
    """The other date where it says the same as the first and more of it; else the first."""
    mine, theirs = date_.iso(), other.iso()
    return other if len(theirs) > len(mine) and theirs.startswith(mine) else date_
