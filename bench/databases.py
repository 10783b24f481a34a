"""Benchmark databases: loaded once through the real import, kept while the generator is the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import orjson
import psycopg
from psycopg import sql

from bench.corpus import GENERATOR_VERSION, corpus_file
from bench.processes import CommandFailed, manage

_SEED = 1
_INDEX_ALL = "from common.queue import run_here\nwhile run_here('search.index_papers'): pass"


@dataclass(frozen=True, slots=True)
class Database:
    """A database of its own on the server in use; `loaded_seconds` is None when it was there already."""

    name: str
    url: str
    loaded_seconds: float | None = None

    def connect(self) -> psycopg.Connection:
        """A plain connection that commits by itself."""
        return psycopg.connect(self.url, autocommit=True)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to use this database."""
        return {"DATABASE_URL": self.url}


def named(url: str, name: str) -> str:
    """The same server's address with another database; unix sockets and options are kept."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def loaded(url: str, *, scale: str, folder: Path) -> Database:
    """The database of that scale beside the one `url` names; generated, imported and refreshed if need be.

    A million papers are not loaded anew for a new column: their database migrates as a real one does, and is made anew
    only when it cannot. A load that was cut off goes on where it was.
    """
    name = f"colophon_bench_{scale}"
    database = Database(name, named(url, name))
    with psycopg.connect(url, autocommit=True) as server:
        if not _holds(_comment(server, name), scale):
            _begin(server, name, scale)
        try:
            _migrate(database)
        except CommandFailed:
            _begin(server, name, scale)
            _migrate(database)
        if _is_whole(_comment(server, name)):
            return database
        seconds = _load(database, scale, folder)
        _note(server, name, _state(scale, is_whole=True))
    return Database(name, database.url, seconds)


def _load(database: Database, scale: str, folder: Path) -> float:
    """Import, numbers, search; seconds of the import alone. Each goes on where an earlier attempt was cut off."""
    path = corpus_file(folder, scale=scale, seed=_SEED)
    done = manage("import_records", str(path), "--no-refresh", env=database.environment)
    with database.connect() as connection:
        connection.execute("VACUUM (ANALYZE)")
    # Novelty costs the square of the works: an hour at a million.
    scope = ("--no-novelty",) if scale == "1m" else ()
    manage("refresh_metrics", "--full", *scope, "--wait", env=database.environment)
    manage("shell", "--verbosity", "0", "--command", _INDEX_ALL, env=database.environment)
    with database.connect() as connection:
        connection.execute("VACUUM (ANALYZE)")
    return done.seconds


@contextmanager
def scratch(url: str) -> Iterator[Database]:
    """An empty, migrated database that is dropped afterwards."""
    name = "colophon_bench_scratch"
    with psycopg.connect(url, autocommit=True) as server:
        _create(server, name)
    database = Database(name, named(url, name))
    try:
        _migrate(database)
        yield database
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            _drop(server, name)


def _facts(scale: str) -> dict[str, object]:
    return {"scale": scale, "seed": _SEED, "generator": GENERATOR_VERSION}


def _state(scale: str, *, is_whole: bool) -> str:
    """What a database holds or is to hold, kept as its comment."""
    return orjson.dumps(_facts(scale) | {"is_whole": is_whole}).decode()


def _holds(comment: str | None, scale: str) -> bool:
    """Whether a database with that comment is loaded, whole or in part, from the corpus of today's generator."""
    return comment is not None and _facts(scale).items() <= orjson.loads(comment).items()


def _is_whole(comment: str | None) -> bool:
    return comment is not None and bool(orjson.loads(comment).get("is_whole", True))


def _begin(server: psycopg.Connection, name: str, scale: str) -> None:
    _create(server, name)
    _note(server, name, _state(scale, is_whole=False))


def _note(server: psycopg.Connection, name: str, state: str) -> None:
    server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(state)))


def _migrate(database: Database) -> None:
    manage("migrate", "--verbosity", "0", env=database.environment)


def _comment(server: psycopg.Connection, name: str) -> str | None:
    row = server.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return row[0] if row else None


def _create(server: psycopg.Connection, name: str) -> None:
    _drop(server, name)
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _drop(server: psycopg.Connection, name: str) -> None:
    """Without FORCE, which an ordinary role may not use while autovacuum (a superuser's process) is at work there."""
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
        [name],
    )
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
