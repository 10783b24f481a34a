"""Pages by keyset behind opaque cursors, and by number as far as page 100."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from math import isfinite
from typing import Any

from django.db.models import F, Q, QuerySet

from common.db.keyset import InvalidCursor, sign_cursor, unsign_cursor
from common.openalex_api.problems import InvalidParameter

COUNT_BOUND = 100_000  # an index-only scan of this many rows takes some tens of milliseconds
FOUND_BOUND = 10_000  # rows that hold words are checked one by one
_LIST = "api"


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order by one column and then by id, both in the same direction; rows with NULL come last.

    `read` brings a value back from a cursor; it raises ValueError or TypeError.
    """

    name: str
    column: str
    read: Callable[[Any], Any]
    is_nullable: bool = False
    is_descending: bool = True


@dataclass(frozen=True, slots=True)
class Position:
    """After which row a page starts (`value` in the order, `row_id`) and how many rows the whole list had."""

    value: Any
    row_id: int
    count: int


@dataclass(frozen=True, slots=True)
class Slice:
    """The ids of a page and the (value, id) of its last row, None when nothing comes after it."""

    ids: tuple[int, ...]
    last: tuple[Any, int] | None


def read_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def read_count(value: Any) -> int:
    if not isinstance(value, int) or abs(value) >= 2**31:
        raise ValueError
    return value


def read_row_id(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < 2**63:
        raise ValueError
    return value


def read_ratio(value: Any) -> float:
    if not isinstance(value, int | float) or not isfinite(value):
        raise ValueError
    return float(value)


def digest_of(*parts: str) -> str:
    """What a cursor belongs to: the same list in the same order."""
    return blake2b("\0".join(parts).encode(), digest_size=9).hexdigest()


def write_cursor(position: Position, *, digest: str) -> str:
    return sign_cursor((digest, position.value, position.row_id, position.count), of=_LIST)


def read_cursor(text: str, *, ordering: Ordering, digest: str) -> Position | None:
    """The position of a cursor, None for `*`, the start. Raises InvalidParameter for any we did not give out."""
    if text == "*":
        return None
    try:
        given_digest, value, row_id, count = unsign_cursor(text, of=_LIST)
        if value is not None:
            value = ordering.read(value)
    except (InvalidCursor, ValueError, TypeError):
        raise InvalidParameter("cursor", "cursor is not one that this API has given out.", allowed=["*"]) from None
    if given_digest != digest:
        raise InvalidParameter(
            "cursor",
            "cursor belongs to another list: keep filter, search and sort as they were.",
            allowed=["*"],
        )
    return Position(value, row_id, count)


def capped_count(queryset: QuerySet[Any], *, bound: int) -> tuple[int, bool]:
    """How many rows there are and whether that is exact; beyond the bound the bound, as "at least"."""
    found = queryset.order_by().values("pk")[: bound + 1].count()
    return min(found, bound), found <= bound


def slice_after(queryset: QuerySet[Any], *, ordering: Ordering, after: Position | None, size: int) -> Slice:
    """The page after a position, in one query, or two where the rows with a NULL begin."""
    known = queryset
    if ordering.is_nullable:
        known = queryset.filter(**{f"{ordering.column}__isnull": False})
    rows: list[tuple[Any, int]] = []
    if after is None or after.value is not None:
        if after is not None:
            known = known.filter(_beyond(ordering, after))
        rows = list(_ordered(known, ordering)[: size + 1])
    if ordering.is_nullable and len(rows) <= size:
        unknown = queryset.filter(**{f"{ordering.column}__isnull": True})
        if after is not None and after.value is None:
            side = "lt" if ordering.is_descending else "gt"
            unknown = unknown.filter(**{f"pk__{side}": after.row_id})
        rows += _ordered(unknown, ordering)[: size + 1 - len(rows)]
    return _slice(rows, size)


def slice_at(queryset: QuerySet[Any], *, ordering: Ordering, page: int, size: int) -> Slice:
    """A page by its number, from 1."""
    if page == 1:
        return slice_after(queryset, ordering=ordering, after=None, size=size)
    start = (page - 1) * size
    column = F(ordering.column)
    first = column.desc(nulls_last=True) if ordering.is_descending else column.asc(nulls_last=True)
    rows = queryset.order_by(first, "-pk" if ordering.is_descending else "pk").values_list(ordering.column, "pk")
    return _slice(list(rows[start : start + size + 1]), size)


def _ordered(queryset: QuerySet[Any], ordering: Ordering) -> QuerySet[Any, tuple[Any, int]]:
    sign = "-" if ordering.is_descending else ""
    rows = queryset.order_by(sign + ordering.column, sign + "pk")
    return rows.values_list(ordering.column, "pk")


def _beyond(ordering: Ordering, after: Position) -> Q:
    """Rows after the position, written so that the index is entered at its value."""
    side = "lt" if ordering.is_descending else "gt"
    column = ordering.column
    return Q(**{f"{column}__{side}e": after.value}) & (
        Q(**{f"{column}__{side}": after.value}) | Q(**{f"pk__{side}": after.row_id})
    )


def _slice(rows: list[tuple[Any, int]], size: int) -> Slice:
    shown = rows[:size]
    return Slice(tuple(pk for _value, pk in shown), shown[-1] if len(rows) > size else None)
