"""How much waits to be computed."""

from typing import NamedTuple

from common.db.sql import fetch_as
from metrics.models import RefreshRun

# Bounded, for whoever looks does so every second.
_COUNTS = """
SELECT (SELECT count(*) FROM (SELECT FROM papers_change LIMIT 1000000) c) AS changed,
       (SELECT count(*) FROM (SELECT FROM metrics_papermetrics WHERE novelty_unknown = 'waiting' LIMIT 1000000) n) AS unplaced,
       (SELECT count(*) FROM (SELECT FROM metrics_overdue WHERE run_id IS NULL LIMIT 1000000) o) AS overdue,
       (SELECT count(*) FROM metrics_referenceset WHERE is_stale)
     + (SELECT count(*) FROM metrics_entitymetrics WHERE is_stale) AS entities
"""


class Waiting(NamedTuple):
    """Changes of records, works without novelty, overdue numbers, and reference sets and entities that are stale."""

    changed: int
    unplaced: int
    overdue: int
    entities: int


def waiting() -> Waiting:
    """What waits for an incremental refresh. One query."""
    (found,) = fetch_as(Waiting, _COUNTS)
    return found


def running() -> RefreshRun | None:
    """The refresh of all numbers that runs, if any. One query."""
    return RefreshRun.objects.filter(state=RefreshRun.State.RUNNING).order_by("pk").first()
