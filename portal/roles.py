"""Two roles in Postgres: the owner, who migrates, and the application's, who cannot change the log (ADR 0052)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db import connection
from psycopg import sql

from common.db.sql import fetch_column
from papers.models import LogScrub
from portal.settings.urls import database_from_url

# Triggers guard these as well. Of the admin's log an erased account leaves lines that name nobody; DELETE is what
# Django says for an account without lines, and no line goes by it.
OTHER_LOGS = {
    "collaborations_moderationaction": "SELECT, INSERT",
    "django_admin_log": "SELECT, INSERT, DELETE, UPDATE (user_id, object_repr, change_message)",
}


def log_tables() -> list[str]:
    """The tables of the log, which rows are only ever added to."""
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, pghistory.models.Event))


@contextmanager
def as_owner() -> Iterator[str | None]:
    """Connect as the owner for a while; yields the application's role, None where we are the owner already."""
    owner = database_from_url(settings.DATABASE_OWNER_URL) if settings.DATABASE_OWNER_URL else {}
    before = dict(connection.settings_dict)
    if not owner or owner["USER"] == before["USER"]:
        yield None
        return
    connection.close()
    connection.settings_dict.update({name: owner[name] for name in ("USER", "PASSWORD", "HOST", "PORT")})
    try:
        yield str(before["USER"])
    finally:
        connection.close()
        connection.settings_dict.update(before)


def open_to(role: str) -> None:
    """Give a role all that the application needs in this database, as its owner; may be run again at any time."""
    name = sql.Identifier(role)
    statements = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
        # MAINTAIN is for ANALYZE after an import; Postgres has it since 17.
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE, MAINTAIN ON ALL TABLES IN SCHEMA public TO {}").format(name),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
    ]
    for table in log_tables():
        statements += _only(table, "SELECT, INSERT", name)
    for table, rights in OTHER_LOGS.items():
        statements += _only(table, rights, name)
    for table in ("django_migrations", LogScrub._meta.db_table):
        statements += _only(table, "SELECT", name)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _only(table: str, rights: str, role: sql.Identifier) -> list[sql.Composed]:
    return [
        sql.SQL("REVOKE ALL ON {} FROM {}, PUBLIC").format(sql.Identifier(table), role),
        sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), sql.Identifier(table), role),
    ]


def changeable_log_tables() -> list[str]:
    """Tables of the log that the role we are connected as could change."""
    return fetch_column(
        """SELECT t.name FROM unnest(%s::text[]) AS t(name)
           WHERE to_regclass(t.name) IS NOT NULL
             AND has_table_privilege(to_regclass(t.name), 'UPDATE, DELETE, TRUNCATE') ORDER BY 1""",
        [[*log_tables(), LogScrub._meta.db_table]],
    )
