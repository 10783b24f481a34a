"""Searching for a person: the page against the same SQL sent by psycopg."""

from collections.abc import Iterator, Sequence
from functools import partial
from urllib.parse import quote

import psycopg

from bench.databases import Database
from bench.people import queries_of
from bench.registry import Line, benchmark, ratio_at_most
from bench.session import Session
from bench.timing import Samples, timed
from papers.domain.names import fold

NAMES = 200


@benchmark("search_names")
def search_names(session: Session) -> Iterator[Line]:
    """`/search/?q=name` for 200 names: as printed, family name first, or without accents."""
    database = session.database()
    session.use_django()
    names = names_to_search(database)
    paths = [f"/search/?q={quote(name)}" for name in names]
    statements = [queries_of(path) for path in paths]  # before the server runs: it closes a connection that is idle
    with session.server() as server, database.connect() as link:
        for path in paths[:30]:
            server.get(path)
        pages, floors = [], []
        for path, sent in zip(paths, statements, strict=True):
            floors.append(timed(partial(run_all, link, sent)))
            pages.append(timed(partial(server.get, path)))
    floor, page = Samples(tuple(floors)), Samples(tuple(pages))
    yield Line("search_names.p95", page.p95, "ms", floor.p95, ratio_at_most(2))
    yield Line("search_names.p50", page.p50, "ms", floor.p50)


def names_to_search(database: Database) -> list[str]:
    """200 names spread over all authors; of every four, one is turned round and one has lost its accents."""
    with database.connect() as link:
        rows = link.execute(
            "SELECT name FROM papers_author WHERE name ~ ' ' AND NOT is_initials ORDER BY md5(id::text) LIMIT %s",
            [NAMES],
        ).fetchall()
    return [_as_typed(name, place) for place, (name,) in enumerate(rows)]


def _as_typed(name: str, place: int) -> str:
    if place % 4 == 1:
        given, _, family = name.rpartition(" ")
        return f"{family} {given}"
    return fold(name) if place % 4 == 2 else name


def run_all(link: psycopg.Connection, statements: Sequence[str]) -> None:
    """Send the statements one after the other in one transaction and fetch what they return."""
    with link.transaction(), link.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.encode())
            if cursor.description is not None:
                cursor.fetchall()
