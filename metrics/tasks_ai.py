"""Bells of the AI Score. What is to be done stands in rows, as for the refresh; metrics.tasks registers these."""

from celery import shared_task
from django.db import InterfaceError, OperationalError

from common import clock
from common.queue import send
from metrics.models import ScoreJob
from metrics.services.ai_score import automatic, jobs

# A turn reads the whole record first, minutes at a million works: it goes on for long enough to be worth that, and lays
# its job down well before the soft limit. The broker may hand the message out again meanwhile: the job's lease, which
# its worker renews, keeps a second one from it.
TURN_SECONDS = 1_800.0
SOFT_LIMIT, HARD_LIMIT = 2 * 3_600, 2 * 3_600 + 60
AWAY = (OperationalError, InterfaceError)


# Postgres went away under the task: try again soon, and never all at once.
@shared_task(
    name="metrics.work_on_scores",
    soft_time_limit=SOFT_LIMIT,
    time_limit=HARD_LIMIT,
    autoretry_for=AWAY,
    retry_backoff=2,
    retry_backoff_max=60,
    retry_jitter=True,
    max_retries=5,
)
def work_on_scores() -> None:
    """Train or score what was asked for; ring again while something waits."""
    # The learning libraries are large: only a worker that learns or scores loads them.
    from metrics.services.ai_score import working

    job = working.work_on_job(clock=clock.now, seconds=TURN_SECONDS)
    if job is not None and (job.state == ScoreJob.State.RUNNING or jobs.is_anything_open(now=clock.now())):
        send("metrics.work_on_scores", {})


@shared_task(name="metrics.sweep_scores", soft_time_limit=50, time_limit=60)
def sweep_scores() -> None:
    """Ask for a training or a scoring that is due, and send for jobs whose message or worker was lost."""
    is_due = automatic.request_due_training(now=clock.now())
    if is_due or jobs.request_what_waits(now=clock.now()) or jobs.is_anything_open(now=clock.now()):
        send("metrics.work_on_scores", {})
