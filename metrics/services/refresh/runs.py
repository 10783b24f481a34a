"""Full refreshes: begun, taken item by item by any number of workers, finished, retried."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.contrib.postgres.aggregates import BoolAnd
from django.db import DatabaseError, connection, transaction
from django.db.models import Q, Subquery

from common.db.locks import take_lock
from common.queue import enqueue
from metrics.models import Overdue, RefreshItem, RefreshRun, Stage
from metrics.services.refresh.locks import share_refresh
from metrics.services.refresh.scope import Range
from metrics.services.refresh.stages import COMPUTATIONS, OF_SCOPE, SIZES, first_id, last_id
from metrics.services.refresh.statements import Moment, formulas_in_force, prepare_session

TASK = "metrics.work_on_refresh"
# Time to go from taking an item to holding its row. From there on the row's lock says that a worker is alive.
LEASE = timedelta(seconds=3)
MOST_FAILURES = 5
# A stage is cut into this many items, so that every core has some, unless they would be too small to be worth it. Each
# item of the first looks up the dates of all papers: there a few are enough.
ITEMS_AT_LEAST = dict.fromkeys(Stage, 8) | {Stage.COVERAGE: 1, Stage.PAPERS: 4, Stage.NOVELTY: 1}
SMALLEST_ITEM = 2_000
# An item that was taken this often and never came back kills its workers (memory, most likely).
MOST_DEATHS = 25
FIRST_PAUSE = timedelta(seconds=2)


# Which waiting changes a run makes needless. One without Novelty leaves those of papers whose text was embedded before:
# whether that is still their text is seen when the change is taken up.
_COVERED: dict[str, str] = {
    RefreshRun.Scope.ALL: "DELETE FROM papers_change",
    RefreshRun.Scope.NUMBERS: """
        DELETE FROM papers_change c WHERE c.kind <> 'paper'
        OR NOT EXISTS (SELECT FROM metrics_papervector v WHERE v.paper_id = c.object_id)
    """,
}


class AlreadyRunning(Exception):
    """A refresh of that scope runs already; `run` is it."""

    def __init__(self, run: RefreshRun) -> None:
        super().__init__(f"refresh {run.pk} is running")
        self.run = run


def start_refresh(
    *,
    now: datetime,
    scope: str = RefreshRun.Scope.ALL,
    reason: str = "",
    requested_by_id: int | None = None,
    sizes: dict[Stage, int] | None = None,
    bells: int = 4,
) -> RefreshRun:
    """Write a run and its items and ring for workers. Raises AlreadyRunning.

    It takes over the waiting changes that it covers and, unless it is of citations alone, all that is overdue: that is
    computed anew by this run.
    """
    with transaction.atomic():
        take_lock("metrics.start_refresh")
        running = RefreshRun.objects.filter(scope=scope, state=RefreshRun.State.RUNNING).first()
        if running is not None:
            raise AlreadyRunning(running)
        run = RefreshRun.objects.create(
            scope=scope,
            reason=reason,
            requested_by_id=requested_by_id,
            as_of_date=now.date(),
            started_at=now,
            formulas=formulas_in_force(),
        )
        RefreshItem.objects.bulk_create(_items(run, sizes or {}), batch_size=2000)
        if scope in _COVERED:
            with connection.cursor() as cursor:
                cursor.execute(_COVERED[scope])
        if scope != RefreshRun.Scope.CITATIONS:
            Overdue.objects.update(run=run)
        for _ in range(bells):
            enqueue(TASK, run_id=run.pk)
    return run


def _items(run: RefreshRun, sizes: dict[Stage, int]) -> list[RefreshItem]:
    items = []
    for stage in OF_SCOPE[run.scope]:
        first, last = first_id(stage), last_id(stage)
        step = sizes.get(stage) or min(SIZES[stage], max(SMALLEST_ITEM, (last - first) // ITEMS_AT_LEAST[stage] + 1))
        items += [
            RefreshItem(run=run, stage=stage, low_id=low, high_id=low + step - 1)
            for low in range(first, last + 1, step)
        ]
    return items


def take_item(*, run_id: int, now: datetime) -> RefreshItem | None:
    """Take the next item of the earliest stage that is not done; None when there is none for now.

    Items whose lease ran out count as free. SKIP LOCKED passes over those that somebody computes or takes.
    """
    of_run = RefreshItem.objects.filter(run_id=run_id)
    stage = of_run.exclude(state=RefreshItem.State.DONE).order_by("stage").values("stage")[:1]
    waits = Q(state=RefreshItem.State.QUEUED) & (Q(not_before=None) | Q(not_before__lte=now))
    is_lost = Q(state=RefreshItem.State.RUNNING, lease_until__lt=now)
    free = of_run.filter(waits | is_lost, run__state=RefreshRun.State.RUNNING, stage=Subquery(stage))
    return free.order_by("pk").take(now=now, lease=LEASE, started_at=now)


def compute_item(taken: RefreshItem, *, clock: Callable[[], datetime]) -> bool:
    """Compute an item that was taken; its result and its being done are one transaction.

    False when somebody else has taken it meanwhile. Raises what the computation raises.
    """
    with transaction.atomic():
        item = (
            RefreshItem.objects.held(taken)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("run")
            .first()
        )
        if item is None:
            return False
        prepare_session()
        share_refresh()
        moment = Moment(now=clock(), as_of=item.run.as_of_date)
        written = COMPUTATIONS[Stage(item.stage)](Range(item.low_id, item.high_id), moment)
        RefreshItem.objects.give_back(item, state=RefreshItem.State.DONE, finished_at=clock(), rows_written=written)
    return True


def give_back(taken: RefreshItem, reason: str, *, now: datetime, pause: timedelta, counts: bool = True) -> None:
    """Note why an attempt ended without a result: the item waits for `pause`, or stands as failed after too many.

    An attempt that was interrupted from outside does not count as a failure.
    """
    failures = taken.failures + int(counts)
    is_last = failures >= MOST_FAILURES
    RefreshItem.objects.give_back(
        taken,
        state=RefreshItem.State.FAILED if is_last else RefreshItem.State.QUEUED,
        failures=failures,
        not_before=None if is_last else now + pause,
        failure=reason[:2000],
    )


def give_up_on_killers(*, now: datetime) -> int:
    """Mark items as failed whose workers die every time; returns how many."""
    with transaction.atomic():
        dying = (
            RefreshItem.objects.select_for_update(skip_locked=True)
            .expired(now=now)
            .filter(state=RefreshItem.State.RUNNING, attempts__gte=MOST_DEATHS)
            .values_list("pk", flat=True)
        )
        return RefreshItem.objects.filter(pk__in=list(dying)).update(
            state=RefreshItem.State.FAILED, lease_until=None, failure="Every worker that took it died."
        )


def close_if_finished(*, run_id: int, now: datetime) -> RefreshRun:
    """Mark a run done when all of its items are, failed when a failed item holds up the rest."""
    with transaction.atomic():
        run = RefreshRun.objects.select_for_update().get(pk=run_id)
        if run.state != RefreshRun.State.RUNNING:
            return run
        # One statement, one snapshot: between two, the last item of a stage may be done and look as if it had failed.
        first = (
            RefreshItem.objects.filter(run=run)
            .exclude(state=RefreshItem.State.DONE)
            .values("stage")
            .annotate(is_stuck=BoolAnd(Q(state=RefreshItem.State.FAILED)))
            .order_by("stage")
            .first()
        )
        if first is None:
            run.state, run.finished_at = RefreshRun.State.DONE, now
            Overdue.objects.filter(run=run).delete()
        elif first["is_stuck"]:
            run.state, run.finished_at = RefreshRun.State.FAILED, now
        else:
            return run
        run.save(update_fields=["state", "finished_at"])
        return run


def retry_failed(*, run_id: int) -> int:
    """Queue the failed items of a run again and let it go on; returns how many. Raises AlreadyRunning."""
    with transaction.atomic():
        run = RefreshRun.objects.select_for_update().get(pk=run_id)
        other = RefreshRun.objects.filter(scope=run.scope, state=RefreshRun.State.RUNNING).exclude(pk=run_id).first()
        if other is not None:
            raise AlreadyRunning(other)
        count = RefreshItem.objects.filter(run=run, state=RefreshItem.State.FAILED).update(
            state=RefreshItem.State.QUEUED, attempts=0, failures=0, not_before=None
        )
        if count:
            RefreshRun.objects.filter(pk=run_id).update(state=RefreshRun.State.RUNNING, finished_at=None)
            enqueue(TASK, run_id=run_id)
    return count


def cancel_refresh(*, run_id: int, now: datetime) -> bool:
    """Stop a run: items that run finish, no more are taken. False when it was not running."""
    return bool(
        RefreshRun.objects.filter(pk=run_id, state=RefreshRun.State.RUNNING).update(
            state=RefreshRun.State.CANCELLED, finished_at=now
        )
    )


def running_refreshes() -> Sequence[int]:
    """Ids of the runs that workers should be busy with."""
    return list(RefreshRun.objects.filter(state=RefreshRun.State.RUNNING).order_by("pk").values_list("pk", flat=True))


TROUBLE = (DatabaseError, ValueError, ArithmeticError, LookupError, TypeError, RuntimeError, OSError)
"""What a computation may fail with: noted with the item, so that the rest goes on."""
