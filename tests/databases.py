"""What makes a test's database cheap: one migrated template for every process, and emptying only what was written.

Migrations take a good part of a minute for each process that runs them; a copy of a migrated database takes a second.
Django's `flush` truncates every table and makes permissions anew, half a second for each test that commits; a look
into every table takes 5 ms, and most tests write ten of them.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql

from common.db.kind_checks import registered_kinds

_PREFIX = "colophon_template_"


def migrated_template(url: str) -> str:
    """The name of a database in which today's migrations have been run; made when there is none.

    Processes that ask at once wait for the first. Templates of other migrations are dropped.
    """
    name = _PREFIX + _fingerprint()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [_PREFIX])
        known = {row[0] for row in server.execute("SELECT datname FROM pg_database")}
        if name not in known:
            for other in (each for each in known if each.startswith(_PREFIX)):
                server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(other)))
            unfinished = f"{_PREFIX}unfinished"
            _migrate(unfinished)
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name))
            )
    return name


def _fingerprint() -> str:
    """Of the migrations of every app, Django's and the libraries' included, and of what models the permissions name."""
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted((Path(config.path) / "migrations").glob("*.py")):
            digest.update(config.label.encode() + path.name.encode() + path.read_bytes())
        for model in config.get_models():
            digest.update(repr((model._meta.label, model._meta.permissions)).encode())
    digest.update(repr(sorted(registered_kinds().items())).encode())
    return digest.hexdigest()[:16]


def _migrate(name: str) -> None:
    """Make the database `name` as Django makes a test's, and point the connection back to where it was."""
    settings = connection.settings_dict
    original, of_test = settings["NAME"], settings["TEST"]["NAME"]
    settings["TEST"]["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    finally:
        connection.close()
        settings["NAME"], settings["TEST"]["NAME"] = original, of_test


def empty_what_was_written(_case: TransactionTestCase | None) -> None:
    """Instead of `flush` after a test that commits: tables with rows of the test's own are truncated.

    Tables that migrations fill keep their rows; where a test has changed one of those, everything is flushed and made
    anew, as Django does it. Transactions that the test left open elsewhere are ended first: one of them would keep this
    and every later test from emptying its tables.
    """
    _end_open_transactions()
    if _kept_rows() != _rows_at_first():
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
        return
    written = _with_rows(set(_tables()) - set(_rows_at_first()))
    if written:
        names = sql.SQL(", ").join(map(sql.Identifier, written))
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))


def _end_open_transactions() -> None:
    """Those of a request that a closed browser no longer waits for, of a process that was killed, of a thread that hangs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"
        )


def remember_first_rows() -> None:
    """Note which tables a fresh database holds rows in; to be called before the first test."""
    _rows_at_first()


@cache
def _rows_at_first() -> dict[str, str]:
    return _fingerprints(_with_rows(_tables()))


def _kept_rows() -> dict[str, str]:
    return _fingerprints(_rows_at_first())


def _fingerprints(tables: Iterable[str]) -> dict[str, str]:
    """For each table, a digest of all its rows."""
    each = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {}, (SELECT md5(string_agg(r::text, E'\\n' ORDER BY r::text)) FROM {} r)").format(
            sql.Literal(table), sql.Identifier(table)
        )
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(each)
        return dict(cursor.fetchall())


def _with_rows(tables: Iterable[str]) -> list[str]:
    each = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(table), sql.Identifier(table))
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(each)
        return [row[0] for row in cursor.fetchall()]


@cache
def _tables() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND NOT relispartition ORDER BY 1"
        )
        return tuple(row[0] for row in cursor.fetchall())
