"""Paging by keyset: a page starts after a row, not after a count of rows, so every page costs the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet

MAX_CURSOR_CHARS = 600


class InvalidCursor(ValueError):
    """A cursor that no page of this list can have given out."""


def as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Order:
    """A descending order by one column and then by an id, which are the last columns of an index.

    `parse` makes a value of what a cursor holds. Rows whose value is NULL come last.
    """

    column: str
    id_column: str
    parse: Callable[[Any], Any] = as_it_is
    is_nullable: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page starts: beyond this row, down the list, or up when `is_backwards`."""

    value: Any
    row_id: int
    is_backwards: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The ids of a page in order; the cursors of the pages after and before it, "" where there is none."""

    ids: tuple[int, ...]
    next_cursor: str = ""
    previous_cursor: str = ""


def sign_cursor(values: Sequence[object], *, of: str) -> str:
    """Values that JSON knows, and dates, as a text that only this portal can have written; `of` is the list it is for.

    The same values give the same text at any time, so that a page which did not change stays the same.
    """
    plain = [value.isoformat() if isinstance(value, date) else value for value in values]
    return _signer(of).sign_object(plain)


def unsign_cursor(text: str, *, of: str) -> list[Any]:
    """The values of a cursor. Raises InvalidCursor for one of another list, a changed one and any other text."""
    try:
        if len(text) > MAX_CURSOR_CHARS:
            raise signing.BadSignature
        values = _signer(of).unsign_object(text)
    except (signing.BadSignature, UnicodeEncodeError):
        raise InvalidCursor(text[:MAX_CURSOR_CHARS]) from None
    return list(values)


def _signer(of: str) -> signing.Signer:
    return signing.Signer(salt=f"colophon.cursor.{of}")


def read_row_id(text: str) -> int:
    """A row id, where a list is ordered by nothing else. Raises InvalidCursor."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise InvalidCursor(text[:MAX_CURSOR_CHARS])
    return int(text)


def newest_first(id_column: str, *, is_nullable: bool = False) -> Order:
    """By date of publication, undated rows last."""
    return Order("published_date", id_column, date.fromisoformat, is_nullable=is_nullable)


def most_cited_first(id_column: str) -> Order:
    """By the figure shown, works whose citations are not known last."""
    return Order("shown_citation_count", id_column, is_nullable=True)


def read_cursor(order: Order, *, after: str = "", before: str = "") -> Cursor | None:
    """The cursor of a request, None for the first page. Raises InvalidCursor."""
    text = after or before
    if not text:
        return None
    value, row_id = unsign_cursor(text, of=order.column)
    return Cursor(None if value is None else order.parse(value), row_id, is_backwards=not after)


def page_of(queryset: QuerySet[Any], *, order: Order, cursor: Cursor | None, size: int) -> Page:
    """One page of a list, in one query. Rows that repeat a value and an id count once."""
    rows = list(_window(queryset, order=order, cursor=cursor, size=size + 1))
    has_more = len(rows) > size
    rows = rows[:size]
    backwards = cursor is not None and cursor.is_backwards
    if backwards:
        rows.reverse()
    if not rows:
        return Page(())
    has_next = has_more or backwards
    has_previous = (cursor is not None and not backwards) or (backwards and has_more)
    return Page(
        tuple(row_id for _value, row_id in rows),
        sign_cursor(rows[-1], of=order.column) if has_next else "",
        sign_cursor(rows[0], of=order.column) if has_previous else "",
    )


def _window(queryset: QuerySet[Any], *, order: Order, cursor: Cursor | None, size: int) -> Any:
    backwards = cursor is not None and cursor.is_backwards
    sign = "" if backwards else "-"
    columns = queryset.order_by(sign + order.column, sign + order.id_column)
    columns = columns.values_list(order.column, order.id_column).distinct()
    known, unknown = columns, columns
    if order.is_nullable:
        known = columns.filter(**{f"{order.column}__isnull": False})
        unknown = columns.filter(**{f"{order.column}__isnull": True})
    if cursor is not None:
        side = "gt" if backwards else "lt"
        beyond_id = Q(**{f"{order.id_column}__{side}": cursor.row_id})
        if cursor.value is None:
            unknown = unknown.filter(beyond_id)
            return unknown[:size].union(known[:size], all=True)[:size] if backwards else unknown[:size]
        known = known.filter(_beyond(order, cursor, side, beyond_id))
        if backwards:
            return known[:size]
    if not order.is_nullable:
        return known[:size]
    # Two index ranges end to end: the second is read only when the first has run out.
    return known[:size].union(unknown[:size], all=True)[:size]


def _beyond(order: Order, cursor: Cursor, side: str, beyond_id: Q) -> Q:
    """Rows beyond the cursor, written so that the index is entered at the cursor's value."""
    up_to = Q(**{f"{order.column}__{side}e": cursor.value})
    strictly = Q(**{f"{order.column}__{side}": cursor.value})
    return up_to & (strictly | beyond_id)
