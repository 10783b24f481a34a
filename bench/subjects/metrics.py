"""Full refreshes against DuckDB, and a refresh after an import against a full one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import psycopg

from bench.databases import Database
from bench.newcomers import newcomers
from bench.processes import PROJECT, manage
from bench.registry import Line, benchmark, ratio_at_most
from bench.session import Session
from bench.timing import timed

CORES = 2
ROUNDS = 3
IMPORTED = 1_000

_TABLES = {
    "citation": "SELECT citing_id, cited_id FROM papers_citation",
    "byline": "SELECT author_id, paper_id FROM papers_authorship",
    "paper": "SELECT id, extract(year FROM published_date)::int AS year, coalesce(reported_citation_count, 0) AS reported"
    " FROM papers_paper WHERE merged_into_id IS NULL",
}
# h, g, i10, citations and yearly counts of every author, from the same rows in Parquet.
_INDICES = """
CREATE OR REPLACE TEMP TABLE works AS
WITH counted AS (SELECT cited_id, count(*) AS n FROM citation GROUP BY 1),
     shown AS (SELECT p.id, p.year, greatest(coalesce(c.n, 0), p.reported) AS shown
               FROM paper p LEFT JOIN counted c ON c.cited_id = p.id)
SELECT DISTINCT b.author_id, b.paper_id, s.shown, s.year FROM byline b JOIN shown s ON s.id = b.paper_id;
CREATE OR REPLACE TEMP TABLE indices AS
SELECT author_id, count(*) AS works, sum(shown) AS cited, count(*) FILTER (WHERE shown >= place) AS h,
       count(*) FILTER (WHERE running >= place * place) AS g, count(*) FILTER (WHERE shown >= 10) AS i10
FROM (SELECT author_id, shown, row_number() OVER o AS place, sum(shown) OVER o AS running FROM works
      WINDOW o AS (PARTITION BY author_id ORDER BY shown DESC ROWS UNBOUNDED PRECEDING))
GROUP BY author_id;
CREATE OR REPLACE TEMP TABLE yearly AS
SELECT author_id, year, sum(works) AS works, sum(n) AS n FROM (
    SELECT w.author_id, p.year, 0 AS works, count(*) AS n
    FROM works w JOIN citation c ON c.cited_id = w.paper_id JOIN paper p ON p.id = c.citing_id GROUP BY 1, 2
    UNION ALL SELECT author_id, year, count(*), 0 FROM works GROUP BY 1, 2)
GROUP BY 1, 2;
"""


@benchmark("metrics")
def refreshes(session: Session) -> Iterator[Line]:
    """Citation indices of every author by two processes, rows written and all; then everything; then 1,000 works."""
    database = session.database()
    manage("refresh_metrics", "--full", "--citations", "--wait", env=database.environment)
    floors, fresh, again = [], [], []
    with TemporaryDirectory() as folder:
        duck = exported(database, Path(folder))
        for _ in range(ROUNDS):
            floors.append(timed(partial(duck.execute, _INDICES)))
            forget(database)
            fresh.append(timed(partial(refresh_on_cores, database)))
            again.append(timed(partial(refresh_on_cores, database)))
    yield Line("metrics.indices", min(fresh), "s", min(floors), ratio_at_most(5))
    yield Line("metrics.indices.nothing_new", min(again), "s", min(floors), ratio_at_most(5))
    everything = partial(manage, "refresh_metrics", "--full", "--no-novelty", "--wait", env=database.environment)
    full = timed(everything)
    yield Line("metrics.full", full, "s")
    at_once, settled = after_import(session, database)
    yield Line("metrics.after_1000_works", at_once, "s", full, ratio_at_most(0.01))
    yield Line("metrics.after_1000_works.settled", settled, "s", full)


def exported(database: Database, folder: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB of two threads with views of the tables in Parquet."""
    duck = duckdb.connect(config={"threads": CORES})
    with database.connect() as link:
        for name, query in _TABLES.items():
            text = folder / f"{name}.csv"
            copied = f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)"
            with text.open("wb") as out, link.cursor() as cursor, cursor.copy(copied) as rows:
                out.writelines(rows)
            duck.execute(f"COPY (SELECT * FROM read_csv('{text}')) TO '{folder / name}.parquet' (FORMAT parquet)")
            text.unlink()
            duck.execute(f"CREATE VIEW {name} AS SELECT * FROM '{folder / name}.parquet'")
    return duck


def forget(database: Database) -> None:
    """Take the numbers away, so that every row is written."""
    with database.connect() as link:
        link.execute("TRUNCATE metrics_authormetrics, metrics_papermetrics, metrics_authorsnapshot")


def refresh_on_cores(database: Database) -> None:
    """The same command on every core: the first begins the run, the others join it."""
    command = [sys.executable, "manage.py", "refresh_metrics", "--full", "--citations", "--wait"]
    environment = {**os.environ, **database.environment}
    running = [subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL) for _ in range(CORES)]
    failed = [process for process in running if process.wait() != 0]
    if failed:
        raise RuntimeError("a refresh failed")


def after_import(session: Session, database: Database) -> tuple[float, float]:
    """Seconds until what 1,000 new works name is right, and until nothing that they touch is overdue any more.

    They cite twelve works each. Novelty, which needs every vector at hand, is measured by itself.
    """
    session.use_django()
    from datetime import UTC, datetime

    from metrics.services.refresh.backlog import settle
    from metrics.services.refresh.changes import refresh_chunk

    def settled() -> None:
        while refresh_chunk(now=datetime.now(UTC)).changes:
            pass
        while settle(now=datetime.now(UTC)).marks:
            pass

    settled()
    with psycopg.connect(database.url, autocommit=True) as link, newcomers(link, IMPORTED):
        at_once = timed(lambda: refresh_chunk(now=datetime.now(UTC)))
        behind = timed(settled)
    settled()
    return at_once, at_once + behind
