"""Benchmark databases: loaded once through the real import, kept while generator and schema are the same."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import orjson
import psycopg
from psycopg import sql

from bench.corpus import GENERATOR_VERSION, corpus_file
from bench.processes import PROJECT, manage

_SEED = 1


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
    """The database of that scale beside the one `url` names; generated, imported and refreshed if need be."""
    name = f"colophon_bench_{scale}"
    state = _state(scale)
    with psycopg.connect(url, autocommit=True) as server:
        if _comment(server, name) == state:
            return Database(name, named(url, name))
        _create(server, name)
    database = Database(name, named(url, name))
    path = corpus_file(folder, scale=scale, seed=_SEED)
    manage("migrate", "--verbosity", "0", env=database.environment)
    done = manage("import_records", str(path), env=database.environment)
    with database.connect() as connection:
        connection.execute("VACUUM (ANALYZE)")
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(state))
        )
    return Database(name, database.url, done.seconds)


@contextmanager
def scratch(url: str) -> Iterator[Database]:
    """An empty, migrated database that is dropped afterwards."""
    name = "colophon_bench_scratch"
    with psycopg.connect(url, autocommit=True) as server:
        _create(server, name)
    database = Database(name, named(url, name))
    try:
        manage("migrate", "--verbosity", "0", env=database.environment)
        yield database
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            _drop(server, name)


def _state(scale: str) -> str:
    """What a loaded database depends on: corpus and migrations, told apart by their contents."""
    digest = hashlib.blake2b(digest_size=12)
    for path in sorted(PROJECT.glob("*/migrations/*.py")):
        digest.update(str(path.relative_to(PROJECT)).encode() + path.read_bytes())
    facts = {"scale": scale, "seed": _SEED, "generator": GENERATOR_VERSION, "schema": digest.hexdigest()}
    return orjson.dumps(facts).decode()


def _comment(server: psycopg.Connection, name: str) -> str | None:
    row = server.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return row[0] if row else None


def _create(server: psycopg.Connection, name: str) -> None:
    _drop(server, name)
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
