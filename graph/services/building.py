"""Builds of the network: all pairs read as of one moment, sorted into rows, written to files and brought into use."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

import structlog
from django.db import connection, transaction

from common.db.locks import session_locked
from graph.domain.files import current_version, write_build
from graph.domain.relations import Ids, relation
from graph.selectors.network import folder, read_merged, relations_of
from graph.selectors.rows import Weights, read_pairs
from graph.selectors.statements import Source
from papers.models import Paper
from papers.services.record_lock import WRITER_LOCK

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Build:
    """What was built: its version, how many pairs it holds, how long that took and how much of it reading the rows."""

    version: str
    pairs: int
    seconds: float
    reading: float


def build_network(*, now: datetime) -> Build:
    """Read and write everything. Nobody writes to the record while the moment is fixed, which takes no time."""
    began = perf_counter()
    reading = 0.0

    def read(source: Source) -> tuple[Ids, Ids, Weights | None]:
        nonlocal reading
        asked = perf_counter()
        rows = read_pairs(source.of_all(), is_weighted=source.is_weighted)
        reading += perf_counter() - asked
        return rows

    with _one_moment():
        relations = relations_of(read, relation, read_merged())
    version = now.strftime("%Y%m%dT%H%M%S%f")
    write_build(folder(), version, relations, {"read_at": now.isoformat()})
    pairs = sum(each.size for each in relations.values())
    log.info("graph_built", version=version, pairs=pairs, seconds=round(perf_counter() - began, 2))
    return Build(version, pairs, perf_counter() - began, reading)


def build_if_changed(*, now: datetime) -> Build | None:
    """Build unless nothing changed since the last build; None then."""
    version = current_version(folder())
    if version:
        read_at = datetime.strptime(version + "+0000", "%Y%m%dT%H%M%S%f%z")
        newest = Paper.objects.order_by("-changed_at", "-id").values_list("changed_at", flat=True).first()
        if newest is None or newest < read_at:
            return None
    return build_network(now=now)


@contextmanager
def _one_moment() -> Iterator[None]:
    """One snapshot for all reads, taken while no import, merge or correction is half done.

    The lock is the session's and let go as soon as the snapshot stands: a transaction that waited for the lock would
    see what was before the wait. Inside a transaction of the caller's it is that one's view.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor, ExitStack() as locked:
        locked.enter_context(session_locked(WRITER_LOCK))
        with transaction.atomic():
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT 1")
            locked.close()
            yield
