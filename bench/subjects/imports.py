"""Importing real records, against parsing the same lines and copying them into one bare table."""

import lzma
import time
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import orjson
import psycopg

from bench.processes import Finished, manage
from bench.registry import Line, at_most, benchmark, ratio_at_most
from bench.session import Session
from bench.timing import timed

ROUNDS = 3
LONGEST_SECONDS = 60.0  # no further round is begun after this
RECORDS = "records/arxiv.jsonl.xz"
WITH_NUMBERS = 10_000  # records of the second line


@benchmark("import")
def import_records(session: Session) -> Iterator[Line]:
    """`manage.py import_records` of the arXiv records into an empty database, start of Python included.

    The bounded line ends when the record is written; the second one, of the first 10,000 records, when their numbers
    and full text are made too, which a worker does otherwise.
    """
    path = session.real_data(RECORDS)
    rounds: list[tuple[float, Finished]] = []
    began = time.monotonic()
    while not rounds or (len(rounds) < ROUNDS and time.monotonic() - began < LONGEST_SECONDS):
        rounds.append(_round(session, path, "--no-refresh"))
        session.say(f"import: {rounds[-1][1].seconds:.0f} s, the floor {rounds[-1][0]:.1f} s")
    floor = median(floor for floor, _ in rounds)
    yield Line("import.arxiv", median(done.seconds for _, done in rounds), "s", floor, ratio_at_most(6))
    yield Line("import.arxiv.memory", max(done.peak_mb for _, done in rounds), "MB", reach=at_most(600, "MB"))
    with TemporaryDirectory() as folder:
        first = Path(folder) / path.name
        with lzma.open(path, "rb") as lines, lzma.open(first, "wb", preset=0) as cut:
            cut.writelines(islice(lines, WITH_NUMBERS))
        floor, done = _round(session, first)
    yield Line("import.arxiv.with_refresh", done.seconds, "s", floor)


def _round(session: Session, path: Path, *options: str) -> tuple[float, Finished]:
    """Seconds of the floor and what the import took, on an empty database."""
    with session.scratch() as database:
        with database.connect() as link:
            floor = timed(partial(copy_bare, link, path))
        return floor, manage("import_records", str(path), *options, env=database.environment)


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
