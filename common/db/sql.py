"""Statements of our own and their rows, by the names of their columns.

Django sends every statement with its values written into it, and the server plans it anew each time. What is asked
with `is_prepared` goes with its values apart, and is planned once for a connection: to plan a page's largest statements
costs more than to run them. Fit for statements that find rows by key, whose best plan is the same for every value.
Values are typed by where they stand: cast those that stand alone.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

type Values = Mapping[str, Any] | Sequence[Any] | None


class UnexpectedColumns(Exception):
    """A statement has other columns than the row that it is read into."""


def fetch(statement: str, values: Values = None, *, is_prepared: bool = False) -> list[tuple[Any, ...]]:
    """All rows of one statement as tuples, for loops that name each column."""
    return _rows(statement, values, is_prepared=is_prepared)[1]


def fetch_as[Row: tuple[Any, ...]](
    row: type[Row], statement: str, values: Values = None, *, is_prepared: bool = False
) -> list[Row]:
    """All rows as a NamedTuple whose fields are the columns. Raises UnexpectedColumns when their names differ."""
    names, found = _rows(statement, values, is_prepared=is_prepared)
    fields: tuple[str, ...] = row._fields  # type: ignore[attr-defined]  # a NamedTuple's
    if names != fields:
        raise UnexpectedColumns(f"{row.__name__} has {fields}, the statement {names}")
    make = cast(Callable[[tuple[Any, ...]], Row], row._make)  # type: ignore[attr-defined]  # a NamedTuple's
    return list(map(make, found))


def fetch_one[Row: tuple[Any, ...]](
    row: type[Row], statement: str, values: Values = None, *, is_prepared: bool = False
) -> Row | None:
    """The first row as a NamedTuple, None when there is none. Raises UnexpectedColumns as `fetch_as` does."""
    found = fetch_as(row, statement, values, is_prepared=is_prepared)
    return found[0] if found else None


def fetch_dicts(statement: str, values: Values = None) -> list[dict[str, Any]]:
    """All rows by the names of their columns, for statements whose columns are chosen as they are run."""
    names, found = _rows(statement, values, is_prepared=False)
    return [dict(zip(names, row, strict=True)) for row in found]


def fetch_column(statement: str, values: Values = None, *, is_prepared: bool = False) -> list[Any]:
    """The one column of a statement."""
    return [value for (value,) in fetch(statement, values, is_prepared=is_prepared)]


def fetch_value(statement: str, values: Values = None, *, is_prepared: bool = False) -> Any:
    """The one value of a statement, None when it has no row."""
    found = fetch_column(statement, values, is_prepared=is_prepared)
    return found[0] if found else None


def _rows(statement: str, values: Values, *, is_prepared: bool) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The names of a statement's columns, and its rows."""
    with _executed(statement, values, is_prepared=is_prepared) as cursor:
        return tuple([column.name for column in cursor.description]), cursor.fetchall()


def _executed(statement: str, values: Values, *, is_prepared: bool) -> CursorWrapper:
    """A cursor that ran the statement. It is counted like any other, and logged with its values written in."""
    if not is_prepared:
        cursor = connection.cursor()
        cursor.execute(statement, values)
        return cursor
    connection.ensure_connection()
    link: psycopg.Connection[Any] = connection.connection
    usual = link.cursor_factory
    link.cursor_factory = psycopg.Cursor
    try:
        cursor = connection.cursor()
    finally:
        link.cursor_factory = usual
    cursor.execute(statement, values)
    if connection.queries_logged:
        connection.queries_log[-1]["sql"] = psycopg.ClientCursor(link).mogrify(statement, values)
    return cursor
