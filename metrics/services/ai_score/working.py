"""One worker's turn at the trainings and scorings that wait."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from billiard.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, connection

from metrics.ai_score.model import TooLittleToLearn, UnreadableModel
from metrics.embedding.model import EmbeddingUnavailable
from metrics.models import ScoreJob
from metrics.services.ai_score import jobs
from metrics.services.ai_score.automatic import activate_if_better
from metrics.services.ai_score.scoring import OtherEmbedding, active_model, score_all_papers
from metrics.services.ai_score.training import NothingToJudge, train_model

log = structlog.get_logger(__name__)
Clock = Callable[[], datetime]

# Failures that trying again does not mend, with the code that pages translate.
LASTING: dict[type[Exception], str] = {
    NothingToJudge: "nothing_to_judge",
    TooLittleToLearn: "too_little_to_learn",
    UnreadableModel: "unreadable_model",
    OtherEmbedding: "other_embedding",
    EmbeddingUnavailable: "no_embedding",
    SoftTimeLimitExceeded: "too_long",
}


def work_on_job(
    *,
    clock: Clock,
    seconds: float = float("inf"),
    kinds: tuple[str, ...] = tuple(ScoreJob.Kind.values),
    lease: timedelta = jobs.LEASE,
) -> ScoreJob | None:
    """Take one job and work on it, a scoring for about `seconds`; None when nothing waits.

    The row says how it ended: done, failed with its reason, or still running (laid down; another turn goes on).
    """
    job = jobs.take_job(now=clock(), kinds=kinds, lease=lease)
    if job is None:
        return None
    try:
        with _kept(job, clock, lease):
            if job.kind == ScoreJob.Kind.TRAIN:
                _train(job, clock, lease)
            else:
                _score(job, clock, seconds)
    except tuple(LASTING) as error:
        log.warning("score_job_failed", job=job.pk, kind=job.kind, error=str(error))
        jobs.fail(job, now=clock(), failure=LASTING[type(error)], detail=str(error))
    job.refresh_from_db()
    return job


@contextmanager
def _kept(job: ScoreJob, clock: Clock, lease: timedelta) -> Iterator[None]:
    """Renew the lease now and then while the work goes on, however long a step takes; it dies with the worker."""
    is_over = threading.Event()

    def renew() -> None:
        try:
            while not is_over.wait(lease.total_seconds() / 3):
                jobs.renew_lease(job, now=clock(), lease=lease)
        except DatabaseError as error:  # Postgres is away: the work itself will say so
            log.warning("score_lease_not_renewed", job=job.pk, error=str(error))
        finally:
            connection.close()  # this thread's own

    thread = threading.Thread(target=renew, name=f"score-job-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _train(job: ScoreJob, clock: Clock, lease: timedelta) -> None:
    model = train_model(
        now=clock(),
        before_year=job.before_year,
        on_step=lambda step: jobs.note_step(job, step, now=clock(), lease=lease),
    )
    jobs.finish(job, now=clock(), model_id=model.pk)
    activate_if_better(model=model, now=clock())


def _score(job: ScoreJob, clock: Clock, seconds: float) -> None:
    until = time.monotonic() + seconds
    model = active_model()
    # Another model became active since this scoring began: papers it has scored are scored anew.
    after = job.last_paper_id if model is not None and job.model_id == model.pk else 0
    jobs.begin_scoring(job, model_id=model.pk if model else None, after=after)

    def go_on(last_paper_id: int, written: int) -> bool:
        is_ours = jobs.note_progress(job, last_paper_id=last_paper_id, written=written)
        return is_ours and time.monotonic() < until

    if score_all_papers(now=job.requested_at, after=after, on_progress=go_on):
        jobs.finish(job, now=clock(), model_id=model.pk if model else None)
    else:
        jobs.lay_down(job, now=clock())
