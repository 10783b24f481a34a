"""Rows into tables by COPY, ids ahead of the rows, and look-ups by arrays."""

from collections.abc import Iterable, Sequence, Sized
from typing import Any

from django.db import connection

from common.db import sql
from common.db.copying import copying

type Row = Sequence[Any]


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Append rows to a table by COPY. Names come from our own code, never from a source.

    Rows may be made as they are taken: Postgres then works on the first while the next are made.
    """
    if isinstance(rows, Sized) and not rows:
        return
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, copying(cursor, statement) as copy:
        for row in rows:
            copy.write_row(row)


def copy_rows_with_times(
    table: str, columns: list[str], rows: Sequence[tuple[object, ...]], extra: dict[str, str] | None = None
) -> None:
    """COPY rows of public records, which carry when they were made and changed (the transaction's time)."""
    if not rows:
        return
    constants = extra or {}
    now = sql.fetch_value("SELECT now()")
    copy_rows(
        table,
        [*columns, *constants, "created_at", "changed_at"],
        [(*row, *constants.values(), now, now) for row in rows],
    )


def new_ids(table: str, count: int) -> list[int]:
    """`count` fresh row ids of a table, in ascending order, taken from its sequence."""
    if not count:
        return []
    # One text for all, and the sequence looked up once: a row for each id costs more than making it.
    joined = sql.fetch_value(
        """SELECT string_agg(nextval((SELECT pg_get_serial_sequence(%s, 'id')::regclass))::text, ',')
           FROM generate_series(1, %s)""",
        [table, count],
    )
    return [int(row_id) for row_id in joined.split(",")]


def fetch(statement: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    return sql.fetch(statement, [_dumped(param) for param in params])


def execute(statement: str, params: Sequence[Any]) -> int:
    """Run a statement; returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [_dumped(param) for param in params])
        return int(cursor.rowcount)


def array_literal(values: Sequence[str]) -> str:
    """A text array as Postgres reads it. Strings hold no NUL, which Postgres could not store either."""
    joined = "\0".join(values)
    if "\\" in joined or '"' in joined:
        joined = joined.replace("\\", "\\\\").replace('"', '\\"')
    return '{"' + joined.replace("\0", '","') + '"}'


def _dumped(param: Any) -> Any:
    """Long lists of strings or numbers as literals: the driver looks at each of their elements several times."""
    if type(param) is not list or not param:
        return param
    kinds = set(map(type, param))
    if kinds == {str}:
        return array_literal(param)
    if kinds == {int}:
        return "{" + ",".join(map(str, param)) + "}"
    return param
