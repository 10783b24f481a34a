"""Statements that Postgres plans once for a connection: to plan a page's largest costs more than to run it.

Django sends every statement with its values written into it, and the server plans it anew each time. What is asked
here goes with its values apart, and is prepared from the second time on. Fit for statements that find rows by key,
whose best plan is the same for every value. Values are typed by where they stand: cast those that stand alone.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection


def rows_of(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows of one statement. It is counted like any other, and logged with its values written in."""
    connection.ensure_connection()
    link: psycopg.Connection[Any] = connection.connection
    usual = link.cursor_factory
    link.cursor_factory = psycopg.Cursor
    try:
        cursor = connection.cursor()
    finally:
        link.cursor_factory = usual
    with cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    if connection.queries_logged:
        connection.queries_log[-1]["sql"] = psycopg.ClientCursor(link).mogrify(sql, values)
    return rows
