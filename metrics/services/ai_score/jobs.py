"""Trainings and scorings: asked for, taken with a lease, gone on with after a kill, finished or failed with a reason."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from common.db.locks import take_lock
from common.queue import enqueue
from metrics.models import PaperMetrics, ScoreJob, ScoreModel

TASK = "metrics.work_on_scores"
# Renewed while its worker lives: this is how long a dead one holds a job up.
LEASE = timedelta(seconds=90)
MOST_ATTEMPTS = 5
QUIET = timedelta(hours=6)


def request_training(
    *, now: datetime, before_year: int | None = None, by_id: int | None = None, corpus_size: int = 0
) -> ScoreJob:
    """Have a model trained; the one that waits already, when one does."""
    return _request(ScoreJob.Kind.TRAIN, now=now, by_id=by_id, before_year=before_year, corpus_size=corpus_size)


def request_scoring(*, now: datetime, by_id: int | None = None) -> ScoreJob:
    """Have all papers scored by whatever model is active when the scoring begins; once, however often it is asked for."""
    return _request(ScoreJob.Kind.SCORE, now=now, by_id=by_id, before_year=None)


def _request(kind: str, *, now: datetime, by_id: int | None, before_year: int | None, corpus_size: int = 0) -> ScoreJob:
    with transaction.atomic():
        asked = ScoreJob(
            kind=kind,
            before_year=before_year,
            corpus_size=corpus_size,
            requested_by_id=by_id,
            requested_at=now,
            state=ScoreJob.State.QUEUED,
        )
        ScoreJob.objects.bulk_create([asked], ignore_conflicts=True)
        enqueue(TASK)
        return ScoreJob.objects.filter(kind=kind).latest("pk")


def take_job(
    *, now: datetime, kinds: tuple[str, ...] = tuple(ScoreJob.Kind.values), lease: timedelta = LEASE
) -> ScoreJob | None:
    """The first job that waits or whose worker is gone, now ours; None when there is none.

    A job waits while another of its kind runs. One that was given up MOST_ATTEMPTS times stands as failed.
    """
    with transaction.atomic():
        take_lock("metrics.take_score_job")
        given_up = ScoreJob.objects.expired(now=now).filter(state=ScoreJob.State.RUNNING, attempts__gte=MOST_ATTEMPTS)
        given_up.update(state=ScoreJob.State.FAILED, failure="gave_up", lease_until=None, finished_at=now)
        job = next(filter(None, (_free(kind, now) for kind in kinds)), None)
        if job is None:
            return None
        return ScoreJob.objects.filter(pk=job.pk).take(now=now, lease=lease, started_at=job.started_at or now)


def _free(kind: str, now: datetime) -> ScoreJob | None:
    """The job of a kind that may be taken: one whose worker is gone, else the one that waits for none."""
    running = ScoreJob.objects.filter(kind=kind, state=ScoreJob.State.RUNNING).first()
    if running is None:
        return ScoreJob.objects.filter(kind=kind, state=ScoreJob.State.QUEUED).first()
    return running if running.lease_until is not None and running.lease_until < now else None


def note_step(job: ScoreJob, step: str, *, now: datetime, lease: timedelta = LEASE) -> None:
    """Say where a job is, and that its worker lives."""
    ScoreJob.objects.renew(job, now=now, lease=lease, step=step)


def renew_lease(job: ScoreJob, *, now: datetime, lease: timedelta = LEASE) -> None:
    """Say that the job's worker lives."""
    ScoreJob.objects.renew(job, now=now, lease=lease)


def begin_scoring(job: ScoreJob, *, model_id: int | None, after: int) -> None:
    """Say which model scores, and after which paper it goes on."""
    job.model_id, job.last_paper_id = model_id, after
    ScoreJob.objects.held(job).update(model_id=model_id, last_paper_id=after, step="scoring")


def note_progress(job: ScoreJob, *, last_paper_id: int, written: int) -> bool:
    """Papers up to this one are scored; False when the job has gone to another worker."""
    job.last_paper_id, job.written_count = last_paper_id, job.written_count + written
    return bool(ScoreJob.objects.held(job).update(last_paper_id=job.last_paper_id, written_count=job.written_count))


def lay_down(job: ScoreJob, *, now: datetime) -> None:
    """Time is up for this worker and the job went forward: another turn goes on, and the attempts begin anew."""
    ScoreJob.objects.held(job).update(lease_until=now - timedelta(seconds=1), attempts=0)


def finish(job: ScoreJob, *, now: datetime, model_id: int | None) -> None:
    ScoreJob.objects.give_back(job, state=ScoreJob.State.DONE, step="", finished_at=now, model_id=model_id)


def fail(job: ScoreJob, *, now: datetime, failure: str, detail: str) -> None:
    """A job that cannot succeed by being tried again."""
    ScoreJob.objects.fail(job, state=ScoreJob.State.FAILED, failure=failure, detail=detail, finished_at=now)


def request_what_waits(*, now: datetime) -> bool:
    """Ask for a scoring when an active model has papers that wait for their first score; says whether it did.

    After a scoring that failed it is quiet for a while: what failed once mostly fails again at once.
    """
    if not ScoreModel.objects.filter(is_active=True).exists():
        return False
    failed = ScoreJob.objects.filter(kind=ScoreJob.Kind.SCORE, state=ScoreJob.State.FAILED)
    if failed.filter(finished_at__gt=now - QUIET).exists():
        return False
    if not PaperMetrics.objects.filter(ai_unknown__in=("waiting", "no_model")).exists():
        return False
    request_scoring(now=now)
    return True


def is_anything_open(*, now: datetime) -> bool:
    """Whether a job waits, or its worker is gone."""
    waits = Q(state=ScoreJob.State.QUEUED) | Q(state=ScoreJob.State.RUNNING, lease_until__lt=now)
    return ScoreJob.objects.filter(waits).exists()


def is_scoring_open() -> bool:
    """Whether a scoring waits or runs."""
    is_open = Q(state__in=[ScoreJob.State.QUEUED, ScoreJob.State.RUNNING])
    return ScoreJob.objects.filter(is_open, kind=ScoreJob.Kind.SCORE).exists()
