"""A worker's turn at the refreshes that run: items one after the other until none is left or time is up."""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError, connection

from metrics.models import PaperMetrics, RefreshItem, RefreshRun, Stage
from metrics.services.refresh.backlog import is_anything_overdue
from metrics.services.refresh.changes import waiting_changes
from metrics.services.refresh.locks import RefreshBusy
from metrics.services.refresh.runs import (
    FIRST_PAUSE,
    TASK,
    TROUBLE,
    AlreadyRunning,
    close_if_finished,
    compute_item,
    give_back,
    give_up_on_killers,
    running_refreshes,
    start_refresh,
    take_item,
)
from metrics.services.refresh.statements import formulas_in_force

POLL_SECONDS = 0.3
BUSY_PAUSE = timedelta(seconds=1)
# How long a worker waits beside others that compute the last items of a stage, before it sees to other tasks.
PATIENCE_SECONDS = 6.0

log = structlog.get_logger(__name__)


def work_on(*, run_id: int, clock: Callable[[], datetime], seconds: float) -> tuple[RefreshRun, int]:
    """Compute items of a run for at most about `seconds`; returns the run and how many items were done.

    Raises OperationalError when Postgres is away: the item's lease brings it back.
    """
    until = time.monotonic() + seconds
    idle_until = min(until, time.monotonic() + PATIENCE_SECONDS)
    done = 0
    while time.monotonic() < until:
        taken = take_item(run_id=run_id, now=clock())
        if taken is not None:
            done += _attempt(taken, clock)
            idle_until = min(until, time.monotonic() + PATIENCE_SECONDS)
            continue
        run = close_if_finished(run_id=run_id, now=clock())
        if run.state != RefreshRun.State.RUNNING or time.monotonic() > idle_until:
            return run, done
        time.sleep(POLL_SECONDS)
    return close_if_finished(run_id=run_id, now=clock()), done


def refresh_everything(
    *,
    clock: Callable[[], datetime],
    wait: bool,
    reason: str,
    scope: str = RefreshRun.Scope.ALL,
    sizes: dict[Stage, int] | None = None,
) -> RefreshRun:
    """Begin a full refresh, or join the one that runs. With `wait`, work on it here until it is finished."""
    try:
        run = start_refresh(now=clock(), scope=scope, reason=reason, sizes=sizes)
    except AlreadyRunning as already:
        run = already.run
    while wait and run.state == RefreshRun.State.RUNNING:
        run, _ = work_on(run_id=run.pk, clock=clock, seconds=60.0)
    return run


def is_behind_its_formulas() -> bool:
    """Whether the last full refresh, done or under way, was by other versions of the formulas than are in force."""
    full = RefreshRun.objects.exclude(scope=RefreshRun.Scope.CITATIONS).exclude(state=RefreshRun.State.CANCELLED)
    last = full.order_by("-started_at", "-id").values_list("formulas", flat=True).first()
    return last is not None and last != formulas_in_force()


def lost_bells(*, now: datetime) -> list[tuple[str, dict[str, int]]]:
    """Tasks to ring for, by name and ids: refreshes that run, changes and abstracts that wait, what is overdue."""
    give_up_on_killers(now=now)
    if is_behind_its_formulas():
        refresh_everything(clock=lambda: now, wait=False, reason="formulas changed")
    bells: list[tuple[str, dict[str, int]]] = []
    for run_id in running_refreshes():
        free = RefreshItem.objects.filter(run_id=run_id).exclude(state=RefreshItem.State.DONE).count()
        bells += [(TASK, {"run_id": run_id})] * max(1, min(free, 4))
    if waiting_changes() or PaperMetrics.objects.filter(novelty_unknown="waiting").exists():
        bells.append(("metrics.refresh_changes", {}))
    if is_anything_overdue():
        bells.append(("metrics.refresh_stale", {}))
    return bells


def _attempt(taken: RefreshItem, clock: Callable[[], datetime]) -> bool:
    is_settled = False
    try:
        done = compute_item(taken, clock=clock)
        is_settled = True
        return done
    except RefreshBusy:
        is_settled = True
        give_back(taken, "Somebody computed alone.", now=clock(), pause=BUSY_PAUSE, counts=False)
        return False
    except TROUBLE as error:
        is_settled = True
        log.warning("refresh_item_failed", item=taken.pk, attempt=taken.attempts, error=str(error))
        _recover(error)
        give_back(taken, f"{type(error).__name__}: {error}", now=clock(), pause=pause_before(taken.attempts + 1))
        return False
    finally:
        if not is_settled:  # a time limit, or the worker is being stopped
            give_back(taken, "The worker was interrupted.", now=clock(), pause=timedelta(0), counts=False)


def _recover(error: Exception) -> None:
    """A connection that broke is closed, so that the next statement opens another."""
    if isinstance(error, OperationalError | InterfaceError) and not connection.is_usable():
        connection.close()


def pause_before(attempt: int) -> timedelta:
    """Longer from attempt to attempt, and never quite the same for two workers."""
    return FIRST_PAUSE * float(2 ** min(attempt - 2, 6)) * random.uniform(0.5, 1.5)  # noqa: S311 - jitter, no secret
