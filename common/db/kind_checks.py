"""Kinds that code registers, held by the database: a check asks a function that lists them.

The function is written anew from what is registered at the end of every `migrate`, so that a new kind takes no
migration (docs/adr/0015-kinds-in-the-database.md).
"""

from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import BooleanField, Func
from psycopg import sql

_registered: dict[str, tuple[str, ...]] = {}


def register_kinds(function: str, kinds: Iterable[str]) -> None:
    """Let the checks that ask `function` accept these kinds and no others (when the application is ready)."""
    _registered[function] = tuple(sorted(kinds))


def registered_kinds() -> Mapping[str, tuple[str, ...]]:
    """The kinds by the function that lists them."""
    return dict(_registered)


def is_registered(column: str, function: str) -> Func:
    """The condition of a constraint: the column holds a kind that `function` lists."""
    return Func(column, function=function, output_field=BooleanField())


def statement_for(function: str, kinds: Iterable[str]) -> str:
    """The statement that makes or replaces a function; migrations name the kinds of their day by it."""
    statement = sql.SQL(
        "CREATE OR REPLACE FUNCTION {}(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS {}"
    )
    body = sql.SQL("SELECT kind IN ({})").format(sql.SQL(", ").join(map(sql.Literal, kinds))).as_string()
    return statement.format(sql.Identifier(function), sql.Literal(body)).as_string()


def write_functions() -> None:
    """Make every function list what is registered now."""
    with connection.cursor() as cursor:
        for function, kinds in _registered.items():
            cursor.execute(statement_for(function, kinds))
