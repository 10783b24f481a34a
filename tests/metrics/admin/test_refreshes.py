"""Curators start, watch and retry refreshes; nobody else does."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from metrics.models import RefreshItem, RefreshRun, Stage

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
START = "admin:metrics_refreshrun_start"


@pytest.fixture
def curating(client, dana):
    client.force_login(dana)
    return client


@pytest.fixture
def failed_run(db):
    run = RefreshRun.objects.create(state="failed", as_of_date=NOON.date(), started_at=NOON, finished_at=NOON)
    RefreshItem.objects.create(
        run=run, stage=Stage.PAPERS, low_id=1, high_id=9, state="failed", failures=5, failure="disk full"
    )
    return run


def test_a_full_refresh_begins_only_after_a_second_look(curating, bell):
    assert curating.get(reverse(START)).status_code == 200
    assert not RefreshRun.objects.exists()
    assert curating.post(reverse(START)).status_code == 302
    assert RefreshRun.objects.get().reason == "admin"


def test_a_second_refresh_is_refused_while_one_runs(curating):
    curating.post(reverse(START))
    answer = curating.post(reverse(START), follow=True)
    assert "is running" in answer.content.decode()
    assert RefreshRun.objects.count() == 1


def test_cleo_may_not_start_one(client, cleo):
    client.force_login(cleo)
    assert client.post(reverse(START)).status_code in (302, 403)
    assert not RefreshRun.objects.exists()


def test_a_failing_item_shows_its_reason_and_is_tried_again(curating, failed_run):
    page = curating.get(reverse("admin:metrics_refreshrun_change", args=[failed_run.pk]))
    assert "disk full" in page.content.decode()
    curating.post(reverse("admin:metrics_refreshrun_retry", args=[failed_run.pk]))
    assert RefreshItem.objects.get().state == "queued"
    assert RefreshRun.objects.get().state == "running"


def test_lists_of_runs_and_items_open(curating, failed_run):
    for name in ("refreshrun", "refreshitem", "scoremodel"):
        assert curating.get(reverse(f"admin:metrics_{name}_changelist")).status_code == 200
