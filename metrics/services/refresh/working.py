"""A worker's turn at the refreshes that run: items one after the other until none is left or time is up."""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError, connection

from metrics.models import RefreshRun
from metrics.services.refresh.runs import (
    FIRST_PAUSE,
    TROUBLE,
    Taken,
    close_if_finished,
    compute_item,
    give_back,
    take_item,
)

log = structlog.get_logger(__name__)


def work_on(*, run_id: int, clock: Callable[[], datetime], seconds: float) -> tuple[RefreshRun, int]:
    """Compute items of a run for at most about `seconds`; returns the run and how many items were done.

    Raises OperationalError when Postgres is away: the item's lease brings it back.
    """
    until = time.monotonic() + seconds
    done = 0
    while time.monotonic() < until:
        taken = take_item(run_id=run_id, now=clock())
        if taken is None:
            break
        done += _attempt(taken, clock)
    return close_if_finished(run_id=run_id, now=clock()), done


def _attempt(taken: Taken, clock: Callable[[], datetime]) -> bool:
    try:
        return compute_item(taken, now=clock())
    except TROUBLE as error:
        log.warning("refresh_item_failed", item=taken.item_id, attempt=taken.attempt, error=str(error))
        _recover(error)
        give_back(taken, error, now=clock(), pause=pause_before(taken.attempt + 1))
        return False


def _recover(error: Exception) -> None:
    """A connection that broke is closed, so that the next statement opens another."""
    if isinstance(error, OperationalError | InterfaceError) and not connection.is_usable():
        connection.close()


def pause_before(attempt: int) -> timedelta:
    """Longer from attempt to attempt, and never quite the same for two workers."""
    return FIRST_PAUSE * (2 ** (attempt - 2)) * random.uniform(0.5, 1.5)  # noqa: S311 - jitter, no secret
