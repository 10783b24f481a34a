"""What a list can be filtered by: each field turns the values of one term into a condition."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Q

from common.openalex_api.problems import InvalidValue, echoed

MAX_NUMBER = 2**31 - 1
_RANGE = re.compile(r"(-?\d{0,10})-(-?\d{0,10})", re.A)
_NUMBER = re.compile(r"-?\d{1,10}", re.A)


class FilterField(Protocol):
    """`is_text` fields take spaces as they are; in others a space or `+` between values means AND."""

    @property
    def description(self) -> str: ...

    @property
    def is_text(self) -> bool: ...

    def condition(self, values: Sequence[str]) -> Q:
        """Rows with any of these values. Raises InvalidValue."""
        ...


def any_of(conditions: Sequence[Q]) -> Q:
    """Rows that meet one of the conditions at least."""
    found = Q()
    for condition in conditions:
        found |= condition
    return found


@dataclass(frozen=True, slots=True)
class NumberField:
    """A whole number: `5`, `>5`, `<5`, `5-9`, `5-`, `-9`. `where` takes a lookup (exact, gt, lt, gte, lte)."""

    where: Callable[[str, int], Q]
    description: str
    is_text: bool = False

    def condition(self, values: Sequence[str]) -> Q:
        return any_of([self._one(value) for value in values])

    def _one(self, value: str) -> Q:
        if _NUMBER.fullmatch(value) and not value.startswith("-"):
            return self.where("exact", _number(value))
        if value[:1] in {">", "<"} and _NUMBER.fullmatch(value[1:]):
            return self.where("gt" if value[0] == ">" else "lt", _number(value[1:]))
        match = _RANGE.fullmatch(value)
        if match is None or not (match[1] or match[2]):
            raise InvalidValue(
                f"{echoed(value)} is not a whole number or a range of them",
                allowed=["5", ">5", "<5", "5-9", "5-", "-9"],
            )
        condition = Q()
        if match[1]:
            condition &= self.where("gte", _number(match[1]))
        if match[2]:
            condition &= self.where("lte", _number(match[2]))
        return condition


def column_number(column: str) -> Callable[[str, int], Q]:
    """The condition of a NumberField on a column of the list's own."""
    return lambda lookup, number: Q(**{f"{column}__{lookup}": number})


def year_of(column: str) -> Callable[[str, int], Q]:
    """The condition of a NumberField on the year of a date, written as a range of days for the index's sake."""

    def where(lookup: str, year: int) -> Q:
        first, last = date(_in_calendar(year), 1, 1), date(_in_calendar(year), 12, 31)
        match lookup:
            case "gt":
                return Q(**{f"{column}__gt": last})
            case "gte":
                return Q(**{f"{column}__gte": first})
            case "lt":
                return Q(**{f"{column}__lt": first})
            case "lte":
                return Q(**{f"{column}__lte": last})
        return Q(**{f"{column}__gte": first, f"{column}__lte": last})

    return where


@dataclass(frozen=True, slots=True)
class BooleanField:
    """`true` or `false`; `where` is the condition of true."""

    where: Callable[[], Q]
    description: str
    is_text: bool = False

    def condition(self, values: Sequence[str]) -> Q:
        return any_of([self._one(value.lower()) for value in values])

    def _one(self, value: str) -> Q:
        if value not in {"true", "false"}:
            raise InvalidValue(f"{echoed(value)} is neither true nor false", allowed=["true", "false"])
        return self.where() if value == "true" else ~self.where()


@dataclass(frozen=True, slots=True)
class DateField:
    """A day, `2022-05-24`; `lookup` is gte (from) or lte (to)."""

    column: str
    lookup: str
    description: str
    is_text: bool = False

    def condition(self, values: Sequence[str]) -> Q:
        return any_of([Q(**{f"{self.column}__{self.lookup}": _day(value)}) for value in values])


@dataclass(frozen=True, slots=True)
class ValuesField:
    """Exact values, read by `read` (which raises InvalidValue) and looked for by `where`, all in one condition."""

    read: Callable[[str], object]
    where: Callable[[Sequence[object]], Q]
    description: str
    is_text: bool = False

    def condition(self, values: Sequence[str]) -> Q:
        return self.where([self.read(value) for value in values])


@dataclass(frozen=True, slots=True)
class TextField:
    """Words, found as the list's search finds them."""

    where: Callable[[str], Q]
    description: str
    is_text: bool = True

    def condition(self, values: Sequence[str]) -> Q:
        return any_of([self.where(value) for value in values])


def _number(text: str) -> int:
    number = int(text)
    if abs(number) > MAX_NUMBER:
        raise InvalidValue(f"{echoed(text)} is out of range")
    return number


def _in_calendar(year: int) -> int:
    if not 1 <= year <= 9999:
        raise InvalidValue(f"{year} is not a year")
    return year


def _day(value: str) -> date:
    try:
        if len(value) != 10:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise InvalidValue(f"{echoed(value)} is not a day", allowed=["2022-05-24"]) from None
