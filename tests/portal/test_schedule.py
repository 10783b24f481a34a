"""Three beats ring once; a bell that nobody heard is rung again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from accounts.models import OutgoingMail
from common import queue
from common.redis_client import redis_client
from portal.models import ScheduledRun
from portal.schedule import KEPT, Job, forget_old_runs, tick

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
HOURLY = (Job("tests.hourly", every=timedelta(hours=1)),)


def test_a_period_begins_at_a_whole_multiple_of_the_interval_plus_the_offset():
    daily = Job("x.y", every=timedelta(days=1), offset=timedelta(hours=3))
    assert daily.period_at(NOW) == datetime(2026, 3, 4, 3, tzinfo=UTC)
    assert daily.period_at(datetime(2026, 3, 4, 2, 59, tzinfo=UTC)) == datetime(2026, 3, 3, 3, tzinfo=UTC)


@pytest.mark.django_db
def test_a_job_is_rung_once_a_period(bell):
    assert tick(now=NOW, jobs=HOURLY) == ["tests.hourly"]
    assert tick(now=NOW + timedelta(minutes=3), jobs=HOURLY) == []
    assert tick(now=NOW + timedelta(hours=1), jobs=HOURLY) == ["tests.hourly"]
    assert bell == [("tests.hourly", {}), ("tests.hourly", {})]


@pytest.mark.django_db
def test_a_bell_that_the_queue_did_not_hear_is_rung_again(bell, monkeypatch):
    with monkeypatch.context() as away:
        away.setattr(queue, "send", lambda name, ids: False)
        assert tick(now=NOW, jobs=HOURLY) == []
    assert tick(now=NOW + timedelta(seconds=2), jobs=HOURLY) == ["tests.hourly"]
    assert len(bell) == 1


@pytest.mark.django_db(transaction=True)
def test_three_beats_at_once_ring_once(bell):
    def beat(_number: int) -> None:
        try:
            tick(now=NOW, jobs=HOURLY)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as beats:
        list(beats.map(beat, range(3)))
    assert bell == [("tests.hourly", {})]
    assert ScheduledRun.objects.count() == 1


@pytest.mark.django_db
def test_old_rows_are_forgotten_and_recent_ones_kept(bell):
    tick(now=NOW, jobs=HOURLY)
    assert forget_old_runs(now=NOW + timedelta(days=1)) == 0
    assert forget_old_runs(now=NOW + KEPT + timedelta(hours=2)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(days=366)])
def test_a_clock_that_jumps_ahead_and_back_silences_no_job_and_holds_no_mail(bell, ada, jump):
    often = (Job("tests.often", every=timedelta(seconds=20)), *HOURLY)
    assert len(tick(now=NOW, jobs=often)) == 2
    ahead = NOW + jump
    tick(now=ahead, jobs=often)
    letter = OutgoingMail.objects.create(
        kind="code",
        key="1",
        to=ada,
        address=ada.email,
        subject="s",
        text="t",
        message_id="<a@b>",
        not_before=ahead,
        written_at=ahead,
    )
    redis_client().set("limits/tests", 1, ex=jump + timedelta(minutes=1))
    back = NOW + timedelta(seconds=21)
    assert tick(now=back, jobs=often) == ["tests.often"]
    assert tick(now=NOW + timedelta(hours=1), jobs=HOURLY) == ["tests.hourly"]
    letter.refresh_from_db()
    assert letter.not_before <= max(back, NOW + timedelta(hours=12))
    assert redis_client().ttl("limits/tests") <= timedelta(days=40).total_seconds()
    redis_client().delete("limits/tests")
