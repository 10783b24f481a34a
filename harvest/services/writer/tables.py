"""Rows into tables by COPY, ids ahead of the rows, and look-ups by arrays."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

type Row = Sequence[Any]


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Append rows to a table by COPY. Names come from our own code, never from a source."""
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def new_ids(table: str, count: int) -> list[int]:
    """`count` fresh row ids of a table, in ascending order, taken from its sequence."""
    if not count:
        return []
    return [
        row[0]
        for row in fetch(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
    ]


def fetch(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def execute(sql: str, params: Sequence[Any]) -> int:
    """Run a statement; returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)
