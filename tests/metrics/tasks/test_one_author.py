"""`refresh_metrics --author` beside others that compute: it waits for them, and says so when that takes too long."""

import io
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from common.db.locks import lock_number
from metrics.models import AuthorMetrics
from metrics.services.refresh import statements
from tests.metrics.refreshed import refresh_everything
from tests.metrics.small_record import make_record

pytestmark = pytest.mark.django_db(transaction=True)
LOCK = lock_number("metrics.refresh")
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@contextmanager
def somebody_computes(*, until_waited_for: bool) -> Iterator[None]:
    """Somebody else computes: until a second one waits, or until the end."""
    started, ended = threading.Event(), threading.Event()

    def compute() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
                started.set()
                give_up = time.monotonic() + 30
                while not ended.wait(0.02) and time.monotonic() < give_up:
                    cursor.execute(WAITING)
                    if until_waited_for and cursor.fetchone()[0]:
                        return
        finally:
            connection.close()  # and with it the lock

    other = threading.Thread(target=compute)
    other.start()
    try:
        assert started.wait(10)
        yield
    finally:
        ended.set()
        other.join()


def test_it_waits_for_whoever_computes_instead_of_ending_with_a_traceback():
    author_id = make_record(41, papers=5, citations=3).authors[0].pk
    said = io.StringIO()
    with somebody_computes(until_waited_for=True):
        call_command("refresh_metrics", author=str(author_id), stdout=said)
    assert said.getvalue().startswith("rows=")
    assert AuthorMetrics.objects.filter(author_id=author_id).exists()


def test_two_at_once_both_end_well_and_give_one_result():
    author_id = make_record(41, papers=20, citations=60).authors[0].pk
    refresh_everything()
    stored = "SELECT to_jsonb(m) - 'computed_at' FROM metrics_authormetrics m ORDER BY author_id"
    with connection.cursor() as cursor:
        cursor.execute(stored)
        right = cursor.fetchall()
        cursor.execute(
            "UPDATE metrics_authormetrics SET h_index = 99, works_count = 99 WHERE author_id = %s", [author_id]
        )
    both_begin = threading.Barrier(2)

    def refresh(_number: int) -> None:
        try:
            both_begin.wait(10)
            call_command("refresh_metrics", author=str(author_id), stdout=io.StringIO())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(refresh, range(2)))  # raises what either raised
    with connection.cursor() as cursor:
        cursor.execute(stored)
        assert cursor.fetchall() == right


def test_after_the_longest_wait_it_says_why_and_has_written_nothing(monkeypatch):
    author = make_record(41, papers=5, citations=3).authors[0]
    monkeypatch.setattr(statements, "SESSION", "SET LOCAL lock_timeout = '50ms'")
    with (
        somebody_computes(until_waited_for=False),
        pytest.raises(CommandError, match="Another computation is still running"),
    ):
        call_command("refresh_metrics", author=str(author.pk))
    assert not AuthorMetrics.objects.exists()
