"""Scores of papers and means of authors: written once, the same every time, taken away with the model."""

import hashlib
import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.forms import model_to_dict

from metrics.management.commands import refresh_metrics
from metrics.models import AuthorMetrics, PaperMetrics, ScoreJob, ScoreModel
from metrics.selectors.ai_score import ai_score_of
from metrics.services.ai_score import jobs, scoring, working
from metrics.services.ai_score.activation import activate_model, retire_model
from metrics.services.ai_score.training import train_model
from metrics.services.refresh.working import refresh_everything
from papers.models import Authorship, Paper
from tests.metrics.ai_score_service.small_record import NOON, make_record

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def papers():
    return make_record()


@pytest.fixture(scope="module")
def trained():
    """Filled by the first training: the record is the same in every test, and so is its model."""
    return {}


@pytest.fixture
def active(papers, trained):
    Paper.objects.filter(pk=papers[3].pk).update(abstract="")
    Authorship.objects.filter(paper=papers[4]).delete()
    Paper.objects.filter(pk=papers[5].pk).update(venue=None)
    if not trained:
        model = train_model(now=NOON, fewest=50)
        trained.update(model_to_dict(model, exclude=["id"]) | {"content": bytes(model.content)})
        ScoreModel.objects.all().delete()
    model = ScoreModel.objects.create(**trained)
    return activate_model(model_id=model.pk, now=NOON)


@pytest.fixture
def refreshed(active):
    refresh_everything(clock=lambda: NOON, wait=True, reason="test")


def bytes_of_scores() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row(m.*)::text, '|' ORDER BY paper_id) FROM metrics_papermetrics m")
        return hashlib.sha256(cursor.fetchone()[0].encode()).hexdigest()


def score(*, at=NOON, seconds=float("inf")) -> ScoreJob:
    jobs.request_scoring(now=at)
    return working.work_on_job(clock=lambda: at, seconds=seconds, kinds=("score",))


def test_every_paper_is_scored_or_says_why_not(active, papers):
    assert score().state == "done"
    assert PaperMetrics.objects.filter(ai_score__gte=0, ai_score__lte=100, ai_model=active).count() == 397
    codes = [PaperMetrics.objects.get(paper=papers[n]).ai_unknown for n in (3, 4, 5, 6)]
    assert codes == ["no_abstract", "no_authors", "no_cell", ""]
    shown = ai_score_of(papers[6])
    assert shown.base + sum(part.points for part in shown.contributions) == pytest.approx(shown.score, abs=0.02)
    sizes = [abs(part.points) for part in shown.contributions]
    assert sizes == sorted(sizes, reverse=True)
    assert (shown.model_version, shown.was_learned_from) == (1, True)


def test_scoring_again_leaves_the_same_bytes_in_whatever_batches(active, monkeypatch):
    score()
    once = bytes_of_scores()
    monkeypatch.setattr(scoring, "BATCH", 37)
    again = score(at=LATER)
    assert again.written_count == 0
    assert bytes_of_scores() == once


def test_a_scoring_that_was_interrupted_goes_on_where_it_was(active, monkeypatch):
    monkeypatch.setattr(scoring, "BATCH", 100)
    first = score(seconds=0.0)
    assert (first.state, first.written_count) == ("running", 100)
    last = working.work_on_job(clock=lambda: LATER)
    assert (last.pk, last.state, last.written_count) == (first.pk, "done", 400)


def test_an_author_has_the_mean_of_the_scored_papers_with_their_number(refreshed, papers):
    score()
    author = Authorship.objects.filter(paper=papers[0]).order_by("position").first().author_id
    scores = list(
        PaperMetrics.objects.filter(paper__authorships__author=author)
        .exclude(ai_score=None)
        .values_list("ai_score", flat=True)
    )
    numbers = AuthorMetrics.objects.get(author=author)
    assert numbers.ai_score_count == len(scores)
    assert numbers.ai_score == pytest.approx(sum(scores) / len(scores), abs=1e-5)


def test_without_an_active_model_every_score_is_taken_away_with_the_reason(active, refreshed, papers):
    score()
    assert AuthorMetrics.objects.exclude(ai_score=None).exists()
    retire_model(model_id=active.pk, now=LATER)
    working.work_on_job(clock=lambda: LATER, kinds=("score",))
    assert not PaperMetrics.objects.exclude(ai_score=None).exists()
    assert ai_score_of(papers[0]).unknown == "no_model"
    assert not AuthorMetrics.objects.exclude(ai_score=None).exists()


def test_a_full_refresh_asks_for_a_scoring_and_keeps_the_scores(active):
    score()
    refresh_everything(clock=lambda: LATER, wait=True, reason="test")
    assert ScoreJob.objects.filter(kind="score", state="queued").count() == 1
    assert PaperMetrics.objects.exclude(ai_score=None).count() == 397


def test_the_command_waits_for_the_scoring_behind_a_full_refresh(active, monkeypatch):
    monkeypatch.setattr(refresh_metrics, "worker_is_alive", lambda: False)
    said = io.StringIO()
    call_command("refresh_metrics", "--full", "--wait", stdout=said)
    assert "scored=397" in said.getvalue() or "scored=400" in said.getvalue()
    assert not jobs.is_scoring_open()
    assert PaperMetrics.objects.exclude(ai_score=None).count() == 397


def test_new_papers_wait_and_are_asked_for(active, papers):
    score()
    assert jobs.request_what_waits(now=LATER) is False
    PaperMetrics.objects.filter(paper=papers[0]).update(ai_unknown="waiting", ai_score=None)
    assert jobs.request_what_waits(now=LATER) is True
    working.work_on_job(clock=lambda: LATER)
    assert ai_score_of(papers[0]).score is not None


def test_vectors_of_another_embedding_are_refused_and_the_scores_stay(active, papers):
    score()
    ScoreModel.objects.update(embedding="another@1")
    failed = score(at=LATER)
    assert (failed.state, failed.failure) == ("failed", "other_embedding")
    assert ai_score_of(papers[0]).score is not None
    PaperMetrics.objects.filter(paper=papers[0]).update(ai_unknown="waiting")
    assert jobs.request_what_waits(now=LATER) is False


def test_a_lease_that_is_renewed_keeps_others_away_and_one_that_is_lost_cannot_be(active):
    jobs.request_scoring(now=NOON)
    job = jobs.take_job(now=NOON, kinds=("score",))
    renewed = NOON + timedelta(seconds=80)
    jobs.renew_lease(job, now=renewed)
    assert jobs.take_job(now=NOON + jobs.LEASE + timedelta(seconds=1), kinds=("score",)) is None
    late = renewed + jobs.LEASE + timedelta(seconds=1)
    taken = jobs.take_job(now=late, kinds=("score",))
    assert taken.attempts == 2
    jobs.renew_lease(job, now=LATER)
    taken.refresh_from_db()
    assert taken.lease_until == late + jobs.LEASE
