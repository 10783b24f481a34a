"""Items are taken by one, come back from the dead, fail with a reason and can be tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from metrics.models import PaperMetrics, PaperVector, RefreshItem, RefreshRun, Stage
from metrics.models.papers import DIMENSION
from metrics.services.refresh import runs, working
from papers.models import Change, Paper
from tests.metrics.small_record import make_author, make_record

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def run():
    for n in range(5):
        make_author(f"Person {n}")
    return runs.start_refresh(now=NOW, scope=RefreshRun.Scope.CITATIONS, sizes={Stage.AUTHORS: 2})


def test_a_second_run_of_the_same_scope_is_refused(run):
    with pytest.raises(runs.AlreadyRunning):
        runs.start_refresh(now=NOW, scope=RefreshRun.Scope.CITATIONS)


def test_an_item_is_taken_once_until_its_lease_runs_out(run):
    first = runs.take_item(run_id=run.pk, now=NOW)
    others = [runs.take_item(run_id=run.pk, now=NOW) for _ in range(RefreshItem.objects.count())]
    assert first.pk not in {taken.pk for taken in others if taken}
    again = runs.take_item(run_id=run.pk, now=NOW + runs.LEASE + timedelta(seconds=1))
    assert (again.pk, again.attempts) == (first.pk, 2)


def test_whoever_lost_an_item_to_another_computes_nothing(run):
    lost = runs.take_item(run_id=run.pk, now=NOW)
    later = NOW + runs.LEASE + timedelta(seconds=1)
    assert runs.take_item(run_id=run.pk, now=later).pk == lost.pk
    assert runs.compute_item(lost, clock=lambda: later) is False


def test_a_stage_waits_for_the_one_before(run):
    RefreshItem.objects.create(run=run, stage=Stage.PAPERS, low_id=1, high_id=2)
    assert RefreshItem.objects.get(pk=runs.take_item(run_id=run.pk, now=NOW).pk).stage == Stage.PAPERS
    assert runs.take_item(run_id=run.pk, now=NOW) is None


def test_an_item_that_keeps_failing_stands_with_its_reason_and_is_tried_again(run, monkeypatch):
    def fail(*_):
        raise ValueError("disk full")

    monkeypatch.setitem(runs.COMPUTATIONS, Stage.AUTHORS, fail)
    now = NOW
    while run.state == RefreshRun.State.RUNNING:
        run, _ = working.work_on(run_id=run.pk, clock=lambda: now, seconds=0.2)  # noqa: B023 - called within the turn
        now += timedelta(hours=1)
        assert now < NOW + timedelta(hours=100)
    assert run.state == RefreshRun.State.FAILED
    assert set(RefreshItem.objects.values_list("state", "failure")) == {("failed", "ValueError: disk full")}
    monkeypatch.undo()
    assert runs.retry_failed(run_id=run.pk) == RefreshItem.objects.count()
    run, _ = working.work_on(run_id=run.pk, clock=lambda: now, seconds=30)
    assert run.state == RefreshRun.State.DONE


def test_an_item_whose_workers_always_die_is_given_up(run):
    taken = runs.take_item(run_id=run.pk, now=NOW)
    RefreshItem.objects.filter(pk=taken.pk).update(attempts=runs.MOST_DEATHS)
    assert runs.give_up_on_killers(now=NOW + timedelta(minutes=1)) == 1
    assert RefreshItem.objects.get(pk=taken.pk).failure == "Every worker that took it died."


def test_a_cancelled_run_hands_out_no_more_items(run):
    assert runs.cancel_refresh(run_id=run.pk, now=NOW)
    assert runs.take_item(run_id=run.pk, now=NOW) is None


def test_lost_bells_are_found_in_the_rows(run):
    assert ("metrics.work_on_refresh", {"run_id": run.pk}) in working.lost_bells(now=NOW)
    runs.cancel_refresh(run_id=run.pk, now=NOW)
    assert working.lost_bells(now=NOW) == []


def test_a_run_of_numbers_takes_the_changes_over_but_for_texts_that_were_embedded():
    embedded, fresh = (Paper.objects.create(title=name, kind="article") for name in ("Embedded", "Fresh"))
    PaperVector.objects.create(paper=embedded, model="m", digest=1, vector=[0.0] * DIMENSION)
    for kind, pk in (("paper", embedded.pk), ("paper", fresh.pk), ("author", 1)):
        Change.objects.create(kind=kind, object_id=pk)
    runs.start_refresh(now=NOW, scope=RefreshRun.Scope.NUMBERS)
    assert list(Change.objects.values_list("kind", "object_id")) == [("paper", embedded.pk)]


def test_a_paper_that_lost_its_category_has_no_place_in_a_cell_after_a_full_run():
    record = make_record(21)
    pk = min(record.papers)
    PaperMetrics.objects.create(paper_id=pk, fwci=1.5, citation_percentile=80.0, computed_at=NOW)
    Paper.objects.filter(pk=pk).update(primary_category=None)
    run = runs.start_refresh(now=NOW, scope=RefreshRun.Scope.NUMBERS)
    working.work_on(run_id=run.pk, clock=lambda: NOW, seconds=600)
    assert PaperMetrics.objects.values_list("fwci", "citation_percentile").get(pk=pk) == (None, None)
