"""Which version speaks, what pages say of it, and how trainings wait, run and fail."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from metrics.models import PaperMetrics, ScoreJob, ScoreModel
from metrics.presenters.score_text import group_name, sentence_of_status, sentence_of_unknown
from metrics.selectors.ai_score import ai_score_of, ai_score_status, interval_around
from metrics.selectors.score_models import comparison_of
from metrics.services.ai_score import jobs, working
from metrics.services.ai_score.activation import MayNotBeShown, activate_model
from tests.factories.library import make_paper
from tests.metrics.ai_score_service.small_record import NOON, make_record, make_version

pytestmark = pytest.mark.django_db
LONG_AFTER = NOON + timedelta(hours=5)


def test_a_version_that_loses_cannot_be_activated_and_its_reason_is_told():
    model = make_version(spearman=0.21, best_author=0.27)
    with pytest.raises(MayNotBeShown):
        activate_model(model_id=model.pk, now=NOON)
    assert not ScoreJob.objects.exists()
    status = ai_score_status()
    assert (status.code, status.is_active) == ("loses_to_baseline", False)
    for part in ("0.210", "0.270", "the best author’s earlier mean", "2018–2019"):
        assert part in str(sentence_of_status(status))


def test_the_database_refuses_a_version_that_loses_and_a_second_active_one():
    loser = make_version(1, spearman=0.2)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreModel.objects.filter(pk=loser.pk).update(is_active=True)
    make_version(2, active=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_version(3, active=True)


def test_activating_a_version_silences_the_one_before_and_asks_for_a_scoring_once():
    old, new = make_version(1, active=True), make_version(2)
    activate_model(model_id=new.pk, now=NOON)
    activate_model(model_id=new.pk, now=NOON)
    assert list(ScoreModel.objects.filter(is_active=True)) == [new]
    assert ScoreJob.objects.get().kind == "score"
    assert ai_score_status().model == new
    assert old != new


def test_where_none_speaks_pages_say_why():
    assert ai_score_status().code == "not_trained"
    ScoreJob.objects.create(
        kind="train", state="failed", failure="nothing_to_judge", requested_at=NOON, finished_at=NOON
    )
    assert ai_score_status().code == "failed"
    make_version(1, spearman=None)
    assert ai_score_status().code == "ranks_nothing"
    make_version(2)
    assert ai_score_status().code == "not_activated"
    ScoreModel.objects.filter(version=2).update(is_active=True)
    assert ai_score_status().is_active


@pytest.mark.parametrize("code", ["no_model", "waiting", "no_abstract", "no_authors", "no_cell", "no_date"])
def test_an_unknown_score_has_its_sentence(code):
    paper = make_paper("Something about something")
    PaperMetrics.objects.create(paper=paper, ai_unknown=code, computed_at=NOON)
    shown = ai_score_of(paper)
    assert (shown.score, shown.unknown) == (None, code)
    assert str(sentence_of_unknown(shown.unknown)) != code


def test_a_score_is_read_in_one_query_with_names_for_people(django_assert_num_queries):
    paper, model = make_paper("Something about something"), make_version(3, active=True)
    PaperMetrics.objects.create(
        paper=paper,
        published_year=2022,
        ai_score=61.5,
        ai_model=model,
        computed_at=NOON,
        ai_contributions=[["wording", 9.0], ["novelty", -1.5]],
    )
    with django_assert_num_queries(1):
        shown = ai_score_of(paper)
    assert [(str(group_name(part.group)), part.points) for part in shown.contributions] == [
        ("Wording of title and abstract", 9.0),
        ("Distance from earlier papers", -1.5),
    ]
    assert (shown.score, shown.base, shown.model_version, shown.was_learned_from) == (61.5, 50.0, 3, False)


@pytest.mark.parametrize(("covered", "shown"), [(0.81, (30.0, 85.0)), (0.5, None), (None, None)])
def test_an_interval_is_shown_where_it_held_out_of_time(covered, shown):
    model = make_version(4, active=True)
    model.backtest |= {
        "interval": {"scores": [40.0, 60.0], "low": [20.0, 40.0], "high": [80.0, 90.0]},
        "interval_coverage": covered,
    }
    assert interval_around(50.0, model) == shown


def test_two_versions_are_compared_over_the_papers_of_both_samples(django_assert_num_queries):
    papers = [make_paper(f"Paper number {n}") for n in range(30)]
    old = make_version(1, sample=[(paper.pk, float(n)) for n, paper in enumerate(papers)])
    new = make_version(2, sample=[(paper.pk, float(n * 2)) for n, paper in enumerate(papers[5:], start=5)])
    with django_assert_num_queries(1):
        found = comparison_of(old, new)
    assert (found.papers, found.rank_correlation, found.mean_change) == (25, pytest.approx(1.0), 17.0)
    assert [row.paper for row in found.most_changed] == papers[:9:-1]
    assert found.most_changed[0].change == 29.0


def test_a_training_asked_for_twice_waits_once(dana):
    first = jobs.request_training(now=NOON, by_id=dana.pk)
    assert jobs.request_training(now=NOON).pk == first.pk
    taken = jobs.take_job(now=NOON)
    assert (taken.pk, taken.attempts) == (first.pk, 1)
    assert jobs.take_job(now=NOON) is None
    jobs.request_training(now=NOON)
    assert jobs.take_job(now=NOON) is None, "one training at a time"


def test_a_job_whose_worker_is_gone_is_taken_up_and_given_up_in_the_end():
    jobs.request_training(now=NOON)
    for attempt in range(1, jobs.MOST_ATTEMPTS + 1):
        lost = jobs.take_job(now=NOON + attempt * timedelta(hours=1))
        assert lost.attempts == attempt
    assert jobs.take_job(now=NOON + timedelta(days=1)) is None
    assert ScoreJob.objects.values_list("state", "failure").get() == ("failed", "gave_up")


def test_a_worker_that_lost_its_job_writes_nothing_more():
    jobs.request_training(now=NOON)
    lost = jobs.take_job(now=NOON)
    taken = jobs.take_job(now=LONG_AFTER)
    jobs.finish(lost, now=LONG_AFTER, model_id=None)
    assert ScoreJob.objects.get(pk=taken.pk).state == "running"


def test_a_record_that_is_too_small_fails_with_its_reason_and_no_version():
    make_record(years=1)
    jobs.request_training(now=NOON)
    job = working.work_on_job(clock=lambda: NOON)
    assert (job.state, job.failure) == ("failed", "nothing_to_judge")
    assert not ScoreModel.objects.exists()


def test_the_command_says_why_nothing_was_trained():
    with pytest.raises(CommandError, match="There are no two years") as problem:
        call_command("train_ai_score")
    assert problem.value.returncode == 1
    assert not ScoreModel.objects.exists()
