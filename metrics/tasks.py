"""Bells of the refresh. What is to be done stands in rows: a bell that is lost or rung twice changes nothing."""

import time
from collections.abc import Callable
from typing import Any

from celery import Task, shared_task
from django.db import InterfaceError, OperationalError

from common import clock
from common.queue import send
from metrics import tasks_ai
from metrics.models import Overdue, RefreshRun
from metrics.services.novelty.placing import place_waiting_papers
from metrics.services.refresh import backlog, changes, working
from metrics.services.refresh.locks import RefreshBusy

__all__ = ["tasks_ai"]

# A task ends well before its soft limit and rings for the next one, so that no task outlives the broker's patience.
TURN_SECONDS = 90.0
BUSY_SECONDS = 1.0
LIMITS: dict[str, Any] = {"soft_time_limit": 210, "time_limit": 240}
# Postgres went away under the task: try again soon, and never all at once.
AGAIN: dict[str, Any] = {
    "autoretry_for": (OperationalError, InterfaceError),
    "retry_backoff": 2,
    "retry_backoff_max": 60,
    "retry_jitter": True,
    "max_retries": 5,
}


@shared_task(name="metrics.work_on_refresh", **LIMITS, **AGAIN)
def work_on_refresh(*, run_id: int) -> None:
    """Compute items of a run until none is free; ring again when some are left."""
    run, done = working.work_on(run_id=run_id, clock=clock.now, seconds=TURN_SECONDS)
    if done and run.state == RefreshRun.State.RUNNING:
        send("metrics.work_on_refresh", {"run_id": run_id})


@shared_task(name="metrics.refresh_changes", bind=True, **LIMITS, **AGAIN)
def refresh_changes(self: Task) -> None:  # type: ignore[type-arg]  # celery's Task is generic in the stubs alone
    """Compute what waiting changes name and touch; everything, when so much changed that this is cheaper.

    Called in a command's process it goes on until nothing waits and nothing is overdue; in a worker for one turn.
    """
    is_here = bool(self.request.is_eager)
    until = time.monotonic() + (float("inf") if is_here else TURN_SECONDS)
    while True:
        try:
            if _follow(until, wait=is_here):
                send("metrics.sweep_scores", {})  # what a model learns from may be complete now
                return
            break
        except RefreshBusy:  # who computes goes on; a worker leaves it to them, and the sweep rings again
            if not is_here:
                return
            time.sleep(BUSY_SECONDS)
    send("metrics.refresh_changes", {})


def _follow(until: float, *, wait: bool) -> bool:
    """Compute what waits and what is overdue; whether nothing is left. Raises RefreshBusy."""
    if changes.full_is_cheaper(changes.waiting_changes()):
        working.refresh_everything(clock=clock.now, wait=wait, reason="changes")
        return True
    is_done = _until(until, lambda: changes.refresh_chunk(now=clock.now()).changes)
    is_done = is_done and _until(until, lambda: place_waiting_papers(now=clock.now()))
    return is_done and _until(until, lambda: backlog.settle(now=clock.now()).marks)


def _until(moment: float, turn: Callable[[], int]) -> bool:
    """Take turns until one finds nothing to do, which is True, or it is late."""
    while time.monotonic() < moment:
        if not turn():
            return True
    return False


@shared_task(name="metrics.refresh_author", **LIMITS, **AGAIN)
def refresh_author(*, author_id: int) -> None:
    """Compute one author anew; marked as overdue while somebody else computes."""
    try:
        changes.refresh_authors(author_ids=[author_id], now=clock.now())
    except RefreshBusy:
        for kind in Overdue.OF_AUTHORS:
            changes.mark(kind, [author_id])


@shared_task(name="metrics.refresh_stale", **LIMITS, **AGAIN)
def refresh_stale() -> None:
    """Compute what imports put off, as far as one turn goes; ring again when some is left."""
    try:
        is_done = _until(time.monotonic() + TURN_SECONDS, lambda: backlog.settle(now=clock.now()).marks)
    except RefreshBusy:
        return
    if not is_done:
        send("metrics.refresh_stale", {})


@shared_task(name="metrics.refresh_everything", **LIMITS, **AGAIN)
def refresh_everything() -> None:
    """The nightly full refresh; one that runs already is enough."""
    working.refresh_everything(clock=clock.now, wait=False, reason="nightly")


@shared_task(name="metrics.sweep", soft_time_limit=50, time_limit=60)
def sweep() -> None:
    """Ring for what stands in rows and nobody works on: lost bells, dead workers."""
    for name, ids in working.lost_bells(now=clock.now()):
        send(name, ids)
