"""Import runs are watched in the admin, and nothing there changes one."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from harvest.domain.progress import progress_of
from harvest.models import ImportRun, RejectedRecord

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def run(db):
    return ImportRun.objects.create(
        source="arxiv",
        paths=["/somewhere/arxiv.jsonl.xz"],
        total_bytes=1_000,
        done_bytes=420,
        created_count=900,
        rejected_count=100,
        started_at=NOON - timedelta(seconds=110),
        heartbeat_at=NOON - timedelta(seconds=10),
    )


@pytest.fixture
def rejected(run):
    return [
        RejectedRecord.objects.create(
            run=run,
            source="arxiv",
            path="/somewhere/arxiv.jsonl.xz",
            line=n,
            code="no_title" if n % 2 else "no_id",
            reason=f"line {n} has no <title>",
            excerpt="{'x': 1}",
            is_warning=n % 3 == 0,
            at=NOON,
        )
        for n in range(1, 61)
    ]


@pytest.fixture
def curating(client, dana):
    client.force_login(dana)
    return client


def test_progress_is_by_bytes_and_the_rate_by_records():
    progress = progress_of(
        total_bytes=1_000,
        done_bytes=420,
        records=1_000,
        started_at=NOON - timedelta(seconds=110),
        heartbeat_at=NOON - timedelta(seconds=10),
        finished_at=None,
        now=NOON,
    )
    assert (progress.percent, progress.rate, progress.seems_dead) == (42.0, 10.0, False)


def test_a_run_that_has_been_silent_seems_dead_and_a_finished_one_does_not():
    common = {"total_bytes": 0, "done_bytes": 0, "records": 0, "started_at": NOON, "heartbeat_at": NOON}
    late = NOON + timedelta(hours=1)
    assert progress_of(**common, finished_at=None, now=late).seems_dead
    done = progress_of(**common, finished_at=NOON, now=late)
    assert (done.seems_dead, done.percent, done.rate) == (False, None, None)


def test_a_running_import_shows_how_far_it_is(client, dana, run, rejected):
    with time_machine.travel(NOON, tick=False):
        client.force_login(dana)
        listed = client.get("/admin/harvest/importrun/").content.decode()
        page = client.get(reverse("admin:harvest_importrun_change", args=[run.pk])).content.decode()
    for part in ("42 %", "900", "10"):
        assert part in listed
    assert 'data-refresh="#run"' in page
    assert "has no &lt;title&gt;" in page
    assert f"/admin/harvest/rejectedrecord/?run={run.pk}" in page


def test_a_finished_run_is_not_refreshed(curating, run):
    ImportRun.objects.update(state="complete", finished_at=NOON)
    page = curating.get(reverse("admin:harvest_importrun_change", args=[run.pk])).content
    assert b"data-refresh" not in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 40),
        ("what=all", 60),
        ("code=no_title&what=all", 30),
        ("what=warning", 20),
        ("source=arxiv&what=all", 60),
        ("source=ror", 0),
        ("q=no_id&what=all", 30),
    ],
)
def test_rejected_records_are_filtered(curating, rejected, query, count):
    answer = curating.get(f"/admin/harvest/rejectedrecord/?{query}")
    assert answer.context["cl"].result_count == count


def test_a_rejection_and_a_warning_are_told_apart_in_words(curating, rejected):
    page = curating.get("/admin/harvest/rejectedrecord/?what=all").content.decode()
    cells = [cell.partition("<")[0] for cell in page.split('<td class="field-outcome">')[1:]]
    assert set(cells) == {"The record was left out", "Part of the record was left out"}
    assert "icon-no" not in page


def test_rejected_records_are_filtered_by_run(curating, run, rejected):
    assert curating.get(f"/admin/harvest/rejectedrecord/?run={run.pk}&what=all").context["cl"].result_count == 60
    assert curating.get(f"/admin/harvest/rejectedrecord/?run={run.pk + 1}").context["cl"].result_count == 0


def test_the_list_of_runs_asks_a_fixed_number_of_queries(curating, run, django_assert_max_num_queries):
    for _ in range(20):
        run.pk = None
        run.save()
    with django_assert_max_num_queries(7):
        curating.get("/admin/harvest/importrun/")


@pytest.mark.parametrize("who", ["dana", "cleo"])
def test_nobody_changes_or_deletes_a_run(client, run, rejected, who, request):
    client.force_login(request.getfixturevalue(who))
    for name, pk in (("importrun", run.pk), ("rejectedrecord", rejected[0].pk)):
        for act in ("change", "delete"):
            address = reverse(f"admin:harvest_{name}_{act}", args=[pk])
            assert client.post(address, {"state": "failed", "post": "yes"}).status_code in (302, 403)
    run.refresh_from_db()
    assert run.state == "running"
    assert RejectedRecord.objects.count() == 60


def test_cleo_sees_no_run(client, cleo, run):
    client.force_login(cleo)
    answer = client.get(reverse("admin:harvest_importrun_change", args=[run.pk]))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")
