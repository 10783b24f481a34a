"""Importing real records, against parsing the same lines and copying them into one bare table."""

import lzma
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

import orjson
import psycopg

from bench.processes import manage
from bench.registry import Line, at_most, benchmark, ratio_at_most
from bench.session import Session
from bench.timing import timed

ROUNDS = 3
LONGEST_SECONDS = 240.0  # no further round is begun after this
RECORDS = "records/arxiv.jsonl.xz"


@benchmark("import")
def import_records(session: Session) -> Iterator[Line]:
    """`manage.py import_records` of the arXiv records into an empty database, start of Python included.

    The bounded line ends when the record is written; the second one when its numbers and full text are made too,
    which a worker does otherwise.
    """
    path = session.real_data(RECORDS)
    floors: list[float] = []
    seconds: list[float] = []
    memory: list[float] = []
    began = time.monotonic()
    while len(seconds) < ROUNDS and time.monotonic() - began < LONGEST_SECONDS:
        with session.scratch() as database:
            with database.connect() as link:
                floors.append(timed(partial(copy_bare, link, path)))
            done = manage("import_records", str(path), "--no-refresh", env=database.environment)
            seconds.append(done.seconds)
            memory.append(done.peak_mb)
    with session.scratch() as database:
        whole = manage("import_records", str(path), env=database.environment)
    yield Line("import.arxiv", median(seconds), "s", median(floors), ratio_at_most(6))
    yield Line("import.arxiv.with_refresh", whole.seconds, "s", median(floors))
    yield Line("import.arxiv.memory", max(memory), "MB", reach=at_most(600, "MB"))


def copy_bare(link: psycopg.Connection, path: Path) -> None:
    """The floor: parse each line with orjson and COPY title, abstract and ids into one unindexed table."""
    link.execute("DROP TABLE IF EXISTS bare")
    link.execute("CREATE TABLE bare (title text, abstract text, ids jsonb)")
    with (
        lzma.open(path, "rb") as lines,
        link.cursor() as cursor,
        cursor.copy("COPY bare FROM STDIN") as copy,
    ):
        for line in lines:
            record = orjson.loads(line)
            copy.write_row((record["title"], record.get("abstract"), orjson.dumps(record["ids"]).decode()))
