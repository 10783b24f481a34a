"""What is done again and again, and how three beats enqueue it once.

A static table: no task is scheduled from a web page. A period begins at whole multiples of the interval since
1970 (UTC), shifted by `offset`. The row (job, period) is unique, so whoever inserts it enqueues; one beat at a
time tries, under an advisory lock. A message that was not delivered is sent again by the next tick.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from common import queue
from common.db import locks
from portal.clock_jump import bring_back
from portal.models import ScheduledRun

KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Job:
    """A task without arguments, by name, and how often it runs."""

    task: str
    every: timedelta
    offset: timedelta = timedelta(0)

    def period_at(self, now: datetime) -> datetime:
        """When the period that `now` lies in began."""
        step = self.every.total_seconds()
        shift = self.offset.total_seconds()
        return datetime.fromtimestamp((now.timestamp() - shift) // step * step + shift, tz=UTC)


JOBS: tuple[Job, ...] = (
    Job("portal.tidy", every=timedelta(days=1), offset=timedelta(hours=3, minutes=20)),
    Job("accounts.sweep_outgoing_mail", every=timedelta(seconds=30)),
    Job("following.derive_events", every=timedelta(seconds=30)),
    Job("following.plan_digests", every=timedelta(minutes=2)),
    Job("following.derive_again", every=timedelta(days=1), offset=timedelta(hours=4, minutes=10)),
    # Sweeps: an import enqueues these itself; they find what a lost message left behind.
    Job("search.index_papers", every=timedelta(minutes=1)),
    Job("search.respell_names", every=timedelta(minutes=2)),
    Job("search.refresh_terms", every=timedelta(minutes=5)),
    Job("claims.sweep_checks", every=timedelta(minutes=1)),
    Job("claims.remind_curators", every=timedelta(hours=1), offset=timedelta(minutes=7)),
    # A message that was lost with the queue is sent again within this time.
    Job("metrics.sweep", every=timedelta(seconds=20)),
    Job("metrics.sweep_scores", every=timedelta(minutes=2)),
    Job("profiles.settle_former_owners", every=timedelta(minutes=2)),
    Job("profiles.tell_of_owners", every=timedelta(minutes=10)),
    Job("profiles.welcome_new_owners", every=timedelta(minutes=10), offset=timedelta(minutes=5)),
    Job("profiles.grant_opt_outs", every=timedelta(minutes=30)),
    Job("profiles.tidy", every=timedelta(days=1), offset=timedelta(hours=3, minutes=50)),
    Job("metrics.refresh_stale", every=timedelta(minutes=10)),
    Job("graph.build", every=timedelta(minutes=5)),
    Job("identity.sweep", every=timedelta(minutes=1)),
    Job("identity.check_constraints", every=timedelta(days=1), offset=timedelta(hours=4, minutes=40)),
    Job("collaborations.expire", every=timedelta(minutes=5)),
    Job("collaborations.sweep_waiting", every=timedelta(minutes=2)),
    Job("metrics.refresh_everything", every=timedelta(days=1), offset=timedelta(hours=1, minutes=40)),
)


def tick(*, now: datetime, jobs: tuple[Job, ...] = JOBS) -> list[str]:
    """Enqueue every job whose present period nobody has taken on; returns the names that were delivered."""
    with locks.locked_if_free("portal.schedule") as ours:
        if not ours:
            return []
        # Rows of periods to come are from before the clock was set back: they would silence their jobs until then.
        if ScheduledRun.objects.filter(period_started_at__gt=now).delete()[0]:
            bring_back(now=now)
        due = {job.task: job.period_at(now) for job in jobs}
        ScheduledRun.objects.bulk_create(
            [ScheduledRun(job=task, period_started_at=began) for task, began in due.items()],
            ignore_conflicts=True,
        )
        delivered = []
        # The row lock outlives the send: a beat that dies in between leaves the row unsent for the next.
        for run in ScheduledRun.objects.select_for_update().filter(sent_at=None, job__in=due).order_by("pk"):
            if run.period_started_at == due[run.job] and queue.send(run.job, {}):
                delivered.append(run.job)
                ScheduledRun.objects.filter(pk=run.pk).update(sent_at=now)
        return delivered


def forget_old_runs(*, now: datetime) -> int:
    """Delete the rows of long past periods; returns how many."""
    deleted, _ = ScheduledRun.objects.filter(period_started_at__lt=now - KEPT).delete()
    return deleted
